"""Today's spreadsheet of small wishes (微心愿征集表) as it is brought in: each row a wish that waits to be judged, by the one act that collects.

Whose child is not found, who has one under way, and words that say too much are told row by row before anything is written. What the sheet says of
donors is not read: a claim is made anew, sealed.
"""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.policy import wishes as policy
from wanjia.registry.importing.brought import Import, add
from wanjia.registry.workbooks.columns import IN_VILLAGE, TOWNSHIP_OF
from wanjia.registry.workbooks.judging import AsSaid, InItsVillage
from wanjia.registry.workbooks.kinds import LAST_FOUR, NAME
from wanjia.sheets.rules import IdenticalRow
from wanjia.sheets.template import SERIAL, SKIP, Column, Template
from wanjia.sheets.values import CHOICE, DATE, NUMBER, TEXT
from wanjia.sheets.words import ClosedList
from wanjia.verdict import Refused

from ..children.rules import records_of
from ..duties import Duty
from ..models import Wish
from ..wish_states import UNDER_WAY, WishKind
from ..workbooks import CHILD, called
from . import commands, queries, rules

KINDS = {
    "学习用品": WishKind.STUDY, "图书": WishKind.BOOKS, "衣物鞋帽": WishKind.CLOTHES, "体育用品": WishKind.SPORT, "音乐、美术用品": WishKind.ARTS, "生活用品": WishKind.DAILY,
    "玩具": WishKind.TOYS, "陪伴、参观": WishKind.COMPANY,
}  # fmt: skip
WORDS = ClosedList({
    "学习用品": "文具 学习 书包", "图书": "书 书籍 课外书", "衣物鞋帽": "衣服 鞋 鞋子 服装 衣物", "体育用品": "体育 运动 球类 运动用品", "音乐、美术用品": "乐器 美术 音乐 画具",
    "生活用品": "生活 日用品", "玩具": "", "陪伴、参观": "陪伴 参观 游玩",
})  # fmt: skip
SENTENCES = CHILD | {
    "wish.under_way": ("这个孩子已经有一个心愿在办。", "A wish of this child is under way already."),
    "wish.cash": ("心愿不收现金、红包、充值。", "A wish asks for no money."),
    "wish.name": ("心愿里不能有人的姓名。", "A wish bears nobody's name."),
    "wish.school": ("心愿里不能写学校、班级。", "A wish names no school or class."),
    "wish.number": ("心愿里不能有电话、证件号。", "A wish bears no telephone or number of a document."),
    "wish.place": ("心愿里不能写地名、校名。", "A wish names no place and no school."),
    "wish.plight": ("心愿里不写家里的难处、身体情况。", "A wish tells no hardship of the home and nothing of health."),
    "wish.dear": ("一个心愿不超过 {detail} 元,要大于 0。", "A wish costs more than nothing and {detail} yuan at most."),
}  # fmt: skip


WISHES = Template("wishes", (
    SERIAL,
    TOWNSHIP_OF,
    IN_VILLAGE,
    Column("学校", SKIP, ("就读学校", "所在学校")),
    Column("年级", SKIP, ("班级", "年级班级")),
    Column("姓名", NAME, ("学生姓名", "儿童姓名", "孩子姓名", "心愿人"), required=True, identity=True, longest=60),
    Column("身份证后四位", LAST_FOUR, ("身份证号后四位", "身份证尾号"), identity=True),
    Column("心愿类别", CHOICE, ("类别", "物品类别", "心愿类型"), required=True, longest=40, words=WORDS),
    Column("微心愿", TEXT, ("心愿", "心愿内容", "微心愿内容", "物品名称", "心愿物品"), required=True, longest=40),
    Column("尺码", TEXT, ("规格", "型号", "尺寸"), longest=10),
    Column("预计金额", NUMBER, ("金额", "价格", "预算", "预计价格", "大约金额", "估价"), required=True),
    Column("征集日期", DATE, ("登记日期", "日期", "征集时间"), past=True),
    Column("征集人", SKIP, ("登记人", "填报人")),
    Column("认领人", SKIP, ("认领单位", "认领人姓名", "爱心人士")),
    Column("认领人电话", SKIP, ("认领电话", "联系方式", "联系电话")),
    Column("完成情况", SKIP, ("是否实现", "是否完成", "备注")),
), (InItsVillage, IdenticalRow, AsSaid), own=SENTENCES)  # fmt: skip


def look(actor, day):
    """Return (values, village code) → what stands against a row, for the judge."""
    near = rules.children_asked(actor, day).select_related("village__parent")

    def against(values, code):
        found = called(near.filter(village=code), values)
        if not isinstance(found, str):
            yield from _unfit(found, values, day)
        else:
            yield found, "姓名", ""

    return against


def _unfit(child, values, day):
    if Wish.objects.filter(child__in=records_of(child.pk), state__in=UNDER_WAY).exists():
        yield "wish.under_way", "姓名", ""
    most, fen = policy.in_force(day).most, _fen(values)
    if not 0 < fen <= most:
        yield "wish.dear", "预计金额", most // 100
    for word in policy.faults(f"{values['微心愿']} {values.get('尺码') or ''}", *queries.told_by(child), day):
        yield f"wish.{word}", "微心愿", ""


def _fen(values):
    return int(Decimal(values["预计金额"]) * 100)


def _written(rows, upload):
    """Return the numbers of the rows of a file that are wishes already."""
    return set(Wish.objects.filter(source=upload.digest, source_row__in=[row.number for row in rows]).values_list("source_row", flat=True))


def apply(rows, upload, by, at):
    """Collect a chunk of wishes, in the chunk's transaction; who is not to be found any more is sent back."""
    there, results = _written(rows, upload), []
    near = rules.children_asked(by, today(at)).select_related("village__parent")
    for row in rows:
        results.append("same" if row.number in there else _collected(row, near, upload, by, at))
    return results, {"wishes_new": results.count("new"), "wishes_same": results.count("same"), "wishes_afar": results.count("afar")}


def _collected(row, near, upload, by, at):
    child, said = called(near.filter(village=row.village_code), row.content), row.content
    if isinstance(child, str):
        return "afar"
    if Wish.objects.filter(child__in=records_of(child.pk), state__in=UNDER_WAY).exists():
        return "same"
    facts = {"kind": KINDS[said["心愿类别"]], "thing": said["微心愿"], "size": said.get("尺码") or "", "cost": _fen(said)}
    made_on = date.fromisoformat(said["征集日期"]) if said.get("征集日期") else None
    try:
        commands.gather(child, **facts, made_on=made_on, source=upload.digest, source_row=row.number, by=by, at=at)
    except Refused:  # whose post was changed meanwhile, whose classmate came to bear such a name
        return "afar"
    return "new"


def tell(rows, upload, by, at, memory):
    """Note how many rows would become wishes, and which children the file names."""
    near, there = rules.children_asked(by, today(at)), _written(rows, upload)
    children = [found for row in rows if not isinstance(found := called(near.filter(village=row.village_code), row.content), str)]
    memory.setdefault("met", set()).update(str(child.pk) for child in children)
    add(memory, wishes_new=len(children) - len(there), wishes_same=len(there), wishes_afar=len(rows) - len(children))


IMPORT = Import(
    WISHES, _("微心愿征集表"), apply, tell, look=look, duty=Duty.GATHER_WISHES, quiet=frozenset({"wishes_same", "wishes_afar"}),
    counts={"wishes_new": _("新征集的心愿"), "wishes_same": _("已有的心愿"), "wishes_afar": _("没有找到孩子、不写入的行")},
)  # fmt: skip
