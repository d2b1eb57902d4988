"""Twelve tasks of the board beside the drive of the demo county, at every point of their life: by the acts of a click, up to yesterday."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from wanjia.kernel.calendar import today
from wanjia.orgs.models import Area, Post
from wanjia.orgs.roles import Role

from ..board import commands as board
from ..models import BoardPart, BoardTask

STORY = "202"  # 细沙乡 in 永善: the three digits of a township behind its county's six
# (short name of the lead, of those that assist, what, measure, pillar, due so many days after it was set, how far it came)
TASKS = [
    ("县农业农村局", ("县乡村振兴局",), "摸清秋收后闲下来的劳动力", "各乡镇报来名单,人数和劳动力台账对得上", "organised", 7, "confirmed"),
    ("县文旅局", (), "村村响播招聘信息", "每周播三次,播出单交齐", "served", 8, "confirmed"),
    ("县教体局", (), "毕业没有升学的学生名单交就业服务中心", "名单交接清楚,监护人同意的才交", "skilled", 9, "reported"),
    ("县乡村振兴局", ("县农业农村局",), "脱贫户劳动力一户一人问清意愿", "问到的写进台账,问不到的写明为什么", "organised", 12, "late"),
    ("县交通局", ("县公安局",), "百日行动专车走的路先看一遍", "险路段列出来,改道的写明", "organised", 13, "confirmed"),
    ("县妇联", (), "给外出妇女讲一次维权课", "讲课的地方、人数、材料报来", "served", 16, "taken"),
    ("县市场监管局", (), "清理收钱介绍工作的小广告", "查处的、移交的各有几起", "served", 15, "later"),
    ("团县委", ("县教体局",), "返乡青年技能培训报名", "三个专业开得成班", "skilled", 22, "given"),
    ("县人社局", ("县公安局", "细沙乡"), "查清工地和车间的欠薪苗头", "每个工地、车间的工资发到哪个月,列成清单", "served", 18, "taken"),
    ("细沙乡", ("县人社局",), "送想出门的人到县里的招聘会", "报名的、到场的、谈成的各有几人", "organised", 19, "given"),
    ("县司法局", (), "外出务工法律援助电话印到小条上", "电话核对过,印好交就业服务中心", "served", 24, "contested"),
    ("县农业农村局", ("县市场监管局", "县文旅局"), "定下“永善工匠”劳务品牌的叫法", "名称、标志、谁用得,报县政府", "branded", 30, "parts"),
]  # fmt: skip


@dataclass(frozen=True)
class Hands:
    """Who acts for the office, who for each unit, and until when."""

    officer: object
    of: dict
    now: object


def live(code, begun, now):
    """Set them from the first day of the drive on; returns {what: how many}. Nothing where no office sets tasks, or where some stand."""
    office = _held(role=Role.LABOUR_OFFICER, organisation__area_id=code[:6] + "000000").first()
    if office is None or BoardTask.objects.exists():
        return Counter()
    posts = _posts(code)
    hands = Hands(office.user, {name: post.user for name, post in posts.items()}, now)
    told = Counter()
    for n, (lead, helpers, what, measure, pillar, days, state) in enumerate(TASKS):
        if not all(name in posts for name in (lead, *helpers)):
            continue
        at = begun + timedelta(hours=3, minutes=7 * n)
        task = board.set_board_task(
            area=Area.objects.get(pk=code[:6] + "000000"), lead=posts[lead].organisation, units=[posts[name].organisation for name in helpers], what=what, measure=measure, pillar=pillar,
            due_on=today(begun) + timedelta(days=days), by=office.user, at=at,
        )  # fmt: skip
        _lives(task, lead, state, hands, at)
        told["board_tasks"] += 1
    return told


def _posts(code):
    """Return {short name: the post that works on the tasks of its unit}: the bureaus of the county, and the township of the tour by its place's name."""
    found = {}
    for post in _held(role=Role.BUREAU_WORKER, organisation__area_id=code[:6] + "000000"):
        found.setdefault(post.organisation.short_name, post)
    for post in _held(role=Role.TOWNSHIP_WORKER, organisation__area_id=f"{code[:6]}{STORY}000"):
        found.setdefault(post.organisation.area.short_name, post)
    return found


def _held(**which):
    return Post.objects.filter(to_on=None, waiting=False, **which).select_related("user", "organisation__area").order_by("user__username")


def _lives(task, lead, state, hands, at):
    """Let one task come as far as `state`, never past now."""
    what, mine = {"board_task_id": task.pk}, hands.of[lead]

    def later(days):
        return min(at + timedelta(days=days), hands.now)

    if state == "contested":
        board.contest_board_task(**what, reason="法律援助电话归县法律援助中心,请改交", by=mine, at=later(1))
    if state in ("given", "contested"):
        return
    board.accept_board_task(**what, by=mine, at=later(1))
    if state == "later":
        board.ask_board_later(**what, until=task.due_on + timedelta(days=7), reason="乡镇赶集天才查得全", by=mine, at=later(11))
    if state in ("confirmed", "reported", "parts"):
        _parts(task, hands, later(5), most=1 if state == "parts" else None)
    if state in ("confirmed", "reported"):
        board.report_board_task(**what, words="已经办完,材料在单位", evidence=f"/labour/pillars/?area={task.area_id}", by=mine, at=later(6))
    if state == "confirmed":
        board.confirm_board_task(**what, by=hands.officer, at=later(8))


def _parts(task, hands, at, *, most):
    """Let those that assist report, the first `most` of them."""
    for part in list(BoardPart.objects.filter(task=task).select_related("unit").order_by("pk"))[:most]:
        board.finish_board_part(board_part_id=part.pk, words="已经办好,交给牵头单位", by=hands.of[part.unit.short_name], at=at)
