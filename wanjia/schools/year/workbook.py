"""Today's list of schools (学校基本情况表) as it is brought in: each row a school with its grades, and the hours at which all of them come and go.

Hours by grade, boarders' Friday and Sunday, gates and crossings are entered on the page of the school.
"""

import re
import unicodedata
from datetime import date, time

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.doors.clock import Weekday
from wanjia.kernel.calendar import today
from wanjia.orgs.models import Area
from wanjia.registry.importing.brought import Import, writing
from wanjia.registry.workbooks.columns import IN_VILLAGE, TOWNSHIP_OF
from wanjia.registry.workbooks.judging import AsSaid, InItsVillage
from wanjia.registry.workbooks.weekdays import days_read
from wanjia.sheets.rules import IdenticalRow
from wanjia.sheets.template import SERIAL, SKIP, Column, Template
from wanjia.sheets.values import CHOICE, DATE, TEXT
from wanjia.sheets.words import ClosedList

from ..duties import Duty
from ..models import School
from ..states import Grade
from . import commands, queries

SENTENCES = {
    "school.unit": ("您的范围里没有叫这个名字的教体单位。请核对学校名称;没有的,先请管理员登记单位。", "No unit of education of this name lies in your area. Please check it, or have the administrator enter the unit first."),
    "school.grades": ("看不出有哪些年级。写成“一至六年级”“1-9”“幼儿园”“小学”这样。", "The grades cannot be told. Please write 一至六年级, 1-9, 幼儿园 or 小学."),
    "school.hours": ("时间写成 7:30、17:40 这样,离校要在到校以后。", "Please write hours as 7:30 and 17:40; pupils leave after they came."),
    "school.days": ("看不出星期几上学。写成“周一至周五”这样,空着就是周一至周五。", "The days cannot be told. Please write 周一至周五; empty means Monday to Friday."),
    "school.twice": ("表里前面已经有这所学校的一行,请只留一行。", "An earlier row names the same school: please leave one."),
}  # fmt: skip
YES = "是"
SCHOOLS = Template("schools", (
    SERIAL,
    Column("学校名称", TEXT, ("学校", "校名", "学校全称"), required=True, longest=60),
    TOWNSHIP_OF,
    IN_VILLAGE,
    Column("地址", TEXT, ("学校地址", "详细地址", "校址"), required=True, longest=80),
    Column("年级", TEXT, ("办学层次", "学段", "年级设置"), required=True, longest=40),
    Column("有寄宿生", CHOICE, ("是否寄宿", "寄宿", "寄宿制", "是否寄宿制学校"), longest=10, words=ClosedList({YES: "寄宿 有 √ Y", "否": "走读 无 没有 × N"})),
    Column("到校时间", TEXT, ("早上到校", "上学时间", "几点到校"), longest=10),
    Column("离校时间", TEXT, ("放学时间", "下午放学", "几点离校"), longest=10),
    Column("星期几", TEXT, ("上学日", "上课日"), longest=40),
    Column("从哪天起", DATE, ("启用日期", "开始日期")),
    Column("学生数", SKIP, ("学生人数", "在校生", "在校生数")),
    Column("校长", SKIP, ("负责人", "校长姓名", "联系人")),
    Column("联系电话", SKIP, ("电话", "校长电话", "手机")),
    Column("备注", SKIP, ("备注说明", "说明")),
), (InItsVillage, IdenticalRow, AsSaid), own=SENTENCES)  # fmt: skip
STAGES = {"幼儿园": (0, 0), "小学": (1, 6), "初中": (7, 9), "九年一贯制": (1, 9), "高中": (10, 12), "完全中学": (7, 12), "中学": (7, 9)}
NUMBERS = {**{word: n for n, word in enumerate("一二三四五六七八九", 1)}, **{f"初{word}": n for n, word in enumerate("一二三", 7)}, **{f"高{word}": n for n, word in enumerate("一二三", 10)}}
SPAN = re.compile(r"(高[一二三]|初[一二三]|[一二三四五六七八九]|1[0-2]|[1-9])(?:年级)?(?:(?:至|到|[-—~])(高[一二三]|初[一二三]|[一二三四五六七八九]|1[0-2]|[1-9])(?:年级)?)?")


def grades_read(text):
    """Return the grades that a cell says, in order (“一至六年级” → 1–6, “小学、初中” → 1–9), or () for what says none."""
    found = set()
    for part in filter(None, re.split("[、,,;;/和及 ]", unicodedata.normalize("NFKC", text))):
        span = SPAN.fullmatch(part)
        if part in STAGES:
            first, last = STAGES[part]
        elif span:
            first, last = (NUMBERS.get(word) or int(word) for word in (span[1], span[2] or span[1]))
        else:
            return ()
        if last < first:
            return ()
        found |= set(range(first, last + 1))
    return tuple(sorted(found))


def hour_read(text):
    """Return the time of the day that a cell says (“7:30”, “07:30:00”, “17点40分”), None for what says none."""
    said = re.fullmatch(r"(\d{1,2})[::点时](\d{0,2})(?:分|[::]00)?", unicodedata.normalize("NFKC", text).strip())
    hours, minutes = (int(said[1]), int(said[2] or 0)) if said else (99, 0)
    return time(hours, minutes) if hours < 24 and minutes < 60 else None


def _unit(by, name, day):
    found = list(queries.units_ever(None, by, day).filter(Q(name=name) | Q(short_name=name))[:2])
    return found[0] if len(found) == 1 else None


def _hours(values):
    """Return (arrives, leaves) of a row, None for one that is not told. Raises ValueError for what says no hours of a day at school."""
    told = [values.get(column) for column in ("到校时间", "离校时间")]
    come, go = (hour_read(text) if text else None for text in told)
    if any(text and hour is None for text, hour in zip(told, (come, go), strict=True)) or (come and go and go <= come):
        raise ValueError
    return come, go


def look(actor, day):
    """Return (values, village code) → what stands against a row, for the judge."""
    seen = set()

    def against(values, _code):
        unit = _unit(actor, values["学校名称"], day)
        if unit is None:
            yield "school.unit", "学校名称", ""
        if not grades_read(values["年级"]):
            yield "school.grades", "年级", ""
        if values.get("星期几") and not days_read(values["星期几"]):
            yield "school.days", "星期几", ""
        try:
            _hours(values)
        except ValueError:
            yield "school.hours", "到校时间", ""
        if unit is not None and unit.pk in seen:
            yield "school.twice", "学校名称", ""
        seen.add(unit and unit.pk)

    return against


def _there(row, by, at):
    """Return (the unit of a row or None, whether it is a school already, with bells where the row tells hours)."""
    unit = _unit(by, row.content["学校名称"], today(at))
    one = unit and School.objects.filter(unit=unit).first()
    return unit, one is not None and (one.to_on is not None or not any(_hours(row.content)) or one.bells.exists())


def _take(row, by, at):
    said, day = row.content, today(at)
    unit = _unit(by, said["学校名称"], day)
    begins = date.fromisoformat(said["从哪天起"]) if said.get("从哪天起") else day
    one = School.objects.filter(unit=unit).first()
    if one is None:
        grades = [Grade(n) for n in grades_read(said["年级"])]
        area = Area.objects.on(day).get(pk=row.village_code)
        one = commands.enter_school(unit=unit, area=area, address=said["地址"], grades=grades, from_on=begins, boards=said.get("有寄宿生") == YES, by=by, at=at)
    come, go = _hours(said)
    if (come or go) and not one.bells.exists():
        days = [Weekday(int(digit)) for digit in (days_read(said["星期几"]) if said.get("星期几") else "12345")]
        hours = {"arrives": come.isoformat("minutes") if come else "", "leaves": go.isoformat("minutes") if go else ""}
        commands.set_bell(school_id=one.pk, grades=[Grade(n) for n in one.teaches()], weekdays=days, from_on=max(begins, one.from_on), **hours, by=by, at=at)


apply, tell = writing(_take, _there, ("schools_new", "schools_same", "schools_gone"))

IMPORT = Import(
    SCHOOLS, _("学校基本情况表"), apply, tell, look=look, quiet=frozenset({"schools_same", "schools_gone"}), duty=Duty.KEEP_SCHOOL_YEAR,
    counts={"schools_new": _("新登记或者补了作息的学校"), "schools_same": _("已经登记的学校"), "schools_gone": _("核对以后变了、不写入的行")},
)  # fmt: skip
