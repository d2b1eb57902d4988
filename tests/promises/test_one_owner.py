"""Promise 3: an open need has exactly one owner, whoever races. Negative controls: the guards switched off, one by one."""

import os
import random
import threading

import pytest
from django.db import IntegrityError, OperationalError, close_old_connections, connection

from wanjia.casework import commands as spine
from wanjia.casework.assignment.commands import assign_need
from wanjia.casework.models import Holding, Need, Step
from wanjia.casework.tests.factories import World, later
from wanjia.casework.tests.walk import bring
from wanjia.kernel import journal
from wanjia.verdict import Refused

DISPATCHERS, NEEDS = int(os.environ.get("WANJIA_WRITERS", 16)), 24  # `make prove-overlap`: 64


def race(world, needs, tries=3):
    """Let many dispatchers hand the same needs to different units at once; return how many acts were acknowledged."""
    acknowledged, faults, lock = [], [], threading.Lock()
    start = threading.Barrier(DISPATCHERS)

    def dispatch(seed):
        draw = random.Random(seed)
        start.wait()
        try:
            for need in draw.sample(needs, len(needs))[: len(needs) // tries]:
                unit = draw.choice([world.civil, world.education, world.township])
                try:
                    assign_need(need_id=need.pk, holder=unit, by=world.clerk, at=later(hours=3))
                except (Refused, IntegrityError, OperationalError) as fault:
                    faults.append(type(fault).__name__)
                else:
                    with lock:
                        acknowledged.append(need.pk)
        finally:
            close_old_connections()
            connection.close()

    crowd = [threading.Thread(target=dispatch, args=(seed,)) for seed in range(DISPATCHERS)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    return acknowledged, faults


@pytest.fixture
def triaged(races):
    world = World()
    return world, [bring(world, "triaged") for _need in range(NEEDS)]


@pytest.mark.slow
def test_each_need_goes_to_one_unit_once(triaged):
    world, needs = triaged
    acknowledged, faults = race(world, needs)
    assert len(acknowledged) == len(set(acknowledged)), "two dispatchers were both told yes for one need"
    assert faults, "nobody met anybody: the race did not happen"
    for need in Need.objects.filter(pk__in=[need.pk for need in needs]):
        live = Holding.objects.filter(need=need, to_at=None)
        assert [holding.organisation_id for holding in live] == [need.holder_id]
    assert Step.objects.filter(act="assign").count() == len(acknowledged)
    assert journal.verify()[1] is None


@pytest.mark.slow
@pytest.mark.spoils
def test_without_compare_and_set_two_dispatchers_are_both_told_yes(triaged, monkeypatch):
    """Negative control: a move that does not compare lets the second dispatcher overwrite the first."""
    world, needs = triaged
    monkeypatch.setattr(spine.journal, "move", _move_without_comparing)
    monkeypatch.setattr("wanjia.casework.assignment.rules.NEED.allows", lambda name, state: True)
    monkeypatch.setattr("wanjia.casework.assignment.rules.handed_out", lambda actor, need, day: None)
    monkeypatch.setattr("wanjia.casework.assignment.rules.is_forsaken", lambda need, day: True)
    acknowledged, _faults = race(world, needs)
    assert len(acknowledged) > len(set(acknowledged))


def _move_without_comparing(row, machine, name, *, by, at, saving=(), reason="", area_code="", **detail):
    row.state = machine.moves[name].target
    type(row).objects.filter(pk=row.pk).update(state=row.state, **{field: getattr(row, field) for field in saving})


def test_the_database_itself_refuses_a_second_owner(triaged):
    world, (need, *_rest) = triaged
    with pytest.raises(IntegrityError):
        Holding.objects.create(need=need, organisation=world.civil, from_at=later())


def test_the_database_refuses_an_open_need_without_owner_or_date(triaged):
    _world, (need, *_rest) = triaged
    with pytest.raises(IntegrityError):
        Need.objects.filter(pk=need.pk).update(holder=None, due_on=None)
