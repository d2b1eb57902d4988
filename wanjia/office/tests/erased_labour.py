"""What the labour register holds of the person that is erased: the rows of a day market, of a drive, of a coach, one of each kind."""

from datetime import timedelta

from wanjia.casework.tests.factories import MONDAY
from wanjia.labour.day_markets import commands as days
from wanjia.labour.models import Campaign, Card, DayWork, Departure, FollowUp, Proposal, Seat, Stop, Trip
from wanjia.labour.tests.acts_markets import PLACE, WANTED
from wanjia.solving.models import Plan

DAY = MONDAY.date()
NO_NAME = {Card: ("name",)}  # of somebody on the roll a card keeps no name of its own: CHECK card_is_of_somebody


def day_market(world, worker):
    """His card at a market, his place in its line, the work that he was sent to: {model: row or facts}."""
    market = days.open_market(area=world.datong, **PLACE, by=world.clerk, at=MONDAY)
    order = days.record_order(market_id=market.pk, **WANTED, by=world.clerk, at=MONDAY)
    card = Card.objects.create(worker=worker, area_id=worker.village_id, last_on=DAY, made_at=MONDAY, made_by=world.clerk)
    days.stand_again(card_id=card.pk, market=market, came="person", by=world.clerk, at=MONDAY)
    days.fill_order(order_id=order.pk, by=world.clerk, at=MONDAY)
    return {Card: card, DayWork: DayWork.objects.get(waiting__card=card)}


def ride(world, worker):
    """What a version proposed to him, his departure, his seat in its coach, the promise to ask how it goes: {model: row or facts}."""
    drive = Campaign.objects.create(name="百日行动", area=world.county, from_on=DAY, until_on=DAY + timedelta(100), opened_at=MONDAY, opened_by=world.labour)
    plan = Plan.objects.create(kind="charters", about=str(drive.pk), area=world.county, number=1, asked_at=MONDAY, asked_by=world.labour)
    listed = {"place": "330200", "earliest_on": DAY, "latest_on": DAY, "employer_name": "", "listed_at": MONDAY, "listed_by": world.clerk}
    departure = Departure.objects.create(campaign=drive, worker=worker, **listed)
    trip = Trip.objects.create(campaign=drive, plan=plan, number=1, kind="coach", leave_at=MONDAY, seats=40)
    up, down = (Stop.objects.create(trip=trip, turn=turn, drop=turn == 2, place=worker.village_id, name=f"停靠点{turn}", at=MONDAY) for turn in (1, 2))
    seat = Seat.objects.create(plan=plan, trip=trip, departure=departure, village_id=worker.village_id, pick_up=up, drop=down, number=1)
    asked = {"seat": seat, "village_id": worker.village_id, "after_days": 7, "due_on": DAY + timedelta(7), "owner": world.clerk}
    return {Proposal: {"plan": plan, "worker": worker}, Departure: departure, Seat: seat, FollowUp: asked}
