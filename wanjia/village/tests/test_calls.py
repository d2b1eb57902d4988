"""A meeting that must be called because enough ask: counted against the roll of the day, sealed, due once, met by that meeting alone; years and quarters without one are seen."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.urls import reverse

from tests.house.quicker import just_before
from wanjia.kernel.models import Entry
from wanjia.kernel.tests.tried import MONDAY
from wanjia.registry.models import Person
from wanjia.registry.tests.factories import World
from wanjia.verdict import Conflict, Refused

from ..agenda import queries as agenda
from ..agenda.commands import change_item
from ..bringing.queues import queue
from ..call_states import CallState
from ..calls import commands, queries
from ..meetings import queries as meetings
from ..models import AgendaItem, CallSignature, MeetingCall
from . import call_factories as made
from .factories import DAY, body, by, meeting, signed, villager, who

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db):
    """The small world; its village worker keeps meetings."""
    one = World()
    one.visitor = one.li
    return one


def ask(world, kind="villagers", **facts):
    given = {"governing_body_id": body(world, kind).pk, "side": "adults", "title": "三组公路塌方怎么修", "words": "雨季以前要定下来。", "asked_on": DAY}
    return commands.ask_for_meeting(**given | facts, **by(world))


def test_from_the_list_to_the_meeting(world):
    n = made.grown(world)
    committee = body(world, "committee", 2)
    one = ask(world)
    assert (one.roll, one.needs, one.lacks, one.state) == (n, -(-n // 10), -(-n // 10), CallState.OPEN)
    one = made.signs(world, one, *range(one.needs - 1))
    assert (one.lacks, one.state, queries.waiting(who(world), DAY).count()) == (1, CallState.OPEN, 0)
    one = made.signs(world, one, one.needs - 1)
    assert (one.state, one.bound_on, one.due_on) == (CallState.BOUND, DAY, DAY + timedelta(days=30))
    item = AgendaItem.objects.get()
    assert (one.item, item.body_id, item.source, item.title) == (item, one.body_id, "villager", one.title)
    assert queries.chair_of(world.datong.pk, DAY).body_id == committee.pk and queue(who(world), DAY)["village:calls"] == 1
    last = one.due_on
    assert [queries.late(who(world), day) for day in (last, last + timedelta(days=1))] == [0, 1]
    assert [queries.waiting(who(world, "clerk"), day).count() for day in (last, last + timedelta(days=1))] == [0, 1], "late, the township's hand sees it too"
    with pytest.raises(Refused, match="才算召集"):
        commands.meet_call(meeting_call_id=one.pk, meeting=meeting(world, "meeting_closed", of=one.body, counting="adults", came=60), **by(world))
    one = commands.meet_call(meeting_call_id=one.pk, meeting=made.held(world, one), **by(world))
    assert (one.state, one.met_on, queries.waiting(who(world), last).count()) == (CallState.MET, DAY, 0)


@pytest.mark.parametrize("spoilt", [{"signed_at": None, "signed_by": None}, {"state": "meeting_opened", "closed_at": None, "signed_at": None, "signed_by": None}], ids=["unsigned", "not closed"])
def test_only_a_meeting_that_was_held_and_signed_meets_it(world, spoilt):
    one = made.bound(world)
    held = meeting(world, "meeting_opened" if "state" in spoilt else "meeting_closed", of=one.body, counting="adults", came=60)
    AgendaItem.objects.filter(pk=one.item_id).update(state="item_on_agenda", meeting=held)
    assert not queries.met_by(one).exists()
    if "state" not in spoilt:
        signed(held)
        assert list(queries.met_by(one)) == [held], "the control"


def test_another_bodys_meeting_does_not_meet_it_and_what_came_back_does(world):
    one = made.bound(world)
    council = meeting(world, "meeting_closed")
    signed(council)
    AgendaItem.objects.filter(pk=one.item_id).update(state="item_on_agenda", meeting=council)
    assert not queries.met_by(one).exists()
    held = meeting(world, "meeting_closed", of=one.body, counting="adults", came=60)
    signed(held)
    back = AgendaItem(body=one.body, came_from=one.item, source="other_body", kind="major", title=one.title, words=one.words, proposed_on=DAY, proposed_at=MONDAY)
    back.save(force_insert=True)
    AgendaItem.objects.filter(pk=back.pk).update(state="item_on_agenda", meeting=held)
    assert list(queries.met_by(one)) == [held]


def test_who_signed_is_nowhere_to_be_read(world, client):
    one = made.bound(world)
    person = villager(world, 0)
    lines = Entry.objects.filter(act__startswith="meeting_call.")
    assert lines.exists() and not any(mark in str(list(lines.values())) for mark in (person.name, str(person.pk)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM village_callsignature")
        kept = repr([tuple(bytes(value) if isinstance(value, memoryview) else value for value in row) for row in cursor.fetchall()])
    assert len(CallSignature.objects.all()) == 2 and not any(mark in kept for mark in (person.name, str(person.pk), person.pk.hex if hasattr(person.pk, "hex") else str(person.pk)))
    other = made.asked(world, title="另一件要议的事情")
    made.signs(world, other, 0)
    assert len(set(CallSignature.objects.values_list("who_index", flat=True))) == 3, "no list is linked to another"
    client.force_login(who(world), backend="django.contrib.auth.backends.ModelBackend")
    for call in (one, other):
        shown = client.get(reverse("village:meeting_call", args=[call.pk])).content.decode()
        assert person.name not in shown and "封存" in shown
    posted = "".join(str(line.said) for line in queries.on_board(world.datong, DAY, 9, ""))
    assert "2 人签名" in posted and person.name not in posted


def test_a_removal_takes_a_fifth_and_its_board_names_nobody(world):
    n = made.grown(world)
    one = ask(world, title="罢免村委会主任卯发林", matter="removal")
    assert one.needs == -(-n // 5)
    assert "罢免村民委员会成员" in queries.on_board(world.datong, DAY, 9, "")[0].said and "卯发林" not in queries.on_board(world.datong, DAY, 9, "")[0].said


@pytest.mark.parametrize(("kind", "needs"), [("villagers", 4), ("representatives", 2)])
def test_representatives_are_counted_without_those_who_sit_for_their_office(world, kind, needs):
    """Ten representatives and one for an office: a third of ten, a fifth of ten (组织法第二十五条、第三十条)."""
    made.representatives(world, 10)
    one = ask(world, kind, side="representatives")
    assert (one.roll, one.needs) == (10, needs)
    with pytest.raises(Refused, match="村民代表里没有这个人"):
        made.signs(world, one, 10)
    one = made.signs(world, one, *range(needs))
    assert one.state == CallState.BOUND and AgendaItem.objects.get().source == "representative"


def test_the_roll_is_that_of_the_day_and_nobody_signs_twice(world):
    made.grown(world)
    one = ask(world, asked_on=DAY - timedelta(days=3))
    late = villager(world, 40)
    late.memberships.update(from_on=DAY)
    with pytest.raises(Refused, match="没有找到这个人"):
        made.signs(world, one, 40)
    made.signs(world, one, 0)
    with pytest.raises(Refused, match="已经在这份名单上签过名"):
        made.signs(world, one, 0)
    child = villager(world, 41, born=date(2015, 1, 1))
    with pytest.raises(Refused, match="没有找到这个人"):
        made.signs(world, one, 41)
    assert MeetingCall.objects.get().signed == 1 == CallSignature.objects.count() and child and not list(queries.faults(DAY))


def test_who_was_entered_twice_signs_once(world):
    """Two records were found to be one person after he had signed under the first; a third is another person."""
    one = made.asked(world, needs=3)
    made.signs(world, one, 0)
    Person.objects.filter(pk=villager(world, 0).pk).update(merged_into=villager(world, 1))
    with pytest.raises(Refused, match="已经在这份名单上签过名"):
        made.signs(world, one, 1)
    assert made.signs(world, one, 2).signed == 2


def test_a_representative_who_died_is_counted_no_more(world):
    """Nobody ended his seat; on the day before he could sign."""
    made.representatives(world, 10)
    Person.objects.filter(pk=villager(world, 0).pk).update(died_on=DAY)
    one = ask(world, "representatives", side="representatives")
    assert (one.roll, queries.roll(world.datong.pk, "representatives", DAY - timedelta(days=1)).count()) == (9, 10)
    with pytest.raises(Refused, match="村民代表里没有这个人"):
        made.signs(world, one, 0)


def test_nobody_writes_something_else_over_what_was_signed_for(world):
    """The item and what goes on from it; that it is reserved may still be marked."""
    one = made.bound(world)
    back = AgendaItem(body=one.body, came_from=one.item, source="back", kind="major", title=one.title, words=one.words, proposed_on=DAY, proposed_at=MONDAY)
    back.save(force_insert=True)
    for item in (one.item, back):
        asked = {"agenda_item_id": item.pk, "kind": "major", "title": one.title, "words": one.words, **by(world)}
        for facts in ({"title": "村委会换路灯"}, {"words": "换两盏路灯。"}):
            with pytest.raises(Refused, match="照名单上签的"):
                change_item(**asked | facts)
        assert change_item(**asked, matter="public_works").matter == "public_works"


def test_a_meeting_before_the_list_does_not_meet_it(world):
    one = made.bound(world)
    held = made.held(world, one)
    assert list(queries.met_by(one)) == [held], "the control: on its day"
    type(held).objects.filter(pk=held.pk).update(day=DAY - timedelta(days=1))
    assert not queries.met_by(one).exists()


def test_what_was_entered_by_mistake_is_struck_by_another_hand_and_may_be_signed_again(world):
    one = made.lacking_one(world)
    CallSignature.objects.update(signed_by=world.visitor)
    struck = {"meeting_call_id": one.pk, "name": villager(world, 0).name, "at": MONDAY}
    said = set()
    for facts in ({"by": who(world)}, {"by": who(world), "name": villager(world, 8).name}, {"by": who(world, "clerk"), "name": villager(world, 8).name}):
        with pytest.raises(Refused, match="请另一个人核对") as refused:
            commands.strike_signature(**struck | facts)
        said.add(str(refused.value))
    type(world.clerk).objects.filter(pk=world.clerk.pk).update(name=world.visitor.name)
    with pytest.raises(Refused, match="请另一个人核对") as refused:
        commands.strike_signature(**struck, by=who(world, "clerk"))
    assert said == {str(refused.value)}, "who signed and who did not is asked in vain"
    type(world.clerk).objects.filter(pk=world.clerk.pk).update(name=world.clerk.name)
    one = commands.strike_signature(**struck, by=who(world, "clerk"))
    assert (one.signed, one.lacks, CallSignature.objects.count()) == (0, 2, 1) and not list(queries.faults(DAY))
    assert made.signs(world, one, 0).signed == 1


@pytest.mark.parametrize("of_township", [True, False])
def test_the_village_writes_nothing_on_the_list_that_lies_at_the_township(world, of_township):
    """Name by name tried, it would learn who signed, and keep the list short for ever. The control: its own list, by another hand than entered it."""
    one = made.lacking_one(world)
    CallSignature.objects.update(signed_by=world.clerk)
    MeetingCall.objects.filter(pk=one.pk).update(by_township=of_township)
    struck = {"meeting_call_id": one.pk, "name": villager(world, 0).name, "at": MONDAY}
    if of_township:
        for does in (commands.strike_signature, commands.sign_call):
            with pytest.raises(Refused, match="这份名单在乡镇"):
                does(**struck, by=who(world))
        assert MeetingCall.objects.get(pk=one.pk).signed == 1
    assert commands.strike_signature(**struck, by=who(world, "leader" if of_township else "visitor")).signed == 0
    assert commands.sign_call(**struck, by=who(world, "clerk")).signed == 1


def same_hand(one):
    """Another hand writes the last signature down meanwhile."""
    def does():
        MeetingCall.objects.filter(pk=one.pk).update(version=one.version + 1)

    return does


@pytest.mark.parametrize("races", [True, False])
def test_two_who_write_the_last_signature_bind_it_once(world, races):
    """The control: where nobody came between, it is due."""
    one = made.lacking_one(world)
    with just_before("UPDATE", MeetingCall, same_hand(one) if races else lambda: None) as came:
        if races:
            with pytest.raises(Conflict), transaction.atomic():
                made.signs(world, one, one.needs - 1)
        else:
            made.signs(world, one, one.needs - 1)
    one.refresh_from_db()
    assert came and (one.state, AgendaItem.objects.count(), CallSignature.objects.count()) == ((CallState.OPEN, 0, 1) if races else (CallState.BOUND, 1, 2))


def test_a_count_that_no_signatures_bear_out_is_found(world):
    one = made.lacking_one(world)
    MeetingCall.objects.filter(pk=one.pk).update(signed=0)
    assert [(row.pk, stands, should) for row, _column, stands, should in queries.faults(DAY)] == [(one.pk, 0, 1)]


@pytest.mark.parametrize(("state", "hand", "refused"), [
    (CallState.OPEN, "visitor", "请另一个人核对"), (CallState.OPEN, "clerk", ""), (CallState.BOUND, "visitor", "请另一个人核对"), (CallState.BOUND, "clerk", ""), (CallState.MET, "clerk", "已经召集过了"),
])  # fmt: skip
def test_a_call_is_withdrawn_and_rings_nobody(world, state, hand, refused):
    """Once enough signed it binds the committee: whoever wrote it down does not undo that alone. It stays as a row, and its matter waits for no meeting."""
    one = made.call(world, state)
    MeetingCall.objects.filter(pk=one.pk).update(asked_by=world.visitor)
    late = DAY + timedelta(days=60)
    asked = {"meeting_call_id": one.pk, "reason": "by_bringers", "by": who(world, hand), "at": MONDAY}
    if refused:
        with pytest.raises(Refused, match=refused):
            commands.withdraw_call(**asked)
        assert MeetingCall.objects.get().state == state
        return
    assert queries.late(who(world), late) == (state == CallState.BOUND), "the control"
    one = commands.withdraw_call(**asked)
    assert (one.state, one.withdrawn_on, queries.late(who(world), late), agenda.waiting(who(world)).count(), list(queries.faults(DAY))) == (CallState.WITHDRAWN, DAY, 0, 0, [])
    said = [line.said for line in queries.on_board(world.datong, DAY, 9, "")]
    assert ["提出的人要求撤回" in line for line in said] == [True], "it does not vanish from the board"
    assert ("人数还没有够" in said[0]) is (state == CallState.OPEN) and (one.title in said[0]) is (state == CallState.BOUND)
    with pytest.raises(Refused, match="已经撤回"):
        made.signs(world, one, 9)
    assert ask(world).pk != one.pk, "it may be asked for anew"


@pytest.mark.parametrize(("hand", "wish", "refused"), [
    ("visitor", {"wish_on": DAY, "wish_signed": 1}, "只能由乡镇的另一个人"), ("clerk", {"wish_on": DAY, "wish_signed": 1}, "请另一个人核对"), ("leader", {}, "写明字据"), ("leader", {"wish_on": DAY}, "写明字据"),
    ("leader", {"reason": "by_mistake"}, "只凭提出的人签字的字据"), ("leader", {"wish_on": DAY, "wish_signed": 1}, ""),
])  # fmt: skip
def test_what_the_township_wrote_down_is_not_taken_back_by_whom_it_is_directed_at(world, hand, wish, refused):
    """The list lay at the township because the village would not take it: its keeper made it vanish by a word. The controls: of the village's own list another hand does."""
    one = ask(world)
    assert not one.by_township and commands.withdraw_call(meeting_call_id=one.pk, reason="by_mistake", by=who(world, "visitor"), at=MONDAY), "its own, that nobody signed"
    one = commands.ask_for_meeting(governing_body_id=one.body_id, side="adults", title="三组公路怎么修", words="雨季以前要定下来。", asked_on=DAY, by=who(world, "clerk"), at=MONDAY)
    assert one.by_township
    one = made.signs(world, one, *range(one.needs), by="clerk")
    asked = {"meeting_call_id": one.pk, "reason": "by_bringers", "by": who(world, hand), "at": MONDAY} | wish
    if refused:
        with pytest.raises(Refused, match=refused):
            commands.withdraw_call(**asked)
        assert MeetingCall.objects.get(pk=one.pk).state == CallState.BOUND
        return
    one = commands.withdraw_call(**asked)
    assert (one.state, one.wish_on, one.wish_signed, list(queries.faults(DAY))) == (CallState.WITHDRAWN, DAY, 1, [])


def test_the_rest_of_a_list_that_are_enough_keep_their_meeting(world):
    """Who goes back leaves the others: three of twelve signed where two must, and one goes back."""
    one = made.bound(world)
    CallSignature(call=one, who=queries.who_of(one, villager(world, 9)), sheet=1, signed_at=MONDAY).save(force_insert=True)
    MeetingCall.objects.filter(pk=one.pk).update(signed=one.signed + 1, by_township=True, asked_by=world.clerk)
    asked = {"meeting_call_id": one.pk, "reason": "by_bringers", "by": who(world, "leader"), "at": MONDAY, "wish_on": DAY}
    with pytest.raises(Refused, match="仍然够数"):
        commands.withdraw_call(**asked, wish_signed=1)
    with pytest.raises(Refused, match="不能比名单上的"):
        commands.withdraw_call(**asked, wish_signed=4)
    assert commands.withdraw_call(**asked, wish_signed=2).state == CallState.WITHDRAWN


def test_a_list_that_nobody_signed_is_withdrawn_by_whoever_wrote_it_down(world):
    """One signature is struck by another hand alone: so goes a list that bears any."""
    one = made.asked(world, asked_by=world.visitor)
    assert commands.withdraw_call(meeting_call_id=one.pk, reason="written_twice", by=who(world, "visitor"), at=MONDAY).state == CallState.WITHDRAWN


def test_what_is_on_an_agenda_is_not_withdrawn_under_its_meeting(world):
    one = made.bound(world)
    AgendaItem.objects.filter(pk=one.item_id).update(state="item_on_agenda", meeting=meeting(world, of=one.body, counting="adults"))
    asked = {"meeting_call_id": one.pk, "reason": "by_mistake", "by": who(world, "clerk"), "at": MONDAY}
    with pytest.raises(Refused, match="先撤出议程"):
        commands.withdraw_call(**asked)
    AgendaItem.objects.filter(pk=one.item_id).update(state="item_proposed", meeting=None, minutes="三组岩某主张先清方")
    with pytest.raises(Refused, match="议过"):
        commands.withdraw_call(**asked)  # taken off in the midst of its meeting, it was talked about
    AgendaItem.objects.filter(pk=one.item_id).update(minutes="")
    with just_before("UPDATE", AgendaItem, lambda: AgendaItem.objects.filter(pk=one.item_id).update(version=one.item.version + 1)) as came, pytest.raises(Conflict), transaction.atomic():
        commands.withdraw_call(**asked)
    assert came, "somebody put it on meanwhile"
    assert commands.withdraw_call(**asked).item.state == "item_withdrawn"


def test_the_list_is_printed_before_a_call_is_written_down_and_asks_for_no_number(world, client):
    """What it takes, by its article, as of today; for a body that nobody asks for there is none."""
    n, of = made.grown(world), body(world, "villagers")
    found = queries.askers(of, DAY)
    assert [[(words, must) for words, roll, must in sides if roll == n] for _rule, sides in found] == [[("村民联名", -(-n // 10))], [("村民联名", -(-n // 5))]]
    assert "第二十五条" in found[0][0].source and "第十九条" in found[1][0].source and queries.askers(body(world, "council"), DAY) == []
    said = render_to_string("village/papers/call_list.html", {"body": of, "asks": found, "lines": range(1, 23), "name": "签名名单", "made": MONDAY, "day": DAY})
    assert said.count("签名、手印") == 1 and "<th>身份证" not in said and "<th>电话" not in said
    client.force_login(who(world), backend="django.contrib.auth.backends.ModelBackend")
    one = made.lacking_one(world)
    for address in (reverse("village:blank_call_list", args=[of.pk]), reverse("village:call_list", args=[one.pk])):
        assert client.get(address)["Content-Type"] == "application/pdf"
    assert client.get(reverse("village:blank_call_list", args=[body(world, "council").pk])).status_code == 403
    assert reverse("village:blank_call_list", args=[of.pk]) in client.get(reverse("village:call_new", args=[of.pk])).content.decode()


# how often a body meets


@pytest.mark.parametrize(("kind", "words", "states"), [
    ("representatives", ["2026 年第 4 季度", "2026 年第 3 季度", "2026 年第 2 季度", "2026 年第 1 季度", "2025 年第 4 季度"], ["open", "held", "failed", "missed", "missed"]),
    ("villagers", ["2026", "2025"], ["held", "missed"]), ("collective", ["2026", "2025"], ["held", "missed"]), ("governance", [], []),
])  # fmt: skip
def test_missed_quarters_and_years_are_rows(world, kind, words, states):
    """组织法第二十五条、第三十条: an assembly a year, representatives each quarter; 农村集体经济组织法: a members' meeting a year. What meets as needed misses nothing."""
    one = body(world, kind, 4, from_on=date(2025, 11, 1))
    meeting(world, "meeting_closed", of=one, day=date(2026, 8, 5))
    meeting(world, "meeting_failed", of=one, day=date(2026, 5, 5), came=1)
    found = meetings.spans(one, DAY)
    assert ([row.words for row in found], [row.state for row in found]) == (words, states)
    late = body(world, "collective", from_on=date(2020, 1, 1)) if kind == "governance" else one
    assert kind != "governance" or [row.words for row in meetings.spans(late, DAY)] == ["2026", "2025"], "no year before there was a law"


@pytest.mark.parametrize(("kind", "quiet", "rings"), [("representatives", date(2026, 12, 1), date(2026, 12, 2)), ("villagers", date(2026, 11, 16), date(2026, 11, 17)), ("collective", date(2026, 11, 16), date(2026, 11, 17))])
def test_the_desk_rings_before_a_quarter_or_a_year_runs_out(world, kind, quiet, rings):
    one = body(world, kind, 3)
    assert [meetings.alarmed(who(world), day) for day in (quiet, rings)] == [0, 1]
    meeting(world, of=one, day=date(2026, 12, 20))
    assert meetings.alarmed(who(world), rings) == 0
