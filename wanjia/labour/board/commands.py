"""The acts of the board: set, accept or contest, answer, ask to assist, report, confirm or send back, put off, withdraw. Each is one line of the task."""

from datetime import date
from typing import Annotated

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import WorkingCalendar, today
from wanjia.kernel.command import command
from wanjia.orgs import scope
from wanjia.orgs.delivery.commands import tell
from wanjia.verdict import Refused

from ..board_states import BOARD_PART, UNDONE, PartState
from ..duties import Duty
from ..models import BoardTask
from ..models.board import LONG, SHORT
from . import asking, pages, queries, rules
from .steps.commands import ask_part, asked_no_more, change, end_parts, move, note_step, office_of, person
from .subjects import BOARD_PARTS, BOARD_TASKS

ABOUT = "board_late"  # what an office is told of (MESSAGES)
OFFICE, WORKS = {"duty": Duty.SET_BOARD}, {"duty": Duty.WORK_BOARD}


@act(BOARD_TASKS, "board_set", at="new", words=_("交办协同任务"), done=_("已交办,牵头单位的工作台上看得到。"), **OFFICE, new=True, call="", lines={"board_task.set": _("交办协同任务")})
def set_board_task(
    *, by, at, area: asking.Where, lead: asking.LeadUnit, what: asking.What, measure: asking.Measure, pillar: asking.Pillar, due_on: asking.DueOn,
    units: asking.AssistingUnits = (),
    units_due_on: Annotated[date | None, Asked(_("配合单位哪天以前"), _("不填,就是任务自己的日期。"))] = None,
):  # fmt: skip
    """Set a task of the board for a lead unit, with units that assist (交办协同任务)."""
    day = today(at)
    rules.may_be_due(day, due_on).or_raise()
    rules.works_there(lead, area).or_raise()
    office = scope.unit(by, duty=Duty.SET_BOARD, code=area.pk)
    task = BoardTask.objects.create(
        area=area, lead=lead, office=office, what=what.strip(), measure=measure.strip(), pillar=pillar, due_on=due_on, first_due_on=due_on, set_on=day, set_at=at, set_by=person(by),
    )  # fmt: skip
    for unit in dict.fromkeys(units):
        _ask(task, unit, units_due_on or due_on, "", by=by, at=at)
    journal.record(act="board_task.set", subject=task, by=by, at=at, area_code=area.pk, lead=lead.pk, due_on=due_on, pillar=pillar)
    note_step(task, "board_task.set", by=by, at=at, words=pages.given_to(task), unit=office)
    return task


def _ask(task, unit, due_on, what, *, by, at):
    if not asking.units_for(None, by, today(at)).contains(unit):
        raise Refused(rules.NO_UNIT)
    rules.works_there(unit, task.area).or_raise()
    rules.part_may_be(task, unit, due_on, today(at)).or_raise()
    return ask_part(task, unit, due_on, what, by=by, at=at)


@act(BOARD_TASKS, "board_accept", at="accept", words=_("接受任务"), done=_("已接受,请按日期办。"), **WORKS, may=rules.can_accept, rank=10, lines={"board_task.accept": _("接受协同任务")})
def accept_board_task(board_task, *, by, at):
    """Take a task on for the lead unit (接受任务)."""
    return move(board_task, "accept", by=by, at=at, unit=board_task.lead)


@act(BOARD_TASKS, "board_contest", at="contest", words=_("提出异议"), done=_("已交给交办单位,由它答复。"), **WORKS, may=rules.can_contest, aside=True,
     lines={"board_task.contest": _("对协同任务提出异议")})  # fmt: skip
def contest_board_task(board_task, *, by, at, reason: asking.Why):
    """Contest a task, once, with the reason, before it is taken on (提出异议): it lies with the office until that answers."""
    board_task.contested = True
    return move(board_task, "contest", by=by, at=at, unit=board_task.lead, words=reason, saving=["contested"])


@act(BOARD_TASKS, "board_settle", at="settle", words=_("答复异议"), done=_("已答复,牵头单位看得到。"), **OFFICE, may=rules.can_settle, rank=10, lines={"board_task.settle": _("答复协同任务的异议")})
def settle_board_task(
    board_task, *, by, at,
    lead: asking.LeadAgain, due_on: asking.DueOnNow, reason: asking.Why,
):  # fmt: skip
    """Answer what the lead contested (答复异议): it stays with it, or goes to another unit; the day stays or is a later one."""
    if due_on < board_task.due_on:
        raise Refused(_("答复异议只能维持日期或者推后。"))
    rules.works_there(lead, board_task.area).or_raise()
    if board_task.parts.filter(unit=lead, state=PartState.OPEN).exists():
        raise Refused(_("这个单位正在配合这项任务,不能改由它牵头。"))
    if due_on != board_task.due_on:
        board_task.level = 0
    board_task.contested, board_task.lead, board_task.due_on = lead == board_task.lead, lead, due_on
    return move(board_task, "settle", by=by, at=at, unit=office_of(board_task, by), words=f"{pages.given_to(board_task)};{reason}", saving=["contested", "lead", "due_on", "level"])


@act(BOARD_TASKS, "board_part_ask", at="parts/new", words=_("请单位配合"), done=_("已请它配合。"), **OFFICE, may=rules.can_add_part, rank=40, lines={"board_task.part": _("请单位配合协同任务")})
def ask_board_part(
    board_task, *, by, at, unit: asking.AssistingUnit, what: Annotated[str, Asked(_("配合做什么"), asking.NO_NAMES, least=4, most=SHORT)],
    due_on: asking.DueOnNow,
):  # fmt: skip
    """Ask another unit to assist in a task, with a day of its own (请单位配合)."""
    part = _ask(board_task, unit, due_on, what, by=by, at=at)
    return change(board_task, "board_task.part", by=by, at=at, unit=office_of(board_task, by), words=f"{unit.name}:{part.what}({due_on})")


@act(BOARD_PARTS, "board_part_finish", at="finish", words=_("报配合完成"), done=_("已报,牵头单位看得到。"), **WORKS, may=rules.can_finish_part, rank=10,
     lines={"board_part.finish": _("报配合完成"), "board_task.part_done": _("配合单位报完成")})  # fmt: skip
def finish_board_part(board_part, *, by, at, words: Annotated[str, Asked(_("配合做成了什么"), rows=2, least=4, most=LONG)]):
    """Say for an assisting unit that its part is done (报配合完成)."""
    board_part.result, board_part.ended_at, board_part.ended_by = words.strip(), at, person(by)
    task = board_part.task
    journal.move(board_part, BOARD_PART, "finish", by=by, at=at, saving=["result", "ended_at", "ended_by"], area_code=task.area_id)
    change(task, "board_task.part_done", by=by, at=at, unit=board_part.unit, words=board_part.result)
    return board_part


@act(BOARD_TASKS, "board_report", at="report", words=_("报办结"), done=_("已报,等交办单位确认。"), **WORKS, may=rules.can_report, rank=20, more=pages.open_parts,
     template="labour/board/report.html", lines={"board_task.report": _("报协同任务办结")})  # fmt: skip
def report_board_task(
    board_task, *, by, at, words: Annotated[str, Asked(_("办成了什么"), rows=3, least=4, most=LONG)],
    evidence: Annotated[str, Asked(_("数字的地址"), _("可以不填。把本系统里那个数的网址粘贴在这里,看得到它的人才打得开。"), most=200)] = "",
    paper: Annotated[str, Asked(_("材料"), _("可以不填。材料的名称、文号、放在哪里。"), most=100)] = "",
    despite: Annotated[str, Asked(_("配合单位还没有报完成的,为什么可以先报"), when=pages.has_open_parts, needed=True, least=4, most=100)] = "",
):  # fmt: skip
    """Report a task done for the lead unit, in words, with a figure's address or a paper where there is one (报办结)."""
    address = evidence.strip()
    rules.is_own_figure(address).or_raise()
    if board_task.parts.filter(state=PartState.OPEN).exists() and not despite.strip():
        raise Refused(_("还有配合单位没有报完成。请等它,或者写明为什么可以先报。"))
    board_task.result, board_task.evidence, board_task.paper = words.strip(), address, paper.strip()
    board_task.reported_on, board_task.reported_by = today(at), person(by)
    said = words.strip() + (_("(没有等配合单位:%(why)s)") % {"why": despite.strip()} if despite.strip() else "")
    return move(board_task, "report", by=by, at=at, unit=board_task.lead, words=said, saving=["result", "evidence", "paper", "reported_on", "reported_by", *asked_no_more(board_task)])


@act(BOARD_TASKS, "board_confirm", at="confirm", words=_("确认办结"), done=_("已确认。"), **OFFICE, may=rules.can_confirm, rank=10, lines={"board_task.confirm": _("确认协同任务办结")})
def confirm_board_task(board_task, *, by, at):
    """Confirm what was reported (确认办结): the office, by another hand than reported it."""
    board_task.ended_at = at
    move(board_task, "confirm", by=by, at=at, unit=office_of(board_task, by), saving=["ended_at"])
    end_parts(board_task, by=by, at=at)
    return board_task


@act(BOARD_TASKS, "board_send_back", at="send-back", words=_("退回再办"), done=_("已退回牵头单位。"), **OFFICE, may=rules.can_send_back, rank=20, tone="quiet",
     lines={"board_task.send_back": _("退回协同任务")})  # fmt: skip
def send_board_task_back(board_task, *, by, at, reason: asking.Why):
    """Send a reported task back to its lead, with the reason (退回再办): it is as if it had not been reported."""
    board_task.reported_on, board_task.reported_by = None, None
    return move(board_task, "send_back", by=by, at=at, unit=office_of(board_task, by), words=reason, saving=["reported_on", "reported_by"])


@act(BOARD_TASKS, "board_ask_later", at="later", words=_("请求延期"), done=_("已报交办单位,由它决定;决定以前日期不变。"), **WORKS, may=rules.can_ask_later, aside=True,
     lines={"board_task.ask_later": _("请求协同任务延期")})  # fmt: skip
def ask_board_later(board_task, *, by, at, until: Annotated[date, Asked(_("延到哪天"))], reason: asking.Why):
    """Ask the office for a later day, with the reason (请求延期); until it decides the day stays."""
    if until <= board_task.due_on:
        raise Refused(_("延期要晚于现在的日期。"))
    asked = {"later_on": until, "later_why": reason.strip(), "later_by": person(by)}
    return change(board_task, "board_task.ask_later", by=by, at=at, unit=board_task.lead, words=f"{until}:{reason.strip()}", **asked)


@act(BOARD_TASKS, "board_decide_later", at="later/decide", words=_("决定延期"), done=_("已决定。"), **OFFICE, may=rules.can_decide_later, rank=15,
     lines={"board_task.decide_later": _("决定协同任务延期")})  # fmt: skip
def decide_board_later(
    board_task, *, by, at, agreed: Annotated[bool, Asked(_("同意延期吗"), answers=(_("同意"), _("不同意")))], reason: asking.Why,
):  # fmt: skip
    """Decide on a later day that the lead asked for, with the reason (决定延期)."""
    facts = {"later_on": None, "later_why": "", "later_by": None}
    if agreed:
        facts |= {"due_on": board_task.later_on, "level": 0}
    said = _("同意延到 %(day)s") % {"day": board_task.later_on} if agreed else _("不同意延到 %(day)s") % {"day": board_task.later_on}
    return change(board_task, "board_task.decide_later", by=by, at=at, unit=office_of(board_task, by), words=f"{said}:{reason.strip()}", **facts)


@act(BOARD_TASKS, "board_withdraw", at="withdraw", words=_("撤回任务"), done=_("已撤回。"), **OFFICE, may=rules.can_withdraw, aside=True, tone="danger",
     lines={"board_task.withdraw": _("撤回协同任务")})  # fmt: skip
def withdraw_board_task(board_task, *, by, at, reason: asking.Why):
    """Withdraw a task, with the reason (撤回任务): nobody waits for it or its parts any more."""
    board_task.ended_at = at
    move(board_task, "withdraw", by=by, at=at, unit=office_of(board_task, by), words=reason, saving=["ended_at", *asked_no_more(board_task)])
    end_parts(board_task, by=by, at=at)
    return board_task


@command("labour.climb_board_tasks")
def climb_board_tasks(*, by, at):
    """Tell the offices of the tasks that came to another stage of being overdue (policy/ladder.toml), once a stage. Returns of how many."""
    rules.can_climb(by).or_raise()
    day, calendar, told = today(at), WorkingCalendar.load(), 0
    found = [pk for pk, _level in queries.to_tell(day)]
    for task in BoardTask.objects.select_for_update(of=("self",), no_key=True).select_related("area", "lead", "office").filter(pk__in=found, state__in=UNDONE).order_by("pk"):
        level = queries.stage(task, day, calendar)  # anew, of the row under lock
        if level:
            change(task, "board_task.climb", by=by, at=at, unit=None, words=pages.overdue_words(task, level), level=level)
            tell([task.office], ABOUT, number=f"{task.due_on:%m-%d}", path=reverse("labour:board_task", args=[task.pk]), key=f"board:{task.pk}:{task.due_on}:{level}", at=at)
            told += 1
    return told
