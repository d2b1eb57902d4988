"""Today's 结对花名册 as it is brought in: each row a pair that stands, made as a pair is made by hand and by nobody who could not make it so.

A helper who was not looked at, who is kin, or who has as many children as agreed is told row by row; a child who has somebody else is not given away.
"""

from datetime import date

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.registry.importing.brought import Import, writing
from wanjia.registry.workbooks.columns import IN_VILLAGE, TOWNSHIP_OF
from wanjia.registry.workbooks.judging import AsSaid, InItsVillage
from wanjia.registry.workbooks.kinds import LAST_FOUR, NAME
from wanjia.sheets.rules import IdenticalRow
from wanjia.sheets.template import SERIAL, SKIP, Column, Template
from wanjia.sheets.values import DATE, TEXT
from wanjia.verdict import Refused

from ..children.rules import visible_children
from ..duties import Duty
from ..helpers.rules import may_be_near_children, visible_helpers
from ..models import Pair
from ..workbooks import CHILD, HELPER, TWICE, called, helper_called
from . import commands
from .kin import asked_of, kin_of
from .rules import free_since, may_begin_on, may_share, parts_alone
from .serving import units_for

SENTENCES = CHILD | HELPER | TWICE | {
    "pair.other": ("这个孩子现在由{detail}结对。要换人,请在“结对帮扶”里换,不用导入。", "{detail} is paired with this child today. Please hand over on the page of pairs."),
    "pair.not_clear": ("这位帮扶人没有有效的背景审查结果,不能接触未成年人。请先查询并登记。", "This helper's records were not looked at, or no longer count: please have them looked at first."),
    "pair.full": ("这位帮扶人最多帮 {detail} 个孩子,表里和在册的加起来超过了。", "This helper agreed to {detail} children; sheet and register together name more."),
    "pair.elsewhere": ("这位帮扶人的单位没有挂联孩子所在的村,也不在那里。请先登记挂联,或者换一位。", "The helper's unit neither sponsors this child's village nor stands there: enter the sponsorship first, or name somebody else."),
    "pair.unwanted": ("孩子或者监护人要求换过这位帮扶人,不能再结对。", "The child or its guardian asked to be rid of this helper."),
    "pair.before": ("这个孩子到 {detail} 才和上一位帮扶人终止,结对日期不能早于那一天。", "This child's last pair ended on {detail}: another cannot have begun before."),
    "pair.alone": (
        "先一对一:这个孩子或者这位帮扶人已经帮的孩子应当有专人。请换一位,或者在“为什么一起帮”一列写明。",
        "The child, or another of this helper's, is to have somebody alone: please name somebody else, or say why in the column of reasons.",
    ),
    "pair.named": ("“为什么一起帮”一列不写孩子姓名。", "The column of reasons names no child."),
    "pair.kin": ("这位帮扶人是孩子的亲属,不能结对。", "This helper is kin of the child."),
}  # fmt: skip

ROSTER = Template("pairs", (
    SERIAL,
    TOWNSHIP_OF,
    IN_VILLAGE,
    Column("学校", SKIP, ("就读学校", "所在学校")),
    Column("年级", SKIP, ("班级", "年级班级")),
    Column("姓名", NAME, ("学生姓名", "儿童姓名", "孩子姓名", "被帮扶人", "帮扶对象", "结对学生", "结对儿童", "孩子", "学生"), required=True, identity=True, longest=60),
    Column("身份证后四位", LAST_FOUR, ("身份证号后四位", "身份证尾号"), identity=True),
    Column("监护人", SKIP, ("监护人姓名", "家长", "家长姓名")),
    Column("帮扶人", NAME, ("帮扶人姓名", "帮扶干部", "结对干部", "帮扶责任人", "结对帮扶人", "爱心家长", "结对人"), required=True, identity=True, longest=60),
    Column("单位", TEXT, ("帮扶单位", "工作单位", "帮扶人单位", "结对单位", "所在单位"), longest=60),
    Column("职务", SKIP, ("帮扶人职务",)),
    Column("联系电话", SKIP, ("电话", "帮扶人电话", "联系方式", "手机号", "手机")),
    Column("结对日期", DATE, ("结对时间", "开始日期", "起始日期", "起"), past=True),
    Column("为什么一起帮", TEXT, ("共同帮扶原因", "一起帮的原因"), longest=200),
    Column("备注", SKIP, ("备注说明", "说明")),
), (InItsVillage, IdenticalRow, AsSaid), own=SENTENCES)  # fmt: skip


def _near(by, day):
    return visible_children(by, day, duty=Duty.DRAW_PAIRS)


def _found(by, day, values, code):
    """Return (child or a code, helper or a code) of a row."""
    child = called(_near(by, day).filter(village=code), values)
    return child, helper_called(visible_helpers(by, duty=Duty.DRAW_PAIRS).filter(to_on=None), values["帮扶人"], values.get("单位"))


def look(actor, day):
    """Return (values, village code) → what stands against a row, for the judge; it counts the children that the sheet gives to each helper."""
    seen, given = set(), {}

    def against(values, code):
        child, helper = _found(actor, day, values, code)
        yield from ((found, column, "") for found, column in ((child, "姓名"), (helper, "帮扶人")) if isinstance(found, str))
        if isinstance(child, str) or isinstance(helper, str):
            return
        if child.pk in seen:
            yield "care.twice", "姓名", ""
        seen.add(child.pk)
        yield from _unfit(child, helper, given, day, values.get("为什么一起帮") or "")
        if (since := _since(values)) and not may_begin_on(child, since):
            yield "pair.before", "结对日期", free_since(child)

    return against


def _unfit(child, helper, given, day, reason):
    stands = Pair.objects.filter(child=child, to_on=None).select_related("helper").first()
    if stands is not None:
        if stands.helper_id != helper.pk:
            yield "pair.other", "帮扶人", stands.helper.name
        return
    besides = given.setdefault(helper.pk, [])
    parts = parts_alone(helper, child, day, besides)
    if not may_share(helper, child, reason, day, parts=False):
        yield "pair.named", "为什么一起帮", ""
    elif not may_share(helper, child, reason, day, parts=parts):
        yield "pair.alone", "帮扶人", ""
    besides.append(child.pk)
    if not may_be_near_children(helper, day):
        yield "pair.not_clear", "帮扶人", ""
    if helper.organisation_id not in units_for(child.village_id, day):
        yield "pair.elsewhere", "帮扶人", ""
    if asked_of(helper, child):
        yield "pair.unwanted", "帮扶人", ""
    if kin_of(helper, child, day):
        yield "pair.kin", "帮扶人", ""
    if Pair.objects.filter(helper=helper, to_on=None).count() + len(besides) > helper.capacity:
        yield "pair.full", "帮扶人", helper.capacity


def _there(row, by, at):
    """Return (the child whom a row names or None, whether it is paired with just this helper)."""
    child, helper = _found(by, today(at), row.content, row.village_code)
    if isinstance(child, str) or isinstance(helper, str):
        return None, False
    return child, Pair.objects.filter(child=child, helper=helper, to_on=None).exists()


def _take(row, by, at):
    child, helper = _found(by, today(at), row.content, row.village_code)
    if Pair.objects.filter(child=child, to_on=None).exists():
        raise Refused(_("这个孩子已经有人结对。"))
    return commands.begin_listed(child, helper, _since(row.content), row.content.get("为什么一起帮") or "", by=by, at=at)


def _since(said):
    return date.fromisoformat(said["结对日期"]) if said.get("结对日期") else None


apply, tell = writing(_take, _there, ("pairs_new", "pairs_same", "pairs_gone"))

IMPORT = Import(
    ROSTER, _("结对花名册"), apply, tell, look=look, quiet=frozenset({"pairs_same", "pairs_gone"}), duty=Duty.DRAW_PAIRS,
    counts={"pairs_new": _("新结对的孩子"), "pairs_same": _("已经这样结对的孩子"), "pairs_gone": _("核对以后变了、不写入的行")},
)  # fmt: skip
