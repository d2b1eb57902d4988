"""One figure has one definition: the database and Python judge alike, parts sum exactly, shares lie inside their whole."""

import ast
import itertools
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wanjia.casework.ledger.queries import TABS_BY
from wanjia.casework.models import Need
from wanjia.casework.states import NeedState, Outcome, Reasonable, Word
from wanjia.casework.tests.factories import MONDAY
from wanjia.indicators.conditions import atoms_of, rest_of, tree_of, true_of
from wanjia.indicators.definitions import WORDS, definitions, everything, parts, reminders, sets
from wanjia.kernel import triggers
from wanjia.reporting.figures.alike import counted
from wanjia.reporting.figures.counting import condition, q_of
from wanjia.reporting.figures.tally import Tally

DAY = date(2026, 11, 30)
HOUSE = Path(__file__).resolve().parents[3]
near = st.one_of(st.none(), st.integers(-3, 3).map(lambda days: DAY + timedelta(days=days)))
FACTS = {
    "state": st.sampled_from(NeedState.values), "reasonable": st.sampled_from(["", *Reasonable.values]),
    "outcome": st.sampled_from(["", *Outcome.values]), "confirmed": st.sampled_from(["", *Word.values]),
    "confirmed_by": st.sampled_from(["", "callback", "slip"]), "callback_failed": st.booleans(), "involves_child": st.booleans(), "late_since": near,
    "due_on": st.integers(-3, 3).map(lambda days: DAY + timedelta(days=days)), "handler": st.booleans(), "ledger_callback": st.sampled_from(["", "满意"]),
    "difficulty": st.sampled_from(["", "easy", "hard", "policy"]), "extended_from": near, "runs_on": near, "contradicted_on": near, "step_due_on": near, "recorded_on": st.integers(0, 100).map(lambda days: DAY - timedelta(days=days)),
}  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.fixed_dictionaries(FACTS), min_size=1, max_size=12))
def test_the_database_and_python_judge_random_facts_alike(world, rows):
    triggers.lift(models=[Need])  # the table's own guards are about acts; these facts are thrown at random
    with transaction.atomic():
        Need.objects.bulk_create(need_of(world, at, row) for at, row in enumerate(rows))
        tallied = Tally(Need.objects.all(), None, DAY).total(everything("needs"))
        along = counted(Need.objects.all(), [item.tree for item in everything("needs").values()], DAY, by=TABS_BY)
        assert dict(zip(everything("needs"), along, strict=True)) == tallied
        for id_, item in everything("needs").items():
            by_row = sum(true_of(item.tree, row | {"handler": row["handler"] or None}, DAY) for row in rows)
            assert (id_, tallied[id_]) == (id_, by_row)
            assert (id_, Need.objects.filter(condition(id_, DAY)).count()) == (id_, by_row)
        for id_, item in reminders().items():
            for tree, negated in ((item.tree, False), (tree_of(item.where, sets("needs"), negated=True), True)):
                by_row = sum(true_of(tree, row, DAY) for row in rows)
                assert (id_, negated, Need.objects.filter(q_of(tree, DAY)).count()) == (id_, negated, by_row)
        transaction.set_rollback(True)


@given(row=st.fixed_dictionaries(FACTS))
def test_what_is_left_of_a_question_answers_as_the_whole(row):
    for item in everything("needs").values():
        rest = rest_of(item.tree, lambda atom: atom.holds(row[atom.fact], DAY) if atom.fact in TABS_BY else None)
        assert not {atom.fact for atom in atoms_of(rest)}.intersection(TABS_BY)
        assert true_of(rest, row, DAY) == true_of(item.tree, row, DAY), item.id


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
                "callback_failed": failed, "involves_child": True, "late_since": late, "due_on": due, "handler": handler, "ledger_callback": "满意",
                "difficulty": "hard", "extended_from": late, "contradicted_on": late, "runs_on": due + timedelta(days=1), "recorded_on": DAY - timedelta(days=8),
            }  # fmt: skip


def test_parts_split_their_whole_and_shares_lie_inside_it():
    path = [item for id_, item in parts("needs").items() if id_.startswith("path.")]
    ages = [item for id_, item in parts("needs").items() if id_.startswith("age.")]
    whole, opened = definitions("needs")["needs.received"], definitions("needs")["needs.open"]
    for row in every_row():
        assert sum(true_of(item.tree, row, DAY) for item in path) == true_of(whole.tree, row, DAY) == 1, row
        assert sum(true_of(item.tree, row, DAY) for item in ages) == true_of(opened.tree, row, DAY), row
        for item in definitions("needs").values():
            if item.of and true_of(item.tree, row, DAY):
                assert true_of(definitions("needs")[item.of].tree, row, DAY), (item.id, row)


def facts(**changes):
    return {
        "state": "closed", "reasonable": "yes", "outcome": "solved", "confirmed": "", "confirmed_by": "", "callback_failed": False, "involves_child": False,
        "difficulty": "hard", "extended_from": None, "contradicted_on": None, "runs_on": None, "late_since": None, "due_on": DAY, "handler": 1, "ledger_callback": "", "recorded_on": DAY,
    } | changes  # fmt: skip


@pytest.mark.parametrize("outcome", ["explained", "unsupported", "referred", "planned", "partly", "unreachable"])
def test_a_need_closed_without_being_settled_stays_unsettled(outcome):
    row = facts(outcome=outcome, confirmed="partly")
    assert true_of(everything("needs")["needs.open"].tree, row, DAY)
    assert true_of(everything("needs")["path.unsettled"].tree, row, DAY)
    assert not true_of(everything("needs")["needs.open"].tree, row | {"confirmed": "solved"}, DAY)


def test_a_broken_promise_stays_overdue_until_the_need_is_ended():
    overdue = everything("needs")["needs.overdue"].tree
    broken = facts(state="done_reported", late_since=DAY - timedelta(days=3), due_on=DAY + timedelta(days=9))
    assert true_of(overdue, broken, DAY)
    assert not true_of(overdue, broken | {"state": "closed"}, DAY)
    kept = facts(state="done_reported", due_on=DAY - timedelta(days=1))
    assert not true_of(overdue, kept, DAY), "reported in time and waiting for others"


def test_every_figure_says_whose_word_it_is():
    assert {item.word for item in everything("needs").values()} <= set(WORDS)
    assert everything("needs")["needs.settled"].word == "handler"
    assert everything("needs")["needs.confirmed"].word == "household"


# The facts that figures are defined by, whatever is asked of them (`state__in`, `due_on__lt` …).
FACTS_OF_FIGURES = {name for name in FACTS if name not in ("recorded_on", "ledger_callback")}
# Where such a fact is asked all the same, and why that is no figure: by (file below wanjia/, the facts).
NO_FIGURE = {
    ("casework/commands.py", "state due_on"): "an act is written only on the state it was decided on; and of sub-tasks, no need",
    ("casework/models/needs.py", "state due_on"): "what the table itself refuses, whoever writes",
    ("casework/queries.py", "state difficulty"): "how many stand in each state, unjudged: the parts that a caller shows by their names; a grade's cell",
    ("casework/ledger/queries.py", "state handler involves_child"): "whose turn it is: the tasks of a desk, shown as rows to whoever may act on them",
    ("casework/clock/queries.py", "state outcome due_on"): "the planned list, and which of its steps are due: the tasks of a desk and their rows",
    ("casework/callback/queries.py", "state"): "the queues of those who ask households",
    ("casework/intake/queries.py", "state"): "what stands already at the same home: told before the same is written twice",
    ("casework/screening/queries.py", "state"): "the queue of those who screen",
    ("casework/triage/commands.py", "state difficulty"): "of a change of the grid, no need",
    ("casework/triage/rules.py", "difficulty"): "the same",
    ("casework/rules.py", "state confirmed_by"): "of sub-tasks; and by whose word a need was confirmed: who printed that slip does not look again",
    **dict.fromkeys((("casework/assignment/commands.py", "state"), ("casework/together/queries.py", "state due_on"),
                     ("casework/together/subjects.py", "state"), ("casework/models/together.py", "state")), "of sub-tasks, no need"),
    **dict.fromkeys((("casework/checking/sessions.py", "state"), ("casework/sessions/rules.py", "state"), ("casework/sessions/commands.py", "state"),
                     ("casework/models/sessions.py", "state due_on")), "of a session, its items and decisions, no need"),
    ("casework/sessions/queries.py", "state difficulty"): "what waits for a session, told as an agenda; and of its items",
    ("casework/triage/queries.py", "state"): "the queue of those who grade",
    ("casework/ladder/queries.py", "state outcome due_on step_due_on"): "which clocks may have a rung due: asked again of each row under lock; and the list of what climbs",
    ("casework/ladder/digest.py", "state"): "what lies open with each unit on a morning, kept with the digest",
    ("casework/clock/commands.py", "due_on"): "of a step of a plan, no need",
    ("casework/simulating/judging.py", "state due_on"): "the second book asks the rows beside the figures, to hold these against them",
    **dict.fromkeys((("casework/simulating/aid_judging.py", "due_on"), ("casework/simulating/leaving.py", "due_on")), "the day of an aid's paper, of a hand-over: no need's"),
    ("casework/inheriting/queries.py", "state handler"): "what somebody or a unit leaves behind, and what lies adrift: told to whoever hands it over",
    ("casework/matters/queries.py", "state involves_child"): "which needs may be one matter: rows side by side, for whoever decides",
    ("casework/board/content.py", "involves_child"): "what a village's board leaves out before anything is counted: no child's need is hung out",
    ("casework/ladder/tasks.py", "state"): "whether a morning has anything to tell",
    ("casework/away/rules.py", "state"): "whether what was voiced from away waits to be judged",
    ("casework/aid/pages.py", "state"): "whether the home asks for it already: nothing is asked twice",
    **dict.fromkeys((("site/simulating/copying.py", "SQL"), ("site/simulating/apart.py", "SQL")), "the database of a simulated county is made and copied, no need is counted"),
    ("casework/honesty/patterns.py", "state difficulty confirmed confirmed_by"): "what a pattern looks for: no count of it leaves but in a finding's sentence, its rows beside it",
    **dict.fromkeys((("casework/honesty/queries.py", "state"), ("casework/honesty/commands.py", "state")),
                    "the list of rechecks, what was struck off at the same home: rows to whoever may look; which of a finding's needs may be called"),
    ("casework/checking/honesty.py", "state"): "what on the list does not follow from lines: named one by one",
    ("casework/retiming/queries.py", "state"): "the needs whose dates the calendar moves",
    ("casework/api.py", "state"): "the list's own filter by state, named by who asks",
    ("reporting/exporting/queries.py", "state"): "of an export, no need",
    ("reporting/exporting/rules.py", "state"): "of an export, no need",
    ("site/cli_demo.py", "state"): "of an upload, no need",
    ("casework/ledger/desk.py", "state"): "the open needs of a home, as rows to whoever stands at its door",
    **dict.fromkeys((("casework/retaining.py", "state involves_child"), ("reporting/retaining.py", "state")), "what is over, to be disposed of: named row by row on a list of two people"),
    ("site/simulating/beside.py", "SQL"): "a snapshot of the simulated ledger is opened, no need is counted",
}  # fmt: skip
ASKING, COUNTING, PAST_THE_MODELS = ("Q", "filter", "exclude", "When"), ("sum", "len", "Counter"), ("raw", "RawSQL", "execute", "cursor")


def test_no_condition_of_a_figure_stands_beside_its_definition():
    """A condition over a figure's facts, a count of them in Python, or SQL by hand would be a second definition."""
    found = {}
    for app in ("casework", "reporting", "site"):
        for path in (HOUSE / "wanjia" / app).rglob("*.py"):
            if not {"tests", "migrations", "demo"} & set(path.parts):
                for line, fact in _asked(path.read_text()):
                    found.setdefault(path.relative_to(HOUSE / "wanjia").as_posix(), []).append((line, fact))
    allowed = {path: set(facts.split()) for path, facts in NO_FIGURE}
    beside = [(path, *one) for path, asked in found.items() for one in asked if one[1] not in allowed.get(path, ())]
    assert not beside, "\n".join(map(str, beside))
    unused = {path: facts - {fact for _line, fact in found.get(path, ())} for path, facts in allowed.items()}
    assert not any(unused.values()), f"allowed, and nobody asks it: {unused}"


@pytest.mark.parametrize("second", [
    pytest.param("Need.objects.filter(state='closed').count()", id="state"),
    pytest.param("Need.objects.exclude(state__in=ENDED)", id="state, of several"),
    pytest.param("Q(callback_failed=True)", id="callback failed"),
    pytest.param("needs.filter(confirmed_by='slip')", id="whose word"),
    pytest.param("needs.filter(**{'outcome__in': SETTLED})", id="a condition in a dictionary"),
    pytest.param("needs.annotate(n=Case(When(late_since__lt=day, then=1)))", id="by cases"),
    pytest.param("needs.order_by().values_list('confirmed').annotate(n=Count('pk'))", id="grouped"),
    pytest.param("sum(need.confirmed == 'solved' for need in needs)", id="in Python"),
    pytest.param("len([need for need in needs if need.state in OPEN])", id="in Python, a list"),
    pytest.param("Counter(need.outcome for need in needs)", id="in Python, by value"),
    pytest.param("cursor.execute('SELECT count(*) FROM casework_need WHERE x')", id="SQL"),
    pytest.param("Need.objects.raw('SELECT 1')", id="SQL of a model"),
])  # fmt: skip
def test_a_second_definition_is_seen(second):
    """Negative control, one for each way to write it."""
    assert list(_asked(second))


def _asked(source):
    """Yield (line, fact) of what a source asks of a figure's facts; SQL by hand is yielded as SQL."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            yield from ((node.lineno, fact) for fact in _facts(name, node) if fact in FACTS_OF_FIGURES | {"SQL"})


def _facts(name, call):
    """Yield what one call asks, fact or not."""
    if name in PAST_THE_MODELS:
        yield "SQL"
    if name in ASKING:
        asked = [one for one in call.keywords if not (isinstance(one.value, ast.Constant) and one.value.value is None)]
        yield from (one.arg.split("__")[0] for one in asked if one.arg)
        tables = [one.value for one in call.keywords if one.arg is None and isinstance(one.value, ast.Dict)]
        yield from (str(key.value).split("__")[0] for table in tables for key in table.keys if isinstance(key, ast.Constant))
    if name in ("values", "values_list"):
        yield from (one.value for one in call.args if isinstance(one, ast.Constant))
    if name in COUNTING:
        yield from (part.attr for part in ast.walk(call) if isinstance(part, ast.Attribute))
