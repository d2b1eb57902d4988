"""A council's evening and what follows: called, rolled, decided, closed by two, filed, put up; below quorum nothing goes out; a missed month is seen."""

from datetime import date, timedelta
from random import Random

import pytest
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from wanjia.kernel.brings import Spoken, gather
from wanjia.kernel.models import Entry
from wanjia.kernel.tests.tried import MONDAY
from wanjia.policy import meetings as law
from wanjia.registry.tests.factories import World
from wanjia.reporting.figures.queries import figures
from wanjia.verdict import Conflict, Refused

from ..agenda import commands as agenda
from ..bodies import commands as bodies
from ..bodies import queries as of_bodies
from ..bodies import rolls
from ..bringing.queues import queue
from ..deciding import commands as deciding
from ..deciding import rules as deciding_rules
from ..meetings import commands as meetings
from ..meetings import queries, verdict
from ..models import AgendaItem, Filing, Meeting, Objection, PublicNotice
from ..states import DECIDED, ItemState
from . import factories as made
from .factories import (
    DAY,
    DUE,
    at,
    body,
    by,
    decided,
    filing,
    home,
    item,
    meeting,
    objection,
    passes,
    posted,
    seat,
    second,
    signed,
    villager,
    who,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db):
    """The small world; its village worker keeps meetings."""
    one = World()
    one.visitor = one.li
    return one


def test_a_councils_evening_from_the_roll_to_the_notice(world):
    council = body(world, seats=10)
    one = agenda.propose_item(governing_body_id=council.pk, source="villager", kind="hot", title="饮水池要清洗", words="两年没洗", proposed_on=DAY, brought_by="岩秀英", **by(world))
    held = meetings.call_meeting(governing_body_id=council.pk, day=DAY, place="院坝", told_on=made.TOLD, counting="seats", **by(world))
    agenda.put_item(agenda_item_id=one.pk, meeting=held, **by(world))
    held = meetings.open_meeting(meeting_id=held.pk, **by(world))
    for row in held.roll.all()[:5]:
        meetings.mark_roll(meeting_seat_id=row.pk, came="present", **by(world))
    with pytest.raises(Refused, match="应到 10,要到 6,实到 5,还差 1"):
        passes(one, world, votes=5)
    meetings.mark_roll(meeting_seat_id=held.roll.filter(came="away").first().pk, came="present", **by(world))
    one = passes(one, world, votes=4)
    assert (one.state, one.votes_for) == (ItemState.PASSED, 4)
    meetings.close_meeting(meeting_id=held.pk, **by(world))
    with pytest.raises(Refused, match="第二个人签字"):
        deciding.file_decision(agenda_item_id=one.pk, filed_on=DAY, heard="同意", **by(world))
    meetings.sign_minutes(meeting_id=held.pk, by=second(world), at=MONDAY)
    deciding.file_decision(agenda_item_id=one.pk, filed_on=DAY, heard="同意", **by(world))
    deciding.post_notice(agenda_item_id=one.pk, from_on=DAY, until_on=DAY + timedelta(days=14), where="公开栏", words="腊月前清洗", **by(world))
    notice = PublicNotice.objects.get()
    assert "备〔2026〕1号" in Filing.objects.get().number and deciding_rules.is_up(notice, DAY)
    assert Entry.objects.filter(act__in=("agenda_item.pass", "filing.file", "public_notice.post")).count() == 3
    assert "岩秀英" not in "".join(map(str, Entry.objects.values_list("detail", "reason"))), "who brought it stands in no line"


def test_all_came_marks_whoever_was_not_marked_and_nobody_twice(world):
    """One tap, then the few who did not come: a line of the journal for each, whoever was marked before stays, and a second tap changes nothing."""
    held = meeting(world, "meeting_opened", came=0)
    one, other, *_rest = held.roll.all()
    meetings.mark_roll(meeting_seat_id=one.pk, came="excused", reason="在县城办事", **by(world))
    meetings.mark_roll(meeting_seat_id=other.pk, came="away", **by(world))
    for _twice in (1, 2):
        held = meetings.mark_all(meeting_id=held.pk, **by(world))
        assert (held.present, held.roll.filter(came="present").count()) == (8, 8)
    one.refresh_from_db(), other.refresh_from_db()
    assert (one.came, other.came) == ("excused", "away")
    assert Entry.objects.filter(act="meeting_seat.mark").count() == 10 and not queries.unmarked(held).exists()
    with pytest.raises(Refused, match="登记签到册"):
        meetings.mark_all(meeting_id=meeting(world, "meeting_opened", of=body(world, "villagers"), counting="adults", came=0).pk, **by(world))


def test_below_quorum_is_never_published_however_it_was_written(world):
    one = filing(world).item
    Meeting.objects.update(present=5)
    with pytest.raises(Refused, match="还差 1"):
        deciding.post_notice(agenda_item_id=one.pk, from_on=DAY, until_on=DUE, where="公开栏", words="年底前搬到路口", **by(world))
    assert not PublicNotice.objects.exists()


def test_without_the_guard_it_would_go_out(world, monkeypatch):
    """The negative control: the numbers are not asked again."""
    one = filing(world).item
    Meeting.objects.update(present=5)
    monkeypatch.setattr(deciding_rules, "_borne_out", lambda _item: ())
    deciding.post_notice(agenda_item_id=one.pk, from_on=DAY, until_on=DUE, where="公开栏", words="年底前搬到路口", **by(world))
    assert PublicNotice.objects.count() == 1


@pytest.mark.parametrize(("day", "refused"), [(date(2025, 12, 31), True), (date(2026, 1, 1), False)])
def test_an_urgent_assembly_is_told_later_from_the_day_the_law_allows_it(world, day, refused):
    villager(world, 1)
    one = body(world, "villagers", from_on=date(2025, 1, 1))
    call = {"governing_body_id": one.pk, "day": day, "place": "院坝", "told_on": day - timedelta(days=2), "counting": "adults", "urgent": "泥石流要搬迁", "by": who(world), "at": at((day - DAY).days)}
    if refused:
        with pytest.raises(Refused, match=r"第二十一条.*不能缩短"):
            meetings.call_meeting(**call)
    else:
        assert meetings.call_meeting(**call).urgent == "泥石流要搬迁"
        with pytest.raises(Refused, match="写明原因"):
            meetings.call_meeting(**call | {"urgent": ""})


def test_what_is_reserved_goes_on_and_what_is_put_off_comes_again(world):
    held = meeting(world, "meeting_opened")
    road, feast = (item(world, "item_on_agenda", at=held, title=words, matter=matter) for words, matter in (("筹资筹劳修路", "public_works"), ("红白喜事", "")))
    with pytest.raises(Refused, match="提交给村民代表会议、村民会议"):
        passes(road, world)
    representatives = body(world, "representatives", 12)
    agenda.send_item_on(agenda_item_id=road.pk, body=representatives, reason="要筹资筹劳", **by(world))
    agenda.rule_on_item(agenda_item_id=feast.pk, ruling="defer", **by(world))
    there, again = AgendaItem.objects.get(came_from=road), AgendaItem.objects.get(came_from=feast)
    assert (there.body, there.state, there.matter) == (representatives, ItemState.PROPOSED, "public_works") and (again.body, again.source) == (held.body, "back")
    sitting = meeting(world, "meeting_opened", of=representatives, came=8)
    agenda.put_item(agenda_item_id=there.pk, meeting=sitting, **by(world))
    assert passes(there, world, votes=5).state == ItemState.PASSED, "more than half of eight"


def test_a_missed_month_and_a_failed_one_are_seen_and_the_last_week_rings(world):
    council = body(world, seats=10, from_on=date(2026, 7, 15))
    meeting(world, "meeting_closed", of=council, day=date(2026, 8, 5))
    meeting(world, "meeting_failed", of=council, day=date(2026, 9, 5), came=3)
    states = [(one.first.month, one.state) for one in queries.spans(council, DAY)]
    assert states == [(11, "open"), (10, "missed"), (9, "failed"), (8, "held"), (7, "missed")]
    assert queries.alarmed(who(world), date(2026, 11, 22)) == 0 and queries.alarmed(who(world), date(2026, 11, 24)) == 1
    assert queries.alarmed(who(world, "clerk"), date(2026, 11, 24)) == 0, "the village's own desk"
    meeting(world, of=council, day=date(2026, 11, 28))
    assert queries.alarmed(who(world), date(2026, 11, 24)) == 0
    assert len(queries.spans(council, date(2027, 12, 1))) == 12


def test_how_a_body_is_made_up_is_said(world):
    one = body(world, "representatives", 3)
    found = {part.stands: part.holds for part in of_bodies.make_up(one, of_bodies.seats_on(one, DAY), DAY)}
    assert found["3/3"] and found["1/3"] and not found["3"], "one woman of three is a third; four homes need no three representatives"
    assert of_bodies.make_up(body(world), [], DAY) == []


def test_women_are_a_third_of_all_who_make_the_meeting_up(world):
    """Art. 25 until 2025, art. 29 since: 妇女村民代表应当占村民代表会议组成人员的三分之一以上, and who sits there by office is one of these."""
    one = body(world, "representatives", 3)
    seat(world, one, 4, "ex_officio")
    for day in (date(2025, 12, 31), date(2026, 1, 1)):
        found = {part.stands: (part.asked, part.holds) for part in of_bodies.make_up(one, of_bodies.seats_on(one, DAY), day)}
        assert found["3/4"] == ("≥ 4", False) and found["1/4"] == ("≥ 2", False)


def test_representatives_of_the_members_are_more_than_twenty(world):
    """农村集体经济组织法 art. 28."""
    one = body(world, "collective_reps", 20)
    for n, holds in ((20, False), (21, True)):
        seat(world, one, n - 1)
        part = next(part for part in of_bodies.make_up(one, of_bodies.seats_on(one, DAY), DAY) if part.asked == "≥ 21")
        assert (part.stands, part.holds) == (str(n), holds)


def test_seats_stand_as_they_did_on_the_day(world):
    council = body(world, seats=10)
    gone = council.seats.filter(office="member").first()
    bodies.end_seat(body_seat_id=gone.pk, to_on=DAY, reason="外出务工", **by(world))
    held = meeting(world, of=council)
    assert meetings.open_meeting(meeting_id=held.pk, **by(world)).due == 9
    earlier = meeting(world, of=body(world, "committee", 3), day=DAY - timedelta(days=1))
    assert meetings.open_meeting(meeting_id=earlier.pk, **by(world)).due == 3


def test_figures_have_their_rows(world):
    notice = posted(world)
    objection(world, notice)
    meeting(world, "meeting_failed", of=notice.item.body, day=DAY - timedelta(days=30), came=3)

    def told(rows, day=DAY):
        return {each["id"].partition(".")[2]: (each["n"], each["N"]) for each in figures(rows, day, DAY)}

    found = told(Meeting.objects.all())
    assert found["held"] == (1, 2) and found["failed"] == (1, 2) and found["council_months"] == (1, None)
    from ..models import MeetingSeat

    assert told(MeetingSeat.objects.all())["came"] == (10, 20)
    decisions = told(AgendaItem.objects.all())
    assert decisions["passed"] == decisions["filed"] == decisions["timely"] == decisions["posted"] == (1, 1) and decisions["done"] == (0, 1)
    assert told(Objection.objects.all())["answered"] == (0, 1) and told(PublicNotice.objects.all())["withdrawn"] == (0, 1)
    assert told(Filing.objects.all())["answered"] == (0, 1)
    assert told(AgendaItem.objects.all(), DAY - timedelta(days=1))["voted"] == (0, None), "as of the day before nothing was decided"


def test_two_meetings_of_a_month_are_one_month(world):
    council = body(world, seats=10)
    for n in (1, 2):
        signed(meeting(world, "meeting_closed", of=council, day=DAY - timedelta(days=n - 1) if n == 1 else DAY))
    assert next(one["n"] for one in figures(Meeting.objects.all(), DAY, DAY) if one["id"].endswith("council_months")) == 1


def test_pages_and_papers_open_to_whom_they_are_for(world, client):
    made_one = objection(world)
    notice, held = made_one.notice, made_one.notice.item.meeting
    agreed = {"governing_body_id": held.body_id}
    meeting(world, "meeting_opened", of=body(world, "committee", 3), came=2)
    client.force_login(who(world), backend="django.contrib.auth.backends.ModelBackend")
    for name in ("bodies", "meetings", "items", "filings", "public_notices", "body_new"):
        assert client.get(reverse(f"village:{name}")).status_code == 200, name
    for name, pk in (("body", agreed["governing_body_id"]), ("meeting", held.pk), ("item", notice.item_id), ("public_notice", notice.pk), ("objection_answer", made_one.pk)):
        assert client.get(reverse(f"village:{name}", args=[pk])).status_code == 200, name
    for name, pk in (("meeting_roll", held.pk), ("meeting_minutes", held.pk), ("filing_paper", notice.item.filing.pk), ("public_notice_paper", notice.pk)):
        paper = client.get(reverse(f"village:{name}", args=[pk]))
        assert paper["Content-Type"] == "application/pdf" and paper.content.startswith(b"%PDF"), name
    assert client.get(reverse("village:meeting_minutes", args=[meeting(world).pk])).status_code == 404, "what was not opened has no minutes"
    page = client.get(reverse("village:public_notice", args=[notice.pk])).content.decode()
    assert "搬到路口味道大" in page
    client.force_login(who(world, "clerk"), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("village:public_notice", args=[notice.pk])).content.decode()
    assert "搬到路口味道大" not in page, "in whose words is for the village alone"
    client.force_login(who(world, "stranger"), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("village:public_notice", args=[notice.pk])).status_code == 404


def test_the_minutes_say_whether_it_was_valid(world, client, monkeypatch):
    monkeypatch.setattr("wanjia.village.meetings.views.pdf", lambda template, context, name: render_to_string(template, context).encode())
    client.force_login(who(world), backend="django.contrib.auth.backends.ModelBackend")
    held = decided(world).meeting
    paper = client.get(reverse("village:meeting_minutes", args=[held.pk])).content.decode()
    assert "合法有效" in paper and "第三十三条" in paper and "三组垃圾池搬迁" in paper
    roll = client.get(reverse("village:meeting_roll", args=[held.pk])).content.decode()
    assert roll.count('class="room"') == 10 and world.head.citizen_last4 not in roll
    villager(world, 20, born=None)
    whole = meeting(world, of=body(world, "villagers"), counting="homes")
    assert "没有出生日期" in client.get(reverse("village:meeting_roll", args=[whole.pk])).content.decode()


@pytest.mark.parametrize("seed", range(6))
def test_any_order_of_acts_nothing_below_quorum_is_decided_or_posted(world, seed):
    """Property: whatever is done in whatever order, each decision has its quorum, its majority and its day, each meeting a whole roll, each notice its fifteen days."""
    roll, people = Random(seed), [who(world), second(world)]
    council, others = body(world, seats=10), body(world, "representatives", 12)
    for n in range(4):
        item(world, of=council, title=f"议题第{n}号", matter=roll.choice(["", "", "public_works"]))
    home(world, 99)

    def one(rows):
        return roll.choice(list(rows.values_list("pk", flat=True)) or [None])

    def call():
        day = DAY + timedelta(days=turn // 20 + roll.randint(0, 2))
        meetings.call_meeting(governing_body_id=roll.choice([council, others]).pk, day=day, place="院坝", told_on=day - timedelta(days=roll.randint(2, 5)), counting="seats", by=hand, at=when)

    def decide():
        votes = roll.randint(0, 10), roll.randint(0, 3)
        agenda.rule_on_item(agenda_item_id=one(AgendaItem.objects.all()), ruling=roll.choice(["pass", "amend", "reject", "defer"]), votes_for=votes[0], votes_against=votes[1], conclusion="定了", answers="主任", due_on=DUE, by=hand, at=when)

    def mark():
        held = Meeting.objects.filter(state="meeting_opened").first()
        for row in held.roll.all()[: roll.randint(1, 9)] if held else ():
            meetings.mark_roll(meeting_seat_id=row.pk, came=roll.choice(["present", "present", "present", "away"]), by=hand, at=when)

    acts = [
        call, decide, decide, decide, mark, mark, mark,
        lambda: meetings.open_meeting(meeting_id=one(Meeting.objects.filter(state="meeting_called")), by=hand, at=when),
        lambda: agenda.put_item(agenda_item_id=one(AgendaItem.objects.filter(state="item_proposed")), meeting=Meeting.objects.get(pk=one(Meeting.objects.filter(state__in=["meeting_called", "meeting_opened"]))), by=hand, at=when),
        lambda: meetings.close_meeting(meeting_id=one(Meeting.objects.all()), by=hand, at=when), lambda: meetings.fail_meeting(meeting_id=one(Meeting.objects.all()), reason="没来齐人", by=hand, at=when),
        lambda: meetings.sign_minutes(meeting_id=one(Meeting.objects.filter(state="meeting_closed")), by=hand, at=when),
        lambda: deciding.file_decision(agenda_item_id=one(AgendaItem.objects.filter(state__in=DECIDED)), filed_on=when.date(), heard="同意", by=hand, at=when),
        lambda: deciding.post_notice(agenda_item_id=one(AgendaItem.objects.filter(state__in=DECIDED)), from_on=when.date(), until_on=when.date() + timedelta(days=roll.randint(10, 20)), where="公开栏", words="定了什么", by=hand, at=when),
        lambda: agenda.send_item_on(agenda_item_id=one(AgendaItem.objects.filter(matter="public_works")), body=others, reason="要筹资筹劳", by=hand, at=when),
    ]  # fmt: skip
    done = 0
    for turn in range(220):
        hand, when = roll.choice(people), at(turn // 20)
        try:
            with transaction.atomic():
                roll.choice(acts)()
            done += 1
        except (Refused, Conflict, Meeting.DoesNotExist):
            pass
    assert done > 20
    for each in AgendaItem.objects.filter(state__in=DECIDED).select_related("meeting__body", "body"):
        found = verdict.standing(each.meeting, each.matter)
        assert found.valid and each.votes_for >= found.agree and each.votes_for + each.votes_against + each.votes_abstain <= each.meeting.there
        assert not each.matter or each.body.kind in law.matter(each.matter, DAY).to
    for each in PublicNotice.objects.select_related("item__meeting"):
        assert each.item.meeting.signed_at and (each.until_on - each.from_on).days >= 14 and Filing.objects.filter(item=each.item).exists()
    for each in Meeting.objects.exclude(due=None):
        assert each.roll.count() == each.due and each.present == each.roll.filter(came="present").count()
        assert each.signed_by_id is None or each.signed_by_id not in (each.recorder_id, each.closed_by_id)


def test_whoever_wrote_the_results_down_does_not_sign_them(world):
    """One opens and closes, the other writes the votes: the second hand on the minutes would be the one that wrote them."""
    one = decided(world)
    Meeting.objects.filter(pk=one.meeting_id).update(signed_at=None, signed_by=None, recorder=world.visitor, closed_by=world.visitor)
    AgendaItem.objects.filter(pk=one.pk).update(decided_by=second(world))
    with pytest.raises(Refused, match="记录的人不能自己核对签字"):
        meetings.sign_minutes(meeting_id=one.meeting_id, by=second(world), at=MONDAY)
    AgendaItem.objects.filter(pk=one.pk).update(decided_by=world.visitor)
    assert meetings.sign_minutes(meeting_id=one.meeting_id, by=second(world), at=MONDAY).signed_at


def test_an_erasure_finds_who_is_named(world):
    one = item(world, brought_by="岩秀英")
    two = objection(world, name="", words="岩秀英家门口不行")
    spoken = Spoken(set(), {"岩秀英"}, lambda strings, text: any(each in text for each in strings))
    found = {model: list(speaking(spoken)) for model, speaking in gather("SPEAKING") if model in (AgendaItem, Objection)}
    assert found == {AgendaItem: [one.pk], Objection: [two.pk]}


def test_a_body_is_found_by_any_of_its_names(world):
    one = body(world, name="花坛村村民协商议事会", aliases="花田议事会、花园议事会")
    for text in ("花田", "花园议事", "协商"):
        assert of_bodies.matching(who(world), text)["bodies"] == [one]
    assert of_bodies.matching(who(world), "花") is None and of_bodies.matching(who(world), "不是它") is None and of_bodies.matching(who(world, "stranger"), "花田") is None


def test_queues_say_what_waits(world):
    decided(world)
    found = queue(who(world), DAY)
    assert found["village:public_notices"] == 1 and "village:filings" not in found
    objection(world)
    assert queue(who(world), DAY)["village:public_notices"] == 2 and {name for name, n in queue(who(world, "clerk"), DAY).items() if n} == {"village:filings"}


def test_a_seat_ended_late_lowers_nothing_that_was_due(world):
    """Three of ten are ended with last week's day after the meeting's: at the meeting, recorded late, ten were due."""
    one = body(world, seats=10)
    held = meeting(world, of=one, day=DAY - timedelta(days=2))
    for seat_of in one.seats.order_by("pk")[7:]:
        bodies.end_seat(body_seat_id=seat_of.pk, to_on=DAY - timedelta(days=5), reason="补记离任", **by(world))
    assert one.seats.on(held.day).count() == 7, "without what was known then, seven would be due"
    assert rolls.due(one, "seats", held.day) == 10
    meetings.open_meeting(meeting_id=held.pk, **by(world))
    held.refresh_from_db()
    assert (held.due, held.roll.count()) == (10, 10)


def test_a_seat_ended_in_time_is_not_due(world):
    one = body(world, seats=10)
    gone = one.seats.order_by("pk").last()
    bodies.end_seat(body_seat_id=gone.pk, to_on=DAY - timedelta(days=5), reason="外出务工", by=who(world), at=MONDAY - timedelta(days=5))
    assert rolls.due(one, "seats", DAY) == 9


def test_who_keeps_the_agenda_does_not_take_off_what_is_reserved(world):
    one = item(world, matter="public_works", proposed_by=world.visitor)
    words = {"agenda_item_id": one.pk, "kind": "major", "title": one.title, "words": one.words}
    for matter in ("", "planning"):
        with pytest.raises(Refused, match="一个人不能改"):
            agenda.change_item(**words, matter=matter, **by(world))
    assert agenda.change_item(**words, matter="public_works", **by(world)).matter == "public_works"
    agenda.free_item(agenda_item_id=one.pk, reason="只是换灯泡,不用筹资筹劳", by=who(world, "clerk"), at=MONDAY)
    one.refresh_from_db()
    assert (one.matter, one.freed_because) == ("", "只是换灯泡,不用筹资筹劳")
