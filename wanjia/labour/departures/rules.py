"""Who sees the list, the trips and the seats; who may put somebody on the list, plan, release, call the roll, hand over, follow up."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.policy.departures import numbers
from wanjia.policy.statuses import months_after
from wanjia.solving.models import Standing
from wanjia.solving.states import PlanState
from wanjia.verdict import first_refusal

from ..campaigns.rules import visible_campaigns
from ..departure_states import LISTED, MARKS, OFF, TRIP, Listed, SeatState, TripState
from ..duties import Duty
from ..models import Departure, FollowUp, Seat, Trip
from .plans import KIND

SEES = (Duty.SEE_LABOUR, Duty.KEEP_LABOUR, Duty.DISPATCH)
ELSEWHERE = _("这个车次不由您安排。")
EARLY = timedelta(days=7)  # so many days before it is due a follow-up may be made: one call does not stand for three
NOT_STANDING = _("这一版方案没有启用,或者已经换了。")


def standing():
    """Return the keys of the versions that stand, as a query."""
    return Standing.objects.filter(kind=KIND).values("plan")


def visible_departures(actor, *, duty=SEES):
    """Return who is on the list, of the actor's places."""
    return Departure.objects.filter(scope.in_reach(actor, area="worker__village_id", duty=duty)).select_related("worker__person", "worker__village__parent", "campaign", "vacancy")


def visible_trips(actor, *, duty=SEES):
    """Return the trips of the versions that stand which carry somebody of the actor's places, or on which he goes along; all versions for whoever plans."""
    mine = Seat.objects.filter(scope.in_reach(actor, area="village_id", duty=duty), trip=OuterRef("pk"))
    seen = Q(plan__in=standing()) & (Exists(mine) | Q(cadre=actor.id)) if actor.id else Q(pk__in=[])
    if actor.has_duty(Duty.DISPATCH):
        seen |= Q(plan__state=PlanState.READY) & scope.in_reach(actor, area="plan__area_id", duty=Duty.DISPATCH)
    return Trip.objects.filter(seen).select_related("campaign__area", "plan", "cadre")


def visible_seats(actor, *, duty=SEES):
    """Return the seats of people of the actor's places, and all of the trips on which he goes along."""
    seen = scope.in_reach(actor, area="village_id", duty=duty) | (Q(trip__cadre=actor.id) if actor.id else Q(pk__in=[]))
    return Seat.objects.filter(seen).select_related("departure__worker__person", "village__parent", "trip", "pick_up", "drop")


def visible_follow_ups(actor, *, duty=Duty.KEEP_LABOUR):
    """Return the follow-ups of people of the actor's places, and those on his own desk."""
    seen = scope.in_reach(actor, area="village_id", duty=duty) | (Q(owner=actor.id) if actor.id else Q(pk__in=[]))
    return FollowUp.objects.filter(seen).select_related("seat__departure__worker__person", "village", "owner")


def stands(plan_id):
    """Tell whether a version stands."""
    return Standing.objects.filter(plan=plan_id).exists()


def is_old_enough(person, day):
    """Tell whether somebody is 16 on a day; whose birthday nobody wrote down is not."""
    return person.birth_on is not None and months_after(person.birth_on, 12 * numbers()["least_age"]) <= day


def can_list(actor, worker):
    """Decide whether the actor may put a labourer on the list of departures."""
    return first_refusal(
        (scope.covers(actor, worker.village_id, duty=Duty.KEEP_LABOUR), _("这个人不在您的辖区。")),
        (worker.left_on is None, _("此人已退出劳动力名册。要更新的,请先恢复。")),
        (not Departure.objects.filter(worker=worker, state=Listed.LISTED).exists(), _("他已经登记了出行。要改的,请打开那一条。")),
    )


def can_take(actor, campaign, at):
    """Decide whether the actor may put everybody on the list who said yes in a drive."""
    return first_refusal(
        (visible_campaigns(actor, duty=Duty.DISPATCH).filter(pk=campaign.pk).exists(), _("这个行动不在您的辖区。")),
        (today(at) < campaign.until_on, _("行动已经结束。")),
    )


def _of_mine(actor, departure):
    return scope.covers(actor, departure.worker.village_id, duty=Duty.KEEP_LABOUR)


def _on_the_way(departure):
    return Seat.objects.filter(departure=departure, plan__in=standing(), state__in=(SeatState.ABOARD, SeatState.ARRIVED)).exists()


def can_change(actor, departure):
    """Decide whether the actor may change days or needs of somebody on the list, or take him off."""
    return first_refusal(
        (_of_mine(actor, departure), _("这个人不在您的辖区。")),
        (departure.state == Listed.LISTED, _("这条出行登记已经取消,或者人已经送达。")),
        (not _on_the_way(departure), _("他已经上车。")),
    )


def can_go(actor, departure):
    """Decide whether the actor may note that somebody on the list left by himself, by a scheduled coach or train."""
    mine = can_change(actor, departure)
    return first_refusal((mine, mine.reason), (departure.worker.left_on is None, _("此人已退出劳动力名册。要更新的,请先恢复。")))


def can_relist(actor, departure):
    """Decide whether the actor may put somebody back on the list."""
    return first_refusal(
        (_of_mine(actor, departure), _("这个人不在您的辖区。")),
        (LISTED.allows("relist", departure.state), _("这条出行登记没有取消。")),
        (not Departure.objects.filter(worker=departure.worker_id, state=Listed.LISTED).exists(), _("他已经登记了出行。要改的,请打开那一条。")),
    )


def _dispatches(actor, trip):
    return first_refusal(
        (actor.has_duty(Duty.DISPATCH) and visible_trips(actor, duty=Duty.DISPATCH).filter(pk=trip.pk).exists(), ELSEWHERE),
        (stands(trip.plan_id), NOT_STANDING),
    )


def can_arrange(actor, trip):
    """Decide whether the actor may enter papers, drivers, hours and the cadre of a trip."""
    mine = _dispatches(actor, trip)
    return first_refusal((mine, mine.reason), (trip.state == TripState.PLANNED, _("已放行的车次要先收回,才能改。")))


def can_arrange_coach(actor, trip):
    """Decide whether the actor may enter drivers and hours: of a coach alone."""
    mine = can_arrange(actor, trip)
    return first_refusal((mine, mine.reason), (not trip.is_timetabled, _("专列、班线的时刻和司机由铁路、班线公司安排。")))


def can_recall(actor, trip):
    """Decide whether the actor may take a release back."""
    mine = _dispatches(actor, trip)
    return first_refusal((mine, mine.reason), (TRIP.allows("recall", trip.state), _("没有放行,或者车已经开了。")))


def can_cancel(actor, trip):
    """Decide whether the actor may cancel a trip."""
    mine = _dispatches(actor, trip)
    return first_refusal((mine, mine.reason), (TRIP.allows("cancel", trip.state), _("车已经开了,或者已经取消。")))


def can_move(actor, seat):
    """Decide whether the actor may put somebody on another trip."""
    mine = _dispatches(actor, seat.trip)
    return first_refusal(
        (mine, mine.reason), (seat.trip.state == TripState.PLANNED and seat.state == SeatState.BOOKED, _("已放行的车次要先收回,才能改。")),
        (not seat.trip.held, _("这个车次已锁定,先放开再换。")),
    )  # fmt: skip


def goes_along(actor, trip):
    """Tell whether the actor calls the roll of this trip: the cadre who goes along, or whoever arranges it."""
    return (actor.id is not None and trip.cadre_id == actor.id) or bool(_dispatches(actor, trip))


def can_read_roster(actor, trip):
    """Decide whether the actor may read the whole roll: whoever goes along, or arranges it, of a trip that is released."""
    return first_refusal(
        (goes_along(actor, trip), _("乘客名册全本只给随车干部和安排车次的人。")),
        (trip.state in (TripState.RELEASED, TripState.LEFT), _("车次放行以后、交接以前才看名册全本。")),
    )


def can_mark(actor, seat):
    """Decide whether the actor may say what became of a seat: of his own people, or as the cadre of the trip."""
    return first_refusal(
        (goes_along(actor, seat.trip) or scope.covers(actor, seat.village_id, duty=Duty.KEEP_LABOUR), _("这个人不在您的辖区,您也不是随车干部。")),
        (seat.trip.state == TripState.RELEASED, _("车次放行以后、发车以前才点名。")),
        (seat.state in (SeatState.BOOKED, *MARKS), _("已经交接的不能再改。")),
    )


def can_leave(actor, trip):
    """Decide whether the actor may let a trip leave: nobody on it is undecided."""
    open_ = Seat.objects.filter(trip=trip, state=SeatState.BOOKED).count()
    return first_refusal(
        (goes_along(actor, trip), _("发车由随车干部或者安排车次的人登记。")),
        (stands(trip.plan_id), NOT_STANDING),
        (trip.state == TripState.RELEASED, _("没有放行的车次不能发车。")),
        (open_ == 0, _("还有 %(n)s 人没有点到,先一个个点清。") % {"n": open_}),
        (Seat.objects.filter(trip=trip, state=SeatState.ABOARD).exists(), _("车上没有人,不用发车;这一趟可以取消。")),
    )


def can_hand_over(actor, trip):
    """Decide whether the actor may record the hand-over of a trip to the firm."""
    return first_refusal(
        (goes_along(actor, trip), _("交接由随车干部或者安排车次的人登记。")),
        (trip.state == TripState.LEFT, _("发车以后、还没有交接的车次才登记交接。")),
    )


def can_call(actor, seat, at):
    """Decide whether the actor may note the call to somebody who did not come."""
    return first_refusal(
        (goes_along(actor, seat.trip) or scope.covers(actor, seat.village_id, duty=Duty.KEEP_LABOUR), _("这个人不在您的辖区,您也不是随车干部。")),
        (stands(seat.plan_id), NOT_STANDING),
        (seat.state in OFF, _("没有来的、取消的才用联系。")),
    )


def can_follow(actor, follow_up, at):
    """Decide whether the actor may note what a follow-up found."""
    mine = actor.id is not None and follow_up.owner_id == actor.id
    return first_refusal(
        (mine or scope.covers(actor, follow_up.village_id, duty=Duty.KEEP_LABOUR), _("这次回访不在您的名下,也不在您的辖区。")),
        (follow_up.done_on is None, _("这次回访已经做了。")),
        (follow_up.due_on <= today(at) + EARLY, _("还没有到回访的时候,最早提前 7 天。")),
    )
