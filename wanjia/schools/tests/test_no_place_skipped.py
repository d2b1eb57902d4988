"""A round over places skips none silently: its list, what is left, when it may close; what the calendar calls for."""

from datetime import date, timedelta
from random import Random

import pytest
from django.db import transaction

from tests.house.worlds import World
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import User
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.policy import inspecting as policy
from wanjia.schools.inspection_states import RoundState
from wanjia.schools.models import InspectionRound, RoundVenue, Venue
from wanjia.schools.rounds import commands as rounds
from wanjia.schools.rounds import queries as of_rounds
from wanjia.schools.venues import commands as venues
from wanjia.schools.year import commands as year
from wanjia.verdict import Conflict, Refused

from .factories import term
from .inspection_factories import (
    DAY,
    END,
    leader,
    officer,
    record,
    round_of,
    stop,
    venue,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


# A round skips no place silently


def test_a_round_begins_over_all_places_of_its_kinds_in_its_area(world):
    shop = venue(world, "小卖部", kind="shop")
    places = [venue(world, f"{n}号网吧") for n in range(11)]
    venue(world, "关了的网吧", to_on=DAY - timedelta(days=9))
    one = round_of(world, RoundState.DRAFT)
    rounds.begin_round(inspection_round_id=one.pk, by=leader(world), at=MONDAY)
    listed = RoundVenue.objects.filter(round=one)
    assert {each.venue_id for each in listed} == {each.pk for each in places} and shop.pk not in {each.venue_id for each in listed}
    assert all(each.team_id and one.from_on <= each.planned_on <= one.until_on for each in listed)


def test_it_does_not_close_while_a_place_is_left(world):
    first, other = stop(world), venue(world, "边城网吧")
    one = first.round
    venue_2 = RoundVenue.objects.create(round=one, venue=other)
    with pytest.raises(Refused, match="还有 2 处没有查"):
        rounds.finish_round(inspection_round_id=one.pk, words="全部查完", by=leader(world), at=MONDAY)
    record(world, first)
    with pytest.raises(Refused, match="还有 1 处没有查"):
        rounds.finish_round(inspection_round_id=one.pk, words="全部查完", by=leader(world), at=MONDAY)
    rounds.leave_out(round_venue_id=venue_2.pk, reason="停业装修,门锁着", by=leader(world), at=MONDAY)
    assert rounds.finish_round(inspection_round_id=one.pk, words="全部查完", by=leader(world), at=MONDAY).state == RoundState.CLOSED


def test_a_place_entered_meanwhile_stands_on_the_list(world):
    one = round_of(world)
    new = venues.enter_venue(area=world.datong, kind="netbar", name="新开网吧", address="大同街9号", by=leader(world), at=MONDAY)
    assert RoundVenue.objects.filter(round=one, venue=new).exists()
    shop = venues.enter_venue(area=world.datong, kind="shop", name="新开商店", address="大同街8号", by=leader(world), at=MONDAY)
    assert not RoundVenue.objects.filter(round=one, venue=shop).exists()


def test_a_place_written_past_the_acts_bars_the_closing_too(world):
    first = stop(world)
    record(world, first)
    Venue.objects.create(area=world.datong, kind="netbar", name="漏登网吧", address="大同街", from_on=DAY - timedelta(days=5))
    with pytest.raises(Refused, match="还有 1 处没有查"):
        rounds.finish_round(inspection_round_id=first.round_id, words="全部查完", by=leader(world), at=MONDAY)
    rounds.watch(MONDAY)
    assert {each.venue.name for each in of_rounds.left(first.round)} == {"漏登网吧"}, "the day's sweep puts it on the list"


def test_without_the_rule_a_place_is_skipped_silently(world, monkeypatch):
    """The negative control: what is left is not asked for."""
    first = stop(world)
    monkeypatch.setattr(of_rounds, "left", lambda one: [])
    assert rounds.finish_round(inspection_round_id=first.round_id, words="全部查完", by=leader(world), at=MONDAY).state == RoundState.CLOSED
    assert not hasattr(RoundVenue.objects.get(pk=first.pk), "inspection")


def test_a_place_that_ends_is_left_out_with_its_reason(world):
    first = stop(world)
    venues.end_venue(venue_id=first.venue_id, to_on=DAY, reason="停业转让", by=leader(world), at=MONDAY)
    first.refresh_from_db()
    assert first.left_out == "场所停用:停业转让"
    assert rounds.finish_round(inspection_round_id=first.round_id, words="全部查完", by=leader(world), at=MONDAY)


def test_what_is_left_alarms_the_lead_unit_before_the_end_and_after_it(world):
    first = stop(world)
    soon = END - timedelta(days=policy.in_force(DAY).alarm_days)
    assert of_rounds.alarmed(leader(world), soon - timedelta(days=1)) == 0
    assert of_rounds.alarmed(leader(world), soon) == of_rounds.alarmed(leader(world), END + timedelta(days=40)) == 1
    assert of_rounds.alarmed(officer(world), soon) == 0, "who leads answers"
    record(world, first)
    assert of_rounds.alarmed(leader(world), soon) == 0


@pytest.mark.parametrize("seed", range(12))
def test_any_round_in_any_order_every_place_has_a_visit_or_a_reason_before_it_closes(world, seed):
    """Property: whatever is done in whatever order, a closed round has no place without a visit or a written reason, and until then what is left alarms."""
    roll = Random(seed)
    one = round_of(world, RoundState.DRAFT)
    for n in range(roll.randint(1, 4)):
        venue(world, f"{n}号网吧")
    rounds.begin_round(inspection_round_id=one.pk, by=leader(world), at=MONDAY)

    def stops():
        return list(RoundVenue.objects.filter(round=one).select_related("venue"))

    def some():
        return roll.choice(stops())

    def enter():
        venues.enter_venue(area=world.datong, kind=roll.choice(["netbar", "shop"]), name=f"新{roll.random()}", address="街上", by=leader(world), at=MONDAY)

    steps = [
        lambda: record(world, some()), lambda: rounds.leave_out(round_venue_id=some().pk, reason="门锁着没人", by=officer(world), at=MONDAY),
        lambda: rounds.take_up(round_venue_id=some().pk, by=leader(world), at=MONDAY), enter, lambda: venues.end_venue(venue_id=some().venue_id, to_on=DAY, reason="停业", by=leader(world), at=MONDAY),
        lambda: rounds.finish_round(inspection_round_id=one.pk, words="全部查完", by=leader(world), at=MONDAY),
    ]  # fmt: skip
    closed = False
    for _turn in range(60):
        try:
            with transaction.atomic():
                roll.choice(steps)()
        except (Refused, Conflict):
            pass
        one = InspectionRound.objects.get(pk=one.pk)
        bare = [each for each in stops() if not hasattr(each, "inspection") and not each.left_out]
        assert len(bare) == (of_rounds.alarmed(leader(world), END) if one.state == RoundState.RUNNING else 0)
        if one.state == RoundState.CLOSED:
            closed = True
            live = Venue.objects.filter(kind="netbar", area__code__startswith=one.area.stem, to_on=None, from_on__lte=DAY)
            assert not bare and {each.pk for each in live} <= {each.venue_id for each in stops()}
            break
    while not closed:  # it can always be brought to an end
        left = of_rounds.left(one)
        for each in left:
            rounds.leave_out(round_venue_id=each.pk, reason="门锁着没人", by=leader(world), at=MONDAY)
        closed = rounds.finish_round(inspection_round_id=one.pk, words="全部查完", by=leader(world), at=MONDAY).state == RoundState.CLOSED


# What the calendar calls for


def test_the_calendar_calls_each_round_once(world):
    term(world)  # ends 2027-01-16
    moment = MONDAY.replace(month=12, day=10)
    assert rounds.raise_rounds(by=CLOCK, at=moment) == 1 and rounds.raise_rounds(by=CLOCK, at=moment) == 0
    one = InspectionRound.objects.get()
    assert (one.calls, one.about_on, one.state, one.lead) == ("before_holidays", date(2027, 1, 16), RoundState.DRAFT, None)
    assert one.from_on == date(2027, 1, 2) and one.until_on == date(2027, 1, 15) and "campus" in one.covers()
    assert one.name.endswith("2027年1月16日放假前检查"), "a day is written as a person writes it"
    assert of_rounds.drafts(User.objects.get(pk=world.schools.pk)).count() == 1


def test_exams_and_feasts_call_once_a_run(world):
    term(world)
    schools = {"by": User.objects.get(pk=world.schools.pk), "at": MONDAY}
    for n in (20, 21, 22):
        year.tell_day(area=world.county, day=DAY + timedelta(days=n), kind="exam", words="期中考试", **schools)
    rounds.raise_rounds(by=CLOCK, at=MONDAY)
    assert [(one.calls, one.about_on) for one in InspectionRound.objects.all()] == [("exam", DAY + timedelta(days=20))]


def test_not_held_it_says_why(world):
    one = round_of(world, RoundState.DRAFT)
    rounds.call_off_round(inspection_round_id=one.pk, reason="并入县里统一检查", by=leader(world), at=MONDAY)
    one.refresh_from_db()
    assert (one.state, one.closing) == (RoundState.CALLED_OFF, "并入县里统一检查")
