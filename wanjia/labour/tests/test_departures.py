"""From the list to the firm's gate: who is carried, by which coach, with which papers; the roll, the hand-over, what follows from it."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from wanjia.kernel.calendar import today
from wanjia.kernel.models import Entry
from wanjia.labour.departures.rules import is_old_enough
from wanjia.policy.departures import seats_for
from wanjia.registry.models import Person, Visit
from wanjia.solving.models import Standing
from wanjia.solving.runs import commands as runs
from wanjia.solving.runs import process
from wanjia.solving.standing.commands import activate_plan
from wanjia.verdict import Conflict, Refused

from ..campaigns.commands import open_campaign
from ..departures import rules, timing
from ..departures.commands import go_alone, plan_charters, set_days, withdraw_departure
from ..models import Departure, FollowUp, Seat, Spell, Stop, Trip
from ..riding.commands import call_absent, hand_over, leave_trip, mark_seat, note_follow_up
from ..trips.commands import hold_trip, move_seat, release_trip, set_arriving, set_leaving, set_papers
from .acts_loads import elsewhere
from .trips import GOES, NOW, TODAY, called, day_of, drive, handed, later, left, listed, planned, ready, released, standing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch):
    monkeypatch.setattr(runs, "start_process", lambda *_words: None)


def seat(world, worker=None):
    return Seat.objects.get(departure__worker=worker or world.he)


def test_from_the_list_to_a_stored_manifest(world):
    one = listed(world)
    trips = standing(world)
    assert [(trip.seats, day_of(trip) in (GOES, GOES + timedelta(1), GOES + timedelta(2)), trip.state) for trip in trips] == [(19, True, "planned")]
    stops = list(trips[0].stops.values_list("drop", "name", "place"))
    assert stops[0][0] is False and stops[0][2] == f"{world.datong.pk[:9]}000" and stops[-1] == (True, "浙江宁波", "330200")
    assert (seat(world).departure, seat(world).number, seat(world).state) == (one, 1, "booked")
    assert trips[0].stops.first().at < trips[0].leave_at < trips[0].stops.last().at


def test_nobody_under_sixteen_travels_to_work(world):
    Person.objects.filter(pk=world.he.pk).update(birth_on=date(GOES.year - 16, GOES.month, GOES.day) + timedelta(1))
    with pytest.raises(Refused, match="劳动法第十五条"):
        listed(world)
    Person.objects.filter(pk=world.he.pk).update(birth_on=date(GOES.year - 16, GOES.month, GOES.day))
    assert is_old_enough(Person.objects.get(pk=world.he.pk), GOES), "on the birthday itself he may"


def test_without_the_age_a_child_would_ride(world, monkeypatch):
    """The negative control."""
    monkeypatch.setattr("wanjia.labour.departures.rules.is_old_enough", lambda *_who: True)
    Person.objects.filter(pk=world.he.pk).update(birth_on=date(GOES.year - 15, 1, 1))
    assert listed(world).state == "listed"


def test_a_family_rides_together(world):
    first = listed(world, latest_on=GOES + timedelta(9))
    second = listed(world, world.she, earliest_on=GOES + timedelta(4), latest_on=GOES + timedelta(9), together=first)
    assert Departure.objects.get(pk=first.pk).family == second.family
    standing(world)
    assert seat(world).trip_id == seat(world, world.she).trip_id
    with pytest.raises(Refused, match="同一个城市"):
        listed(world, world.she, place="440100", together=first) if withdraw_departure(departure_id=second.pk, why="孩子病了", by=world.li, at=NOW) else None


def test_held_trips_pass_over_to_the_next_version_with_their_riders(world):
    listed(world)
    first = standing(world)[0]
    hold_trip(trip_id=first.pk, by=world.officer, at=NOW)
    listed(world, world.she, place="440100")
    second = standing(world)
    assert [trip.pk for trip in second][:1] == [first.pk] and len(second) == 2, "the locked one is in the new version, untouched"
    assert {one.plan_id for one in Seat.objects.filter(trip__in=second)} == {second[1].plan_id}
    assert [trip.number for trip in second] == [1, 2]


def test_a_version_from_before_a_lock_is_not_put_in_force(world):
    listed(world)
    first = standing(world)[0]
    stale = planned(world)
    hold_trip(trip_id=first.pk, by=world.officer, at=NOW)
    with pytest.raises(Refused, match="重新计算"):
        activate_plan(plan_id=stale.pk, by=world.officer, at=NOW)
    assert Trip.objects.get(pk=first.pk).plan_id == first.plan_id


@pytest.mark.parametrize(
    ("papers", "drivers", "why"),
    [
        pytest.param({"carrier": ""}, (1, 2), "道路运输条例第十条", id="no carrier"),
        pytest.param({"licence_until": TODAY}, (1, 2), "许可在到达前到期", id="licence over"),
        pytest.param({"insured_until": None}, (1, 2), "道路运输条例第三十五条", id="no insurance"),
        pytest.param({}, (1,), "要有两名驾驶员轮换", id="one driver"),
    ],
)
def test_a_trip_is_not_released_without_its_papers(world, papers, drivers, why):
    listed(world)
    trip = ready(world, standing(world)[0], drivers=drivers, **papers)
    with pytest.raises(Refused, match=why):
        release_trip(trip_id=trip.pk, by=world.officer, at=NOW)
    assert Trip.objects.get(pk=trip.pk).state == "planned"


def test_without_the_law_it_would_leave_without_papers(world, monkeypatch):
    """The negative control."""
    monkeypatch.setattr("wanjia.labour.trips.queries.by_law", lambda _papers: [])
    listed(world)
    release_trip(trip_id=standing(world)[0].pk, by=world.officer, at=NOW)
    assert Trip.objects.get().state == "released"


def test_hours_are_asked_again_when_they_are_edited(world):
    listed(world)
    trip = standing(world)[0]
    with pytest.raises(Refused, match="天亮前"):
        set_leaving(trip_id=trip.pk, clock="05:30", by=world.officer, at=NOW)
    with pytest.raises(Refused, match="凌晨 2 时至 5 时"):
        set_leaving(trip_id=trip.pk, clock="03:00", by=world.officer, at=NOW)
    before = trip.stops.last().at
    set_leaving(trip_id=trip.pk, clock="11:00", by=world.officer, at=NOW)
    assert Stop.objects.filter(trip=trip).last().at > before and Trip.objects.get(pk=trip.pk).held
    drop, now = Stop.objects.filter(trip=trip).last(), Trip.objects.get(pk=trip.pk)
    rests = sum(end - start for start, end, what, _leg in now.log if what == "rest")
    for wanted, why in ((now.leave_at + timedelta(hours=1), "第四十二条"), (drop.at - timedelta(seconds=rests - 60), "第六十二条")):
        local = timezone.localtime(wanted)
        with pytest.raises(Refused, match=why):
            set_arriving(trip_id=trip.pk, stop=drop, on=local.date(), clock=f"{local:%H:%M}", by=world.officer, at=NOW)
    local = timezone.localtime(drop.at + timedelta(minutes=10))
    set_arriving(trip_id=trip.pk, stop=drop, on=local.date(), clock=f"{local:%H:%M}", by=world.officer, at=NOW)
    assert Stop.objects.get(pk=drop.pk).at > drop.at


def test_moving_somebody_shows_what_it_breaks_and_asks(world):
    listed(world)
    listed(world, world.she, earliest_on=GOES + timedelta(4), latest_on=GOES + timedelta(4))
    trips = standing(world)
    assert len(trips) == 2
    hers = seat(world, world.she)
    with pytest.raises(Refused, match="他只能在"):
        move_seat(seat_id=hers.pk, trip=trips[0], by=world.officer, at=NOW)
    # With the windows set as wide, nothing is broken and nothing is asked.
    set_days(departure_id=hers.departure_id, earliest_on=GOES, latest_on=GOES + timedelta(12), by=world.li, at=NOW)
    move_seat(seat_id=hers.pk, trip=trips[0], by=world.officer, at=NOW)
    hers = seat(world, world.she)
    assert (hers.trip_id, hers.number, hers.held) == (trips[0].pk, 2, True)
    assert hers.pick_up.trip_id == hers.drop.trip_id == trips[0].pk


def test_a_full_coach_takes_nobody_more(world):
    listed(world)
    listed(world, world.she, earliest_on=GOES + timedelta(4), latest_on=GOES + timedelta(4))
    trips = standing(world)
    Trip.objects.filter(pk=trips[0].pk).update(seats=1)
    with pytest.raises(Refused):
        move_seat(seat_id=seat(world, world.she).pk, trip=Trip.objects.get(pk=trips[0].pk), anyway=True, by=world.officer, at=NOW)


@pytest.mark.parametrize("meanwhile", [{"state": "cancelled"}, {"state": "released"}, {"held": True}], ids=str)
def test_nobody_changes_to_a_trip_that_was_cancelled_or_released_meanwhile(world, monkeypatch, meanwhile):
    """It was offered, and no longer may be changed when it is locked: the control is the move above."""
    listed(world)
    listed(world, world.she, earliest_on=GOES + timedelta(4), latest_on=GOES + timedelta(4))
    first, second = standing(world)
    monkeypatch.setattr(timing, "changes", lambda _seat: [SimpleNamespace(trip=first, fits=True)])
    Trip.objects.filter(pk=first.pk).update(**meanwhile)
    with pytest.raises(Conflict):
        move_seat(seat_id=seat(world, world.she).pk, trip=first, anyway=True, by=world.officer, at=NOW)
    assert seat(world, world.she).trip_id == second.pk


def test_it_does_not_leave_while_somebody_is_undecided(world):
    listed(world, world.she)
    trip = released_with(world, world.he)
    mark_seat(seat_id=seat(world).pk, result="aboard", by=world.li, at=trip.leave_at)
    with pytest.raises(Refused, match="还有 1 人没有点到"):
        leave_trip(trip_id=trip.pk, by=world.li, at=trip.leave_at)
    mark_seat(seat_id=seat(world, world.she).pk, result="absent", by=world.li, at=trip.leave_at)
    leave_trip(trip_id=trip.pk, by=world.li, at=trip.leave_at)
    assert Trip.objects.get(pk=trip.pk).state == "left"
    call_absent(seat_id=seat(world, world.she).pk, called="later", words="改到下一班", by=world.li, at=trip.leave_at + timedelta(hours=3))
    assert seat(world, world.she).called == "later" and Departure.objects.get(worker=world.she).state == "listed", "the next version carries her"


def test_nobody_is_called_about_a_seat_of_a_version_that_no_longer_stands(world):
    trip = released(world)
    mark_seat(seat_id=seat(world).pk, result="absent", by=world.li, at=trip.leave_at)
    Standing.objects.all().delete()
    with pytest.raises(Refused, match="没有启用"):
        call_absent(seat_id=seat(world).pk, called="not_going", by=world.li, at=trip.leave_at)
    assert Departure.objects.get().state == "listed", "the list is what the version that stands says"


def released_with(world, worker):
    listed(world, worker)
    return released(world)


def test_the_last_word_before_leaving_stands_and_a_repeat_writes_nothing(world):
    trip = released(world)
    one = seat(world)
    for result in ("absent", "aboard", "aboard"):
        mark_seat(seat_id=one.pk, result=result, by=world.li, at=trip.leave_at)
    assert seat(world).state == "aboard"
    assert Entry.objects.filter(subject_id=str(one.pk)).count() == 2


def test_the_count_is_nought_short_or_each_missing_is_named(world):
    listed(world)
    listed(world, world.she)
    trip = left(world)
    stop = trip.stops.get(drop=True)
    with pytest.raises(Refused, match="还差 1 人没有说明"):
        handed(world, trip, signed_n=1)
    with pytest.raises(Refused, match="多了 1 人"):
        handed(world, trip, signed_n=3)
    with pytest.raises(Refused, match="写明为什么"):
        handed(world, trip, signed_n=1, missing=[seat(world, world.she)])
    assert Spell.objects.count() == 0 and Stop.objects.get(pk=stop.pk).signed_n is None
    handed(world, trip, signed_n=1, missing=[seat(world, world.she)], why="在贵阳服务区下车,亲戚接走")
    assert (seat(world).state, seat(world, world.she).state) == ("arrived", "missing")
    assert Trip.objects.get(pk=trip.pk).state == "handed"


def test_an_arrival_starts_the_spell_the_follow_ups_and_the_visit_at_home(world):
    handed(world)
    spell = Spell.objects.get()
    assert (spell.how, spell.carried, spell.evidence, spell.employer_name, spell.place, spell.area) == ("organised", True, "manifest", "宁波某电子厂", "outside", "330200")
    assert world.anew(world.he).carried and seat(world).spell == spell
    arrived = seat(world).trip.stops.get(drop=True).arrived_at
    found = list(FollowUp.objects.order_by("due_on").values_list("after_days", "due_on", "owner__username"))
    assert [(days, (due - today(arrived)).days) for days, due, _owner in found] == [(7, 7), (30, 30), (90, 90)]
    assert {owner for _days, _due, owner in found} == {world.li.username}
    visit = Visit.objects.get()
    assert (visit.purpose, visit.household, visit.visitors.get().username) == ("departure", world.home, world.li.username)
    assert Departure.objects.get().state == "gone"


def test_a_follow_up_is_one_entry_and_not_reached_is_tried_again(world):
    handed(world)
    one = FollowUp.objects.order_by("due_on").first()
    note_follow_up(follow_up_id=one.pk, result="no_answer", by=world.li, at=later(20))
    assert FollowUp.objects.get(pk=one.pk).done_on is None
    note_follow_up(follow_up_id=one.pk, result="back", words="厂里停工", by=world.li, at=later(21))
    assert FollowUp.objects.get(pk=one.pk).result == "back" and Spell.objects.get().to_on == later(21).date()


def test_what_the_register_refuses_stops_nobody_else(world):
    listed(world)
    listed(world, world.she)
    trip = left(world)
    world.away(world.he, from_on=trip.left_at.date(), at=trip.left_at + timedelta(hours=1), employer_name="别处")
    handed(world, trip)
    assert "重叠" in seat(world).not_recorded and seat(world).state == "arrived"
    assert seat(world, world.she).spell is not None


def test_the_gate_counts_only_who_got_on_there(world):
    trip = left(world)
    with pytest.raises(Refused, match="到达的时间"):
        stop = trip.stops.get(drop=True)
        hand_over(trip_id=trip.pk, stop=stop, arrived_at=trip.left_at - timedelta(hours=1), signer="王经理", signed_n=1, by=world.li, at=stop.at)
    called(world, trip)


def test_a_drive_of_another_county_is_not_named(world, client):
    address = f"/labour/departures/?drive={drive(world).pk}"
    for actor, named in ((world.officer, True), (elsewhere(world), False)):
        client.force_login(actor, backend="django.contrib.auth.backends.ModelBackend")
        answer = client.get(address)
        assert answer.status_code == 200
        assert ('name="drive"' in answer.content.decode()) == named


def test_whoever_may_go_while_no_drive_runs_is_listed_and_the_first_drive_carries_him(world):
    one = listed(world, campaign=None)
    assert (one.campaign, one.state) == (None, "listed")
    trip = standing(world)[0]
    assert seat(world).trip == trip and Departure.objects.get().campaign == drive(world), "put in force, the drive is his"


def test_of_two_drives_that_both_plan_for_him_the_second_is_not_put_in_force(world):
    listed(world, campaign=None)
    first = planned(world)
    other = open_campaign(name="春风行动", area=world.county, from_on=TODAY, until_on=TODAY + timedelta(50), by=world.officer, at=NOW)
    second = process.run(plan_charters(campaign_id=other.pk, seats=40, few=0, by=world.officer, at=NOW), at=NOW)
    activate_plan(plan_id=first.pk, by=world.officer, at=NOW)
    with pytest.raises(Refused, match="重新计算"):
        activate_plan(plan_id=second.pk, by=world.officer, at=NOW)
    assert Seat.objects.filter(plan__in=rules.standing()).count() == 1


def test_who_left_by_himself_has_his_spell_without_a_drive(world):
    one = listed(world, campaign=None)
    go_alone(departure_id=one.pk, on=TODAY, by=world.li, at=NOW)
    spell = Spell.objects.get(worker=world.he)
    assert (spell.place, spell.area, spell.how, spell.carried, spell.from_on) == ("outside", "330200", "self", False, TODAY)
    assert (Departure.objects.get().state, Visit.objects.filter(household=world.home).exists()) == ("gone", True), "the home where a child stays is looked after"
    with pytest.raises(Refused, match="已经送达"):
        go_alone(departure_id=one.pk, on=TODAY, by=world.li, at=NOW)


def test_who_left_by_himself_frees_his_seat_and_is_organised_on_evidence_alone(world):
    one = listed(world)
    standing(world)
    go_alone(departure_id=one.pk, on=TODAY, evidence="contract", by=world.li, at=NOW)
    assert (seat(world).state, Spell.objects.get(worker=world.he).how, Spell.objects.get(worker=world.he).carried) == ("cancelled", "organised", False)


def test_one_rider_is_proposed_the_scheduled_line_and_needs_no_coach_no_drivers_no_cadre(world, client):
    listed(world)
    trip = standing(world, few=6)[0]
    assert (trip.kind, trip.seats, trip.log, trip.stops.first().at) == ("line", 1, [], None)
    assert trip.plan.words["改坐班线、火车(人)"] == 1
    client.force_login(world.officer, backend="django.contrib.auth.backends.ModelBackend")
    assert "包一辆车不划算" in client.get(reverse("labour:trip", args=[trip.pk])).content.decode()
    with pytest.raises(Refused, match="没有登记车次"):
        release_trip(trip_id=trip.pk, by=world.officer, at=NOW)
    set_papers(trip_id=trip.pk, plate="K854", by=world.officer, at=NOW)
    release_trip(trip_id=trip.pk, by=world.officer, at=NOW)
    called(world, Trip.objects.get())
    leave_trip(trip_id=trip.pk, by=world.officer, at=trip.leave_at)
    stop = trip.stops.get(drop=True)
    hand_over(trip_id=trip.pk, stop=stop, arrived_at=trip.leave_at + timedelta(days=1), signer="王经理", signed_n=1, by=world.officer, at=trip.leave_at + timedelta(days=1, hours=1))
    assert (Trip.objects.get().state, Spell.objects.get(worker=world.he).carried) == ("handed", False), "organised, but nobody's charter carried him"


def test_a_coach_still_needs_its_cadre(world):
    """The negative control of the line's freedom."""
    listed(world)
    trip = ready(world, standing(world)[0], cadre=None)
    with pytest.raises(Refused, match="随车干部"):
        release_trip(trip_id=trip.pk, by=world.officer, at=NOW)


@pytest.mark.parametrize(("riders", "most", "seats"), [(1, 50, 19), (19, 50, 19), (20, 50, 33), (34, 50, 50), (34, 40, 40), (50, 50, 50), (12, 15, 15)])
def test_the_smallest_coach_that_holds_them_is_proposed(riders, most, seats):
    assert seats_for(riders, most) == seats


def test_a_line_takes_one_more_by_one_more_ticket(world):
    listed(world)
    listed(world, world.she, earliest_on=GOES + timedelta(4), latest_on=GOES + timedelta(4))
    first, _second = standing(world, few=6)
    Departure.objects.update(earliest_on=GOES, latest_on=GOES + timedelta(4))
    move_seat(seat_id=seat(world, world.she).pk, trip=first, by=world.officer, at=NOW)
    assert Trip.objects.get(pk=first.pk).seats == 2
