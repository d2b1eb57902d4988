"""`wanjia check` works a need's dates out again from its lines: what an act may not make of a date is found, whoever bent row, line and journal."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection

from wanjia.kernel import triggers
from wanjia.kernel.models import Entry
from wanjia.orgs.checking.queries import differences

from ..checking import clocks
from ..checking.folding import needs_with_their_lines
from ..clock import commands as clock
from ..commands import line_digest
from ..models import Milestone, Need, Step
from . import clock_acts as acts
from .factories import later
from .walk import bring


def found():
    return list(differences(later(days=20)))


@pytest.fixture
def need(world):
    """One need that was stopped for papers and runs again, was put off and its household told; beside it a plan with a step reached."""
    one = bring(world, "accepted")
    what = {"need_id": one.pk}
    acts.stopped(world, what)
    clock.run_clock(**what, by=world.handler, at=later(3))
    clock.ask_extension(**what, **acts.ASK, by=world.handler, at=later(3, hours=1))
    clock.decide_clock(**what, agree=True, by=world.ledger, at=later(4))
    clock.tell_extension(**what, told_on=later(4).date(), told_way="face", by=world.handler, at=later(5))
    plan = acts.with_step(world)
    acts.reached(world, plan)
    assert found() == []
    return Need.objects.get(pk=one.pk)


def bent(need, act, **facts):
    """Bend row, line and journal alike, as somebody who owns the database and knows the digest would."""
    triggers.lift()
    line = need.steps.get(act=act)
    line.changed |= {name: value.isoformat() for name, value in facts.items()}
    Step.objects.filter(pk=line.pk).update(changed=line.changed, **{name: value for name, value in facts.items() if name in ("due_on", "runs_on", "extended_from")})
    later_lines = need.steps.filter(n__gt=line.n)
    for name, value in facts.items():
        if name in ("due_on", "runs_on", "extended_from") and not any(name in one.changed for one in later_lines):
            later_lines.update(**{name: value})
            Need.objects.filter(pk=need.pk).update(**{name: value})
    for one in need.steps.filter(n__gte=line.n):
        entry = Entry.objects.get(subject="casework.need", subject_id=str(need.pk), detail__n=one.n, detail__has_key="line")
        Entry.objects.filter(pk=entry.pk).update(detail=entry.detail | {"line": line_digest(one)})


@pytest.mark.parametrize(("act", "facts", "column"), [
    ("stop", {"due_on": date(2026, 11, 27)}, "due_on"),
    ("run", {"due_on": date(2026, 11, 20)}, "due_on"),
    ("run", {"runs_on": date(2026, 11, 9)}, "due_on"),
    ("extended", {"due_on": date(2026, 11, 30)}, "due_on"),
    ("extended", {"extended_from": date(2026, 11, 20)}, "extended_from"),
    ("tell_extension", {"due_on": date(2026, 12, 9)}, "due_on"),
])  # fmt: skip
def test_a_bent_date_is_named_though_its_digests_agree(need, act, facts, column):
    bent(need, act, **facts)
    said = [one.column for one in found()]
    assert any(column in one for one in said), said


def test_without_this_check_nobody_would_see_it(need, monkeypatch):
    """Negative control: a line that tells of another extension, with row and journal made to agree, is for the fold as good as any."""
    bent(need, "extended", due_on=date(2026, 11, 30))
    assert any("due_on" in one.column for one in found())
    monkeypatch.setattr(clocks, "faults_of", lambda need, table: iter(()))
    assert [one.column for one in found() if "due_on" in one.column] == []


def test_an_extension_granted_by_the_askers_own_unit_is_named(need):
    """Whoever writes himself the line of the tier above is told by whose name it bears."""
    (kept,) = [one for one in needs_with_their_lines() if one.row["pk"] == str(need.pk)]
    asked = next(line for line in kept.lines if line.act == "ask_extension")
    own = [line._replace(by_org_id=asked.by_org_id) if line.act == "extended" else line for line in kept.lines]
    table = clocks.Table.load()
    assert list(clocks.faults_of(kept, table)) == []
    assert [one[0] for one in clocks.faults_of(replace(kept, lines=own), table)] == [f"step {next(line.n for line in own if line.act == 'extended')}.by"]


@pytest.mark.parametrize("spoilt", [
    "UPDATE casework_milestone SET due_on = '2026-12-09'", "UPDATE casework_milestone SET done_at = NULL, done_on = NULL",
    "UPDATE casework_milestone SET set_at = '2026-11-09 00:00:00'",
])  # fmt: skip
def test_a_step_of_a_plan_follows_from_its_lines(need, spoilt):
    triggers.lift()
    with connection.cursor() as cursor:
        cursor.execute(spoilt)
    assert Milestone.objects.count() == 1
    assert any("milestone" in one.column for one in found())
