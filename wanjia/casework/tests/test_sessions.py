"""Joint triage: each item leaves with one owner and one date, nothing is lost, a second return is settled here alone, minutes stay as signed."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from wanjia.kernel.models import Entry
from wanjia.orgs.checking.queries import differences
from wanjia.orgs.roles import Role
from wanjia.registry.tests import factories as registry
from wanjia.reporting.models import Paper
from wanjia.reporting.papers.commands import print_document
from wanjia.verdict import Conflict, Refused

from ..assignment.commands import accept_need, assign_need, recall_need, return_need
from ..models import Decision, Minutes, Need, Session, SessionItem, Step
from ..sessions import minutes
from ..sessions.commands import (
    _settle,
    add_item,
    call_off_session,
    call_session,
    decide_item,
    draw_agenda,
    hold_session,
    keep_dissent,
    note_attendance,
    put_off_item,
    sign_session,
)
from ..sessions.queries import next_item, to_sign, waiting_unlisted
from ..states import ItemState
from ..states import NeedState as S
from . import walk
from .acts import CALLED, DECISION, called, came
from .factories import MONDAY, World, later, worker

pytestmark = pytest.mark.django_db
RULE = "县级部门权责清单"


@pytest.fixture
def world(db):
    world = World()
    world.leader = worker("xisha-lingdao", "高领导", world.township, Role.TOWNSHIP_LEADER)
    return world


def decide(world, item, holder=None, **more):
    what = DECISION | {"holder": holder or world.civil, "by": world.clerk, "at": later(hours=7)} | more
    return decide_item(item_id=item.pk, **what)


def faults():
    """List what the check of needs and sessions finds."""
    return [fault for fault in differences() if fault.kind in ("need", "session")]


def twice_returned(world):
    """A need that two bureaus sent back."""
    need = walk.bring(world, S.ASSIGNED)
    return_need(need_id=need.pk, reason="应由教体局办理", rule=RULE, by=world.handler, at=later(hours=4))
    assign_need(need_id=need.pk, holder=world.education, by=world.clerk, at=later(hours=4))
    return return_need(need_id=need.pk, reason="应由民政局办理", rule=RULE, by=world.teacher, at=later(hours=5))


def test_a_decision_grades_and_hands_over_by_the_acts_of_every_day(world):
    item = called(world).items.get()
    said = decide(world, item, helpers=[world.education, world.education], money="临时救助 2000 元", due_on=date(2026, 11, 6))
    need = Need.objects.get(pk=item.need_id)
    assert (need.state, need.holder, need.due_on, need.urgency) == (S.ASSIGNED, world.civil, date(2026, 11, 6), "ordinary")
    assert list(need.steps.order_by("n").values_list("act", flat=True))[-4:] == ["triage", "decide", "assign", "help_named"]
    assert (said.line, said.helpers, said.due_on) == (need.version - 2, [str(world.education.pk)], need.due_on)
    assert SessionItem.objects.get(pk=item.pk).state == ItemState.DECIDED
    task = need.tasks.get()  # each helper that a session names has its sub-task: the measure, by the need's own day
    assert (task.unit, task.words, task.due_on, task.state) == (world.education, said.measure, need.due_on, "asked")
    assert faults() == []


def test_a_later_day_than_the_grid_gives_is_refused_and_leaves_nothing(world):
    item = called(world).items.get()
    with pytest.raises(Refused, match="申请延期"):
        decide(world, item, due_on=date(2026, 12, 31))
    need = Need.objects.get(pk=item.need_id)
    assert (need.state, need.urgency, SessionItem.objects.get(pk=item.pk).state) == (S.ADMITTED, "", ItemState.OPEN)
    assert not Step.objects.filter(act="decide").exists()


def test_what_an_ordinary_hand_over_refuses_a_session_refuses_too(world):
    """No way round the word of the household: the last unit that could ask it takes no part, by session either."""
    item = called(world).items.get()
    with pytest.raises(Refused, match="回访"):
        decide(world, item, helpers=[world.office])
    with pytest.raises(Refused, match="不能交给"):
        decide(world, item, holder=world.committee, difficulty="hard")
    assert Need.objects.get(pk=item.need_id).state == S.ADMITTED


def test_a_second_return_is_handed_over_by_a_session_alone_and_its_choice_is_not_sent_back(world):
    need = twice_returned(world)
    with pytest.raises(Refused, match="召集会商"):
        assign_need(need_id=need.pk, holder=world.education, by=world.clerk, at=later(hours=6))
    session = call_session(**CALLED, units=[world.civil, world.education], by=world.clerk, at=later(hours=6))
    assert session.items.get().need_id == need.pk
    decide(world, session.items.get(), holder=world.education, dissent_by=world.education, dissent="低保认定不是教体局职责")
    with pytest.raises(Refused, match="会商定的"):
        return_need(need_id=need.pk, reason="还是不归我们管", rule=RULE, by=world.teacher, at=later(hours=8))
    accept_need(need_id=need.pk, by=world.teacher, at=later(hours=9))
    with pytest.raises(Refused, match="会商定的"):
        return_need(need_id=need.pk, reason="还是不归我们管", rule=RULE, by=world.teacher, at=later(hours=10))
    assert faults() == []


def test_one_decision_hands_over_once(world):
    """Taken back before it is signed for, what a session settled is no one clerk's to give elsewhere."""
    need = twice_returned(world)
    session = call_session(**CALLED, by=world.clerk, at=later(hours=6))
    decide(world, session.items.get(), holder=world.education)
    recall_need(need_id=need.pk, by=world.clerk, at=later(hours=8))
    with pytest.raises(Refused, match="召集会商"):
        assign_need(need_id=need.pk, holder=world.civil, by=world.clerk, at=later(hours=8))
    again = call_session(**CALLED, by=world.clerk, at=later(hours=9))
    decide(world, again.items.get(), holder=world.civil, at=later(hours=9))
    assert Need.objects.get(pk=need.pk).holder == world.civil


def test_what_was_raised_over_a_session_is_decided_by_the_one_above(world):
    """From the village it came to the township's own desk: its session decides. From the township it went to the county's, which alone does."""
    need = walk.bring(world, S.ADMITTED)
    Need.objects.filter(pk=need.pk).update(raised_from="village")
    assert waiting_unlisted(world.clerk, MONDAY.date()) == 1
    session = call_session(**CALLED, by=world.clerk, at=later(hours=6))
    assert next_item(session).need_id == need.pk
    Need.objects.filter(pk=need.pk).update(raised_from="township")
    assert next_item(session) is None, "it is offered to nobody who may not decide it"
    call_off_session(session_id=session.pk, reason="改期", by=world.clerk, at=later(hours=6))
    assert (waiting_unlisted(world.clerk, MONDAY.date()), waiting_unlisted(world.ledger, MONDAY.date())) == (0, 1)
    other = walk.bring(world, S.ADMITTED)
    session = call_session(**CALLED, by=world.clerk, at=later(hours=7))
    assert [item.need_id for item in session.items.all()] == [other.pk]
    with pytest.raises(Refused, match="已提级"):
        add_item(session_id=session.pk, number=need.number, by=world.clerk, at=later(hours=7))


def test_a_return_comes_within_a_working_day(world):
    need = walk.bring(world, S.ASSIGNED)
    with pytest.raises(Refused, match="1 个工作日"):
        return_need(need_id=need.pk, reason="应由教体局办理", rule=RULE, by=world.handler, at=later(2))
    back = return_need(need_id=need.pk, reason="应由教体局办理", rule=RULE, by=world.handler, at=later(1, hours=5))
    assert RULE in back.steps.get(act="return").words


def test_second_returns_come_first_and_a_need_stands_on_one_open_agenda(world):
    plain = walk.bring(world, S.ADMITTED)
    back = twice_returned(world)
    hard = walk.bring(world, S.ADMITTED)
    session = call_session(**CALLED, by=world.clerk, at=later(hours=6))
    assert list(session.items.order_by("n").values_list("need", flat=True)) == [back.pk, plain.pk, hard.pk]
    with pytest.raises(Refused, match="没有等着会商"):
        call_session(**CALLED, by=world.ledger, at=later(hours=6))
    with pytest.raises(Refused, match="没有新等着"):
        draw_agenda(session_id=session.pk, kinds=["ungraded"], by=world.clerk, at=later(hours=6))


def test_called_off_loses_nothing(world):
    session = called(world)
    call_off_session(session_id=session.pk, reason="人没有到齐", by=world.clerk, at=later(hours=7))
    assert session.items.get().state == ItemState.BACK
    again = call_session(**CALLED, by=world.clerk, at=later(hours=8))
    assert again.items.get().need_id == session.items.get().need_id
    assert faults() == []


def test_put_off_keeps_owner_and_clocks_and_waits_on(world):
    session = called(world)
    item, before = session.items.get(), Need.objects.get(pk=session.items.get().need_id)
    put_off_item(item_id=item.pk, reason="要等住建局鉴定", until=later(1).date(), by=world.clerk, at=later(hours=7))
    need = Need.objects.get(pk=before.pk)
    assert (need.state, need.holder_id, need.due_on, need.step_due_on) == (before.state, before.holder_id, before.due_on, before.step_due_on)
    assert need.steps.last().act == "put_off"
    assert call_session(**CALLED, by=world.clerk, at=later(hours=8)).items.get().need_id == need.pk
    assert faults() == []


def test_no_session_ends_while_an_item_waits_and_what_ended_elsewhere_lapses(world):
    session = called(world)
    walk.bring(world, S.ADMITTED)
    draw_agenda(session_id=session.pk, kinds=["ungraded"], by=world.clerk, at=later(hours=6))
    first, second = session.items.order_by("n")
    decide(world, first)
    note_attendance(session_id=session.pk, came=came(world), by=world.clerk, at=later(hours=7))
    with pytest.raises(Refused, match="还有 1 件"):
        hold_session(session_id=session.pk, by=world.clerk, at=later(hours=8))
    walk.withdraw(world, second.need, at=later(hours=8))
    with pytest.raises(Refused, match="不用再议"):
        decide(world, second, at=later(hours=8))
    hold_session(session_id=session.pk, by=world.clerk, at=later(hours=9))
    assert SessionItem.objects.get(pk=second.pk).state == ItemState.LAPSED
    assert faults() == []


def test_a_second_hand_at_one_item_is_told_who_was_quicker(world):
    item = called(world).items.get()
    decide(world, item)
    with pytest.raises(Conflict, match="王台账"):
        decide(world, item, holder=world.education)
    with pytest.raises(Conflict, match="王台账"):
        put_off_item(item_id=item.pk, reason="要等住建局鉴定", until=later(1).date(), by=world.clerk, at=later(hours=7))
    assert Need.objects.get(pk=item.need_id).holder == world.civil


def signed(world, **more):
    """A session whose minutes are signed off."""
    session = called(world)
    item = session.items.get()
    decide(world, item, **more)
    keep_dissent(item_id=item.pk, organisation=world.education, person="周教体", words="教体局没有这笔经费", by=world.clerk, at=later(hours=7))
    note_attendance(session_id=session.pk, came=came(world, education=""), by=world.clerk, at=later(hours=7))
    hold_session(session_id=session.pk, by=world.clerk, at=later(hours=8))
    return sign_session(session_id=session.pk, by=world.leader, at=later(hours=9))


def test_minutes_are_signed_by_another_hand_and_stay_as_signed(world):
    session = called(world)
    decide(world, session.items.get())
    note_attendance(session_id=session.pk, came=came(world), by=world.clerk, at=later(hours=7))
    second = worker("xisha2", "李又一", world.office, Role.LEDGER_OFFICE)
    hold_session(session_id=session.pk, by=second, at=later(hours=8))
    with pytest.raises(Refused, match="没有记录"):
        sign_session(session_id=session.pk, by=second, at=later(hours=9))
    sign_session(session_id=session.pk, by=world.leader, at=later(hours=9))
    paper = session.minutes.paper
    assert "诉会〔2026〕1号" in paper.number
    assert print_document(subject_id=session.pk, kind="minutes", by=world.clerk, at=later(2)) == paper
    with pytest.raises(Refused, match="不能再改"):
        note_attendance(session_id=session.pk, came=came(world, "别人"), by=world.clerk, at=later(2))
    for row in (session.minutes, Decision.objects.get()):
        with pytest.raises(DatabaseError), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(at=later(3))
    assert faults() == []


def test_the_printed_minutes_say_who_what_by_when_and_who_dissents_and_name_no_child(world):
    session = signed(world, measure="送临时救助 2000 元", money="2000 元,临时救助金")
    sheet = minutes.sheet(session)
    text = str(sheet)
    for said in ("三楼会议室", "高领导", "永善县民政局(陈民政)", "永善县教育体育局", session.items.get().need.number, "一般 · 中", "2000 元,临时救助金", "周教体", "没有这笔经费"):
        assert said in text, said
    assert "王大叔" not in text
    assert ("(签发人)", "高领导", "2026年11月2日") in sheet.seals


def test_a_childs_name_in_a_measure_is_not_printed(db):
    home, world = registry.World(), World()
    leader = worker("xisha-lingdao", "高领导", world.township, Role.TOWNSHIP_LEADER)
    session = called(world, household=home.home)
    decide(world, session.items.get(), measure=f"为{home.child.name}联系学校")
    note_attendance(session_id=session.pk, came=came(world), by=world.clerk, at=later(hours=7))
    hold_session(session_id=session.pk, by=world.clerk, at=later(hours=8))
    text = str(minutes.sheet(sign_session(session_id=session.pk, by=leader, at=later(hours=9))))
    assert home.child.name not in text
    assert "为某某联系学校" in text


@pytest.mark.parametrize("planted", ["decision gone", "line gone", "minutes", "words", "chair"])
def test_the_check_finds_what_was_put_there_by_hand(world, planted):
    """Negative controls: rows past the triggers."""
    from wanjia.kernel.triggers import lift

    session = signed(world)
    lift(models=[Decision, Minutes, SessionItem, Step])
    match planted:
        case "decision gone":
            Decision.objects.update(holder=world.education)
        case "line gone":
            Decision.objects.update(line=2)
        case "minutes":
            one = Minutes.objects.get()
            one.content["items"][0]["lead"] = "永善县教育体育局"
            Minutes.objects.update(content=one.content)
        case "words":
            Decision.objects.update(measure="另一句话")
        case "chair":
            Session.objects.update(chair="别的人")
    assert {fault.kind for fault in faults()} == {"session"}, session


def test_the_county_calls_for_the_county_and_a_township_sees_not_its_sessions(world, client):
    walk.bring(world, S.ADMITTED)
    session = call_session(**CALLED, by=world.ledger, at=later(hours=6))
    assert session.area == world.county
    client.force_login(world.clerk, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/sessions/{session.pk}/").status_code == 404
    client.force_login(world.ledger, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/sessions/{session.pk}/").status_code == 200


def test_the_journal_tells_the_session_and_each_decision(world):
    session = signed(world)
    acts = set(Entry.objects.filter(subject="casework.session", subject_id=str(session.pk)).values_list("act", flat=True))
    assert acts == {"session.call", "session.attend", "session.hold", "session.sign"}
    line = Entry.objects.get(act="need.decide")
    assert line.detail["session"] == str(session.pk)
    assert Paper.objects.get(kind="minutes").subject_id == session.pk


def test_on_its_day_not_before(world):
    walk.bring(world, S.ADMITTED)
    session = call_session(**CALLED | {"on": date(2026, 11, 3)}, by=world.clerk, at=later(hours=6))
    with pytest.raises(Refused, match="到那天再议"):
        decide(world, session.items.get())
    decide(world, session.items.get(), at=later(hours=6) + timedelta(days=1))


def test_who_came_is_asked_unit_by_unit_and_printed(world, client):
    """One field a unit; empty means that it was absent; a unit that nobody invited may have come all the same."""
    session = called(world)
    client.force_login(world.clerk, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/sessions/{session.pk}/attend/")
    assert [field.label for field in page.context["form"].rows()] == ["永善县民政局", "永善县教育体育局"]
    sent = {f"seat-{world.civil.pk}": " 陈民政 ", f"seat-{world.education.pk}": "", "unasked": str(world.office.pk), "unasked_person": "钱主任"}
    assert client.post(f"/sessions/{session.pk}/attend/", sent).status_code == 302
    assert {seat.organisation: seat.person for seat in session.seats.all()} == {world.civil: "陈民政", world.education: "", world.office: "钱主任"}
    assert not session.seats.filter(noted_at=None).exists()
    again = client.get(f"/sessions/{session.pk}/attend/").context["form"]
    assert [field.initial for field in again.rows()] == ["陈民政", "", "钱主任"]
    decide(world, session.items.get(), at=timezone.now())
    hold_session(session_id=session.pk, by=world.clerk, at=timezone.now())
    sign_session(session_id=session.pk, by=world.leader, at=timezone.now())
    said = session.minutes.content
    assert said["present"] == [["永善县民政局", "陈民政"], [world.office.name, "钱主任"]]
    assert said["absent"] == ["永善县教育体育局"]


def test_a_call_names_units_by_their_keys(world, client):
    session = called(world)
    client.force_login(world.clerk, backend="django.contrib.auth.backends.ModelBackend")
    ask = f"/api/sessions/{session.pk}/attend"
    assert client.post(ask, {"came": {str(world.civil.pk): "陈民政"}}, content_type="application/json").status_code == 200
    for wrong in ({str(world.committee.pk): "村主任"}, {"民政局": "陈民政"}, {str(world.civil.pk): 7}):
        assert client.post(ask, {"came": wrong}, content_type="application/json").status_code == 403, wrong
    assert session.seats.get(organisation=world.civil).person == "陈民政"


def test_dissent_is_added_until_the_minutes_are_signed(world):
    session = called(world)
    item = session.items.get()
    decide(world, item)
    note_attendance(session_id=session.pk, came=came(world), by=world.clerk, at=later(hours=7))
    hold_session(session_id=session.pk, by=world.clerk, at=later(hours=8))
    late = {"item_id": item.pk, "organisation": world.education, "words": "散会后才知道要我们配合"}
    keep_dissent(**late, by=world.clerk, at=later(hours=9))
    sign_session(session_id=session.pk, by=world.leader, at=later(hours=10))
    assert "散会后才知道" in str(minutes.sheet(session))
    with pytest.raises(Refused, match="纪要签发以前"):
        keep_dissent(**late | {"words": "再补一句话"}, by=world.clerk, at=later(hours=11))
    assert faults() == []


def test_who_wrote_a_dissent_does_not_sign(world):
    session = called(world)
    decide(world, session.items.get())
    note_attendance(session_id=session.pk, came=came(world), by=world.clerk, at=later(hours=7))
    hold_session(session_id=session.pk, by=world.clerk, at=later(hours=8))
    second = worker("xian2", "李又一", world.office, Role.LEDGER_OFFICE)
    keep_dissent(item_id=session.items.get().pk, organisation=world.education, words="没有这笔经费", by=second, at=later(hours=9))
    with pytest.raises(Refused, match="没有记录"):
        sign_session(session_id=session.pk, by=second, at=later(hours=10))
    assert not to_sign(second).exists()
    assert to_sign(world.leader).get() == session


def test_what_is_put_off_has_its_dissent_too(world):
    item = called(world).items.get()
    put_off_item(item_id=item.pk, reason="要等住建局鉴定", until=later(1).date(), by=world.clerk, at=later(hours=7))
    keep_dissent(item_id=item.pk, organisation=world.education, words="孩子等不起,请今天定", by=world.clerk, at=later(hours=7))
    assert item.dissents.count() == 1


def test_who_holds_no_sessions_decides_nothing_and_calls_nothing_off(world):
    session = called(world)
    for act in (lambda who: decide(world, session.items.get(), by=who),
                lambda who: call_off_session(session_id=session.pk, reason="改期", by=who, at=later(hours=7))):  # fmt: skip
        with pytest.raises(Refused, match="没有召集会商的权限"):
            act(world.visitor)
    decide(world, session.items.get())
    with pytest.raises(Refused, match="不在您的辖区"):
        call_off_session(session_id=session.pk, reason="改期", by=world.stranger, at=later(hours=7))


def test_an_item_read_before_somebody_moved_it_moves_no_more(world):
    """The compare-and-set under the lock: what stands at another version is told, never written over."""
    item = called(world).items.get()
    decide(world, item)
    with pytest.raises(Conflict):
        _settle(item, "put_off")
    assert SessionItem.objects.get(pk=item.pk).state == ItemState.DECIDED
