"""Who is quicker by a breath: each compare-and-set is met by an act between whose look and whose word the row is written by another.

The lock that an act takes makes this rare, the comparison makes it impossible: here it is brought about by a hand between the two.
"""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import transaction

from wanjia.casework import commands as casework
from wanjia.casework.models import Need, SubTask
from wanjia.kernel.command import COMMANDS
from wanjia.registry.models import Absence, DatedStatus, Household, Membership, Merge, Person, Upload
from wanjia.verdict import Conflict, Refused

from .acts import ACTS, DAY, MONDAY, World, actor

pytestmark = pytest.mark.django_db

# (act, where the look ends: module and the name that it calls next, whose row is written meanwhile and under which keyword, what is written)
QUICKER = [
    ("casework.accept_need", "casework.commands", "_remember_lateness", Need, "need_id", {"version": 99}),
    ("casework.take_help", "casework.together.commands", "move_help", SubTask, "task_id", {"version": 99}),
    ("casework.say_again", "casework.honesty.commands", "take_beside", Need, "earlier", {"state": "reopened", "closed_at": None}),
    ("registry.merge_people", "registry.duplicates.rules", "can_judge", Person, "gone_id", lambda what: {"merged_into_id": what["kept_id"]}),
    ("registry.undo_merge", "registry.duplicates.rules", "says_why_undone", Merge, "merge_id", {"undone_at": MONDAY}),
    ("registry.end_membership", "registry.households.commands", "today", Membership, "membership_id", {"to_on": DAY}),
    ("registry.update_household", "registry.households.facts", "checked", Household, "household_id", {"version": 99}),
    ("registry.ask_sheet", "registry.importing.commands", "_note_refusal", Upload, "upload_id", {"state": "cancelled"}),
    ("registry.update_person", "registry.people.commands", "assign", Person, "person_id", {"version": 99}),
    ("registry.record_return", "registry.people.commands", "check_days", Absence, "absence_id", {"to_on": DAY}),
    ("registry.end_status", "registry.statuses.commands", "check_days", DatedStatus, "status_id", {"to_on": DAY}),
]


def meanwhile(monkeypatch, module, name, does):
    """Let `does` happen once, just before the module's next call of `name`."""
    room, left = import_module(f"wanjia.{module}"), [does]
    real = getattr(room, name)

    def after_it(*args, **kwargs):
        if left:
            left.pop()()
        return real(*args, **kwargs)

    monkeypatch.setattr(room, name, after_it)


@pytest.mark.parametrize(("act", "module", "name", "model", "key", "written"), QUICKER, ids=[row[0] for row in QUICKER])
def test_who_comes_second_is_told(monkeypatch, act, module, name, model, key, written):
    world, tried = World(), ACTS[act]
    what = tried.make(world)
    values = written(what) if callable(written) else written
    meanwhile(monkeypatch, module, name, lambda: model.objects.filter(pk=getattr(what[key], "pk", what[key])).update(**values))
    with pytest.raises(Conflict), transaction.atomic():
        COMMANDS[act](**what, by=actor(world, tried.by), at=tried.at)


@pytest.mark.parametrize(("act", "module", "name", "model", "key", "written"), QUICKER, ids=[row[0] for row in QUICKER])
def test_who_is_alone_is_not(monkeypatch, act, module, name, model, key, written):
    """Negative control: the same act, and nobody writes meanwhile."""
    world, tried = World(), ACTS[act]
    what, looked = tried.make(world), []
    meanwhile(monkeypatch, module, name, lambda: looked.append(True))
    COMMANDS[act](**what, by=actor(world, tried.by), at=tried.at)
    assert looked, "the look is elsewhere by now"


def test_a_number_that_another_home_took_meanwhile(monkeypatch):
    world, tried = World(), ACTS["registry.register_household"]
    what = tried.make(world)
    what.pop("number", None)
    monkeypatch.setattr("wanjia.registry.households.commands.next_number", lambda _village: world.home.number)
    with pytest.raises(Conflict, match="刚刚被别人用了"), transaction.atomic():
        COMMANDS["registry.register_household"](**what, by=actor(world, tried.by), at=tried.at)


def test_a_need_moves_only_along_its_table():
    """Rules refuse it first, each in its own words; whoever forgets to ask one meets the table."""
    world = World()
    need_id = ACTS["casework.admit_need"].make(world)["need_id"]
    with pytest.raises(Refused, match="的事项不能"), transaction.atomic():
        need, at = casework.take(need_id, MONDAY)
        casework.advance(need, "close", by=world.clerk, at=at)


def test_a_sub_task_moves_only_along_its_table():
    """The same of what a helping unit was asked: one that is done is taken on by nobody."""
    world = World()
    task = SubTask.objects.get(pk=ACTS["casework.take_help"].make(world)["task_id"])
    SubTask.objects.filter(pk=task.pk).update(state="done", ended_at=MONDAY)
    task.refresh_from_db()
    with pytest.raises(Refused, match="的事项不能"), transaction.atomic():
        casework.move_help(task, "take", by=world.clerk, at=MONDAY, words="接下协办")


@pytest.mark.parametrize("had", [True, False])
def test_a_need_that_somebody_else_has_is_waited_for_a_moment_only(monkeypatch, had):
    """What a server of several writers does, on any database: a row that is locked is not among those that are left. Free, it is taken."""
    world = World()
    one, other = sorted((world.need(), world.need()), key=lambda need: str(need.pk))
    asked, real = [], casework._locked
    monkeypatch.setattr(casework, "connection", SimpleNamespace(vendor="postgresql"))
    monkeypatch.setattr(casework, "PAUSE", 0)
    monkeypatch.setattr(casework, "_locked", lambda **how: asked.append(how) or (Need.objects.none() if had else real(**how)))
    with transaction.atomic():
        if not had:
            assert casework.take_beside(other, one.pk, MONDAY)[0] == one
            return
        with pytest.raises(Conflict):
            casework.take_beside(other, one.pk, MONDAY)
    assert asked == [{"skip_locked": True}] * casework.TURNS
