"""Today's list of a class (课堂报名表、花名册) as it is brought in: each row a child on the roll or in the line, and the adult who is to fetch it, still to be confirmed."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.registry.importing.brought import Import, writing
from wanjia.registry.workbooks.columns import IN_VILLAGE, TOWNSHIP_OF
from wanjia.registry.workbooks.judging import AsSaid, InItsVillage
from wanjia.registry.workbooks.kinds import LAST_FOUR, NAME, PHONE
from wanjia.sheets.rules import IdenticalRow
from wanjia.sheets.template import SERIAL, SKIP, Column, Template
from wanjia.sheets.values import TEXT

from ..children.rules import visible_children
from ..class_states import Enrolled
from ..duties import Duty
from ..workbooks import CHILD, called
from . import commands, queries

SENTENCES = CHILD | {
    "class.unknown": ("没有叫这个名字、还在办的课堂由您管。请核对课堂名称,或者先开课堂。", "You keep no running class of this name. Please check the name, or open the class first."),
    "class.many": ("有 {detail} 个课堂叫这个名字,请写全名,或者在页面上报名。", "{detail} classes bear this name: please write it in full, or enrol on the page."),
    "class.collector_half": ("接送人的姓名、与孩子的关系、电话要么都写,要么都不写。", "Of the adult who fetches, name, relation and telephone are all filled in, or none."),
    "class.twice": ("表里前面已经有这个孩子报这个课堂的一行,请只留一行。", "An earlier row puts the same child on the same roll: please leave one."),
}  # fmt: skip

ROLL = Template("class_roll", (
    SERIAL,
    Column("课堂名称", TEXT, ("课堂", "班名", "报名课堂", "四点半课堂", "周末课堂", "课堂名"), required=True, longest=60),
    TOWNSHIP_OF,
    IN_VILLAGE,
    Column("学校", SKIP, ("就读学校", "所在学校")),
    Column("年级", SKIP, ("班级", "年级班级")),
    Column("姓名", NAME, ("学生姓名", "儿童姓名", "孩子姓名", "学生", "孩子"), required=True, identity=True, longest=60),
    Column("身份证后四位", LAST_FOUR, ("身份证号后四位", "身份证尾号"), identity=True),
    Column("监护人", NAME, ("监护人姓名", "家长", "家长姓名", "报名人", "谁给孩子报的名"), required=True, longest=40),
    Column("监护人电话", SKIP, ("家长电话", "联系电话", "电话")),
    Column("接送人", NAME, ("接送人姓名", "接孩子的人"), identity=True, longest=40),
    Column("与孩子关系", TEXT, ("与学生关系", "接送人关系", "与孩子的关系", "关系"), longest=20),
    Column("接送人电话", PHONE, ("接送人手机", "接送人手机号", "接送人联系电话")),
    Column("备注", SKIP, ("备注说明", "说明")),
), (InItsVillage, IdenticalRow, AsSaid), own=SENTENCES)  # fmt: skip
FETCHING = ("接送人", "与孩子关系", "接送人电话")


def _class(by, name, day):
    """Return the running class of this name that somebody keeps, or the code of why there is none and how many there are."""
    rows = list(queries.running(None, by, day).filter(name=name)[:9])
    return (rows[0], 1) if len(rows) == 1 else ("class.many" if rows else "class.unknown", len(rows))


def _child(by, day, values, code):
    return called(visible_children(by, day, duty=Duty.KEEP_CLASSES).filter(village=code), values)


def look(actor, day):
    """Return (values, village code) → what stands against a row, for the judge."""
    seen = set()

    def against(values, code):
        found, n = _class(actor, values["课堂名称"], day)
        if isinstance(found, str):
            yield found, "课堂名称", n
        child = _child(actor, day, values, code)
        if isinstance(child, str):
            yield child, "姓名", ""
        elif (child.pk, values["课堂名称"]) in seen:
            yield "class.twice", "姓名", ""
        else:
            seen.add((child.pk, values["课堂名称"]))
        told = [bool(values.get(column)) for column in FETCHING]
        if any(told) and not all(told):
            yield "class.collector_half", FETCHING[told.index(False)], ""

    return against


def _there(row, by, at):
    """Return (the child whom a row names or None, whether it is on the roll with the adult whom the row names)."""
    day = today(at)
    care_class, _n = _class(by, row.content["课堂名称"], day)
    child = _child(by, day, row.content, row.village_code)
    if isinstance(child, str) or isinstance(care_class, str):
        return None, False
    on_roll = care_class.roll.filter(child=child).exclude(state=Enrolled.OUT).exists()
    adult = row.content.get("接送人")
    return child, on_roll and (not adult or child.collectors.filter(name=adult, to_on=None).exists())


def _take(row, by, at):
    said, day = row.content, today(at)
    adult = tuple(said[column] for column in FETCHING) if said.get("接送人") else None
    commands.sign_listed(_class(by, said["课堂名称"], day)[0], _child(by, day, said, row.village_code), said["监护人"], adult, by=by, at=at)


apply, tell = writing(_take, _there, ("enrolments_new", "enrolments_same", "enrolments_gone"))

IMPORT = Import(
    ROLL, _("课堂报名表"), apply, tell, look=look, quiet=frozenset({"enrolments_same", "enrolments_gone"}), duty=Duty.KEEP_CLASSES,
    counts={"enrolments_new": _("新报名(满员的排队)"), "enrolments_same": _("已在名单上的孩子"), "enrolments_gone": _("核对以后变了、不写入的行")},
)  # fmt: skip
