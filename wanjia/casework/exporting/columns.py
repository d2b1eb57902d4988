"""The ledger's columns as the office knows them (rules.md §b.2), in the words that the importer knows: what goes out comes in."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Prefetch

from wanjia.kernel.calendar import CHINA, today
from wanjia.policy.mandates import mandates
from wanjia.sealing.fields import UNOPENED

from ..matters.rules import LINES
from ..models import Callback, Evidence, Step
from ..queries import live_supports
from ..rules import asked_by_a_child
from ..states import NEED

PROCESS_LINES = 12


@dataclass(frozen=True)
class Out:
    """One column: its heading, what it says of a need (text, number or None), and whether it is sensitive."""

    name: str
    of: Callable
    sensitive: bool = False


def _day(at):
    return today(at).isoformat() if at else ""


def _date(day):
    return day.isoformat() if day else ""


def _who(need):
    if need.ledger_recorder:
        return need.ledger_recorder
    name = need.recorded_by.name if need.recorded_by else ""
    return f"{name}/{need.recorded_org.name}" if need.recorded_org else name


def _told(column, own=lambda need: ""):
    """Say what the need itself knows, else what the imported ledger said in that column."""
    return lambda need: own(need) or need.ledger_row.get(column, "")


def _result(need):
    return f"{need.get_outcome_display()}:{need.outcome_text}" if need.outcome else ""


def _evidence(need):
    names = [paper.name or paper.words for paper in need.live_evidence]
    return "、".join(names) or need.no_evidence_reason


def _process(need):
    lines = [
        f"{step.happened_at.astimezone(CHINA):%m-%d}{NEED.moves[step.act].words if step.act in NEED.moves else '记录'}:{step.told}"
        for step in need.way if step.words and step.act not in ("record", *LINES)
    ]  # fmt: skip
    return ";".join(lines[-PROCESS_LINES:])


def _callback(need):
    heard = [row for row in need.tries if row.reached]
    if not heard:
        return "回访未果" if need.callback_failed else need.ledger_callback
    row = heard[-1]
    who = row.by.name if row.by else "诉求人(小条)"
    return f"{who}/{_day(row.at)}/{row.get_way_display()}"


def _solved(need):
    return need.get_confirmed_display() if need.confirmed else ""


def _place(need):
    above = need.village.parent.name if need.village.parent else ""
    return above + need.village.name + (need.household.group_name if need.household else "")


COLUMNS = (
    Out("编号", lambda need: need.number),
    Out("来源渠道", lambda need: need.get_channel_display()),
    Out("登记时间", lambda need: _day(need.recorded_at)),
    Out("登记人", _who),
    Out("诉求人", lambda need: need.requester_name),
    Out("身份证后四位", lambda need: need.requester_last4),
    Out("联系电话", lambda need: "" if asked_by_a_child(need) else need.requester_phone, sensitive=True),
    Out("乡镇(街道)", lambda need: need.village.parent.name if need.village.parent else ""),
    Out("村(社区)", lambda need: need.village.name),
    Out("住址(村/组)", _place),
    Out("户编号", lambda need: need.household.number if need.household else ""),
    Out("关联学生/学校", lambda need: need.school_name),
    Out("诉求类别", lambda need: need.get_category_display()),
    Out("诉求内容", lambda need: need.summary),
    Out("是否合理", lambda need: need.get_reasonable_display()),
    Out("不合理依据", lambda need: need.decision_reason if need.reasonable == "no" else ""),
    Out("紧急程度", lambda need: need.get_urgency_display()),
    Out("难易程度", lambda need: need.get_difficulty_display()),
    Out("研判等级", lambda need: f"{need.get_urgency_display()}·{need.get_difficulty_display()}" if need.urgency else ""),
    Out("交办层级", lambda need: need.get_tier_display()),
    Out("牵头单位", lambda need: need.holder.name if need.holder else ""),
    Out("配合单位", lambda need: "、".join(row.organisation.name for row in need.helping)),
    Out("包案领导", lambda need: need.leader),
    Out("责任人", lambda need: need.responsible),
    Out("交办时间", lambda need: _day(need.assigned_at)),
    Out("签收时间", lambda need: _day(need.accepted_at)),
    Out("办理时限", lambda need: _date(need.extended_from or need.due_on)),
    Out("延期至", _told("延期至", lambda need: _date(need.due_on) if need.extended_from else "")),
    Out("办理过程", _process),
    Out("办理结果", _result),
    Out("佐证材料", _told("佐证材料", _evidence)),
    Out("答复时间", _told("答复时间", lambda need: _date(need.answered_on))),
    Out("是否解决", _solved),
    Out("办结时间", lambda need: _day(need.done_at)),
    Out("回访情况", _callback),
    Out("满意度", lambda need: need.get_satisfaction_display()),
    Out("销号时间", lambda need: _day(need.closed_at)),
    Out("是否重复/并案号", _told("是否重复/并案号", lambda need: need.matter_seen)),
    Out("工作机制", lambda need: mandates()[need.basis]["zh"] if need.basis in mandates() else need.basis),
    Out("备注", lambda need: need.get_state_display()),
)
HEADER = ["序号", *(column.name for column in COLUMNS)]
SENSITIVE = [column.name for column in COLUMNS if column.sensitive]


def lines(needs, *, matters=(), sensitive=(), chunk=500):
    """Yield the ledger's lines of `needs` (a query set), a chunk of rows in memory at a time.

    matters: {key: number} of the matters that may be named: whoever sees one need of a matter alone learns of no other.
    sensitive: names of sensitive columns to fill; the others stay empty.
    """
    numbers = dict(matters)
    evidence = Evidence.objects.filter(taken_back_at=None).defer("body").order_by("added_at")
    full = needs.select_related("village__parent", "household", "requester", "holder", "handler", "recorded_by", "recorded_org").prefetch_related(
        Prefetch("steps", Step.objects.order_by("n"), to_attr="way"),
        Prefetch("callbacks", Callback.objects.select_related("by").defer("words").order_by("at"), to_attr="tries"),
        Prefetch("supports", live_supports(), to_attr="helping"),
        Prefetch("evidence", evidence, to_attr="live_evidence"),
    )
    for number, need in enumerate(full.defer("story").iterator(chunk_size=chunk), 1):
        need.matter_seen = numbers.get(need.matter_id, "")
        cells = {column.name: "" if column.sensitive and column.name not in sensitive else str(column.of(need)) for column in COLUMNS}
        if bad := [name for name, said in cells.items() if UNOPENED in said]:
            cells["备注"] += f";打不开的:{'、'.join(bad)}"
        yield [number, *cells.values()]

