"""Every pair of states, on the database itself: what the table of moves does not name is refused, by raw SQL too."""

import itertools

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from wanjia.casework.models import Need, Step
from wanjia.casework.states import NEED, NeedState
from wanjia.casework.tests.factories import World
from wanjia.casework.tests.walk import bring
from wanjia.kernel import triggers
from wanjia.kernel.machine import machine_of
from wanjia.kernel.models import Entry

pytestmark = pytest.mark.django_db
PAIRS = [pair for pair in itertools.product(NeedState.values, repeat=2) if pair[0] != pair[1]]
MACHINES = [model for model in apps.get_models() if machine_of(model)]


def _force(need, state):
    """Write a state past every rule, as an administrator with a console would."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE casework_need SET state = %s WHERE id = %s", [state, _pk(need)])


def _pk(need):
    return need.pk.hex if connection.vendor == "sqlite" else str(need.pk)


@pytest.fixture
def needs():
    """One need in every state."""
    world = World()
    return {state: bring(world, state) for state in NeedState.values}


def test_the_database_refuses_every_move_that_the_table_does_not_name(needs):
    allowed = set()
    for before, after in PAIRS:
        try:
            with transaction.atomic():
                _force(needs[before], after)
                allowed.add((before, after))
                transaction.set_rollback(True)
        except IntegrityError:
            pass
    # Some allowed moves are refused by another constraint; none outside the table gets through.
    assert allowed - NEED.pairs() == set()
    assert len(allowed) > 10


def test_without_triggers_a_state_can_be_skipped(needs):
    """Negative control: with the guard off, the same UPDATE goes through."""
    triggers.lift()
    try:
        _force(needs["registered"], "closed")
        assert Need.objects.get(pk=needs["registered"].pk).state == "closed"
    finally:
        triggers.lay()


def test_a_need_cannot_be_born_in_the_middle(needs):
    row = Need.objects.get(pk=needs["registered"].pk)
    row.pk, row.number, row.state = None, "530625-202611-9999", "closed"
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize("table", ["kernel_entry", "casework_step", "casework_callback"])
@pytest.mark.parametrize("sql", ["UPDATE {table} SET id = id", "DELETE FROM {table}"])
def test_history_cannot_be_changed_or_deleted(needs, table, sql):
    if table == "kernel_entry":
        sql = sql.replace("id = id", "act = act")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(table=table))
    assert Entry.objects.exists()
    assert Step.objects.exists()


def test_a_need_cannot_be_deleted(needs):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM casework_need")


@pytest.mark.parametrize("model", MACHINES, ids=lambda model: model._meta.label)
def test_every_machine_knows_only_states_of_its_model(model):
    states = set(dict(model._meta.get_field("state").choices))
    used = set(model.machine.initial) | {state for move in model.machine.moves.values() for state in (*move.sources, move.target)}
    assert used <= states
    assert states - {after for _before, after in model.machine.pairs()} <= set(model.machine.initial)
