"""The acts of the school year: a school entered, its bells and gates, terms, days that are not as others."""

from datetime import date
from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.doors.clock import Weekday, clock, digits_of, time_of
from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs.fields import only, widest
from wanjia.orgs.models import Area, Organisation
from wanjia.verdict import Conflict, Refused

from ..duties import Duty
from ..models import Bell, Gate, School, SchoolDay, Term
from ..states import GateKind, Grade, OtherDay
from . import queries, rules
from .subjects import BELLS, DAYS, GATES, SCHOOLS, TERMS

YEAR = {"duty": Duty.KEEP_SCHOOL_YEAR}
KEEPS = {"duty": rules.KEEPS}
Grades = Annotated[list[Grade], Asked(_("年级"))]


def _grades(grades):
    """Return grades as a school or a bell keeps them. Raises Refused for none."""
    if not grades:
        raise Refused(_("至少选一个年级。"))
    return " ".join(map(str, sorted({int(one) for one in grades})))


def _place(lat, lon):
    """Return the two numbers of the gate's place, or none. Raises Refused for half of one, or one that does not lie on earth."""
    if not lat.strip() and not lon.strip():
        return None, None
    try:
        north, east = float(lat), float(lon)
    except ValueError:
        raise Refused(_("校门位置要写两个数,例如 28.2288 和 103.6378;不知道的两个都空着。")) from None
    if not (-90 <= north <= 90 and -180 <= east <= 180):
        raise Refused(_("校门位置要写两个数,例如 28.2288 和 103.6378;不知道的两个都空着。"))
    return north, east


def _end(row, to_on, at):
    """Let a row of a school be no longer from a day on. Raises Refused for a day gone by or before it began, Conflict when somebody changed it meanwhile."""
    if to_on < max(row.from_on, today(at)):
        raise Refused(_("停用的日子不能早于今天,也不能早于启用。"))
    if not type(row).objects.filter(pk=row.pk, version=row.version).update(to_on=to_on, version=row.version + 1):
        raise Conflict()


@act(SCHOOLS, "school_new", at="new", words=_("登记学校"), done=_("已登记。接着登记作息、校门和路口。"), **YEAR, may=rules.keeps_year, new=True, lines={"school.enter": _("登记学校")})
def enter_school(
    *, by, at,
    unit: Annotated[Organisation, Asked(_("学校"), _("单位名册里教体条线的单位;没有的,先请管理员登记单位。"), among=queries.units, named=queries.units_ever)],
    area: Annotated[Area, Asked(_("所在村(社区)"), among=queries.villages, within=rules.OUT_OF_REACH, initial=only(queries.villages))],
    address: Annotated[str, Asked(_("地址"), least=2, most=80)],
    grades: Grades,
    from_on: Annotated[date, Asked(_("从哪天起"))],
    boards: Annotated[bool, Asked(_("有寄宿生"))] = False,
    lat: Annotated[str, Asked(_("校门纬度"), _("地图上量得到就填,没有的空着。"), most=12)] = "",
    lon: Annotated[str, Asked(_("校门经度"), most=12)] = "",
):  # fmt: skip
    """Enter a school (登记学校): a unit of education whose gates are guarded from a day on."""
    rules.may_be_school(by, unit).or_raise()
    north, east = _place(lat, lon)
    try:
        with transaction.atomic():
            school = School.objects.create(unit=unit, area=area, address=address.strip(), grades=_grades(grades), boards=boards, lat=north, lon=east, from_on=from_on)
    except IntegrityError:
        raise Conflict(_("这个单位已经登记为学校。")) from None
    journal.record(act="school.enter", subject=school, by=by, at=at, area_code=area.pk)
    return school


@act(SCHOOLS, "school_change", at="change", words=_("改学校情况"), done=_("已改。"), **KEEPS, may=rules.can_keep, aside=True, lines={"school.change": _("改学校情况")})
def change_school(
    school, *, by, at,
    address: Annotated[str, Asked(_("地址"), least=2, most=80, initial=lambda row, _actor, _day: row.address)],
    grades: Annotated[list[Grade], Asked(_("年级"), initial=lambda row, _actor, _day: list(row.teaches()))],
    boards: Annotated[bool, Asked(_("有寄宿生"), initial=lambda row, _actor, _day: row.boards)] = False,
    lat: Annotated[str, Asked(_("校门纬度"), _("地图上量得到就填,没有的空着。"), most=12, initial=lambda row, _actor, _day: "" if row.lat is None else row.lat)] = "",
    lon: Annotated[str, Asked(_("校门经度"), most=12, initial=lambda row, _actor, _day: "" if row.lon is None else row.lon)] = "",
):  # fmt: skip
    """Change what is known of a school."""
    north, east = _place(lat, lon)
    before = {"address": school.address, "grades": school.grades, "boards": school.boards, "lat": school.lat, "lon": school.lon}
    changed = School.objects.filter(pk=school.pk, version=school.version)
    if not changed.update(address=address.strip(), grades=_grades(grades), boards=boards, lat=north, lon=east, version=school.version + 1):
        raise Conflict()
    school.refresh_from_db()
    journal.record(act="school.change", subject=school, by=by, at=at, area_code=school.area_id, was=before)
    return school


@act(SCHOOLS, "bell_new", at="bells/new", words=_("登记作息"), done=_("已登记。"), **KEEPS, may=rules.can_keep, rank=10, lines={"bell.set": _("登记作息")})
def set_bell(
    school, *, by, at,
    grades: Annotated[list[Grade], Asked(_("年级"), among=lambda row, _actor, _day: [(one, Grade(one).label) for one in row.teaches()])],
    weekdays: Annotated[list[Weekday], Asked(_("星期几"))],
    from_on: Annotated[date, Asked(_("从哪天起"))],
    arrives: Annotated[str, Asked(_("几点到校"), field=clock, most=5)] = "",
    leaves: Annotated[str, Asked(_("几点离校"), _("寄宿生只到校或者只离校的那天,另一个空着。"), field=clock, most=5)] = "",
    boarders: Annotated[bool, Asked(_("只是寄宿生"))] = False,
):  # fmt: skip
    """Say when grades come and go on days of the week (登记作息), from a day on."""
    come, go = (time_of(one) if one.strip() else None for one in (arrives, leaves))
    if come is None and go is None:
        raise Refused(_("到校和离校至少填一个时间。"))
    if come and go and go <= come:
        raise Refused(_("离校要在到校以后。"))
    if not {int(one) for one in grades} <= set(school.teaches()):
        raise Refused(_("这所学校没有这个年级。"))
    bell = Bell.objects.create(school=school, grades=_grades(grades), weekdays=digits_of(weekdays), boarders=boarders, arrives=come, leaves=go, from_on=from_on)
    journal.record(act="bell.set", subject=bell, by=by, at=at, area_code=school.area_id)
    return school


@act(BELLS, "bell_end", at="end", words=_("停用作息"), done=_("已停用。"), **KEEPS, may=rules.can_end, aside=True, tone="danger", lines={"bell.end": _("停用作息")})
def end_bell(bell, *, by, at, to_on: Annotated[date, Asked(_("从哪天起不用"), _("填第一个不用的日子。"))]):
    """End a bell (停用作息): what it said of days before stays."""
    _end(bell, to_on, at)
    journal.record(act="bell.end", subject=bell, by=by, at=at, area_code=bell.school.area_id)
    return bell


@act(SCHOOLS, "gate_new", at="gates/new", words=_("登记校门、路口"), done=_("已登记。"), **KEEPS, may=rules.can_keep, rank=20, lines={"gate.enter": _("登记校门、路口")})
def enter_gate(
    school, *, by, at,
    name: Annotated[str, Asked(_("名称"), _("例如:东门、门前斑马线。"), least=2, most=40)],
    kind: Annotated[GateKind, Asked(_("类别"))],
    from_on: Annotated[date, Asked(_("从哪天起"))],
    road: Annotated[bool, Asked(_("门前有车辆通行"))] = False,
):  # fmt: skip
    """Enter a gate, a crossing or a stop that is guarded (登记校门、路口)."""
    try:
        with transaction.atomic():
            gate = Gate.objects.create(school=school, name=name.strip(), kind=kind, road=road, from_on=from_on)
    except IntegrityError:
        raise Conflict(_("这所学校已经有同名的校门或路口。")) from None
    journal.record(act="gate.enter", subject=gate, by=by, at=at, area_code=school.area_id)
    return school


@act(GATES, "gate_end", at="end", words=_("停用校门、路口"), done=_("已停用。"), **KEEPS, may=rules.can_end, aside=True, tone="danger", lines={"gate.end": _("停用校门、路口")})
def end_gate(gate, *, by, at, to_on: Annotated[date, Asked(_("从哪天起不用"), _("填第一个不用的日子。"))]):
    """End a gate (停用校门、路口)."""
    _end(gate, to_on, at)
    journal.record(act="gate.end", subject=gate, by=by, at=at, area_code=gate.school.area_id)
    return gate


# The year


@act(TERMS, "term_new", at="new", words=_("登记学期"), done=_("已登记。"), **YEAR, may=rules.keeps_year, new=True, lines={"term.enter": _("登记学期")})
def enter_term(
    *, by, at,
    area: Annotated[Area, Asked(_("范围"), among=queries.areas, within=rules.OUT_OF_REACH, initial=widest(queries.areas))],
    name: Annotated[str, Asked(_("学期"), _("例如:2026年秋季学期。"), least=2, most=40)],
    from_on: Annotated[date, Asked(_("开学日"))],
    to_on: Annotated[date, Asked(_("放假第一天"))],
):  # fmt: skip
    """Enter a term of all schools of an area (登记学期)."""
    _not_beside(area, from_on, to_on)
    try:
        with transaction.atomic():
            term = Term.objects.create(area=area, name=name.strip(), from_on=from_on, to_on=to_on)
    except IntegrityError:
        raise Conflict(_("这个范围已经有同名的学期。")) from None
    journal.record(act="term.enter", subject=term, by=by, at=at, area_code=area.pk)
    return term


@act(TERMS, "term_change", at="change", words=_("改学期"), done=_("已改。"), **YEAR, may=rules.can_change_term, aside=True, lines={"term.change": _("改学期")})
def change_term(
    term, *, by, at,
    from_on: Annotated[date, Asked(_("开学日"), initial=lambda row, _actor, _day: row.from_on)],
    to_on: Annotated[date, Asked(_("放假第一天"), initial=lambda row, _actor, _day: row.to_on)],
):  # fmt: skip
    """Change when a term begins or ends."""
    _not_beside(term.area, from_on, to_on, but=term.pk)
    before = {"from_on": str(term.from_on), "to_on": str(term.to_on)}
    if not Term.objects.filter(pk=term.pk, version=term.version).update(from_on=from_on, to_on=to_on, version=term.version + 1):
        raise Conflict()
    term.refresh_from_db()
    journal.record(act="term.change", subject=term, by=by, at=at, area_code=term.area_id, was=before)
    return term


def _not_beside(area, from_on, to_on, but=None):
    """Raise Refused for a term without a day, or one that lies over another of the same area: a day is in one term."""
    if to_on <= from_on:
        raise Refused(_("放假要在开学以后。"))
    Area.objects.select_for_update().get(pk=area.pk)
    if Term.objects.filter(area=area, from_on__lt=to_on, to_on__gt=from_on).exclude(pk=but).exists():
        raise Refused(_("和这个范围的另一个学期重叠了。"))


Other = Annotated[OtherDay, Asked(_("怎么安排"))]
Made = Annotated[Weekday | None, Asked(_("按星期几"), _("补课时填;别的空着。"), select=True, none=_("不选"))]
Words = Annotated[str, Asked(_("说明"), _("例如:国庆放假、运动会。"), least=2, most=60)]


def _told(school, area, day, kind, weekday, words, by, at):
    """Keep what is different on a day of a school, or of all of an area."""
    if (kind == OtherDay.MAKES_UP) != bool(weekday):
        raise Refused(_("补课的日子要选按星期几上课,别的日子不选。"))
    try:
        with transaction.atomic():
            row = SchoolDay.objects.create(
                school=school, area=area, day=day, kind=kind, weekday=weekday or None, words=words.strip(), recorded_at=at, recorded_by=by if by.id else None,
            )  # fmt: skip
    except IntegrityError:
        raise Conflict(_("这一天已经有安排,请先取消再登记。")) from None
    journal.record(act="school_day.tell", subject=row, by=by, at=at, area_code=area.pk)
    return row


@act(DAYS, "day_new", at="new", words=_("登记校历特殊日"), done=_("已登记。"), **YEAR, may=rules.keeps_year, new=True, lines={"school_day.tell": _("登记校历特殊日")})
def tell_day(*, by, at, area: Annotated[Area, Asked(_("范围"), among=queries.areas, within=rules.OUT_OF_REACH, initial=widest(queries.areas))], day: Annotated[date, Asked(_("日期"))], kind: Other, words: Words, weekday: Made = None):
    """Say what is different on a day of all schools of an area (登记校历特殊日)."""
    return _told(None, area, day, kind, weekday, words, by, at)


@act(SCHOOLS, "own_day_new", at="days/new", words=_("登记本校特殊日"), done=_("已登记。"), **KEEPS, may=rules.can_keep, rank=30)
def tell_own_day(school, *, by, at, day: Annotated[date, Asked(_("日期"))], kind: Other, words: Words, weekday: Made = None):
    """Say what is different on a day of one school: it goes before what its area says."""
    _told(school, school.area, day, kind, weekday, words, by, at)
    return school


@act(DAYS, "day_drop", at="drop", words=_("取消特殊日"), done=_("已取消,这一天照常。"), **KEEPS, may=rules.can_drop_day, aside=True, tone="danger", lines={"school_day.drop": _("取消特殊日")})
def drop_day(school_day, *, by, at, reason: Annotated[str, Asked(_("原因"), least=2, most=60)]):
    """Take back what the calendar says of a day that is still to come; what was said of a day gone by stays."""
    if school_day.day <= today(at):
        raise Refused(_("已经过去的日子不能取消。"))
    if not SchoolDay.objects.filter(pk=school_day.pk, dropped_at=None).update(dropped_at=at):
        raise Conflict()
    journal.record(act="school_day.drop", subject=school_day, by=by, at=at, area_code=school_day.area_id, reason=reason.strip())
    return school_day
