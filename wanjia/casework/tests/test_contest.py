"""A unit that missed the working day for sending a need back asks a joint session whose it is; until then the need is its own, and dated.

Complaints that this answers (12345 hotlines): a need that nobody would own for days, because units send it back and forth and "the clock does
not start until a unit signs"; a final word on whose it is was the cure. Here the clock runs from the grade, whoever holds the need.
"""

import pytest

from wanjia.orgs.checking.queries import differences
from wanjia.orgs.roles import Role
from wanjia.reporting.figures.queries import count
from wanjia.verdict import Conflict, Refused

from ..assignment.commands import accept_need, assign_need, contest_need, recall_need, return_need
from ..assignment.rules import can_contest, can_return, is_of_session
from ..handling.commands import add_note, report_done
from ..ledger.moves import next_act
from ..ledger.queries import on_desk
from ..models import Holding, Need, Step
from ..sessions.commands import add_item, call_session, decide_item, hold_session, note_attendance, put_off_item
from ..states import NeedState as S
from . import clock_acts, walk
from .acts import CALLED, CONTEST, DECISION, came
from .factories import World, later, worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db):
    return World()


@pytest.fixture
def need(world):
    """Handed over on Monday; the bureau may send it back until Tuesday."""
    return walk.bring(world, S.ASSIGNED)


def now(need):
    return Need.objects.select_related("holder", "village").get(pk=need.pk)


def contest(world, need, at=None, by=None):
    return contest_need(need_id=need.pk, **CONTEST, by=by or world.handler, at=at or later(2))


def table(world, day=2):
    """A session of that day, called by the township's desk for what waits."""
    return call_session(**CALLED | {"on": later(day).date()}, by=world.clerk, at=later(day, hours=3))


def decide(world, item, holder, day=2, **more):
    return decide_item(item_id=item.pk, **DECISION | more, holder=holder, by=world.clerk, at=later(day, hours=4))


def faults():
    return [one.plain() for one in differences() if one.kind in ("need", "session")]


def test_it_stays_owned_and_dated_until_the_session_decides(world, need):
    before = now(need)
    contest(world, need)
    after = now(need)
    assert (after.holder, after.due_on, after.step_due_on, after.state) == (before.holder, before.due_on, before.step_due_on, S.ASSIGNED)
    assert after.contested_at == later(2)
    assert Holding.objects.get(need=need, to_at=None).organisation == world.civil
    with pytest.raises(Refused, match="您这一次没有保存"):  # no clerk hands it on meanwhile
        assign_need(need_id=need.pk, holder=world.education, by=world.clerk, at=later(2, hours=1))
    assert faults() == []


def test_it_becomes_late_in_the_hands_of_whoever_asks(world, need):
    """Nothing is won by asking: the promised day passes as it would have."""
    contest(world, need)
    assert count(Need.objects.all(), None, later(30).date())["needs.overdue"] == 1


def test_the_session_gives_it_to_another_unit_and_that_choice_stands(world, need):
    contest(world, need)
    session = table(world)
    decide(world, session.items.get(), world.education)
    given = now(need)
    assert (given.holder, given.state, given.contested_at) == (world.education, S.ASSIGNED, None)
    assert list(given.steps.values_list("act", flat=True))[-4:] == ["contest", "arbitrate", "decide", "assign"]
    assert is_of_session(given)
    for act, what in ((return_need, CONTEST), (contest_need, CONTEST)):
        with pytest.raises(Refused, match="会商定的"):
            act(need_id=need.pk, **what, by=world.teacher, at=later(2, hours=5))
    assert faults() == []


def test_the_session_leaves_it_where_it_is_and_the_unit_signs(world, need):
    due = now(need).due_on
    contest(world, need)
    decide(world, table(world).items.get(), world.civil)
    assert (now(need).holder, now(need).due_on) == (world.civil, due)
    with pytest.raises(Refused, match="会商定的"):
        contest(world, need, at=later(5))
    accept_need(need_id=need.pk, by=world.handler, at=later(3))
    assert faults() == []


def test_a_session_may_grade_anew_what_was_signed_already(world, need):
    """The commonest reason for "not ours" is a wrong grade: it asks another tier."""
    accept_need(need_id=need.pk, by=world.handler, at=later(1))
    contest(world, need)
    due = now(need).due_on
    decide(world, table(world).items.get(), world.education, urgency="urgent")
    assert (now(need).urgency, now(need).holder) == ("urgent", world.education)
    assert now(need).due_on <= due
    assert faults() == []


def test_no_session_was_asked_about_what_comes_back_on_its_own(world, need):
    """The one who gave it takes it back before it is signed for: nothing waits any more, and it is handed on as every day."""
    contest(world, need)
    recall_need(need_id=need.pk, by=world.clerk, at=later(2, hours=1))
    assert now(need).contested_at is None
    assign_need(need_id=need.pk, holder=world.education, by=world.clerk, at=later(2, hours=2))
    return_need(need_id=need.pk, **CONTEST, by=world.teacher, at=later(3))
    assert faults() == []


def test_who_begins_to_work_asks_no_longer(world, need):
    contest(world, need)
    accept_need(need_id=need.pk, by=world.handler, at=later(2, hours=1))
    assert now(need).contested_at is not None, "signing for it says who answers for it meanwhile"
    session = table(world)
    add_note(need_id=need.pk, words="到户看过", by=world.handler, at=later(2, hours=4))
    assert now(need).contested_at is None
    with pytest.raises(Refused, match="不用再议"):
        decide(world, session.items.get(), world.education)
    assert faults() == []


def test_reported_done_leaves_nothing_to_settle(world, need):
    accept_need(need_id=need.pk, by=world.handler, at=later(1))
    contest(world, need)
    report_done(need_id=need.pk, **walk.DONE, by=world.handler, at=later(4))
    assert now(need).contested_at is None


def test_put_off_at_the_table_it_waits_for_the_next(world, need):
    contest(world, need)
    session = table(world)
    put_off_item(item_id=session.items.get().pk, reason="要等编办答复", until=later(3).date(), by=world.clerk, at=later(2, hours=4))
    assert now(need).contested_at is not None
    decide(world, table(world, day=3).items.get(), world.education, day=3)
    assert now(need).holder == world.education


def test_within_the_day_it_is_sent_back_as_ever(world, need):
    with pytest.raises(Refused, match="请直接退回"):
        contest(world, need, at=later(hours=5))
    return_need(need_id=need.pk, **CONTEST, by=world.handler, at=later(1))


def test_after_two_returns_a_third_unit_asks_at_once(world, need):
    """A need sent back twice before sessions settled such things, held by a third unit: it has a way too, within its day."""
    Need.objects.filter(pk=need.pk).update(returns=2)
    assert not can_return(world.handler, now(need), at=later(hours=5))
    assert can_contest(world.handler, now(need), at=later(hours=5))


def test_a_stop_granted_to_one_holder_does_not_survive_into_the_next(world, need):
    """Zammad #5624: a timer survives a hand-over to a group that it does not fit; here by session too."""
    accept_need(need_id=need.pk, by=world.handler, at=later(1))
    clock_acts.stopped(world, {"need_id": need.pk})
    assert now(need).due_on > clock_acts.DUE
    contest(world, need, at=later(2, hours=1))
    assert now(need).is_stopped(later(2).date()), "asking whose it is ends no stop"
    decide(world, table(world).items.get(), world.education)
    assert not now(need).is_stopped(later(2).date())
    assert now(need).due_on == clock_acts.DUE
    assert faults() == []


def test_the_clock_runs_before_anybody_signs(world, need):
    """The clock "does not start until a unit signs": unsigned and contested, it is overdue on the same day as any other."""
    other = walk.bring(world, S.ACCEPTED)
    contest(world, need)
    assert now(need).due_on == now(other).due_on
    assert now(need).accepted_at is None


def test_ping_pong_ends_at_the_second_return(world, need):
    """退单: two units send a need to and fro. The second return, or a late first, brings one table, and its word is the last."""
    return_need(need_id=need.pk, **CONTEST, by=world.handler, at=later(1))
    assign_need(need_id=need.pk, holder=world.education, by=world.clerk, at=later(1))
    contest(world, need, at=later(3), by=world.teacher)
    session = table(world, day=3)
    decide(world, session.items.get(), world.civil, day=3)
    assert now(need).returns == 1
    for at in (later(3, hours=5), later(9)):
        assert not can_return(world.handler, now(need), at=at)
        assert not can_contest(world.handler, now(need), at=at)
    assert Step.objects.filter(need=need, act="return").count() == 1


def test_a_list_leads_to_the_table(world, need):
    contest(world, need)
    assert next_act(world.clerk, now(need))[0] == "sessions"
    assert need in on_desk(world.clerk)
    assert need in on_desk(world.ledger)
    table(world)
    assert need not in on_desk(world.clerk), "then the session itself is what waits"
    assert next_act(world.handler, now(need))[0] == "accept"


def test_the_pages_of_who_calls_sessions_lead_a_row_to_them(world, client):
    """Desk and ledger stand, with a link to the list of sessions, for what two units sent back and for what its holder asks about."""
    twice, asked = walk.bring(world, S.RETURNED), walk.bring(world, S.ASSIGNED)
    Need.objects.filter(pk=twice.pk).update(returns=2)
    Need.objects.filter(pk=asked.pk).update(contested_at=later(2))
    client.force_login(type(world.clerk).objects.get(pk=world.clerk.pk), backend="django.contrib.auth.backends.ModelBackend")
    for path in ("/", "/needs/"):
        assert client.get(path).content.decode().count('href="/sessions/?next=') == 2, path


def test_one_button_on_its_page_puts_it_on_the_called_session(world, need, client):
    walk.bring(world, S.ADMITTED)
    session = table(world)
    contest(world, need, at=later(2, hours=3))
    client.force_login(world.clerk, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/needs/{need.pk}/")
    assert page.context["tables"] == [session]
    assert "的会商" in page.content.decode()
    answer = client.post(f"/sessions/{session.pk}/add/", {"number": need.number, "next": f"/needs/{need.pk}/"})
    assert answer.headers["Location"] == f"/needs/{need.pk}/"
    assert session.items.filter(need=need).exists()
    assert client.get(f"/needs/{need.pk}/").context["tables"] == []
    client.force_login(world.handler, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/needs/{need.pk}/").context["tables"] == [], "who holds no sessions is offered none"


def test_a_need_in_work_is_on_no_agenda(world, need, client):
    walk.bring(world, S.ADMITTED)
    session = table(world)
    with pytest.raises(Refused, match="提请会商裁定"):
        add_item(session_id=session.pk, number=need.number, by=world.clerk, at=later(2, hours=3))
    far = worker("makou-jia", "马办事", world.elsewhere, Role.TOWNSHIP_WORKER)
    with pytest.raises(Refused, match="不在您的辖区"):
        add_item(session_id=session.pk, number=need.number, by=far, at=later(2, hours=3))


def test_a_session_ends_without_what_was_begun_meanwhile(world, need):
    contest(world, need)
    session = table(world)
    note_attendance(session_id=session.pk, came=came(world), by=world.clerk, at=later(2, hours=4))
    with pytest.raises(Refused, match="还有 1 件"):
        hold_session(session_id=session.pk, by=world.clerk, at=later(2, hours=4))
    accept_need(need_id=need.pk, by=world.handler, at=later(2, hours=5))
    add_note(need_id=need.pk, words="到户看过", by=world.handler, at=later(2, hours=5))
    hold_session(session_id=session.pk, by=world.clerk, at=later(2, hours=6))
    assert session.items.get().state == "lapsed"


def test_a_second_who_asks_is_told(world, need):
    contest(world, need)
    with pytest.raises((Refused, Conflict), match="已经提请"):
        contest(world, need, at=later(2, hours=1))


def kept(world):
    """A need that the township's desk handed to itself."""
    need = walk.bring(world, S.TRIAGED)
    assign_need(need_id=need.pk, holder=world.township, by=world.clerk, at=later(hours=3))
    return need


def test_a_desk_that_asks_its_own_session_binds_nobody_else(world):
    """One clerk alone: kept the need, asked a session of his own whose it is, and gave it to a bureau that could then not send it back."""
    need = kept(world)
    contest(world, need, by=world.clerk)
    decide(world, table(world).items.get(), world.civil)
    assert not is_of_session(now(need))
    back = return_need(need_id=need.pk, **CONTEST, by=world.handler, at=later(2, hours=5))
    assert (back.state, back.holder) == (S.RETURNED, world.township)
    assert faults() == []


def test_sent_back_to_oneself_is_no_return(world):
    """Else a desk alone uses up the two returns of a need, and the unit that is given it then has none."""
    need = kept(world)
    for turn in range(3):
        return_need(need_id=need.pk, **CONTEST, by=world.clerk, at=later(hours=4 + turn))
        assert now(need).returns == 0
        assign_need(need_id=need.pk, holder=world.township if turn < 2 else world.civil, by=world.clerk, at=later(hours=4 + turn))
    assert return_need(need_id=need.pk, **CONTEST, by=world.handler, at=later(1)).returns == 1
    assert faults() == []
