"""The acts of operations on the road: entered with the forces, counts told once, corrected with a reason, called off."""

from datetime import date, timedelta
from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wanjia.doors.clock import clock, time_of
from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs.fields import only
from wanjia.orgs.models import Area, Organisation
from wanjia.verdict import Conflict, Refused

from ..duties import Duty
from ..models import RoadCount, RoadForce, RoadOperation, RoadReport, School
from ..road_states import ROAD, Force, RoadKind, RoadSort, RoadState
from . import queries, rules
from .subjects import OPERATIONS

COUNTS = {"duty": Duty.COUNT_ROADS}
AHEAD = timedelta(days=60)
BEHIND = timedelta(days=31)  # an operation that was not planned is entered within a month
MOST = 20000


def _people(force):
    return Annotated[int, Asked(lazy(lambda: gettext("%(force)s几人") % {"force": force.label}, str)(), most=500, initial=0)]


def stands(kind):
    """Return what says how many of a kind stand now: a correction begins with these."""
    return lambda row, *_rest: next((n for one, _words, n in queries.counts_of(row) if one == kind), 0) if row else 0


def _n(kind):
    return Annotated[int, Asked(kind.label, most=MOST, initial=stands(kind))]


Stopped, Operation, Carriage, Overload, Fatigue, Drink = map(_n, (RoadKind.STOPPED, RoadKind.OPERATION, RoadKind.CARRIAGE, RoadKind.OVERLOAD, RoadKind.FATIGUE, RoadKind.DRINK))
Bare, Other, Educated, Punished, PassedOn = map(_n, (RoadKind.BARE, RoadKind.OTHER, RoadKind.EDUCATED, RoadKind.PUNISHED, RoadKind.PASSED_ON))


@act(OPERATIONS, "road_new", at="new", words=_("登记道路行动"), done=_("已登记。行动以后填数。"), **COUNTS, may=rules.counts, new=True, lines={"road_operation.plan": _("登记道路行动")})
def plan_operation(
    *, by, at,
    area: Annotated[Area, Asked(_("在哪里"), among=queries.places, within=rules.OUT_OF_REACH, initial=only(queries.places))],
    place: Annotated[str, Asked(_("路段"), _("例如:中心学校门前至客运站。不写人名、车牌。"), least=2, most=60)],
    near: Annotated[School | None, Asked(_("靠近哪所学校"), among=queries.schools, within=rules.OUT_OF_REACH, shown=lambda one: one.unit.name, none=_("不在学校附近"))] = None,
    unit: Annotated[Organisation, Asked(_("组织单位"), among=queries.units, within=_("只能以您所在的单位登记。"), initial=lambda row, actor, day: queries.units(row, actor, day).first())],
    sort: Annotated[RoadSort, Asked(_("行动类别"), select=True)],
    day: Annotated[date, Asked(_("日期"), initial=lambda _row, _actor, day: day)],
    starts: Annotated[str, Asked(_("几点开始"), field=clock, most=5, least=1)],
    ends: Annotated[str, Asked(_("几点结束"), _("过了半夜的照写,例如 22:00 到 01:00。"), field=clock, most=5, least=1)],
    traffic: _people(Force.TRAFFIC) = 0, special: _people(Force.SPECIAL) = 0, station: _people(Force.STATION) = 0,
    transport: _people(Force.TRANSPORT) = 0, school: _people(Force.SCHOOL) = 0, township: _people(Force.TOWNSHIP) = 0,
):  # fmt: skip
    """Enter an operation on the road (登记道路行动) with the forces that take part: before it, or afterwards."""
    rules.tells_nobody(place).or_raise()
    if not today(at) - BEHIND <= day <= today(at) + AHEAD:
        raise Refused(_("日期在一个月以内补登,或者在以后 60 天以内。"))
    from_at, to_at = time_of(starts), time_of(ends)
    if from_at == to_at:
        raise Refused(_("几点结束不能和几点开始一样。"))
    people = {force: n for force, n in zip(Force, (traffic, special, station, transport, school, township), strict=True) if n}
    if not people:
        raise Refused(rules.NOBODY)
    facts = {"area": area, "place": place.strip(), "near": near, "sort": sort, "unit": unit, "day": day, "from_at": from_at, "to_at": to_at, "made_at": at, "made_by_id": by.id}
    try:
        with transaction.atomic():
            one = RoadOperation.objects.create(**facts)
    except IntegrityError:
        raise Conflict(_("这一天这个时间在这个路段已经登记了行动:一起办的算一次,力量写在那一次里。")) from None
    RoadForce.objects.bulk_create([RoadForce(operation=one, force=force, people=n) for force, n in people.items()])
    journal.record(act="road_operation.plan", subject=one, by=by, at=at, area_code=area.pk)
    return one


def _told(one, found, by, at, reason=""):
    """Keep a telling of counts as one more: none that stood before is touched."""
    rules.fits(found).or_raise()
    report = RoadReport.objects.create(operation=one, number=one.reported + 1, reason=reason, told_at=at, told_by_id=by.id)
    RoadCount.objects.bulk_create([RoadCount(report=report, kind=kind, n=n) for kind, n in found.items()])
    one.reported = report.number


@act(OPERATIONS, "road_report", at="report", words=_("填数"), done=_("已填。填错了用“更正”,原来的数留着。"), **COUNTS, may=rules.can_report, rank=5, lines={"road_operation.report": _("填道路行动清点数")})
def report_counts(
    road_operation, *, by, at, stopped: Stopped, operation: Operation, carriage: Carriage, overload: Overload, fatigue: Fatigue, drink: Drink,
    bare: Bare, other: Other, educated: Educated, punished: Punished, passed_on: PassedOn,
):  # fmt: skip
    """Tell the counts of an operation (填数): vehicles stopped, offences by kind, what was done. A nought is told too."""
    found = dict(zip(RoadKind, (stopped, operation, carriage, overload, fatigue, drink, bare, other, educated, punished, passed_on), strict=True))
    _told(road_operation, found, by, at)
    journal.move(road_operation, ROAD, "report", by=by, at=at, saving=["reported"], area_code=road_operation.area_id)
    return road_operation


@act(OPERATIONS, "road_correct", at="correct", words=_("更正"), done=_("已更正。原来的数和原因都留着。"), **COUNTS, may=rules.can_correct, rank=20, tone="quiet",
     lines={"road_operation.correct": _("更正道路行动清点数")})  # fmt: skip
def correct_counts(
    road_operation, *, by, at, reason: Annotated[str, Asked(_("为什么更正"), least=4, most=200)],
    stopped: Stopped, operation: Operation, carriage: Carriage, overload: Overload, fatigue: Fatigue, drink: Drink,
    bare: Bare, other: Other, educated: Educated, punished: Punished, passed_on: PassedOn,
):  # fmt: skip
    """Correct counts that were told (更正), with a reason: what stood before stays on the page and in the book."""
    one, found = road_operation, dict(zip(RoadKind, (stopped, operation, carriage, overload, fatigue, drink, bare, other, educated, punished, passed_on), strict=True))
    rules.tells_nobody(reason).or_raise()
    rules.differs(one, found).or_raise()
    _told(one, found, by, at, reason.strip())
    if not RoadOperation.objects.filter(pk=one.pk, version=one.version).update(reported=one.reported, version=one.version + 1):
        raise Conflict()
    one.refresh_from_db()
    journal.record(act="road_operation.correct", subject=one, by=by, at=at, area_code=one.area_id, reason=reason.strip(), number=one.reported)
    return one


@act(OPERATIONS, "road_call_off", at="call-off", words=_("这次不办"), done=_("已记下为什么不办。"), **COUNTS, may=rules.can_call_off, aside=True, tone="danger",
     lines={"road_operation.call_off": _("这次道路行动不办")})  # fmt: skip
def call_off_operation(road_operation, *, by, at, reason: Annotated[str, Asked(_("为什么不办"), least=4, most=200)]):
    """Do not hold an operation (不办), with a reason."""
    rules.tells_nobody(reason).or_raise()
    road_operation.closing = reason.strip()
    journal.move(road_operation, ROAD, "call_off", by=by, at=at, saving=["closing"], area_code=road_operation.area_id, reason=reason.strip())
    return road_operation


def take_operations(takers, leaving, *, why, by, at):
    """Hand operations that wait for their counts to the unit that tells them from now on, within the act that ends theirs. What was told stays whose it was."""
    for one in RoadOperation.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=takers, unit=leaving.unit, state=RoadState.PLANNED).order_by("pk"):
        unit = takers[one.pk].unit
        rules.can_take(one, unit, leaving.day).or_raise()
        RoadOperation.objects.filter(pk=one.pk).update(unit=unit, version=one.version + 1)
        journal.record(act="road_operation.take_over", subject=one, by=by, at=at, area_code=one.area_id, reason=why, was=str(leaving.unit.pk), unit=str(unit.pk))
