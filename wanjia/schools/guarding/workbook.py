"""Today's list of guards of the four parties (护学人员名册) as it is brought in: each row somebody who may stand at a gate, a security guard with what he holds.

A parent's offer is no column: it is the parent's own word, written down by hand with its end; until then no parent is drawn.
"""

from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.doors.clock import Weekday
from wanjia.kernel.calendar import today
from wanjia.registry.importing.brought import Import, writing
from wanjia.registry.workbooks.judging import AsSaid
from wanjia.registry.workbooks.kinds import NAME, PHONE
from wanjia.registry.workbooks.weekdays import days_read
from wanjia.sheets.rules import IdenticalRow
from wanjia.sheets.template import SERIAL, SKIP, Column, Template
from wanjia.sheets.values import CHOICE, DATE, NUMBER, TEXT
from wanjia.sheets.words import ClosedList

from ..duties import Duty
from ..guard_states import Holds
from ..models import Guard
from ..plan_states import Party
from . import commands, queries, rules

PARTIES = {"民警": Party.POLICE, "保安": Party.GUARD, "教师": Party.TEACHER, "家长志愿者": Party.PARENT}
WORDS = ClosedList({"民警": "警察 公安 辅警 交警 派出所", "保安": "保安员 校园保安", "教师": "老师 值班教师 教职工", "家长志愿者": "家长 志愿者 家委会"})
YES = "是"
SENTENCES = {
    "guard.school": ("您管的学校里没有叫这个名字的。保安、教师、家长要写所在学校;民警可以空着。", "No school of this name among those you keep. Guards, teachers and parents ask for their school; police may leave it empty."),
    "guard.unit": ("没有叫这个名字、由您登记的单位。民警要写单位全称或者简称;别人空着就是学校。", "No unit of this name is yours. Police ask for the unit's full or short name; of others an empty cell means the school."),
    "guard.days": ("看不出星期几能来。写成“周一至周五”“1、3、5”“每天”这样,空着就是周一至周五。", "The days cannot be told. Please write 周一至周五, 1、3、5 or 每天; empty means Monday to Friday."),
    "guard.licence": ("保安员证要写发证日期和到期日期两样,到期在发证以后。", "A guard's licence asks for both days, of issue and of end, the end being later."),
    "guard.cap": ("每周最多几岗写 1 到 20 的整数。", "Duties a week are a whole number from 1 to 20."),
    "guard.twice": ("表里前面已经有这所学校(单位)同一方的同一个人,请只留一行。", "An earlier row names the same person of the same party and school or unit: please leave one."),
}  # fmt: skip

GUARDS = Template("gate_guards", (
    SERIAL,
    Column("学校", TEXT, ("学校名称", "所在学校", "护学学校", "岗位学校"), longest=60),
    Column("哪一方", CHOICE, ("类别", "人员类别", "身份", "四方", "人员类型"), required=True, longest=20, words=WORDS),
    Column("单位", TEXT, ("工作单位", "所在单位", "派出单位", "单位名称"), longest=60),
    Column("姓名", NAME, ("护学人员", "人员姓名", "民警姓名", "保安姓名"), required=True, identity=True, longest=40),
    Column("手机号", PHONE, ("手机", "电话", "联系电话", "手机号码", "联系方式")),
    Column("星期几能来", TEXT, ("星期几", "可上岗时间", "值班日", "上岗日"), longest=40),
    Column("每周最多几岗", NUMBER, ("每周岗数", "最多岗数"), high=20),
    Column("带班领导", CHOICE, ("是否带班", "带班"), longest=10, words=ClosedList({YES: "带班 √ Y", "否": "不带班 × N"})),
    Column("保安员证发证日期", DATE, ("发证日期", "保安证发证日期"), past=True),
    Column("保安员证到期日期", DATE, ("到期日期", "保安证到期", "证件有效期至")),
    Column("职务", SKIP, ("警号", "职务职级")),
    Column("备注", SKIP, ("备注说明", "说明", "孩子班级")),
), (IdenticalRow, AsSaid), own=SENTENCES)  # fmt: skip
LICENCE = ("保安员证发证日期", "保安员证到期日期")


def _called(rows, name, path=""):
    found = list(rows.filter(Q(**{f"{path}name": name}) | Q(**{f"{path}short_name": name}))[:2])
    return found[0] if len(found) == 1 else None


def _place(by, said, day):
    """Return (unit, school) of a row, or the code of why there is none: the school's own unit where no other is named."""
    party, school = PARTIES[said["哪一方"]], None
    if said.get("学校") or party != Party.POLICE:
        rows = queries.schools(None, by, day)
        own = list(rows[:2])
        school = _called(rows, said["学校"], "unit__") if said.get("学校") else own[0] if len(own) == 1 else None
        if school is None:
            return "guard.school"
    if said.get("单位"):
        unit = _called(queries.units(None, by, day), said["单位"])
    else:
        unit = school.unit if school is not None and party != Party.POLICE else None
    return (unit, school) if unit is not None else "guard.unit"


def look(actor, day):
    """Return (values, village code) → what stands against a row, for the judge."""
    seen = set()

    def against(values, _code):
        place = _place(actor, values, day)
        if isinstance(place, str):
            yield place, "学校" if place == "guard.school" else "单位", ""
        elif not rules.is_mine(actor, Guard(party=PARTIES[values["哪一方"]], unit=place[0], school=place[1])):
            yield "guard.school", "学校", ""
        if values.get("星期几能来") and not days_read(values["星期几能来"]):
            yield "guard.days", "星期几能来", ""
        if (cap := values.get("每周最多几岗")) and (float(cap) != int(float(cap)) or int(float(cap)) < 1):
            yield "guard.cap", "每周最多几岗", ""
        issued, ends = (values.get(column) for column in LICENCE)
        if bool(issued) != bool(ends) or (issued and ends <= issued):
            yield "guard.licence", LICENCE[1], ""
        key = (*(place if isinstance(place, tuple) else ()), values["哪一方"], values["姓名"])
        if key in seen:
            yield "guard.twice", "姓名", ""
        seen.add(key)

    return against


def _known(by, said, at):
    """Return (the place of a row or a code, the guard whom it names or None)."""
    place = _place(by, said, today(at))
    if isinstance(place, str):
        return place, None
    return place, Guard.objects.filter(unit=place[0], school=place[1], party=PARTIES[said["哪一方"]], name=said["姓名"], to_on=None).first()


def _until(said):
    """Return (from when, the first day no longer) of a licence, None where a row has none."""
    issued, ends = (said.get(column) for column in LICENCE)
    return (date.fromisoformat(issued), date.fromisoformat(ends) + timedelta(days=1)) if issued and ends else None


def _has(one, licence):
    return licence is None or one.qualifications.filter(kind=Holds.LICENCE, until_on__gte=licence[1]).exists()


def _there(row, by, at):
    """Return (the unit of a row or None, whether its person is on the list, with the licence that it names)."""
    place, one = _known(by, row.content, at)
    return (None, False) if isinstance(place, str) else (place[0], one is not None and _has(one, _until(row.content)))


def _take(row, by, at):
    said = row.content
    (unit, school), one = _known(by, said, at)
    if one is None:
        cap = said.get("每周最多几岗")
        days = [Weekday(int(digit)) for digit in (days_read(said["星期几能来"]) if said.get("星期几能来") else "12345")]
        one = commands.enter_guard(
            name=said["姓名"], party=PARTIES[said["哪一方"]], unit=unit, school=school, phone=said.get("手机号") or "", weekdays=days, cap_week=int(float(cap)) if cap else None,
            leads=said.get("带班领导") == YES, from_on=today(at), by=by, at=at,
        )  # fmt: skip
    if not _has(one, licence := _until(said)):
        commands.qualify_guard(guard_id=one.pk, kind=Holds.LICENCE, from_on=licence[0], until_on=licence[1], by=by, at=at)


apply, tell = writing(_take, _there, ("guards_new", "guards_same", "guards_gone"))

IMPORT = Import(
    GUARDS, _("护学人员名册"), apply, tell, look=look, quiet=frozenset({"guards_same", "guards_gone"}), duty=Duty.KEEP_GUARDS,
    counts={"guards_new": _("新登记或者补了保安员证的人"), "guards_same": _("已在名册上的护学人员"), "guards_gone": _("核对以后变了、不写入的行")},
)  # fmt: skip
