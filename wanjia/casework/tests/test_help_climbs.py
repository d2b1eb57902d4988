"""A part of which nobody reports, and a consultation to which nobody says yes, climb as every promise does; also those of before there were days for it."""

import importlib
from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.db import connection

from wanjia.casework.checking import rungs
from wanjia.casework.ladder.tasks import climb_all
from wanjia.casework.models import Need, SubTask
from wanjia.casework.tests.factories import later
from wanjia.casework.tests.test_together import accepted
from wanjia.casework.together import commands as together
from wanjia.orgs.checking.queries import differences

pytestmark = pytest.mark.django_db


def climbed(need):
    """The rungs that somebody was told of: (clock, level, unit)."""
    return list(need.rungs.filter(passed=False).order_by("n").values_list("clock", "level", "told__name"))


def nine(month, day):
    """Nine o'clock of a working day in China."""
    return datetime(2026, month, day, 1, 5, tzinfo=UTC)


def test_a_late_part_climbs_from_the_helper_over_the_lead(world):
    """A sub-task that is late climbs no ladder by itself in other systems: the need's own date is weeks away, and nobody hears of it."""
    need = accepted(world)
    Need.objects.filter(pk=need.pk).update(due_on=date(2026, 12, 31))
    task = together.ask_unit(need_id=need.pk, unit=world.education, words="核实学籍情况", due_on=date(2026, 11, 6), by=world.handler, at=later(2))
    for day in (5, 6, 9, 10, 11, 12, 13):
        climb_all(nine(11, day))
    need = Need.objects.get(pk=need.pk)
    told = [rung for rung in climbed(need) if rung[0] == "help"]
    assert told == [("help", 1, world.education.name), ("help", 2, world.education.name), ("help", 3, world.civil.name), ("help", 4, world.office.name)]
    assert need.holder == world.civil, "the need itself stays with its lead"
    assert list(rungs.faults(date(2026, 11, 13))) == []
    together.report_help(task_id=task.pk, words="都有学籍", by=world.teacher, at=nine(11, 13))
    assert climb_all(nine(11, 16)) == 0


def test_a_consultation_that_nobody_signs_is_told(world):
    need = accepted(world)
    Need.objects.filter(pk=need.pk).update(due_on=date(2026, 12, 31))
    agreed = {"unit1": world.education, "words1": "补办学籍", "due1": date(2026, 12, 1)}
    together.note_consultation(need_id=need.pk, on=later(2).date(), units=[world.education], words="当场答应补办学籍", **agreed, by=world.handler, at=later(2))
    for day in (5, 6, 9, 10, 11):
        climb_all(nine(11, day))
    told = [rung for rung in climbed(Need.objects.get(pk=need.pk)) if rung[0] == "agree"]
    assert told == [("agree", 2, world.education.name), ("agree", 3, world.civil.name)]


def unsigned(world, day):
    """A part that a consultation noted for the helper, asked on a day of November, that nobody has said yes to."""
    need = accepted(world)
    Need.objects.filter(pk=need.pk).update(due_on=date(2026, 12, 31))
    agreed = {"unit1": world.education, "words1": "补办学籍", "due1": date(2026, 12, 30)}
    note = together.note_consultation(need_id=need.pk, on=later(2).date(), units=[world.education], words="当场答应补办学籍", **agreed, by=world.handler, at=later(day))
    return need, note.tasks.get()


def upgraded(monkeypatch, at):
    """Run what the migration does to parts of before there was a yes."""
    migration = importlib.import_module("wanjia.casework.migrations.0032_found_again_by_round")
    monkeypatch.setattr(migration.timezone, "now", lambda: at)
    migration.begin(apps, type("Editor", (), {"connection": connection}))


def told_of_the_yes(need):
    return [rung[1] for rung in climbed(Need.objects.get(pk=need.pk)) if rung[0] == "agree"]


def test_a_yes_of_before_there_was_one_has_its_days_from_the_upgrade(world, monkeypatch):
    """Without days of its own, on the first morning all its rungs came at once, over a meeting held weeks before."""
    need, task = unsigned(world, 2)
    upgraded(monkeypatch, nine(12, 1))
    task.refresh_from_db()
    assert task.agree_from_on == date(2026, 12, 1)
    for day in (2, 3):
        climb_all(nine(12, day))
    assert told_of_the_yes(need) == []
    for day in (4, 7, 8):
        climb_all(nine(12, day))
    assert told_of_the_yes(need) == [2, 3]
    assert list(rungs.faults(date(2026, 12, 8))) == []
    assert not [one for one in differences(nine(12, 8)) if one.column.startswith("task")]
    SubTask.objects.filter(pk=task.pk).update(agree_from_on=None)
    other, second = unsigned(world, 3)
    SubTask.objects.filter(pk__in=[task.pk, second.pk]).update(agree_from_on=date(2027, 1, 1))
    SubTask.objects.filter(pk=second.pk).update(agree_from_on=date(2027, 1, 2))
    assert "task.agree_from" in {one.column for one in differences(nine(12, 8))}, "two days cannot both be that of the upgrade"


def test_without_it_the_highest_rung_comes_on_the_first_morning(world):
    """Negative control."""
    need, _task = unsigned(world, 2)
    climb_all(nine(12, 2))
    assert told_of_the_yes(need) == [3]


def test_an_upgrade_moves_no_clock_that_climbs_already(world, monkeypatch):
    need, task = unsigned(world, 2)
    for day in (5, 6, 9):
        climb_all(nine(11, day))
    assert told_of_the_yes(need) == [2]
    upgraded(monkeypatch, nine(11, 9))
    task.refresh_from_db()
    assert task.agree_from_on is None
