"""Two hands at one moment on one item, one meeting, one body: one of them is done, the other is told. Both databases; each with its negative control."""

from contextlib import contextmanager

import pytest

from tests.house.worlds import World
from wanjia.kernel.models import Entry
from wanjia.kernel.tests.tried import MONDAY
from wanjia.verdict import ALLOWED
from wanjia.village.agenda import commands as agenda
from wanjia.village.agenda.subjects import ITEMS
from wanjia.village.bodies import commands as bodies
from wanjia.village.bodies import rules
from wanjia.village.meetings import commands as meetings
from wanjia.village.models import AgendaItem, Meeting
from wanjia.village.tests.factories import DAY, item, meeting, second, who

from .test_races import at_once
from .test_schools_together import read_before, unmoved

pytestmark = pytest.mark.slow
GIVEN = {"votes_for": 6, "conclusion": "年底前搬到路口", "answers": "村委会副主任", "due_on": DAY}


@contextmanager
def unasked(command):
    """Negative control: the act does not ask its rule."""
    kept = command.act.may
    object.__setattr__(command.act, "may", lambda _actor, _row: ALLOWED)
    try:
        yield
    finally:
        object.__setattr__(command.act, "may", kept)


# An item: passed by one hand, rejected by another


def passed_or_rejected(n, one, hands):
    """What two write down of one vote."""
    if n % 2:
        return agenda.decide_item(agenda_item_id=one, ruling="pass", **GIVEN, by=hands[0], at=MONDAY)
    return agenda.decide_item(agenda_item_id=one, ruling="reject", votes_for=1, votes_against=6, by=hands[1], at=MONDAY)


def test_an_item_is_decided_once(races):
    world = World()
    one, hands = item(world, "item_on_agenda").pk, (who(world), second(world))
    answers, _met, fell = at_once(lambda n: passed_or_rejected(n, one, hands).pk)
    assert fell == [] and len(answers) == 1 == Entry.objects.filter(act__in=("agenda_item.pass", "agenda_item.reject")).count()


@pytest.mark.spoils
def test_without_the_guards_it_is_decided_again_and_again(races, monkeypatch):
    world = World()
    one, hands = item(world, "item_on_agenda").pk, (who(world), second(world))
    unmoved(monkeypatch, AgendaItem)
    with read_before((ITEMS, AgendaItem.objects.select_related("body__area", "meeting__body"))):
        answers, _met, _fell = at_once(lambda n: passed_or_rejected(n, one, hands).pk, also=(Exception,))
    assert len(answers) > 1


# A meeting: closed by one, an item put on its agenda by another


def closed_or_put_on(n, held, one, hands):
    """One closes the meeting, the other puts an item on it: what is left open keeps it from closing."""
    if n % 2:
        return meetings.close_meeting(meeting_id=held, by=hands[0], at=MONDAY)
    return agenda.put_item(agenda_item_id=one, meeting=Meeting.objects.get(pk=held), by=hands[1], at=MONDAY)


def waiting(world):
    """A meeting that could close, an item that could be put on it, two hands."""
    held = meeting(world, "meeting_opened")
    return held.pk, item(world, of=held.body).pk, (who(world), second(world))


def stand(held, one):
    """How the two stand."""
    return Meeting.objects.get(pk=held).state, AgendaItem.objects.get(pk=one).state


def test_no_meeting_closes_over_an_item_that_is_put_on_meanwhile(races):
    held, one, hands = waiting(World())
    _answers, _met, fell = at_once(lambda n: closed_or_put_on(n, held, one, hands).pk)
    assert fell == [] and stand(held, one) in {("meeting_closed", "item_proposed"), ("meeting_opened", "item_on_agenda")}


@pytest.mark.spoils
def test_without_the_rule_it_closes_over_it(races):
    held, one, hands = waiting(World())
    closed_or_put_on(0, held, one, hands)
    with unasked(meetings.close_meeting):
        at_once(lambda n: closed_or_put_on(1, held, one, hands).pk, also=(Exception,))
    assert stand(held, one) == ("meeting_closed", "item_on_agenda")


# A body: its meeting opens, its seats end


def opened_or_left(n, held, seats, hand):
    """One opens the meeting, each other lets a seat end."""
    if n == 3:
        return meetings.open_meeting(meeting_id=held, by=hand, at=MONDAY)
    return bodies.end_seat(body_seat_id=seats[n], to_on=DAY, reason="外出务工", by=hand, at=MONDAY)


def sitting(world):
    """A council of ten is called."""
    held = meeting(world)
    return held, [seat.pk for seat in held.body.seats.exclude(office="head").order_by("pk")[:8]], who(world)


def test_the_roll_is_of_those_who_sat_when_it_opened(races):
    held, seats, hand = sitting(World())
    _answers, _met, fell = at_once(lambda n: opened_or_left(n % 8, held.pk, seats, hand).pk)
    held.refresh_from_db()
    assert fell == [] and held.state == "meeting_opened" and held.due == held.roll.count() == held.body.seats.on(DAY).count()


@pytest.mark.spoils
def test_without_the_rule_a_seat_ends_under_an_open_roll(races, monkeypatch):
    held, seats, hand = sitting(World())
    monkeypatch.setattr(rules, "is_sitting", lambda _body: False)
    opened_or_left(3, held.pk, seats, hand)
    at_once(lambda n: opened_or_left(n % 3, held.pk, seats, hand).pk, also=(Exception,))
    held.refresh_from_db()
    assert held.due > held.body.seats.on(DAY).count()
