"""The roll, the leaving, the calls of the day, the hand-over, the follow-ups: what is asked of whoever goes along and of whoever keeps the village."""

from datetime import datetime, timedelta
from typing import Annotated

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import CHINA, today
from wanjia.policy.departures import numbers
from wanjia.registry.visits.commands import plan_after_leaving
from wanjia.registry.visits.queries import nearest_of
from wanjia.solving.standing.holding import hold_standing
from wanjia.verdict import Refused

from ..calls.commands import note_contact
from ..departure_states import LISTED, MARKS, SEAT, TRIP, Called, Followed, Listed, SeatState
from ..departures import rules
from ..departures.subjects import FOLLOW_UPS, SEATS, TRIPS
from ..duties import Duty
from ..matching.commands import begin
from ..models import FollowUp, Seat, Stop, Vacancy
from ..states import Evidence, How
from ..vacancies.commands import fill
from ..workers.commands import begin_spell
from . import pages, queries

MOVES = {SeatState.ABOARD: "board", SeatState.ABSENT: "miss", SeatState.CANCELLED: "call_off"}
NOT_MARKS = tuple(one for one in SeatState if one not in MARKS)


@act(SEATS, "seat_mark", at="mark", words=_("点名"), done=_("已记下。"), duty=(Duty.KEEP_LABOUR, Duty.DISPATCH), may=rules.can_mark, rank=5, then=pages.to_roll,
     lines={"seat.board": _("点名:已上车"), "seat.miss": _("点名:没有来"), "seat.call_off": _("点名:本人取消")})  # fmt: skip
def mark_seat(seat, *, by, at, result: Annotated[SeatState, Asked(_("来了吗"), but=NOT_MARKS)]):
    """Call the roll of one seat (点名): aboard, not come, cancelled; until the coach leaves the last word stands."""
    if result not in MOVES:
        raise Refused(_("点名只记已上车、没有来、本人取消。"))
    if seat.state != result:
        seat.marked_at, seat.marked_by_id = at, by.id
        journal.move(seat, SEAT, MOVES[result], by=by, at=at, saving=["marked_at", "marked_by_id"], area_code=seat.village_id)
    return seat


@act(
    TRIPS, "trip_roster", at="roster", words=_("看乘客名册全本"), duty=(Duty.KEEP_LABOUR, Duty.DISPATCH), may=rules.can_read_roster, reads=True, call=None, rank=45, tone="quiet",
    because="telephones and contacts are shown to whoever goes along, on a page or on paper, never to a program", template="labour/riding/roster.html", more=pages.roster,
    lines={"trip.roster": _("看乘客名册全本")},
)  # fmt: skip
def open_roster(trip, *, by, at):
    """Journal that whoever goes along reads the whole roll: telephones, contacts, special needs; returns the trip. The page shows it once."""
    journal.record_reading(act="trip.roster", subject=trip, by=by, at=at, reason=_("随车组织乘车"), area_code=trip.plan.area_id, fields=["phone", "contact", "needs"])
    return trip


@act(TRIPS, "trip_leave", at="leave", words=_("发车"), done=_("已发车。没有来的,今天打电话问清。"), duty=(Duty.KEEP_LABOUR, Duty.DISPATCH), may=rules.can_leave, rank=3, lines={"trip.leave": _("车次发车")})
def leave_trip(trip, *, by, at):
    """Let a trip leave (发车): nobody on it is undecided. Whoever did not come is called the same day."""
    trip.left_at = at
    n = Seat.objects.filter(trip=trip, state=SeatState.ABOARD).count()
    journal.move(trip, TRIP, "leave", by=by, at=at, saving=["left_at"], area_code=trip.plan.area_id, n=n)
    return trip


@act(SEATS, "seat_call", at="call", words=_("记联系结果"), done=_("已记下。"), duty=(Duty.KEEP_LABOUR, Duty.DISPATCH), may=rules.can_call, rank=8, then=pages.to_absent, lines={"seat.call": _("联系没有来的人")})
def call_absent(
    seat, *, by, at,
    called: Annotated[Called, Asked(_("怎么样"))],
    words: Annotated[str, Asked(_("情况"), most=100)] = "",
):  # fmt: skip
    """Note what the call to somebody who did not come brought (联系没有来的人); whoever goes no more is taken off the list by himself."""
    seat.called, seat.called_at, seat.called_by_id, seat.call_words = called, at, by.id, words.strip()
    seat.version += 1
    seat.save(update_fields=["called", "called_at", "called_by", "call_words", "version"])
    journal.record(act="seat.call", subject=seat, by=by, at=at, area_code=seat.village_id, result=called)
    departure = seat.departure
    if called in (Called.NOT_GOING, Called.OWN_WAY) and departure.state == Listed.LISTED:
        departure.withdrawn_because = str(Called(called).label)
        journal.move(departure, LISTED, "withdraw", by=by, at=at, saving=["withdrawn_because"], reason=departure.withdrawn_because, area_code=seat.village_id)
    return seat


@act(
    TRIPS, "trip_hand_over", at="hand-over", words=_("登记交接"), done=_("已交接:务工和上岗自动登记了,回访排上了各村的单子。"), duty=(Duty.KEEP_LABOUR, Duty.DISPATCH), may=rules.can_hand_over, rank=2,
    more=pages.drops, given=pages.now, template="labour/riding/hand_over.html", lines={"trip.sign": _("企业签收"), "trip.hand_over": _("抵达交接")},
)  # fmt: skip
def hand_over(
    trip, *, by, at,
    stop: Annotated[Stop, Asked(_("在哪里交接"), among=queries.drops_open, named=queries.drops_of, within=_("请选这个车次还没有交接的下车点。"), shown=lambda stop: stop.name, buttons=True)],
    arrived_at: Annotated[datetime, Asked(_("什么时候到的"))],
    signer: Annotated[str, Asked(_("企业签收人"), _("姓名和职务。"), least=2, most=40)],
    signed_n: Annotated[int, Asked(_("企业签收几人"), least=0, most=2000)],
    missing: Annotated[list[Seat], Asked(_("谁没有到厂"), _("上了车、没有到厂的,一个个勾出来。"), among=queries.aboard, named=queries.rode, shown=queries.seat_words)] = (),
    why: Annotated[str, Asked(_("为什么没有到厂"), _("在哪里下的车、现在在哪里、跟谁联系过。"), most=100)] = "",
):  # fmt: skip
    """Hand the people over to the firm at a drop (抵达交接): its signer, when, how many; each who lacks is named. Everybody who arrived has his spell of
    work with the manifest as its evidence, fills a place of his vacancy, and is asked how it goes after 7, 30 and 90 days.
    """
    arrived_at = arrived_at if arrived_at.tzinfo else arrived_at.replace(tzinfo=CHINA)  # a call may say no zone
    for plan in Seat.objects.filter(trip=trip, drop=stop).exclude(departure__proposal=None).order_by().values_list("departure__proposal__plan", flat=True).distinct():
        hold_standing(plan)  # who began is written where his yes stands, and before any row of his is locked
    riding = list(Seat.objects.filter(trip=trip, drop=stop, state=SeatState.ABOARD).select_related("departure__worker__person", "departure__vacancy", "departure__proposal"))
    lost = {seat.pk for seat in missing}
    _check_hand_over(trip, riding, lost, signed_n, arrived_at, why, at)
    Stop.objects.filter(pk=stop.pk).update(arrived_at=arrived_at, signer=signer.strip(), signed_n=signed_n, handed_by=by.id)
    journal.record(act="trip.sign", subject=trip, by=by, at=at, area_code=trip.plan.area_id, stop=stop.name, n=signed_n, missing=len(lost))
    arrived = []
    for seat in riding:
        if seat.pk in lost:
            seat.missing_because = why.strip()
            journal.move(seat, SEAT, "lose", by=by, at=at, saving=["missing_because"], reason=why.strip(), area_code=seat.village_id)
        else:
            arrived.append(_arrive(trip, seat, by=by, at=at))
    begin([seat.departure for seat in arrived], by=by, at=at)
    _start(arrived, by=by, at=at)
    _promise(arrived, today(arrived_at))
    if not Stop.objects.filter(trip=trip, drop=True, arrived_at=None).filter(pk__in=Seat.objects.filter(trip=trip, state=SeatState.ABOARD).values("drop")).exists():
        journal.move(trip, TRIP, "hand_over", by=by, at=at, area_code=trip.plan.area_id)
    return trip


def _check_hand_over(trip, riding, lost, signed_n, arrived_at, why, at):
    """Hold the count against who got on: nought short, or each who lacks named. What is typed has minutes only: it is held against the minute of leaving."""
    if not lost <= {seat.pk for seat in riding}:
        raise Refused(_("有人不在这一站下车,请重新勾选。"))
    short = len(riding) - len(lost) - signed_n
    if short:
        raise Refused(
            _("这一站应到 %(all)s 人,签收 %(n)s 人、勾了没到的 %(lost)s 人,还差 %(short)s 人没有说明。") % {"all": len(riding), "n": signed_n, "lost": len(lost), "short": short}
            if short > 0
            else _("签收的人数多了 %(n)s 人,请核对。") % {"n": -short}
        )
    if lost and len(why.strip()) < 2:
        raise Refused(_("有人没有到厂,请写明为什么。"))
    if not trip.left_at.replace(second=0, microsecond=0) <= arrived_at <= at + timedelta(minutes=5):
        raise Refused(_("到达的时间要在发车以后、现在以前。"))


def _arrive(trip, seat, *, by, at):
    """Let one who arrived have his spell (organised, on the manifest; carried, unless by a scheduled line); what the register refuses is kept with the seat and stops nobody else."""
    departure = seat.departure
    worker = departure.worker
    place, saving = rules.place_class(departure), []
    try:
        with transaction.atomic():
            seat.spell = begin_spell(
                worker, by=by, at=at, from_on=today(trip.left_at), to_on=None, place=place, area=departure.place, employer_name=departure.employer_name, trade=departure.trade,
                pay=departure.pay, how=How.ORGANISED, carried=not trip.is_line, evidence=Evidence.MANIFEST, source=str(_("乘车名册第 %(n)s 车") % {"n": trip.number}),
            )  # fmt: skip
        saving = ["spell"]
    except Refused as refusal:
        seat.not_recorded, saving = str(refusal.reason)[:200], ["not_recorded"]
    journal.move(seat, SEAT, "arrive", by=by, at=at, saving=saving, area_code=seat.village_id)
    if departure.state == Listed.LISTED:
        journal.move(departure, LISTED, "arrive", by=by, at=at, area_code=seat.village_id)
    plan_after_leaving(worker.person, within=numbers()["check_within"], by=by, at=at)
    return seat


def _start(arrived, *, by, at):
    """Let the spells fill places of their vacancies, as many as are left."""
    spells = {}
    for seat in arrived:
        if seat.departure.vacancy_id and seat.spell is not None:
            spells.setdefault(seat.departure.vacancy_id, []).append(seat.spell)
    for vacancy in Vacancy.objects.select_for_update().filter(pk__in=list(spells)).order_by("pk"):
        if some := spells[vacancy.pk][: vacancy.left]:
            fill(vacancy, some, by=by, at=at)


def _promise(arrived, day):
    """Write the follow-ups: on the desk of whoever keeps labourers nearest to the village."""
    owners = {}
    for seat in arrived:
        owner = owners.setdefault(seat.village_id, nearest_of(seat.village_id, day, Duty.KEEP_LABOUR) or seat.trip.cadre)
        for days in numbers()["follow_days"]:
            if owner is not None:
                FollowUp.objects.create(seat=seat, village_id=seat.village_id, after_days=days, due_on=day + timedelta(days=days), owner=owner)


@act(FOLLOW_UPS, "follow_up_note", at="note", words=_("记回访"), done=_("已记下。"), duty=Duty.KEEP_LABOUR, may=rules.can_follow, then=pages.to_follow_ups, lines={"followup.note": _("送达回访")})
def note_follow_up(
    follow_up, *, by, at,
    result: Annotated[Followed, Asked(_("怎么样"))],
    words: Annotated[str, Asked(_("情况"), _("工资发了没有、住得怎么样、有没有难处。有难处的,另在台账登记诉求。"), most=120, rows=2)] = "",
    place: Annotated[str, Asked(_("换到哪里了"), _("答“换了地方”时选。"), among=queries.places, select=True, none=_("请选择"))] = "",
):  # fmt: skip
    """Note what a follow-up found (送达回访): one entry, which is the labourer's contact too. Whoever was not reached is tried again."""
    note_contact(worker_id=follow_up.seat.departure.worker_id, result=str(result), place=place, by=by, at=at)
    if result == Followed.NO_ANSWER:
        return follow_up
    follow_up.done_on, follow_up.result, follow_up.words, follow_up.done_by_id = today(at), result, words.strip(), by.id
    follow_up.save(update_fields=["done_on", "result", "words", "done_by"])
    journal.record(act="followup.note", subject=follow_up, by=by, at=at, area_code=follow_up.village_id, result=result)
    return follow_up
