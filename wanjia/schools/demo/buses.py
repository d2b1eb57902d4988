"""Escort buses of one township of the demo county, up to yesterday: an operator with three vehicles, one of whose papers ends soon, a filed line, its riders and their adults, rolls, a month that waits for a signature. Everybody is invented."""

from collections import Counter
from datetime import datetime, time, timedelta

from django.utils import timezone

from wanjia.kernel.calendar import CHINA, today
from wanjia.orgs.models import Area, User
from wanjia.verdict import NotFound, Refused

from ..bus_states import RideState, ServiceKind
from ..buses import commands as buses
from ..fares import commands as fares
from ..models import Bus, BusDriver, Operator, School
from ..riders import commands as riders
from ..riders.queries import receivers_of
from ..riding import commands as riding
from ..riding.queries import due_on
from ..year.commands import change_school
from ..year.queries import pupils

OFFICER, ATTENDANT, SCHOOL = "xuean", "zhaoguan", "xisha-xuexiao"
RIDERS, HALF = 14, 2  # children of the line; every second has an adult who may receive it, so has every stop
GATE = (28.2301, 103.6402)
STOPS = "06:50 大岩子 18:20 28.2052,103.6120\n06:58 河边 18:12 28.2121,103.6195\n07:06 桥头 18:04 28.2194,103.6251\n07:14 老街口 17:56 28.2268,103.6330"
FLEET = (("1号车", "云C5Y001", ServiceKind.SCHOOL_BUS, 19, 300), ("2号车", "云C5Y002", ServiceKind.SCHOOL_BUS, 33, 12), ("3号车", "云C5Y003", ServiceKind.COACH, 19, 200))
DRIVERS = (("岑师傅", 1979), ("柏师傅", 1984), ("尹师傅", 1971))
EQUIPMENT = ["extinguisher", "first_aid", "hammer", "recorder"]
DAYS, BACK = 2, 12  # so many school days of last month and of the last days have rolls; so far back the last days are looked for


def live(code, say):
    """Live them once; returns {what: how many}. Nothing where whoever answers is missing, or buses stand already."""
    told, people = Counter(), [User.objects.filter(username=name).first() for name in (OFFICER, ATTENDANT, SCHOOL)]
    if not all(people) or not people[2].live_posts or Operator.objects.exists():
        return told
    officer, attendant, own = people
    school = School.objects.filter(unit=own.live_posts[0].organisation, area__code__startswith=code[:6], bells__isnull=False, to_on=None).distinct().select_related("area", "unit").first()
    if school is None:
        return told
    now = timezone.now().astimezone(CHINA)
    first = (today(now).replace(day=1) - timedelta(days=1)).replace(day=1)  # of last month
    at = datetime.combine(first, time(9), CHINA)
    operator = _operator(Area.objects.get(pk=f"{code[:6]}000000"), attendant, officer, at)
    line = _line(operator, school, officer, at)
    _riders(line, school, officer, own, at, told)
    for day in _days(line, first, today(now)):
        for going_home in (False, True):
            _trip(line, day, going_home, attendant, told)
    if told["trips"]:
        fares.settle_month(operator_id=operator.pk, month=f"{first:%Y-%m}", by=officer, at=now)
    say(f"  接送线路 1 条,乘车学生 {told['riders']} 人,点名 {told['trips']} 趟 / 1 bus line, {told['riders']} riders, {told['trips']} rolls")
    return told


def _operator(county, attendant, officer, at):
    day, who = at.date(), {"by": officer, "at": at}
    one = buses.enter_operator(area=county, name="金江护学专车公司", contact="池经理", phone="08700009100", from_on=day, letter_on=day - timedelta(days=10), **who)
    for label, plate, kind, seats, _left in FLEET:
        buses.enter_bus(operator_id=one.pk, label=label, plate=plate, kind=kind, seats=seats, made_for="pupils" if kind == ServiceKind.SCHOOL_BUS else "", from_on=day, **who)
    for bus, (_label, _plate, kind, _seats, left) in zip(Bus.objects.filter(operator=one).order_by("label"), FLEET, strict=True):
        until = today(timezone.now()) + timedelta(days=left)
        permit = {"permit_until": until} if kind == ServiceKind.SCHOOL_BUS else {"transport_until": until}
        buses.renew_papers(bus_id=bus.pk, inspected_on=day - timedelta(days=5), insured_until=until, equipment=EQUIPMENT, **permit, **who)
    for name, born in DRIVERS:
        buses.enter_driver(operator_id=one.pk, name=name, phone="13887009101", born_on=day.replace(year=born), licensed_on=day.replace(year=2012), reviewed_on=day - timedelta(days=30), from_on=day, **who)
    buses.enter_attendant(operator_id=one.pk, user=attendant, from_on=day, checked_on=day - timedelta(days=15), **who)
    fares.set_fare(operator_id=one.pk, yuan="6", share=50, source="县财政护学专车补助", from_on=day, **who)
    return one


def _line(operator, school, officer, at):
    who = {"by": officer, "at": at}
    change_school(school_id=school.pk, address=school.address, grades=list(school.teaches()), boards=school.boards, lat=str(GATE[0]), lon=str(GATE[1]), **who)
    bus, driver = Bus.objects.get(operator=operator, label="1号车"), BusDriver.objects.filter(operator=operator).order_by("name").first()
    facts = {"school": School.objects.get(pk=school.pk), "from_on": at.date(), "driver": driver, "attendant": operator.attendants.get()}
    line = buses.draw_line(bus_id=bus.pk, name="大岩子—中心校", **facts, **who)
    buses.write_stops(bus_line_id=line.pk, stops=STOPS, **who)
    return buses.file_line(bus_line_id=line.pk, filed_on=at.date(), **who)


def _riders(line, school, officer, own, at, told):
    """Children whom the register has at this school, some with an adult who may receive them."""
    stops, day = list(line.stops.order_by("turn")), at.date()
    for child in pupils(school).order_by("pk")[: 2 * RIDERS]:
        if told["riders"] == RIDERS:
            return
        n = told["riders"]
        stop = stops[n * len(stops) // RIDERS]
        place = f"{stop.lat + 0.0007 * (n % 3):.4f},{stop.lon - 0.0009 * (n % 2):.4f}"
        try:
            one = riders.take_rider(school_id=school.pk, name=child.name, last4=child.citizen_last4 or "", asked_by="家里老人", from_on=day, place=place, by=own, at=at)
        except (NotFound, Refused):  # two of one name, or one whom nobody may find by name
            continue
        riders.seat_rider(rider_id=one.pk, stop=stop, from_on=day, by=own, at=at)
        told["riders"] += 1
        riders.list_receiver(rider_id=one.pk, name="家里亲戚", relation=("外婆", "爷爷", "姨妈")[n % 3], phone=f"138870092{n:02d}", said_by="监护人当面说的", by=own, at=at)
        if n % HALF == 0:
            riders.confirm_receiver(receiver_id=receivers_of(one).get().pk, said="给监护人打的电话", by=officer, at=at)


def _days(line, first, day):
    """A couple of school days of last month, and the last ones before today."""
    month_end = day.replace(day=1)
    early = [one for one in (first + timedelta(days=k) for k in range(2, 31)) if one < month_end and due_on([line], one)[line.pk][0]][:DAYS]
    late = [one for one in (day - timedelta(days=k) for k in range(1, BACK)) if one >= month_end and due_on([line], one)[line.pk][0]][:DAYS]
    return [*early, *reversed(late)]


def _trip(line, day, going_home, attendant, told):
    """A trip to its end: one child in the morning does not ride that day; in the afternoon who has no confirmed adult is brought back to school."""
    clock = time(17, 30) if going_home else time(6, 45)
    who = {"by": attendant, "at": datetime.combine(day, clock, CHINA)}
    try:
        trip = riding.open_trip(bus_line_id=line.pk, way="home" if going_home else "to_school", day=day, **who)
    except Refused:  # a day without this bell
        return
    aboard = 0
    for one in trip.roll.select_related("stop", "rider").order_by("number"):
        due = one.stop.back_at if going_home else one.stop.at
        who["at"] = datetime.combine(day, due, CHINA)
        excused = one.number == 3 and not going_home
        riding.mark_ride(ride_id=one.pk, result=RideState.EXCUSED if excused else RideState.ABOARD, **(who | ({"at": datetime.combine(day, clock, CHINA)} if going_home else {})))
        adult = receivers_of(one.rider).exclude(confirmed_at=None).first() if going_home else None
        if adult:
            riding.hand_ride(ride_id=one.pk, receiver=adult, **who)
        else:
            aboard += not excused
    who["at"] = datetime.combine(day, time(18, 40) if going_home else time(7, 28), CHINA)
    if aboard:
        riding.unload_trip(bus_trip_id=trip.pk, counted=aboard, words="值班老师" if going_home else "", **who)
    riding.close_trip(bus_trip_id=trip.pk, looked=True, **who)
    told["trips"] += 1
