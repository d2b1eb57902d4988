"""One figure has one definition: the database and Python judge alike, parts sum exactly, shares lie inside their whole."""

import ast
import itertools
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wanjia.casework.counting import condition, q_of
from wanjia.casework.models import Need
from wanjia.casework.states import NeedState, Outcome, Reasonable, Word
from wanjia.casework.tests.factories import MONDAY
from wanjia.indicators.conditions import tree_of, true_of
from wanjia.indicators.definitions import WORDS, definitions, everything, parts, reminders, sets
from wanjia.kernel import triggers

from ..figures.tally import Tally

DAY = date(2026, 11, 30)
HOUSE = Path(__file__).resolve().parents[3]
near = st.one_of(st.none(), st.integers(-3, 3).map(lambda days: DAY + timedelta(days=days)))
FACTS = {
    "state": st.sampled_from(NeedState.values), "reasonable": st.sampled_from(["", *Reasonable.values]),
    "outcome": st.sampled_from(["", *Outcome.values]), "confirmed": st.sampled_from(["", *Word.values]),
    "confirmed_by": st.sampled_from(["", "callback", "slip"]), "callback_failed": st.booleans(), "late_since": near,
    "due_on": st.integers(-3, 3).map(lambda days: DAY + timedelta(days=days)), "handler": st.booleans(), "ledger_callback": st.sampled_from(["", "满意"]),
    "step_due_on": near, "recorded_on": st.integers(0, 100).map(lambda days: DAY - timedelta(days=days)),
}  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.fixed_dictionaries(FACTS), min_size=1, max_size=12))
def test_the_database_and_python_judge_random_facts_alike(world, rows):
    triggers.lift(models=[Need])  # the table's own guards are about acts; these facts are thrown at random
    with transaction.atomic():
        Need.objects.bulk_create(need_of(world, at, row) for at, row in enumerate(rows))
        tallied = Tally(Need.objects.all(), None, DAY).total(everything())
        for id_, item in everything().items():
            by_row = sum(true_of(item.tree, row | {"handler": row["handler"] or None}, DAY) for row in rows)
            assert (id_, tallied[id_]) == (id_, by_row)
            assert (id_, Need.objects.filter(condition(id_, DAY)).count()) == (id_, by_row)
        for id_, item in reminders().items():
            for tree, negated in ((item.tree, False), (tree_of(item.where, sets(), negated=True), True)):
                by_row = sum(true_of(tree, row, DAY) for row in rows)
                assert (id_, negated, Need.objects.filter(q_of(tree, DAY)).count()) == (id_, negated, by_row)
        transaction.set_rollback(True)


def need_of(world, at, row):
    facts = {name: value for name, value in row.items() if name != "handler"}
    return Need(
        number=f"530625-202611-{at:04d}", village=world.datong, channel="visit", category="aid", summary="x", holder=world.civil,
        handler=world.handler if row["handler"] else None, decision_reason="不符合", recorded_at=MONDAY, **facts,
    )  # fmt: skip


def every_row():
    """Yield facts for every combination of values that decides where a need stands."""
    for state, reasonable, outcome, confirmed, by, failed in itertools.product(
        NeedState.values, ["", *Reasonable.values], ["", *Outcome.values], ["", *Word.values], ["", "callback", "slip"], [True, False]
    ):
        for late, due, handler in ((None, DAY, None), (DAY, DAY, 1), (None, DAY - timedelta(days=1), 1)):
            yield {
                "state": state, "reasonable": reasonable, "outcome": outcome, "confirmed": confirmed, "confirmed_by": by,
                "callback_failed": failed, "late_since": late, "due_on": due, "handler": handler, "ledger_callback": "满意",
                "recorded_on": DAY - timedelta(days=8),
            }  # fmt: skip


def test_parts_split_their_whole_and_shares_lie_inside_it():
    path = [item for id_, item in parts().items() if id_.startswith("path.")]
    ages = [item for id_, item in parts().items() if id_.startswith("age.")]
    whole, opened = definitions()["needs.received"], definitions()["needs.open"]
    for row in every_row():
        assert sum(true_of(item.tree, row, DAY) for item in path) == true_of(whole.tree, row, DAY) == 1, row
        assert sum(true_of(item.tree, row, DAY) for item in ages) == true_of(opened.tree, row, DAY), row
        for item in definitions().values():
            if item.of and true_of(item.tree, row, DAY):
                assert true_of(definitions()[item.of].tree, row, DAY), (item.id, row)


def facts(**changes):
    return {
        "state": "closed", "reasonable": "yes", "outcome": "solved", "confirmed": "", "confirmed_by": "", "callback_failed": False,
        "late_since": None, "due_on": DAY, "handler": 1, "ledger_callback": "", "recorded_on": DAY,
    } | changes  # fmt: skip


@pytest.mark.parametrize("outcome", ["explained", "unsupported", "referred", "planned", "partly", "unreachable"])
def test_a_need_closed_without_being_settled_stays_unsettled(outcome):
    row = facts(outcome=outcome, confirmed="partly")
    assert true_of(everything()["needs.open"].tree, row, DAY)
    assert true_of(everything()["path.unsettled"].tree, row, DAY)
    assert not true_of(everything()["needs.open"].tree, row | {"confirmed": "solved"}, DAY)


def test_a_broken_promise_stays_overdue_until_the_need_is_ended():
    overdue = everything()["needs.overdue"].tree
    broken = facts(state="done_reported", late_since=DAY - timedelta(days=3), due_on=DAY + timedelta(days=9))
    assert true_of(overdue, broken, DAY)
    assert not true_of(overdue, broken | {"state": "closed"}, DAY)
    kept = facts(state="done_reported", due_on=DAY - timedelta(days=1))
    assert not true_of(overdue, kept, DAY), "reported in time and waiting for others"


def test_every_figure_says_whose_word_it_is():
    assert {item.word for item in everything().values()} <= set(WORDS)
    assert everything()["needs.settled"].word == "handler"
    assert everything()["needs.confirmed"].word == "household"


FIGURE_LIKE = {"due_on", "step_due_on", "due_on__lt", "step_due_on__lt", "outcome__in", "reasonable__in", "confirmed", "confirmed__in", "late_since__isnull",
               "handler__isnull", "outcome"}  # fmt: skip


def test_no_condition_of_a_figure_stands_beside_its_definition():
    """A Q or a filter over a figure's facts in casework, reporting or the command line would be a second definition."""
    found = []
    for app in ("casework", "reporting", "site"):
        for path in (HOUSE / "wanjia" / app).rglob("*.py"):
            if not {"tests", "migrations", "demo"} & set(path.parts):
                found += [(path.name, line, word) for line, word in _asked(path)]
    assert not found


def _asked(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in ("Q", "filter", "exclude"):
                asked = [one for one in node.keywords if not (isinstance(one.value, ast.Constant) and one.value.value is None)]
                yield from ((node.lineno, one.arg) for one in asked if one.arg in FIGURE_LIKE)
