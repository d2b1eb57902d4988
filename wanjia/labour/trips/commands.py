"""The acts on a trip before it leaves: its papers, its drivers, its hours, somebody on another trip, locked, released, cancelled."""

from dataclasses import replace
from datetime import date
from typing import Annotated

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import day_start, today
from wanjia.orgs.fields import searched
from wanjia.orgs.models import User
from wanjia.verdict import Conflict, Refused

from ..departure_states import ON_BOARD, SEAT, TRIP, SeatState, TripState
from ..departures import plans, rules, timing
from ..departures.asking import own
from ..departures.subjects import SEATS, TRIPS
from ..duties import Duty
from ..models import Driver, Seat, Stop, Trip
from . import pages, queries

CLOCK = {"type": "time"}


def _note(name, trip, *, by, at, **detail):
    journal.record(act=f"trip.{name}", subject=trip, by=by, at=at, area_code=trip.plan.area_id, **detail)


def _write(trip, **facts):
    for name, value in facts.items():
        setattr(trip, name, value)
    trip.version += 1
    trip.save(update_fields=[*facts, "version"])
    return trip


@act(TRIPS, "trip_papers", at="papers", words=_("登记车辆和随车干部"), done=_("已记下。"), duty=Duty.DISPATCH, may=rules.can_arrange, rank=10, lines={"trip.papers": _("登记车辆和随车干部")})
def set_papers(
    trip, *, by, at,
    plate: Annotated[str, Asked(_("车牌号;专列、班线写车次"), least=2, most=12, initial=own("plate"))],
    cadre: Annotated[User | None, Asked(_("随车干部"), _("登记劳动力的人员里选;他在手机上点名、登记交接。坐班线、火车的可以不派。"), within=_("随车干部要是本地登记劳动力情况的人员。"), **searched(queries.cadres, queries.cadre_words, none=_("不派")),
                                 initial=lambda trip, _actor, _day: trip.cadre_id)] = None,
    carrier: Annotated[str, Asked(_("承运企业"), most=60, initial=own("carrier"))] = "",
    licence: Annotated[str, Asked(_("道路客运经营许可证号"), most=30, initial=own("licence"))] = "",
    licence_until: Annotated[date | None, Asked(_("许可到哪天"), initial=own("licence_until"))] = None,
    insured_until: Annotated[date | None, Asked(_("承运人责任险到哪天"), initial=own("insured_until"))] = None,
    seats: Annotated[int | None, Asked(_("乘客座位(不算驾驶员和随车干部)"), _("和计算时一样就留空。"), least=1, most=2000)] = None,
    luggage: Annotated[str, Asked(_("行李和其他约定"), _("行李件数、费用谁出。"), most=120, initial=own("luggage"))] = "",
):  # fmt: skip
    """Enter what carries them, whose it is, its papers, and the cadre who goes along. What is lacking is said when it is to be released."""
    riders = Seat.objects.filter(trip=trip, state__in=ON_BOARD).count()
    if seats is not None and seats < riders:
        raise Refused(_("已经安排了 %(n)s 人,这辆车坐不下;请换一辆,或者先把人换到别的车次。") % {"n": riders})
    _write(
        trip, plate=plate.strip().upper(), cadre=cadre, carrier=carrier.strip(), licence=licence.strip(), licence_until=licence_until, insured_until=insured_until, luggage=luggage.strip(),
        seats=seats or trip.seats, held=True,
    )  # fmt: skip
    _note("papers", trip, by=by, at=at, plate=trip.plate, cadre=cadre.name if cadre else "")
    return trip


@act(TRIPS, "trip_driver", at="driver", words=_("登记驾驶员"), done=_("已记下。"), duty=Duty.DISPATCH, may=rules.can_arrange_coach, rank=20, tone="quiet", lines={"trip.driver": _("登记驾驶员")})
def set_driver(
    trip, *, by, at,
    turn: Annotated[int, Asked(_("第几驾驶员(1 或 2)"), least=1, most=2, initial=lambda trip, _actor, _day: min(2, trip.drivers.count() + 1))],
    name: Annotated[str, Asked(_("姓名"), least=2, most=40)],
    phone: Annotated[str, Asked(_("电话"), least=5, most=20)],
    born_on: Annotated[date, Asked(_("出生日期"))],
    licence_until: Annotated[date, Asked(_("A1 驾驶证到哪天"))],
    paper_until: Annotated[date, Asked(_("从业资格证到哪天"))],
    clean: Annotated[bool, Asked(_("已核对:3 年内没有重大以上交通责任事故"))] = False,
):  # fmt: skip
    """Enter one of the two drivers and his papers (登记驾驶员); whoever stood in this turn before is replaced."""
    Driver.objects.filter(trip=trip, turn=turn).delete()
    Driver.objects.create(
        trip=trip, turn=turn, name=name.strip(), phone=phone.strip(), born_on=born_on, licence_until=licence_until, paper_until=paper_until, clean=clean, entered_at=at, entered_by_id=by.id,
    )  # fmt: skip
    _write(trip, held=True)
    _note("driver", trip, by=by, at=at, turn=turn)
    return trip


@act(TRIPS, "trip_leaving", at="leaving", words=_("改发车时间"), done=_("已改,停靠和到达跟着改了。"), duty=Duty.DISPATCH, may=rules.can_arrange_coach, rank=30, tone="quiet", more=pages.stops,
     template="labour/trips/hours.html", lines={"trip.leaving": _("改发车时间")})  # fmt: skip
def set_leaving(trip, *, by, at, clock: Annotated[str, Asked(_("几点发车"), attrs=CLOCK, initial=lambda trip, _actor, _day: pages.clock(trip.leave_at))]):
    """Let a coach leave at another hour of its day; its road is reckoned anew by the driving rules, which are asked again."""
    problem, laid, broken = timing.leaving(trip, pages.seconds(clock))
    if broken:
        raise Refused(";".join(timing.article(code) for code in broken))
    before = pages.clock(trip.leave_at)
    settle(trip, problem, laid)
    _note("leaving", trip, by=by, at=at, before=before, after=clock)
    return trip


@act(TRIPS, "trip_arriving", at="arriving", words=_("改到达时间"), done=_("已改,后面的时间跟着改了。"), duty=Duty.DISPATCH, may=rules.can_arrange_coach, rank=40, tone="quiet", more=pages.stops,
     template="labour/trips/hours.html", lines={"trip.arriving": _("改到达时间")})  # fmt: skip
def set_arriving(
    trip, *, by, at,
    stop: Annotated[Stop, Asked(_("哪一站"), among=lambda trip, _actor, _day: Stop.objects.filter(trip=trip, drop=True), within=_("请选这个车次的下车点。"), select=True, shown=lambda stop: stop.name)],
    on: Annotated[date, Asked(_("哪天到"), initial=lambda trip, _actor, _day: pages.last_day(trip))],
    clock: Annotated[str, Asked(_("几点到"), attrs=CLOCK)],
):  # fmt: skip
    """Let a coach arrive at another hour (改到达时间): rests on the way grow or shrink, and the driving rules are asked again, by article."""
    drops = list(Stop.objects.filter(trip=trip, drop=True).order_by("turn"))
    turn = [one.pk for one in drops].index(stop.pk)
    arrive = timing.seconds_of(trip, day_start(on)) + pages.seconds(clock)
    log, broken = timing.arriving(trip, turn, arrive)
    if broken:
        raise Refused(";".join(timing.article(code) for code in broken))
    for one, part in zip(drops, [part for part in log if part.what == "drop"], strict=True):
        Stop.objects.filter(pk=one.pk).update(at=plans.moment(today(trip.leave_at), part.start_s))
    _write(trip, log=[[part.start_s, part.end_s, part.what, part.leg] for part in log], held=True)
    _note("arriving", trip, by=by, at=at, stop=stop.name, after=f"{on} {clock}")
    return trip


def settle(trip, problem, laid):
    """Write the hours of a coach as it was laid out anew: its stops, its log."""
    day = today(trip.leave_at)
    wanted = plans.stops_of(problem, laid, trip.pk, day, plans.town_names(problem.townships))
    there = {(one.drop, one.place): one for one in Stop.objects.filter(trip=trip)}
    Stop.objects.filter(trip=trip).update(turn=F("turn") + 1000)
    kept = {}
    for one in wanted.values():
        if old := there.pop((one.drop, one.place), None):
            Stop.objects.filter(pk=old.pk).update(turn=one.turn, at=one.at)
            kept[one.drop, one.place] = old
        else:
            one.save(force_insert=True)
            kept[one.drop, one.place] = one
    for n, old in enumerate(there.values()):  # a stop where nobody gets on any more stays as long as a seat of the day's roll names it
        if Seat.objects.filter(pick_up=old).exists() or Seat.objects.filter(drop=old).exists():
            Stop.objects.filter(pk=old.pk).update(turn=len(wanted) + n)
        else:
            old.delete()
    _write(trip, leave_at=plans.moment(day, laid.leave_s), log=plans.log_of(laid), held=True)
    return kept


@act(
    SEATS, "seat_move", at="move", words=_("换到别的车次"), done=_("已换,两个车次都已锁定。"), duty=Duty.DISPATCH, may=rules.can_move, tone="quiet", rank=10,
    template="labour/trips/move.html", more=lambda _request, seat: {"changes": timing.changes(seat)}, lines={"seat.move": _("换到别的车次")},
)  # fmt: skip
def move_seat(
    seat, *, by, at,
    trip: Annotated[Trip, Asked(_("换到哪一车"), among=queries.trips_for, named=queries.trips_of_drive, within=_("这个车次坐不下、不顺路,或者已经放行。"), shown=queries.trip_words)],
    anyway: Annotated[bool, Asked(_("知道会打破上面写的,还是要换"))] = False,
):  # fmt: skip
    """Put somebody on another trip (换车次): what the law forbids is refused; what else it breaks is shown, and a person answers for it."""
    trip = Trip.objects.select_for_update().get(pk=trip.pk)
    if trip.state != TripState.PLANNED or trip.held or not rules.stands(trip.plan_id):
        raise Conflict()  # released, cancelled, locked or left behind by another version since it was offered: on a cancelled trip he would wait for a coach that never leaves
    found = timing.change(seat, trip)
    if found.against:
        raise Refused(";".join(str(one) for one in found.against))
    if found.breaks and not anyway:
        raise Refused(_("这样换会:%(what)s。还是要换的,请勾选“还是要换”。") % {"what": ";".join(str(one) for one in found.breaks)})
    before, old = seat.trip, seat.trip
    if trip.is_timetabled:
        kept = {(one.drop, one.place): one for one in Stop.objects.filter(trip=trip)}
        pick_up = kept.get((False, f"{seat.village_id[:9]}000")) or _one_more(trip, seat)
    else:
        kept = settle(trip, replace(found.problem, seats=trip.seats), found.laid)
        pick_up = kept[False, f"{seat.village_id[:9]}000"]
    numbers = set(Seat.objects.filter(trip=trip).values_list("number", flat=True))
    free = next(n for n in range(1, len(numbers) + 2) if n not in numbers)
    Seat.objects.filter(pk=seat.pk).update(trip=trip, pick_up=pick_up, drop=kept[True, seat.departure.place], number=free, held=True, version=seat.version + 1)
    Trip.objects.filter(pk__in=(old.pk, trip.pk)).update(held=True)
    if trip.is_line:  # its seats are the tickets to buy
        Trip.objects.filter(pk=trip.pk).update(seats=max(trip.seats, Seat.objects.filter(trip=trip, state__in=ON_BOARD).count()))
    journal.record(act="seat.move", subject=seat, by=by, at=at, area_code=seat.village_id, before=str(before.number), after=str(trip.number), breaks=[str(one) for one in found.breaks])
    seat.trip = trip
    return seat


def _one_more(trip, seat):
    """A train takes people of one more township: the stop is written, its hour is the railway's."""
    last = Stop.objects.filter(trip=trip).order_by("-turn").first()
    place = f"{seat.village_id[:9]}000"
    return Stop.objects.create(trip=trip, turn=last.turn + 1, place=place, name=plans.town_names([place[:9]])[place[:9]])


@act(TRIPS, "trip_hold", at="hold", words=_("锁定或放开"), done=lambda trip: _("已锁定,重新计算也不变。") if trip.held else _("已放开,重新计算时会再安排。"), duty=Duty.DISPATCH, may=rules.can_arrange,
     rank=50, tone="quiet", lines={"trip.hold": _("锁定或放开车次")})  # fmt: skip
def hold_trip(trip, *, by, at):
    """Keep a trip as it is through later versions, or let it go again (锁定)."""
    _write(trip, held=not trip.held)
    _note("hold", trip, by=by, at=at, held=trip.held)
    return trip


@act(TRIPS, "trip_release", at="release", words=_("放行"), done=_("已放行,随车干部的手机上有点名册了。"), duty=Duty.DISPATCH, may=rules.can_arrange, rank=5, more=pages.lacking, template="labour/trips/release.html",
     lines={"trip.release": _("放行车次")})  # fmt: skip
def release_trip(trip, *, by, at):
    """Release a trip (放行): with every paper the law asks, hours that the law lets stand, and a cadre who goes along; what is lacking is said by article."""
    if lacking := queries.lacking(trip):
        raise Refused(";".join(lacking))
    trip.held = True
    journal.move(trip, TRIP, "release", by=by, at=at, saving=["held"], area_code=trip.plan.area_id, plate=trip.plate)
    return trip


@act(TRIPS, "trip_recall", at="recall", words=_("收回放行"), done=_("已收回,可以再改。"), duty=Duty.DISPATCH, may=rules.can_recall, aside=True, rank=60, tone="quiet", lines={"trip.recall": _("收回放行")})
def recall_trip(trip, *, by, at, why: Annotated[str, Asked(_("为什么收回"), least=2, most=100)]):
    """Take a release back (收回放行), with the reason."""
    journal.move(trip, TRIP, "recall", by=by, at=at, reason=why.strip(), area_code=trip.plan.area_id)
    return trip


@act(TRIPS, "trip_cancel", at="cancel", words=_("取消车次"), done=_("已取消,车上的人回到出行登记,等重新安排。"), duty=Duty.DISPATCH, may=rules.can_cancel, aside=True, rank=70, tone="danger",
     lines={"trip.cancel": _("取消车次")})  # fmt: skip
def cancel_trip(trip, *, by, at, why: Annotated[str, Asked(_("为什么取消"), least=2, most=100)]):
    """Cancel a trip (取消车次): its riders are on the list again, and wait for the next version."""
    for seat in Seat.objects.filter(trip=trip, state__in=(SeatState.BOOKED, SeatState.ABOARD)):
        seat.marked_at, seat.marked_by_id = at, by.id
        journal.move(seat, SEAT, "call_off", by=by, at=at, saving=["marked_at", "marked_by_id"], reason=why.strip(), area_code=seat.village_id)
    journal.move(trip, TRIP, "cancel", by=by, at=at, reason=why.strip(), area_code=trip.plan.area_id)
    return trip
