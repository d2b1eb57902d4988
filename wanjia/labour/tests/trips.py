"""A drive, people on the list, a version that stands, a coach made ready: step by step, for the tests of departures."""

from datetime import date, timedelta

from wanjia.kernel.calendar import today
from wanjia.solving.runs import process
from wanjia.solving.standing.commands import activate_plan

from ..campaigns.commands import open_campaign
from ..departure_states import SeatState
from ..departures.commands import list_departure, plan_charters
from ..models import Campaign, Departure, Seat, Trip
from ..riding.commands import hand_over, leave_trip, mark_seat
from ..trips.commands import release_trip, set_driver, set_papers
from .factories import NOW, TODAY, later

GOES = TODAY + timedelta(3)
DRIVER = {"phone": "13900000001", "born_on": date(1985, 5, 1), "licence_until": date(2030, 1, 1), "paper_until": date(2030, 1, 1), "clean": True}
PAPERS = {"plate": "云C12345", "carrier": "某某运输公司", "licence": "滇交运管许可 530600001", "licence_until": date(2030, 1, 1), "insured_until": date(2030, 1, 1)}


def drive(world):
    return Campaign.objects.first() or open_campaign(name="百日行动", area=world.county, from_on=TODAY, until_on=TODAY + timedelta(100), by=world.officer, at=NOW)


def listed(world, worker=None, *, by=None, at=NOW, **facts):
    told = {"place": "330200", "employer_name": "宁波某电子厂", "earliest_on": GOES, "latest_on": GOES + timedelta(2), "pay": 5200}
    told["campaign"] = facts["campaign"] if "campaign" in facts else drive(world)
    return list_departure(worker_id=(worker or world.he).pk, **told | facts, by=by or world.li, at=at)


def planned(world, at=NOW, **settings):
    """Have a version worked in this process."""
    plan = plan_charters(campaign_id=drive(world).pk, **{"seats": 40, "train_seats": 0, "few": 0} | settings, by=world.officer, at=at)
    return process.run(plan, at=at)


def standing(world, at=NOW, **settings):
    """Have a version worked and put in force; return its trips."""
    plan = planned(world, at, **settings)
    assert plan.state == "ready", plan.fault
    activate_plan(plan_id=plan.pk, by=world.officer, at=at)
    return list(Trip.objects.filter(plan=plan).order_by("number"))


def ready(world, trip, *, at=NOW, drivers=(1, 2), **papers):
    set_papers(trip_id=trip.pk, **PAPERS | {"cadre": world.li} | papers, by=world.officer, at=at)
    for turn in drivers:
        set_driver(trip_id=trip.pk, turn=turn, name=f"驾驶员{turn}", **DRIVER, by=world.officer, at=at)
    return trip


def released(world, *, at=NOW):
    if not Departure.objects.exists():
        listed(world)
    trip = ready(world, standing(world)[0], at=at)
    release_trip(trip_id=trip.pk, by=world.officer, at=at)
    return Trip.objects.get(pk=trip.pk)


def called(world, trip, result=SeatState.ABOARD, *, by=None, at=None):
    for seat in Seat.objects.filter(trip=trip, state=SeatState.BOOKED):
        mark_seat(seat_id=seat.pk, result=result, by=by or world.li, at=at or trip.leave_at - timedelta(hours=1))


def left(world):
    return sent(world, released(world))


def sent(world, trip, *, at=None):
    """Everybody is aboard, and the coach leaves; at: when it is released, where it is not yet."""
    if at is not None:
        release_trip(trip_id=trip.pk, by=world.officer, at=at)
        trip = Trip.objects.get(pk=trip.pk)
    called(world, trip)
    leave_trip(trip_id=trip.pk, by=world.li, at=trip.leave_at)
    return Trip.objects.get(pk=trip.pk)


def handed(world, trip=None, **facts):
    trip = trip or left(world)
    stop = trip.stops.filter(drop=True).first()
    n = Seat.objects.filter(trip=trip, drop=stop, state=SeatState.ABOARD).count()
    told = {"stop": stop, "arrived_at": stop.at, "signer": "王经理", "signed_n": n}
    hand_over(trip_id=trip.pk, **told | facts, by=world.li, at=stop.at + timedelta(hours=1))
    return Trip.objects.get(pk=trip.pk)


def day_of(trip):
    return today(trip.leave_at)


__all__ = ["GOES", "NOW", "TODAY", "called", "day_of", "drive", "handed", "later", "left", "listed", "planned", "ready", "released", "sent", "standing"]
