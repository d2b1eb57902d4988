"""A poll from its roll to its board: paper, telephone and whoever is away in one count, and each way to vote twice."""

import json
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.house.worlds import World
from wanjia.kernel.models import Entry, Receipt
from wanjia.kernel.tests.tried import MONDAY
from wanjia.registry.models import Membership, Person
from wanjia.reporting.figures.queries import figures
from wanjia.verdict import Conflict, Refused
from wanjia.village import verifier
from wanjia.village.models import BodySeat, Poll, PollClass, PollCounter, PollHome, SealedBallot
from wanjia.village.polls import commands, queries, secret, who
from wanjia.village.polls.counting import commands as counting
from wanjia.village.polls.rules import visible_polls

from . import factories
from . import poll_factories as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def test_paper_telephone_and_scanned_cards_are_one_count_that_anybody_recounts(world):
    poll = made.closed(world)
    good, said, _english = verifier.verify(poll.board, poll.digest)
    assert good, said
    board = json.loads(poll.board)
    assert board["turnout"] == {"homes": 9, "issued": 6, "cast": 5}
    assert board["tally"] == [{"key": "A", "votes": [3, 2, 0], "blank": 0, "spoilt": 0, "cast": 5}]
    assert ["A", "123456", [1]] in board["ballots"]
    assert board["classes"][0]["printed"] == 11
    assert not SealedBallot.objects.exists()
    assert Poll.objects.get().opening_locked == ""


def test_homes_choose_among_the_other_half_and_never_themselves(world):
    homes = made.homes(world, 20)
    stands = {home.pk: f"{home.number}的院子" for home in homes[:6]}
    poll = made.poll(world, standing="\n".join(f"{home.number} {stands[home.pk]}" for home in homes[:6]), options="", most=2)
    classes = {one.key: one for one in poll.classes.all()}
    assert [one.homes for one in classes.values()] == [10, 10]
    assert sorted(len(one.options) for one in classes.values()) == [3, 3]
    for row in PollHome.objects.select_related("cls"):
        assert stands.get(row.household_id) not in row.cls.options
    assert set(classes["A"].options) | set(classes["B"].options) == set(stands.values())


def test_who_lives_in_no_home_on_the_day_has_no_vote(world):
    homes = made.homes(world, 9)
    home = homes[-1]
    home.memberships.update(to_on=made.DAY.replace(day=1))
    assert home.pk not in {one.pk for one in queries.homes_on(world.datong, made.DAY)}
    assert home.pk in {one.pk for one in queries.homes_on(world.datong, made.DAY.replace(month=10))}
    one = homes[-2].memberships.get().person
    type(one).objects.filter(pk=one.pk).update(died_on=made.DAY)
    assert homes[-2].pk not in {one.pk for one in queries.homes_on(world.datong, made.DAY)}


def test_the_same_ballot_sent_again_is_answered_alike_and_another_is_refused(world):
    poll, codes, phones = made.opened(world)
    what = phones[0].ballot([0])
    for _time in range(3):
        assert made.cast(what) is None
    with pytest.raises(Conflict):
        made.cast(phones[0].ballot([1]))
    made.cast(made.card(poll, codes[0], [0]))
    with pytest.raises(Conflict):
        made.cast(made.card(poll, codes[0], [1]))
    assert SealedBallot.objects.count() == 2


def test_nothing_is_cast_after_the_end_nor_issued_after_the_beginning(world):
    poll, codes, phones = made.ended(world)
    for what in (phones[2].ballot([0]), phones[0].ballot([0]), made.card(poll, codes[1], [0])):
        with pytest.raises(Refused, match="投票阶段"):
            made.cast(what)
    late = made.Phone(PollHome.objects.filter(taken="").select_related("poll", "cls").first())
    with pytest.raises(Refused, match="停止发票"):
        late.take()


def test_a_token_of_another_poll_another_class_or_nobodys_key_is_no_ticket(world):
    _poll, codes, phones = made.opened(world)
    what = phones[0].ballot([0])
    for spoilt in (
        {"bearer": "f" * 64}, {"signature": "1"}, {"signature": "zz"}, {"letter": "B"}, {"sealed": "no"}, {"signature": ""}, {"bearer": codes[0][:-1] + "a", "signature": ""},
        {"bearer": verifier.code_hash(str(phones[0].poll.pk), "A", codes[0]), "signature": ""},
    ):  # fmt: skip
        with pytest.raises(Refused, match="这张票不是"):
            made.cast(what | spoilt)
    with pytest.raises(Refused, match="旧了"):
        made.cast(what | {"opening": "7"})
    assert not SealedBallot.objects.exists()


def test_a_telephone_whose_line_dropped_is_signed_again_and_no_second_one_is(world):
    one = made.poll(world)
    row = one.homes.select_related("poll", "cls").first()
    phone = made.Phone(row).take()
    first = phone.signature
    assert phone.take().signature == first
    with pytest.raises(Refused, match="已经领过"):
        made.Phone(row).take()
    assert Entry.objects.filter(act="poll_home.token").count() == 1


def test_once_voting_is_open_no_key_signs_and_no_link_opens(world):
    poll, _codes, _phones = made.opened(world)
    assert not any(one.private for one in PollClass.objects.all())
    assert not any(row.link or row.hidden or row.link_index for row in PollHome.objects.all())
    assert secret.unlock(Poll.objects.get().opening_locked, poll.halves).n == int(poll.opening_n, 16)


def test_a_cast_leaves_no_line_no_receipt_and_no_moment(world):
    poll, codes, phones = made.opened(world)
    before = Entry.objects.count(), Receipt.objects.count()
    made.cast(phones[0].ballot([0]))
    made.cast(made.card(poll, codes[0], [0]))
    assert (Entry.objects.count(), Receipt.objects.count()) == before
    assert not [one for one in SealedBallot._meta.fields if "Date" in one.get_internal_type() or "Time" in one.get_internal_type()]


def test_whoever_has_one_half_opens_nothing(world):
    voting, codes, _phones = made.ended(world)
    heap = made.heap(world, codes)
    counting.agree_heap(poll_heap_id=heap.pk, counted="1 1 0 0 0", by=world.clerk, at=MONDAY)
    for halves in ((voting.halves[0], voting.halves[0]), (voting.halves[0], ""), voting.halves[::-1]):
        with pytest.raises(Refused, match="对不上"):
            counting.close_poll(poll_id=voting.pk, half=halves[0], other_half=halves[1], **made.counters(world), by=world.visitor, at=MONDAY)


def test_a_card_that_voted_by_telephone_is_put_aside_on_paper(world):
    voting, codes, _phones = made.ended(world)
    with pytest.raises(Refused, match="第 1 行的票号已经用过"):
        counting.type_heap(poll_id=voting.pk, letter="A", ballots=f"{codes[0]} 1", by=world.visitor, at=MONDAY)
    made.heap(world, codes)
    with pytest.raises(Refused, match="第 2 行的票号已经用过"):
        counting.type_heap(poll_id=voting.pk, letter="A", ballots=f"{codes[4]} 1\n{codes[1]} 2", by=world.visitor, at=MONDAY)


def test_cards_beyond_those_taken_are_not_published(world):
    """Somebody kept the codes of cards that were counted off, and typed them: the board that would come of it is refused before it is published."""
    voting, codes, _phones = made.ended(world)
    made.heap(world, codes, said="1111")
    counting.agree_heap(poll_heap_id=voting.heaps.get().pk, counted="4 0 0 0 0", by=world.clerk, at=MONDAY)
    with pytest.raises(Refused, match="用掉的多于发出的"):
        counting.close_poll(poll_id=voting.pk, half=voting.halves[0], other_half=voting.halves[1], **made.counters(world), by=world.visitor, at=MONDAY)


def test_nobody_publishes_without_looking_into_the_box(world):
    """Three homes took paper, one of them voted by telephone: a clerk with both halves leaves the box shut. An empty box is said by one and seen by another."""
    voting, _codes, _phones = made.ended(world)
    closing = {"poll_id": voting.pk, "half": voting.halves[0], "other_half": voting.halves[1], **made.counters(world), "by": world.visitor, "at": MONDAY}
    with pytest.raises(Refused, match="A 类的纸票还没有录"):
        counting.close_poll(**closing)
    counting.type_heap(poll_id=voting.pk, letter="A", ballots=" 空\n", by=world.visitor, at=MONDAY)
    with pytest.raises(Refused, match="没有第二个人核对"):
        counting.close_poll(**closing)
    counting.agree_heap(poll_heap_id=voting.heaps.get().pk, counted="0 0 0 0 0", by=world.clerk, at=MONDAY)
    assert counting.close_poll(**closing).board


def closing(world):
    """All heaps are agreed: what is asked to publish."""
    voting, codes, _phones = made.ended(world)
    counting.agree_heap(poll_heap_id=made.heap(world, codes).pk, counted="1 1 0 0 0", by=world.clerk, at=MONDAY)
    return {"poll_id": voting.pk, "half": voting.halves[0], "other_half": voting.halves[1], **made.counters(world), "by": world.visitor, "at": MONDAY}


def test_three_who_count_are_three_people_and_not_three_records(world):
    """The same man entered twice counts once; another of his name born on another day is another man."""
    what = closing(world)
    twin = factories.villager(world, 25, name=" ".join(what["counter"].name), born=what["counter"].birth_on)
    with pytest.raises(Refused, match="三个不同的人"):
        counting.close_poll(**what | {"counter_two": twin})
    Person.objects.filter(pk=twin.pk).update(birth_on=None)  # of a body, by whose list nobody knows when he was born
    twin.refresh_from_db()
    assert who.repeated([what["counter"], twin])
    Person.objects.filter(pk=twin.pk).update(birth_on=date(1981, 1, 1))
    twin.refresh_from_db()
    assert counting.close_poll(**what | {"counter_two": twin, "observers": "乡镇驻村干部,县融媒体记者 "}).counters == "村民代表会议副主任、村民、村务监督委员会主任、在场:乡镇驻村干部、县融媒体记者"
    assert [(one.person, one.supervises) for one in PollCounter.objects.all()] == [(what["counter"], False), (twin, False), (what["supervisor"], True)]
    assert what["counter"].name not in Poll.objects.get().board, "the board says what they are, not who"


def test_who_supervises_is_of_the_committee_on_the_day_of_the_count(world):
    """His seat ended that morning; with one day more he counts."""
    what = closing(world)
    seat = BodySeat.objects.filter(person=what["supervisor"])
    seat.update(to_on=made.DAY)
    with pytest.raises(Refused, match="村务监督委员会现任"):
        counting.close_poll(**what)
    seat.update(to_on=made.DAY + timedelta(days=1))
    assert counting.close_poll(**what).digest


def test_nobody_counts_a_poll_in_which_his_home_stands(world):
    """Whoever lived there when the roll was taken, or lives there now."""
    what = closing(world)
    assert not PollHome.objects.filter(stands=True).exists()
    home = Membership.objects.get(person=what["counter_two"]).household
    PollHome.objects.filter(pk=Poll.objects.get().homes.first().pk).update(household=home, stands=True)
    with pytest.raises(Refused, match="参评户的人"):
        counting.close_poll(**what)
    Membership.objects.filter(household=home).update(to_on=made.DAY)
    Membership.objects.create(person=factories.villager(world, 26), household=home, from_on=made.DAY, relation="户主")
    with pytest.raises(Refused, match="花名册"):
        counting.close_poll(**what)
    assert counting.close_poll(**what | {"counter_two": factories.villager(world, 27)}).digest


def test_whom_the_vote_names_counts_it_no_more_than_with_a_blank_in_his_name(world):
    what = closing(world)
    poll, name = Poll.objects.get(), what["counter_two"].name
    for said in (f"选不选{name}", f"选不选{' '.join(name)}", f"选不选{chr(0x3000).join(name)}"):
        poll.question = said
        assert who.voted_on(poll, [what["counter_two"]], made.DAY), said
    assert not who.voted_on(poll, [what["counter"]], made.DAY), "the control"


def test_whoever_stands_is_marked_on_the_roll(world):
    made.homes(world, 16)
    rows = made.homes(world, 16)[:8]
    made.poll(world, options="", standing="\n".join(f"{one.number} {one.number}" for one in rows))
    assert {one.household_id for one in PollHome.objects.filter(stands=True)} == {one.pk for one in rows}


def test_a_heap_typed_wrong_is_typed_anew_and_its_ballots_are_gone(world):
    _voting, codes, _phones = made.ended(world)
    heap = made.heap(world, codes)
    counting.discard_heap(poll_heap_id=heap.pk, by=world.visitor, at=MONDAY)
    assert SealedBallot.objects.count() == 3
    assert made.heap(world, codes, said=("废", "")).sums == [0, 0, 0, 1, 1]


def test_whoever_calls_a_poll_off_opens_no_ballot(world):
    voting, _codes, _phones = made.opened(world)
    made.cast(_phones[0].ballot([0]))
    commands.cancel_poll(poll_id=voting.pk, reason="村民会议决定重议", by=world.visitor, at=MONDAY)
    assert not SealedBallot.objects.exists()
    assert Poll.objects.get().opening_locked == ""


def test_halves_that_were_not_printed_are_made_anew_while_nobody_voted(world):
    voting, _codes, phones = made.opened(world)
    with made.quick_keys():
        anew = commands.relock_poll(poll_id=voting.pk, by=world.visitor, at=MONDAY)
    assert secret.unlock(Poll.objects.get().opening_locked, anew.halves)
    assert secret.unlock(Poll.objects.get().opening_locked, voting.halves) is None
    made.cast(phones[0].ballot([0]))
    with pytest.raises(Refused, match="已经有人投票"):
        commands.relock_poll(poll_id=voting.pk, by=world.visitor, at=MONDAY)


def test_turnout_is_a_figure_of_the_polls_published_by_a_day_and_opens_them(world, client, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: MONDAY)
    one = made.closed(world)
    assert (one.cast, one.on_roll) == (5, 9)
    counted = {row["id"]: row for row in figures(visible_polls(world.visitor), made.DAY, made.DAY)}
    assert (counted["village_polls.cast"]["n"], counted["village_polls.cast"]["N"], counted["village_polls.closed"]["n"]) == (5, 9, 1)
    before = {row["id"]: row["n"] for row in figures(visible_polls(world.visitor), made.DAY - timedelta(days=1), made.DAY)}
    assert before["village_polls.cast"] == before["village_polls.closed"] == 0
    client.force_login(world.visitor, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(reverse("village:polls"), {"figure": "village_polls.cast"})
    assert [row.pk for row in answer.context["page"]] == [one.pk]
    page = client.get(reverse("village:poll", args=[one.pk])).content.decode()
    assert PollCounter.objects.get(turn=3).person.shown_name in page and "村务监督委员会主任" in page
