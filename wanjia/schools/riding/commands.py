"""The acts of a morning and an afternoon: the roll opened, each child called, let off at school or handed to a listed adult, the bus looked through."""

from datetime import date, timedelta
from typing import Annotated

from django.db import IntegrityError, transaction
from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.kernel.command import command
from wanjia.orgs.delivery.commands import tell_all
from wanjia.verdict import Conflict, Refused

from ..bus_states import BUS_RIDE, BUS_TRIP, RideState
from ..buses import queries as buses
from ..buses.subjects import LINES
from ..models import BellAlarm, BusTrip, Receiver, Ride
from ..riders.commands import read_names
from ..riders.rules import may_receive
from . import bells, once, queries, rules
from .subjects import RIDES, TRIPS

HOLDS = {"duty": rules.HOLDS}
READ = "bus_trip.read_roll"
MOVES = {RideState.ABOARD: "board", RideState.EXCUSED: "excuse", RideState.MISSING: "miss", RideState.FOUND: "find"}
NOT_MARKS = tuple(one for one in RideState if one not in MOVES)


class Way(TextChoices):
    """Which of a day's two trips of a line."""

    TO_SCHOOL = "to_school", _("早上上学")
    HOME = "home", _("放学回家")


@act(LINES, "trip_open", at="trips/open", words=_("开始点名"), done=_("点名开始。孩子上来一个点一个。"), **HOLDS, may=rules.can_open, rank=5, then=queries.to_roll, lines={"bus_trip.open": _("开始接送点名")})
def open_trip(
    bus_line, *, by, at,
    way: Annotated[Way, Asked(_("哪一趟"))],
    day: Annotated[date | None, Asked(_("哪一天"), _("不填就是今天。明天一早没有信号的,今晚先开好明天的。"))] = None,
):  # fmt: skip
    """Open a trip (开始点名) of today, or of tomorrow on the evening before; its roll is whoever has a seat. What the law forbids does not drive."""
    day, going_home = day or today(at), way == Way.HOME
    if not today(at) <= day <= today(at) + timedelta(days=1):
        raise Refused(_("只能开今天和明天的点名。"))
    if day < bus_line.from_on or (bus_line.to_on is not None and day >= bus_line.to_on):
        raise Refused(rules.ENDED)
    if not queries.due_on([bus_line], day)[bus_line.pk][going_home]:
        raise Refused(_("这一天学校没有这个作息,不出车。"))
    _hold_free(bus_line, day, going_home)
    seats = list(queries.seats_on(bus_line, day, going_home).exclude(rider__child__in=queries.elsewhere(bus_line, day, going_home)))
    forbidden = buses.forbids(bus_line, *queries.law_of(bus_line, seats), day)
    if forbidden:
        raise Refused(_("不能出车:%(why)s。") % {"why": ";".join(forbidden)})
    facts = {"line": bus_line, "day": day, "going_home": going_home, "bus": bus_line.bus, "driver": bus_line.driver, "attendant": bus_line.attendant}
    try:
        with transaction.atomic():
            trip = BusTrip.objects.create(**facts, opened_at=at, opened_by=by if by.id else None)
    except IntegrityError:
        raise Conflict(_("这一趟已经开始点名。")) from None
    Ride.objects.bulk_create([Ride(trip=trip, rider=one.rider, stop=one.stop, number=number) for number, one in enumerate(seats, 1)])
    journal.record(act="bus_trip.open", subject=trip, by=by, at=at, area_code=bus_line.school.area_id, n=len(seats))
    return trip


def _hold_free(line, day, going_home):
    """Hold a line's vehicle and crew, and see that no other open roll of the hour has them. Whoever gives a seat in this moment waits too, and then sees the roll."""
    once.hold(line)
    if found := once.taken(line, day, going_home):
        raise Refused(_("%(who)s同一时间还在“%(line)s”上点名:先收那一趟,或者给这条线路换车换人。") % {"who": found[0], "line": found[1]})


def _where(trip):
    return _("接送点名:%(name)s %(day)s") % {"name": trip.line.name, "day": trip.day}


@act(TRIPS, "trip_roll", words=_("看接送点名册"), **HOLDS, may=rules.can_see_roll, reads=True, page=False, call=None, button=False,
     because="names of children are read on the roll's page alone: views.bus_trip", lines={READ: _("看接送点名册")})  # fmt: skip
def read_roll(bus_trip, *, by, at):
    """Journal that the names of a roll are sent, a line a child; returns the roll."""
    roll = list(queries.roll_of(bus_trip))
    read_names([one.rider.child for one in roll], where=_where(bus_trip), by=by, at=at)
    journal.record_reading(act=READ, subject=bus_trip, by=by, at=at, reason=_where(bus_trip), area_code=bus_trip.line.school.area_id, n=len(roll))
    return roll


@act(RIDES, "ride_mark", at="mark", words=_("点名"), done=_("已记下。"), **HOLDS, may=rules.can_mark, rank=10, then=queries.to_roll,
     lines={"bus_ride.board": _("点名:上车"), "bus_ride.excuse": _("点名:今天不坐"), "bus_ride.miss": _("点名:没来"), "bus_ride.find": _("没来的孩子问清了")})  # fmt: skip
def mark_ride(
    ride, *, by, at,
    result: Annotated[RideState, Asked(_("上车了吗"), but=NOT_MARKS)],
    words: Annotated[str, Asked(_("情况"), _("没来的:问了谁、孩子在哪里。"), most=100)] = "",
):  # fmt: skip
    """Call the roll of one child (点名): aboard, excused, not come; who did not come is asked after until somebody says where the child is."""
    if result not in MOVES:
        raise Refused(_("点名只记上车、今天不坐、没来、问清了。"))
    if ride.trip.day > today(at) and result != RideState.EXCUSED:  # that a child stays at home may be said the evening before
        raise Refused(rules.EARLY)
    if result == RideState.FOUND and len(words.strip()) < 4:
        raise Refused(_("请写明问了谁、孩子现在在哪里。"))
    if result == RideState.EXCUSED and ride.state in (RideState.ABOARD, RideState.MISSING) and len(words.strip()) < 4:
        raise Refused(_("孩子上过车,或者没来:改成今天不坐,请写明谁说的。"))
    if ride.state == result:
        return ride
    ride.marked_at, ride.marked_by_id, ride.words = at, by.id, "\n".join(filter(None, [ride.words, words.strip()]))
    ride.boarded_at = at if result == RideState.ABOARD else None
    journal.move(ride, BUS_RIDE, MOVES[result], by=by, at=at, saving=["marked_at", "marked_by_id", "words", "boarded_at"], area_code=ride.rider.area_id)
    return ride


@act(RIDES, "ride_hand", at="hand-over", words=_("交给家长"), done=_("已交接。"), **HOLDS, may=rules.can_hand, rank=5, then=queries.to_roll, lines={"bus_ride.hand": _("孩子交给接车人")})
def hand_ride(
    ride, *, by, at,
    receiver: Annotated[Receiver, Asked(_("交给谁"), among=queries.receivers, named=queries.receivers_ever, shown=queries.receiver_words, buttons=True)],
):  # fmt: skip
    """Hand a child to a listed adult (交接) on the way home: one on the list, confirmed by a second person, not struck off."""
    receiver = Receiver.objects.select_for_update(of=("self",), no_key=True).get(pk=receiver.pk)  # struck off in this moment, it does not receive
    may_receive(receiver, ride.rider, ride.trip.day).or_raise()
    ride.receiver, ride.left_at, ride.marked_at, ride.marked_by_id = receiver, at, at, by.id
    journal.move(ride, BUS_RIDE, "hand", by=by, at=at, saving=["receiver", "left_at", "marked_at", "marked_by_id"], area_code=ride.rider.area_id, receiver=receiver.pk)
    return ride


@act(TRIPS, "trip_unload", at="unload", words=_("到校下车"), done=_("已到校,数对了。"), **HOLDS, may=rules.can_unload, rank=10, then=queries.to_roll, lines={"bus_trip.unload": _("到校下车点数"), "bus_ride.alight": _("到校下车")})
def unload_trip(
    bus_trip, *, by, at,
    counted: Annotated[int, Asked(_("数到几个孩子下车"), least=0, most=99)],
    words: Annotated[str, Asked(_("交给学校哪位老师"), _("放学没有人接、送回学校的,必填。"), most=60)] = "",
):  # fmt: skip
    """Let all who are aboard off at school (到校下车), counted one by one: the number must be that of the roll. On the way home: who found nobody is brought back."""
    aboard = list(bus_trip.roll.filter(state=RideState.ABOARD).select_related("rider"))
    if len(aboard) != counted:
        raise Refused(_("点名在车上的有 %(n)s 个孩子,您数到 %(counted)s 个,对不上:再数一遍,再看一遍座位。") % {"n": len(aboard), "counted": counted})
    if bus_trip.going_home and len(words.strip()) < 2:
        raise Refused(_("放学送回学校的,请写明交给哪位老师。"))
    for ride in aboard:
        ride.left_at, ride.marked_at, ride.marked_by_id = at, at, by.id
        ride.words = "\n".join(filter(None, [ride.words, words.strip()]))
        journal.move(ride, BUS_RIDE, "alight", by=by, at=at, saving=["left_at", "marked_at", "marked_by_id", "words"], area_code=ride.rider.area_id)
    journal.record(act="bus_trip.unload", subject=bus_trip, by=by, at=at, area_code=bus_trip.line.school.area_id, n=len(aboard))
    return bus_trip


@act(TRIPS, "trip_delay", at="late", words=_("说车晚了"), done=_("已记下,家长凭小条看得到。"), **HOLDS, may=rules.can_run, rank=20, tone="quiet", then=queries.to_roll, lines={"bus_trip.late": _("说车晚了")})
def delay_trip(
    bus_trip, *, by, at,
    minutes: Annotated[int, Asked(_("晚几分钟"), least=0, most=240)],
    why: Annotated[str, Asked(_("为什么晚"), _("家长凭小条看得到:写路上的事,不写哪一家。"), least=2, most=60)],
):  # fmt: skip
    """Say that a bus is late, by how much and why: parents see it on their slips."""
    if not BusTrip.objects.filter(pk=bus_trip.pk, version=bus_trip.version).update(late=minutes, late_because=why.strip(), version=bus_trip.version + 1):
        raise Conflict()
    bus_trip.refresh_from_db()
    journal.record(act="bus_trip.late", subject=bus_trip, by=by, at=at, area_code=bus_trip.line.school.area_id, minutes=minutes, reason=why.strip())
    return bus_trip


@act(TRIPS, "trip_close", at="close", words=_("收车"), done=_("已收车,车上没有人。"), **HOLDS, may=rules.can_close, rank=30, then=queries.to_roll, lines={"bus_trip.close": _("收车:看过车厢,没有人")})
def close_trip(bus_trip, *, by, at, looked: Annotated[bool, Asked(_("从头到尾看过一遍车厢,车上没有人"))] = False):
    """End a trip (收车): every child was let off, handed over, excused or found, and the bus was looked through from end to end (art. 39)."""
    if not looked:
        raise Refused(_("收车前请从头到尾看一遍车厢,再勾选。"))
    bus_trip.ended_at = at
    journal.move(bus_trip, BUS_TRIP, "close", by=by, at=at, saving=["ended_at"], area_code=bus_trip.line.school.area_id)
    return bus_trip


@command("schools.look_for_lines")
def look_for_lines(*, by, at):
    """Look which bells no line serves, and tell it (没有车的作息): the clock's round. Returns how many are new."""
    rules.is_clock(by).or_raise()
    new, settled, again = bells.look(at)
    BellAlarm.objects.filter(pk__in=settled).update(settled_at=at)
    BellAlarm.objects.filter(pk__in=again).update(settled_at=None)
    BellAlarm.objects.bulk_create(new, ignore_conflicts=True)  # two clocks at once say nothing twice
    tell_all(bells.messages(new, reverse("schools:bus_day")), at=at)
    return len(new)
