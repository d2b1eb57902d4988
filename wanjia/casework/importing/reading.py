"""Words of a ledger row → the closed lists of the trade. Pure of the database."""

import json
from datetime import datetime, time
from re import split

from wanjia.kernel.calendar import CHINA
from wanjia.policy.mandates import mandates

from ..states import Category, Channel, DeclineGround, Difficulty, Reasonable, Urgency

AFTER_WORK_BEGINS = time(9, 0)
REASONABLE_WORDS = {"合理": Reasonable.YES, "部分合理": Reasonable.PARTLY, "部分": Reasonable.PARTLY, "不合理": Reasonable.NO}
SETTLED_WORDS = {"是", "已解决", "解决", "已经解决", "已办结", "办结"}
ORIGINAL = "(原文)"  # what the judge adds to a column's name for the word that stood there, when it took another for it
# Cells with a field of their own, which holds all that they say. Every other cell is kept word for word.
OWN = frozenset(("登记时间", "诉求人", "身份证后四位", "联系电话", "乡镇(街道)", "村(社区)", "来源渠道", "诉求类别", "诉求内容", "是否合理",
                 "紧急程度", "难易程度", "工作机制"))  # fmt: skip
TAG = 60  # signs that the field of the tag holds
TOGETHER = "[、,,;;//]"
GROUND_WORDS = (
    ("事实", DeclineGround.NOT_TRUE),
    ("享受", DeclineGround.ALREADY_HAS),
    ("重复", DeclineGround.ALREADY_HAS),
    ("诉讼", DeclineGround.LEGAL_WAY),
    ("法定", DeclineGround.LEGAL_WAY),
    ("仲裁", DeclineGround.LEGAL_WAY),
    ("职责", DeclineGround.OTHER_BODY),
    ("政策", DeclineGround.NO_BASIS),
    ("不符合", DeclineGround.NO_BASIS),
)


def choice(choices, label, default=None):
    """Return the value of a closed list whose Chinese label is `label`; `default` when none is."""
    wanted = (label or "").strip()
    return next((value for value, text in choices.choices if str(text) == wanted or str(text).startswith(wanted + "(")), default)


def moment(day):
    """Return the moment for a paper's day: nine in the morning in China."""
    return datetime.combine(day, AFTER_WORK_BEGINS, tzinfo=CHINA) if day else None


def ground_of(text):
    """Return the ground of a refusal as near as its words say."""
    return next((ground for word, ground in GROUND_WORDS if word in (text or "")), DeclineGround.OTHER)


def mandate_of(text):
    """Return the code of the tag that a cell names; what is none of the file's stays as it was written."""
    said = str(text or "").strip()[:TAG]
    return next((code for code, one in mandates().items() if one["zh"] == said), said)


def facts_of(values):
    """Return the Need fields that one ledger row states. values: {column name: text or date}."""
    text = str(values.get("诉求内容") or "").strip()
    return {
        "channel": choice(Channel, values.get("来源渠道"), Channel.DEPARTMENT),
        "category": choice(Category, str(values.get("诉求类别") or "").split("/")[0], Category.OTHER),
        "summary": text[:200],
        "story": text if len(text) > 200 else "",
        "requester_name": str(values.get("诉求人") or "").strip(),
        "requester_last4": str(values.get("身份证后四位") or ""),
        "requester_phone": str(values.get("联系电话") or ""),
        "school_name": str(values.get("关联学生/学校") or "")[:60],
        # The ledger does not say so in a column; where its words do, the stricter rule for minors applies.
        "involves_child": any(word in text for word in ("孩子", "学生", "儿童", "未成年")),
        "basis": mandate_of(values.get("工作机制")),
        "ledger_callback": str(values.get("回访情况") or values.get("满意度") or "")[:40],
    }


def kept_cells(values):
    """Return, as JSON, the cells that have no field of their own, as they stood; "" when there are none."""
    kept = {name: str(value) for name, value in values.items() if value and (name not in OWN or (name == "工作机制" and len(str(value).strip()) > TAG))}
    return json.dumps(kept, ensure_ascii=False) if kept else ""


def units_named(text):
    """Return the names of a cell that may name several units."""
    return [name.strip() for name in split(TOGETHER, str(text or "")) if name.strip()]


def recorder_of(text):
    """Return (person, unit) of 登记人: 罗登科, or 罗登科/细沙乡人民政府 as our own export writes it."""
    person, _, unit = str(text or "").partition("/")
    return person.strip(), unit.strip()


def grades_of(values):
    """Return (urgency, difficulty) of a row, ordinary and medium where it says nothing."""
    return (
        choice(Urgency, values.get("紧急程度"), Urgency.ORDINARY),
        choice(Difficulty, values.get("难易程度"), Difficulty.MEDIUM),
    )


def reasonable_of(values):
    """Return Reasonable, or '' when the row leaves it open."""
    return REASONABLE_WORDS.get(str(values.get("是否合理") or "").strip(), "")


def says_settled(values):
    """Tell whether the row's own column says that the matter is settled."""
    return str(values.get("是否解决") or "").strip() in SETTLED_WORDS
