"""The county's ledger as a workbook (困难诉求清单台账): its columns, its rules, its sentences. Pure: no Django."""

from wanjia.orgs.areas.columns import COUNTY
from wanjia.registry.workbooks.columns import IN_VILLAGE, OTHERS, TOWNSHIP_OF
from wanjia.registry.workbooks.judging import InItsVillage
from wanjia.registry.workbooks.kinds import HOUSEHOLD, LAST_FOUR, NAME, PHONE
from wanjia.sheets.rules import IdenticalRow, Rule
from wanjia.sheets.template import NOTE_NAMES, SERIAL, Column, Template
from wanjia.sheets.values import CHOICE, DATE, NOTE, TEXT

from . import words

CHANGED = {
    "need.changed_elsewhere": ("诉求 {detail} 已经在台账里,这一格和台账现在的记录不一样。诉求要在系统里一步一步办理,不能用表格改,这一行不写入。", "Need {detail} is in the ledger and this cell differs from it. A need is changed by its acts and not by a sheet; the row is not written."),
}
UNKNOWN = {
    "warn.unit.unknown": ("没有找到“{detail}”这个单位:牵头的先由乡镇受理单位负责,原来的名称保留在诉求里。请核对单位名称。", "No unit of the name {detail}: the township's desk holds the need meanwhile and the name is kept. Please check it."),
    "warn.household.unknown": ("本村没有户编号 {detail} 的家庭户,诉求照常登记,编号保留在诉求里。", "The village has no household numbered {detail}; the need is kept, the number with it."),
}


def numbers_as_given(sheet, judge_value):
    """Return the numbers of ours that a whole file names."""
    return {judge_value("编号", cells["编号"]) for _number, cells, _flags in sheet if cells.get("编号") is not None} - {None, ""}


def _plain(text):
    """A text as it is compared: what a spreadsheet program does to blanks and line ends is no change."""
    return "".join(str(text).split())


class KnownNeed(Rule):
    """A row with a number of ours is that need: it is neither doubled nor overwritten. What differs is told cell by cell."""

    sentences = CHANGED
    ahead = staticmethod(numbers_as_given)

    def __init__(self, world, given):
        super().__init__(world, given)
        self.there = world.known_rows(sorted(given)) if given else {}

    def __call__(self, draft):
        number = draft.values.get("编号")
        known = self.there.get(number)
        for column, there in (known or {}).items():
            given = draft.values.get(column)
            if given and _plain(given) != _plain(there):
                draft.find("need.changed_elsewhere", column, number)


class LookedUp(Rule):
    """What the register knows or does not know of the row's words: units, homes. Remarks only; the office above says which."""

    sentences = UNKNOWN

    def __call__(self, draft):
        if self.world.look and draft.place and draft.sound:
            for code, column, detail in self.world.look(draft.values, draft.place):
                draft.find(code, column, detail)


NEEDS = Template(
    "needs",
    (
        SERIAL,
        COUNTY,
        Column("编号", TEXT, ("诉求编号", "工单号", "台账编号"), longest=40),
        Column("来源渠道", CHOICE, ("诉求来源", "来源", "渠道", "登记渠道"), longest=400, words=words.CHANNELS),
        Column("登记时间", DATE, ("登记日期", "受理时间", "收到时间", "反映时间"), required=True, past=True),
        Column("登记人", TEXT, ("登记人/单位", "登记单位", "登记人或单位", "登记人(单位)"), longest=60),
        Column("诉求人", NAME, ("姓名", "反映人", "诉求人姓名", "申请人", "当事人"), required=True, identity=True, longest=60),
        Column("身份证后四位", LAST_FOUR, ("身份证号后四位", "证件后四位", "身份证尾号", "身份证号码后四位"), identity=True),
        Column("联系电话", PHONE, ("手机号", "电话", "手机", "手机号码", "电话号码", "联系方式", "诉求人电话")),
        TOWNSHIP_OF,
        IN_VILLAGE,
        Column("住址(村/组)", TEXT, ("住址", "家庭住址", "地址", "详细地址", "现住址", "住址(村、组)"), longest=200),
        Column("户编号", HOUSEHOLD, ("户号", "家庭编号", "户编码", "户代码"), identity=True, longest=40),
        Column("关联学生/学校", TEXT, ("关联学生", "学生/学校", "学校", "学生姓名", "就读学校"), longest=120),
        Column("诉求类别", CHOICE, ("类别", "诉求类别(大类/小类)", "诉求类型", "问题类别", "问题类型", "大类"), required=True, longest=400, words=words.CATEGORIES),
        Column("诉求内容", NOTE, ("诉求", "反映问题", "问题内容", "困难诉求", "具体诉求", "诉求事项", "困难诉求内容"), required=True),
        Column("是否合理", CHOICE, ("合理性", "是否合理诉求", "是否合理(合理/部分/不合理)", "是否合理(合理/部分/不合理+依据)"), longest=400, words=words.REASONABLE),
        Column("不合理依据", TEXT, ("依据", "不合理原因", "不合理理由", "不合理的依据"), longest=400),
        Column("紧急程度", CHOICE, ("轻重缓急", "缓急程度"), longest=400, words=words.URGENCY),
        Column("难易程度", CHOICE, ("难度",), longest=400, words=words.DIFFICULTY),
        Column("研判等级", TEXT, ("研判级别", "研判结果"), longest=20),
        Column("交办层级", TEXT, ("交办级别", "办理层级"), longest=20),
        Column("牵头单位", TEXT, ("主办单位", "牵头(主办)单位", "承办单位", "责任单位", "交办单位"), longest=120),
        Column("配合单位", TEXT, ("协办单位", "配合(协办)单位"), longest=200),
        Column("包案领导", TEXT, ("包案人", "挂联领导"), longest=60),
        Column("责任人", TEXT, ("承办人", "办理人", "经办人"), longest=60),
        Column("交办时间", DATE, ("交办日期", "转办时间"), past=True),
        Column("签收时间", DATE, ("签收日期",), past=True),
        Column("办理时限", DATE, ("办结时限", "截止时间", "完成时限", "办理期限", "限办时间", "截止日期")),
        Column("延期至", DATE, ("延期时间", "延期日期")),
        Column("办理过程", NOTE, ("办理情况", "办理进展", "处理过程")),
        Column("办理结果", NOTE, ("处理结果", "结果", "办理结果(类型+说明)", "解决情况")),
        Column("佐证材料", NOTE, ("附件", "佐证", "证明材料")),
        Column("答复时间", DATE, ("答复日期",)),
        Column("是否解决", CHOICE, ("是否解决(诉求人确认)", "是否办结", "解决与否"), longest=400, words=words.SETTLED),
        Column("办结时间", DATE, ("办结日期", "完成时间", "解决时间"), past=True),
        Column("回访情况", TEXT, ("回访结果", "回访", "回访人/时间/方式"), longest=200),
        Column("满意度", TEXT, ("是否满意", "满意情况", "评价"), longest=20),
        Column("销号时间", DATE, ("销号日期",)),
        Column("是否重复/并案号", TEXT, ("是否重复", "并案号", "是否重复件"), longest=60),
        Column("工作机制", TEXT, ("工作机制标签",), longest=60),
        Column("备注", NOTE, NOTE_NAMES),
    ),
    (InItsVillage, IdenticalRow, KnownNeed, LookedUp),
    OTHERS,
)
