"""A drive that runs in the demo county: proposals told and answered, a coach that went, was met at the gate and is followed up, another that leaves soon."""

from collections import Counter
from datetime import date, timedelta

from wanjia.kernel.calendar import today
from wanjia.orgs.models import Post
from wanjia.orgs.roles import Role
from wanjia.solving.runs import process
from wanjia.solving.standing.commands import activate_plan

from ..campaigns.commands import match_campaign
from ..departure_states import Called, Followed, SeatState
from ..departures.commands import plan_charters, take_departures
from ..matching.commands import accept_proposal, decline_proposal, tell_proposal
from ..models import FollowUp, Proposal, Seat, Trip
from ..riding.commands import call_absent, hand_over, leave_trip, mark_seat, note_follow_up
from ..trips.commands import release_trip, set_driver, set_papers

WENT, SOON = 4, 3  # days after the drive began on which the first coach goes; days from yesterday on which the next one does
DRIVER = {"phone": "13900000001", "born_on": date(1985, 5, 1), "licence_until": date(2031, 1, 1), "paper_until": date(2031, 1, 1), "clean": True}
PAPERS = {"carrier": "永善某某运输公司", "licence": "滇交运管许可 530600001", "licence_until": date(2031, 1, 1), "insured_until": date(2031, 1, 1)}
NO = ("孩子小,过完年再说", "母亲在住院,走不开")


def live(drive, officer, begun, now):
    """Let a drive that began on a day run until yesterday evening; returns {what: how many}. begun, now: moments."""
    plan = process.run(match_campaign(campaign_id=drive.pk, floor=50, by=officer, at=begun + timedelta(hours=1)), at=begun + timedelta(hours=1))
    if plan.state != "ready":
        return Counter()
    activate_plan(plan_id=plan.pk, by=officer, at=begun + timedelta(hours=2))
    rows = list(Proposal.objects.filter(plan=plan, vacancy__isnull=False).select_related("worker", "vacancy").order_by("worker__village_id", "pk"))
    told = Counter(proposals=len(rows))
    early, late = rows[: len(rows) * 3 // 5], rows[len(rows) * 3 // 5 :]
    told += _asked(early, begun + timedelta(days=1))
    first = _coach(drive, officer, begun + timedelta(days=2), today(begun) + timedelta(days=WENT), plate="云C12301")
    told += _rides(first, now) if first else Counter()
    told += _asked(late[:-2], now - timedelta(hours=8))
    for row in late[-2:-1]:
        tell_proposal(proposal_id=row.pk, by=_keeper(row.worker.village_id), at=now - timedelta(hours=7))
    second = _coach(drive, officer, now - timedelta(hours=5), today(now) + timedelta(days=SOON), plate="云C12302")
    return told + Counter(coaches=bool(first) + bool(second))


def _keeper(code):
    """Return whoever keeps the labourers of a village, None for nobody."""
    post = Post.objects.filter(role=Role.VILLAGE_WORKER, to_on=None, organisation__area_id=code).select_related("user").order_by("user__username").first()
    return post and post.user


def _asked(rows, at):
    """Tell some labourers and take their answers: most go, every fifth does not, by his own words."""
    told = Counter()
    for n, row in enumerate(rows):
        by = _keeper(row.worker.village_id)
        if by is None:
            continue
        tell_proposal(proposal_id=row.pk, by=by, at=at + timedelta(minutes=3 * n))
        answer = {"proposal_id": row.pk, "by": by, "at": at + timedelta(minutes=3 * n + 2)}
        if n % 5 == 3:
            decline_proposal(**answer, why=NO[n // 5 % len(NO)])
        else:
            accept_proposal(**answer)
        told["declined" if n % 5 == 3 else "accepted"] += 1
    return told


def _coach(drive, officer, at, day, *, plate):
    """Put whoever said yes on the list, have coaches worked, put them in force and make the first one ready. Returns it, None where nobody goes."""
    if not take_departures(campaign_id=drive.pk, earliest_on=day, latest_on=day, by=officer, at=at):
        return None
    plan = process.run(plan_charters(campaign_id=drive.pk, seats=40, train_seats=0, few=3, by=officer, at=at + timedelta(minutes=10)), at=at + timedelta(minutes=10))
    if plan.state != "ready":
        return None
    activate_plan(plan_id=plan.pk, by=officer, at=at + timedelta(minutes=30))
    trip = Trip.objects.filter(plan=plan, plate="").order_by("number").first()
    seat = trip and Seat.objects.filter(trip=trip).order_by("village_id").first()
    cadre = seat and _keeper(seat.village_id)
    if cadre is None:
        return None
    set_papers(trip_id=trip.pk, plate=plate, cadre=cadre, **PAPERS, by=officer, at=at + timedelta(hours=1))
    for turn, name in ((1, "驾驶员甲"), (2, "驾驶员乙")):
        set_driver(trip_id=trip.pk, turn=turn, name=name, **DRIVER, by=officer, at=at + timedelta(hours=1, minutes=turn))
    release_trip(trip_id=trip.pk, by=officer, at=at + timedelta(hours=2))
    return Trip.objects.get(pk=trip.pk)


def _rides(trip, now):
    """The morning, the road, the gate, and the first calls after a week; one did not come."""
    seats = list(Seat.objects.filter(trip=trip, state=SeatState.BOOKED).order_by("pk"))
    for n, seat in enumerate(seats):
        result = SeatState.ABSENT if n == 1 and len(seats) > 2 else SeatState.ABOARD
        mark_seat(seat_id=seat.pk, result=result, by=trip.cadre, at=trip.leave_at - timedelta(minutes=30 - n))
    leave_trip(trip_id=trip.pk, by=trip.cadre, at=trip.leave_at)
    for seat in Seat.objects.filter(trip=trip, state=SeatState.ABSENT):
        call_absent(seat_id=seat.pk, called=Called.LATER, words="家里有事,过几天走", by=trip.cadre, at=trip.leave_at + timedelta(hours=2))
    for stop in trip.stops.filter(drop=True).order_by("turn"):
        aboard = Seat.objects.filter(trip=trip, drop=stop, state=SeatState.ABOARD).count()
        arrived = stop.at + timedelta(minutes=20)
        hand_over(trip_id=trip.pk, stop=stop, arrived_at=arrived, signer="王经理(人事)", signed_n=aboard, by=trip.cadre, at=arrived + timedelta(minutes=30))
    due = list(FollowUp.objects.filter(seat__trip=trip, due_on__lte=today(now)).select_related("owner").order_by("pk"))
    for one in due[::2]:
        note_follow_up(follow_up_id=one.pk, result=Followed.THERE, words="工资发过一次,住六人间", by=one.owner, at=now - timedelta(days=1))
    return Counter(rode=len(seats), follow_ups=len(due))
