"""The faults that users of other systems complain of: each has tests that name it (peers.py), and those that stood nowhere else stand here."""

import ast
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from wanjia.casework.assignment.commands import accept_need, hand_to_person, return_need
from wanjia.casework.callback.commands import call_back
from wanjia.casework.closing.commands import reopen_need
from wanjia.casework.handling.commands import add_note
from wanjia.casework.ledger.queries import on_desk, searched
from wanjia.casework.models import Holding, Need
from wanjia.casework.promise import promise_of
from wanjia.casework.rules import visible_needs
from wanjia.casework.screening.commands import admit_need, decline_need
from wanjia.casework.slip.commands import HOUSEHOLD, answer_by_slip, issue_slip
from wanjia.casework.states import NeedState as S
from wanjia.casework.tests.factories import World, later, worker
from wanjia.casework.tests.walk import bring, reported_with_slip
from wanjia.casework.triage.commands import triage_need
from wanjia.casework.urging.commands import urge_need
from wanjia.indicators.definitions import definitions
from wanjia.kernel.calendar import today
from wanjia.orgs.models import Organisation, Post, User
from wanjia.orgs.roles import Role
from wanjia.reporting.figures.queries import count, rows_of

from .peers import BOUNCED, COMPLAINTS, COUNTED, LOST, SHAM, TIMED

HOUSE = Path(__file__).resolve().parents[2]
SKIPS = {"skip", "skipif", "xfail", "proof"}


# Each complaint has its tests


@cache
def marks_in(path):
    """Return {test of a file: the marks that stand on it, or on the file}."""
    tree = ast.parse((HOUSE / path).read_text(encoding="utf-8"))
    on_file = [one.value for one in tree.body if isinstance(one, ast.Assign) and getattr(one.targets[0], "id", "") == "pytestmark"]
    return {
        one.name: {node.attr for mark in (*on_file, *one.decorator_list) for node in ast.walk(mark) if isinstance(node, ast.Attribute)}
        for one in tree.body if isinstance(one, ast.FunctionDef) and one.name.startswith("test_")
    }  # fmt: skip


def is_run(name):
    """Tell whether a test of this name ("path::test") stands and is run by `make test`."""
    path, _, test = name.partition("::")
    return (HOUSE / path).is_file() and test in marks_in(path) and not marks_in(path)[test] & SKIPS


@pytest.mark.parametrize(("source", "complaint", "tests"), [(source, complaint, tests) for source, _kind, complaint, tests in COMPLAINTS])
def test_each_complaint_has_tests_that_run(source, complaint, tests):
    assert tests and [name for name in tests if not is_run(name)] == [], f"{source}: {complaint}"


def test_a_test_that_is_gone_or_skipped_is_noticed():
    """Negative control."""
    here = "tests/promises/test_peers.py::"
    assert is_run(f"{here}test_mine_is_mine_alone") and not is_run(f"{here}test_that_nobody_wrote") and not is_run("tests/promises/gone.py::test_x")
    assert not is_run("tests/promises/test_install.py::test_a_lodgers_port_is_seen"), "a proof is not run by make test"


def test_every_kind_of_fault_is_spoken_of():
    assert {kind for _source, kind, _complaint, _tests in COMPLAINTS} == {LOST, BOUNCED, SHAM, TIMED, COUNTED}
    assert len({(source, complaint) for source, _kind, complaint, _tests in COMPLAINTS}) == len(COMPLAINTS) > 40


# Those that stood nowhere else


@pytest.fixture
def world(db):
    return World()


def fresh(need):
    return Need.objects.get(pk=need.pk)


def has(user, need):
    """Tell whether a need lies on somebody's desk."""
    return on_desk(User.objects.get(pk=user.pk)).filter(pk=need.pk).exists()


def test_what_is_reopened_lies_on_a_desk_with_a_day(world):
    """FixMyStreet #897: a report that is reopened never reaches the council."""
    need = bring(world, S.CLOSED)
    assert not has(world.handler, need)
    reopen_need(need_id=need.pk, words="又漏了", by=world.visitor, at=later(8))
    again = fresh(need)
    assert has(world.handler, need)
    assert (again.holder, again.step_clock, again.step_due_on) == (world.civil, "accept", later(9).date())
    assert Holding.objects.get(need=need, to_at=None).organisation == world.civil


def test_what_is_closed_is_reopened_under_its_number_and_first_day(world):
    """HOPE: closed tickets cannot be reopened. Nor is the day of the first promise given away by it."""
    need = bring(world, S.CLOSED)
    reopen_need(need_id=need.pk, words="又漏了", by=world.visitor, at=later(8))
    again = fresh(need)
    assert (again.state, again.number, again.first_due_on, again.due_on, again.reopenings) == (S.REOPENED, need.number, need.first_due_on, need.due_on, 1)
    assert again.confirmed == "", "its old word does not count on"


def test_what_an_ended_unit_held_is_still_counted_above_it(world):
    """FixMyStreet #1342: items under a hierarchy of bodies vanish from dashboards."""
    need, day = bring(world, S.IN_PROGRESS), later(8).date()
    leader = worker("xian-lingdao", "罗县长", world.office, Role.LEADER)
    before = count(visible_needs(leader), None, day)
    Post.objects.filter(organisation=world.civil).update(to_on=day)
    Organisation.objects.filter(pk=world.civil.pk).update(to_on=day)
    after = count(visible_needs(User.objects.get(pk=leader.pk)), None, day)
    assert after == before and after["needs.running"] == 1
    assert [one.pk for one in rows_of("needs.running", visible_needs(leader), None, day)] == [need.pk]


def test_a_household_reads_who_refused_and_why(world, client):
    """FixMyStreet #4457: "not our responsibility" reads as a brush-off; say who refused."""
    need = world.need()
    code = issue_slip(need_id=need.pk, by=world.visitor, at=later()).code
    why = {"decline_ground": "not_true", "decision_reason": "与核实情况不符", "told_on": later().date(), "told_way": "face"}
    decline_need(need_id=need.pk, **why, by=world.clerk, at=later(hours=1))
    page = client.get(f"/s/{code}").content.decode()
    assert "细沙乡人民政府没有受理这件事" in page and "与核实情况不符" in page and "我不同意" in page


def test_a_return_names_the_unit_and_its_rule(world):
    """FixMyStreet #4457, between units: who sends back says by which rule it is another's duty, and the line names the unit."""
    need = bring(world, S.ASSIGNED)
    return_need(need_id=need.pk, reason="按职责分工应由教育体育局办理", rule="县级部门权责清单第八条", by=world.handler, at=later(hours=5))
    line = need.steps.get(act="return")
    assert line.by_org == world.civil and "县级部门权责清单第八条" in line.words
    assert fresh(need).holder == world.township


def test_what_is_urgent_is_due_first_and_stands_first(world):
    """FixMyStreet #659: what is urgent waits in the same queue as the rest."""
    plain, urgent = world.need(), world.need(summary="房子要塌了", category="housing")
    for need, urgency in ((plain, "ordinary"), (urgent, "critical")):
        admit_need(need_id=need.pk, by=world.clerk, at=later(hours=1))
        triage_need(need_id=need.pk, urgency=urgency, difficulty="medium", by=world.clerk, at=later(hours=2))
    assert fresh(urgent).due_on == later(1).date() < fresh(plain).due_on
    assert [one.pk for one in on_desk(world.clerk)] == [urgent.pk, plain.pk]


def test_the_slip_says_the_day_and_that_it_has_passed(world):
    """FixMyStreet #2378: the body's own limit is not shown, nor that it has passed."""
    need = bring(world, S.ASSIGNED)
    assert "11月16日" in promise_of(need, later(1).date()).told.replace(" ", "")
    assert "已经晚了" in promise_of(need, date(2026, 11, 18)).told


def test_no_line_from_beside_puts_off_the_first_response(world):
    """Zammad #5177: the time of an update overrules that of the first response. Here only the answer itself ends the step."""
    need = bring(world, S.ASSIGNED)
    due = need.step_due_on
    issue_slip(need_id=need.pk, by=world.visitor, at=later(hours=4))
    urge_need(need_id=need.pk, words="请尽快", by=world.clerk, at=later(2))
    assert (fresh(need).step_clock, fresh(need).step_due_on, due) == ("accept", due, later(1).date())
    accept_need(need_id=need.pk, by=world.handler, at=later(2, hours=1))
    assert fresh(need).step_due_on is None
    own = fresh(need).due_on
    add_note(need_id=need.pk, words="到户看过", by=world.handler, at=later(3))
    assert fresh(need).due_on == own, "nor does an update touch the need's own day"


@pytest.mark.parametrize("way", ["face", "phone", "message", "slip"])
def test_the_households_word_moves_the_clock_by_every_way(world, way):
    """Zammad #1322: a reply by another channel than mail does not move the clock, "we hurt our SLAs"."""
    need, _code = reported_with_slip(world, by=world.caller)
    assert fresh(need).step_clock == "callback"
    if way == "slip":
        answer_by_slip(need_id=need.pk, word="solved", by=HOUSEHOLD, at=later(5))
    else:
        call_back(need_id=need.pk, way=way, reached=True, word="solved", by=world.caller, at=later(5))
    after = fresh(need)
    assert (after.state, after.step_clock, after.step_from_on) == (S.VERIFIED, "close", today(later(5)))


def test_what_is_late_can_be_urged_from_its_own_page(world, client):
    """Zammad #551: users cannot find how to escalate."""
    need = bring(world, S.ASSIGNED)  # the machine's own day lies later than its step
    Need.objects.filter(pk=need.pk).update(step_due_on=date(2020, 1, 2), due_on=date(2020, 1, 2), due_days=None)
    client.force_login(world.clerk, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/needs/{need.pk}/").content.decode()
    assert f'href="/needs/{need.pk}/urge/"' in page


def test_mine_is_mine_alone(world):
    """CCRS: the demo showed items of three owners under "My"."""
    colleague = worker("minzheng-2", "何民政", world.civil, Role.BUREAU_WORKER)
    mine, his = bring(world, S.IN_PROGRESS), bring(world, S.ACCEPTED, summary="想学一门手艺")
    hand_to_person(need_id=his.pk, handler=colleague, by=world.handler, at=later(3))
    others = bring(world, S.TRIAGED, summary="路灯坏了")
    assert [one.pk for one in on_desk(world.handler)] == [mine.pk]
    assert [one.pk for one in on_desk(User.objects.get(pk=colleague.pk))] == [his.pk]
    assert not has(world.teacher, mine) and not has(world.handler, others)


def test_who_comes_after_sees_all_of_it_and_who_left_sees_nothing(world):
    """CCRS: the audience stamped on each item goes stale on any reorganisation. Here nothing is stamped: posts say who sees."""
    need = bring(world, S.IN_PROGRESS)
    Post.objects.filter(user=world.handler).update(to_on=date(2026, 11, 9))
    heir = worker("minzheng-2", "何民政", world.civil, Role.BUREAU_WORKER)
    assert not visible_needs(User.objects.get(pk=world.handler.pk)).exists()
    assert visible_needs(heir).filter(pk=need.pk).exists()


def test_a_need_lies_in_one_units_queue(world):
    """OpenCRVS #3789: records leaked into every office's queue."""
    people = [world.clerk, world.stranger, world.handler, world.teacher, world.visitor, world.ledger, world.caller, world.inspector]
    for state, whose in ((S.REGISTERED, world.clerk), (S.TRIAGED, world.clerk), (S.ASSIGNED, world.handler), (S.IN_PROGRESS, world.handler)):
        need = bring(world, state)
        assert [user.username for user in people if has(user, need)] == [whose.username], state


def test_what_a_visit_brought_is_found_by_its_home(world):
    """HOPE #3276: search by household fails for tickets that the system made."""
    need = world.need(requester_name="")
    assert [one.pk for one in searched(world.clerk, visible_needs(world.clerk), world.home.number)] == [need.pk]


def test_unreasonable_demands_are_counted_apart(world):
    """12345: scores do not separate unreasonable demands. They stay counted as received, and out of what could be settled."""
    bring(world, S.DECLINED)
    bring(world, S.CLOSED, summary="另一件")
    figures = count(Need.objects.all(), None, later(9).date())
    assert (figures["needs.received"], figures["needs.declined"], figures["needs.reasonable"], figures["needs.settled"]) == (2, 1, 1, 1)
    assert definitions()["needs.settled"].of == "needs.reasonable"
