"""Today's list of children who ride (接送学生名册) as it is brought in: each row a rider, the seat at the stop that it names, the adults who are to receive it, still to be confirmed.

Grade, village and telephone of the home are the register's, the home's part of the fare is the operator's: the columns are known and asked for by nobody.
"""

from collections import Counter
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.registry.finding import protected
from wanjia.registry.importing.brought import Import, writing
from wanjia.registry.workbooks.judging import AsSaid
from wanjia.registry.workbooks.kinds import LAST_FOUR, NAME, PHONE
from wanjia.sheets.rules import IdenticalRow
from wanjia.sheets.template import SERIAL, SKIP, Column, Template
from wanjia.sheets.values import DATE, TEXT

from ..buses.queries import called
from ..duties import Duty
from ..models import BusLine, BusSeat, BusStop, Rider, School
from ..year.queries import pupils
from . import commands, rules

SENTENCES = {
    "rider.school": ("您管的学校里没有叫这个名字的。请核对学校名称;只管一所学校的可以空着。", "No school of this name among those you keep. Please check it; whoever keeps one school may leave it empty."),
    "rider.unknown": ("底数里没有在这所学校的这个名字。请核对全名;还没有登记的,请村里先登记。", "Nobody of this name is registered at this school. Please check the full name, or have the village register the child first."),
    "rider.many": ("这所学校有几个人叫这个名字,请在“身份证后四位”一列填上。", "Several pupils of the school bear this name: please fill in the last four of the number."),
    "rider.elsewhere": ("这个学生已经登记坐另一所学校的车,请先在页面上停掉。", "The child already rides to another school: please end that on the page first."),
    "rider.stop": ("去这所学校的线路上没有叫这个名字的站。请核对站名和线路,或者空着以后再定座位。", "No line to this school calls at a stop of this name. Please check stop and line, or leave it empty and give the seat later."),
    "rider.stops": ("有几条线路停这个站,请在“线路”一列写上线路或者几号车。", "Several lines call at this stop: please write the line or the vehicle."),
    "rider.full": ("这条线路坐满了,还有 {detail} 座。请换一条线路,或者空着以后再定座位。", "The line is full ({detail} seats left). Please choose another, or leave it empty and give the seat later."),
    "rider.seated": ("这个学生已经在“{detail}”站有座位。换站请在页面上换,表里照现在的站写。", "The child has a seat from “{detail}” already. Please change a stop on the page, and write the present one here."),
    "rider.day": ("起坐的日子不能早于今天。空着就是今天。", "A rider begins today at the earliest. Empty means today."),
    "rider.adult_half": ("接车人的姓名、与孩子的关系、电话要么都写,要么都不写。", "Of an adult who receives the child, name, relation and telephone are all filled in, or none."),
    "rider.twice": ("表里前面已经有这个学生的一行,请只留一行。", "An earlier row names the same child: please leave one."),
}  # fmt: skip
ADULTS = tuple((f"接车人{n}", f"接车人{n}关系", f"接车人{n}电话") for n in "12")


def _adult(n, first=()):
    name, relation, phone = ADULTS[n - 1]
    return (
        Column(name, NAME, (f"接车人{n}姓名", f"接送人{n}", f"接送人{n}姓名", *first[:1]), identity=True, longest=40),
        Column(relation, TEXT, (f"接车人{n}与孩子关系", f"与接车人{n}关系", f"接送人{n}关系", *first[1:2]), longest=20),
        Column(phone, PHONE, (f"接车人{n}手机", f"接车人{n}手机号", f"接送人{n}电话", *first[2:])),
    )  # fmt: skip


RIDERS = Template("bus_riders", (
    SERIAL,
    Column("学校", TEXT, ("学校名称", "就读学校", "所在学校"), longest=60),
    Column("年级", SKIP, ("班级", "年级班级")),
    Column("乡镇(街道)", SKIP, ("乡镇", "镇", "乡", "所属乡镇")),
    Column("村(社区)", SKIP, ("村", "社区", "村名", "家庭住址", "住址", "村组")),
    Column("姓名", NAME, ("学生姓名", "学生", "孩子姓名", "乘车学生"), required=True, identity=True, longest=60),
    Column("身份证后四位", LAST_FOUR, ("身份证号后四位", "身份证尾号"), identity=True),
    Column("线路", TEXT, ("乘车线路", "线路名称", "车号", "几号车"), longest=40),
    Column("上车站点", TEXT, ("站点", "上车点", "乘车点", "上车地点", "乘车站点"), longest=40),
    Column("起坐日期", DATE, ("从哪天起", "开始日期", "乘车日期")),
    Column("半价", SKIP, ("票价", "是否半价", "优惠", "自付", "补贴")),
    Column("监护人", NAME, ("监护人姓名", "家长", "家长姓名", "申请人"), required=True, longest=40),
    Column("监护人电话", SKIP, ("家长电话", "联系电话", "电话", "监护人手机")),
    *_adult(1, ("接车人", "与孩子关系", "接车人电话")),
    *_adult(2),
    Column("备注", SKIP, ("备注说明", "说明")),
), (IdenticalRow, AsSaid), own=SENTENCES)  # fmt: skip


def _school(by, name):
    """Return the school of this name whose riders somebody keeps; of an empty cell the only one. None where there is none, or more than one."""
    rows = School.objects.filter(rules.of_schools(by, ""), to_on=None).select_related("unit", "area")
    found = list((rows.filter(Q(unit__name=name) | Q(unit__short_name=name)) if name else rows)[:2])
    return found[0] if len(found) == 1 else None


def _child(school, values, day):
    """Return the child of a school whom a row names, or the code of why there is none."""
    named = pupils(school).filter(protected(day=day), name=values["姓名"])
    rows = list((named.filter(citizen_last4=last4) if (last4 := values.get("身份证后四位")) else named)[:2])
    return rows[0] if len(rows) == 1 else "rider.many" if rows else "rider.unknown"


def _stop(school, values, day):
    """Return the stop that a row names, None where it names none, or the code of why there is none."""
    if not values.get("上车站点"):
        return None
    there, drafts = Q(line__bus__to_on=None) | Q(line__bus__to_on__gt=day), BusLine.objects.filter(filed_on=None, plan__isnull=False)
    rows = BusStop.objects.filter(there, line__school=school, line__to_on=None, name=values["上车站点"]).exclude(line__in=drafts).select_related("line__bus")
    if line := values.get("线路"):
        rows = rows.filter(Q(line__name=line) | Q(line__bus__label=line) | Q(line__bus__plate=line))
    found = list(rows[:2])
    return found[0] if len(found) == 1 else "rider.stops" if found else "rider.stop"


def _first_day(values, day):
    return date.fromisoformat(values["起坐日期"]) if values.get("起坐日期") else day


def look(actor, day):
    """Return (values, village code) → what stands against a row, for the judge."""
    seen, boarding = set(), Counter()

    def against(values, _code):
        school = _school(actor, values.get("学校"))
        if school is None:
            yield "rider.school", "学校", ""
            return
        yield from _of_itself(values, day)
        child, stop = _child(school, values, day), _stop(school, values, day)
        yield from ((found, column, "") for found, column in ((child, "姓名"), (stop, "上车站点")) if isinstance(found, str))
        if isinstance(child, str):
            return
        if child.pk in seen:
            yield "rider.twice", "姓名", ""
        else:
            yield from _of_child(school, child, stop, day, boarding)
        seen.add(child.pk)

    return against


def _of_itself(values, day):
    """What a row says that cannot be, whoever it is about."""
    if _first_day(values, day) < day:
        yield "rider.day", "起坐日期", ""
    for adult in ADULTS:
        told = [bool(values.get(column)) for column in adult]
        if any(told) and not all(told):
            yield "rider.adult_half", adult[told.index(False)], ""


def _of_child(school, child, stop, day, boarding):
    """What stands against this child riding from this stop. boarding: {line: how many rows of the sheet ask for a seat}, which is added to."""
    if Rider.objects.filter(child=child, to_on=None).exclude(school=school).exists():
        yield "rider.elsewhere", "姓名", ""
    elif isinstance(stop, BusStop) and (seat := _seat(child)) is None:
        boarding[stop.line_id] += 1
        if (left := _left(stop.line, day)) < boarding[stop.line_id]:
            yield "rider.full", "线路", max(left, 0)
    elif isinstance(stop, BusStop) and seat.stop_id != stop.pk:
        yield "rider.seated", "上车站点", seat.stop.name


def _left(line, day):
    """Return how many seats of a line are nobody's from a day on."""
    return line.bus.room - BusSeat.objects.not_ended(day).filter(stop__line=line, drafted=False).values("rider").distinct().count()


def _seat(child):
    """Return the seat that a child has until further notice, or None."""
    return BusSeat.objects.filter(rider__child=child, rider__to_on=None, drafted=False, to_on=None).select_related("stop").first()


def _named(row, by, at):
    """Return (school, child, stop or None, seat or None) of a row; None for a child whom it no longer names, or who sits elsewhere by now."""
    day, school = today(at), _school(by, row.content.get("学校"))
    child, stop = (_child(school, row.content, day), _stop(school, row.content, day)) if school else ("", "")
    seat = None if isinstance(child, str) else _seat(child)
    moved = stop and seat and seat.stop_id != stop.pk if not isinstance(stop, str) else True
    return (school, None, None, None) if isinstance(child, str) or moved else (school, child, stop, seat)


def _unlisted(row, rider):
    """Return [(name, relation, phone)] of a row's adults who do not stand on the child's list."""
    listed = set(rider.receivers.filter(to_on=None).values_list("name", flat=True))
    return [tuple(row.content[column] for column in adult) for adult in ADULTS if row.content.get(adult[0]) and row.content[adult[0]] not in listed]


def _there(row, by, at):
    """Return (the child whom a row names or None, whether it rides from that stop, with these adults on its list)."""
    school, child, stop, seat = _named(row, by, at)
    rider = Rider.objects.filter(child=child, school=school, to_on=None).first() if child else None
    return child, rider is not None and (stop is None or seat is not None) and not _unlisted(row, rider)


def _take(row, by, at):
    said, day = row.content, today(at)
    school, child, stop, seat = _named(row, by, at)
    rider = Rider.objects.filter(child=child, school=school, to_on=None).first()
    if rider is None:
        facts = {"name": said["姓名"], "last4": said.get("身份证后四位") or "", "asked_by": said["监护人"], "from_on": _first_day(said, day)}
        rider = commands.take_rider(school_id=school.pk, **facts, by=by, at=at)
    if stop is not None and seat is None:
        begins = max(_first_day(said, day), day, stop.line.from_on)
        begins += timedelta(days=called(begins, stop.line, [child.pk]) and begins == day)  # the roll of today is open: from tomorrow on
        commands.seat_rider(rider_id=rider.pk, stop=stop, from_on=begins, by=by, at=at)
    for name, relation, phone in _unlisted(row, rider):
        words = str(_("接送学生名册上写的,监护人 %(name)s。") % {"name": said["监护人"]})
        commands.list_receiver(rider_id=rider.pk, name=name, relation=relation, phone=phone, said_by=words, by=by, at=at)


apply, tell = writing(_take, _there, ("riders_new", "riders_same", "riders_gone"))

IMPORT = Import(
    RIDERS, _("接送学生名册"), apply, tell, look=look, quiet=frozenset({"riders_same", "riders_gone"}), duty=Duty.KEEP_RIDERS,
    counts={"riders_new": _("新登记或者补了座位、接车人的学生"), "riders_same": _("已经登记的学生"), "riders_gone": _("核对以后变了、不写入的行")},
)  # fmt: skip
