"""Who sees a task of the board, who sets it, works on it, judges what was reported; and why not."""

from django.db.models import Exists, OuterRef, Q
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.orgs.second_person.hands import SAME_PERSON, is_one_person
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.verdict import first_refusal

from ..board_states import BOARD_TASK, STILL, BoardState, PartState
from ..duties import Duty
from ..models import BoardPart, BoardTask

SEES = (Duty.SET_BOARD, Duty.WORK_BOARD)
NO_SETTING = _("您的岗位没有交办、确认协同任务的权限。")
NO_WORK = _("您的岗位没有办理协同任务的权限。")
ELSEWHERE = _("这项协同任务不由您的单位交办。")
NOT_LEAD = _("这项协同任务不由您的单位牵头。")
NOT_PART = _("这项配合不是请您的单位做的。")
ELSEWHERE_AREA = _("这个地方不在您的辖区。")
NO_UNIT = _("这个单位不在您的辖区,或者还没有人能接协同任务。")


def _within(actor, duty):
    return scope.in_reach(actor, area="area_id", duty=duty)


def _units(actor):
    return [unit.pk for unit in scope.units(actor, duty=Duty.WORK_BOARD)]


def visible_tasks(actor, *, duty=SEES):
    """Return the tasks that the actor's office sets or judges, by its area; and of whoever works on tasks those alone that name a unit of his."""
    duties = duty if isinstance(duty, tuple) else (duty,)
    found = _within(actor, Duty.SET_BOARD) if Duty.SET_BOARD in duties else Q(pk__in=[])
    if Duty.WORK_BOARD in duties:
        units = _units(actor)
        found |= Q(lead__in=units) | Exists(BoardPart.objects.filter(task=OuterRef("pk"), unit__in=units))
    return BoardTask.objects.filter(found)


def visible_parts(actor, *, duty=SEES):
    """Return the parts of these tasks."""
    return BoardPart.objects.filter(task__in=visible_tasks(actor, duty=duty))


def counted_tasks(actor, *, duty):
    """Return the tasks that an actor counts: those of the places where the duty is."""
    return BoardTask.objects.filter(scope.in_place(actor, area="area_id", duty=duty))


def _office(actor, task):
    return (
        (actor.has_duty(Duty.SET_BOARD), NO_SETTING),
        (any(reach.holds(task.area_id) for reach in scope.reaches(actor, duty=Duty.SET_BOARD)), ELSEWHERE),
    )


def _works(actor):
    return (actor.has_duty(Duty.WORK_BOARD), NO_WORK)


def _lead(actor, task):
    return (_works(actor), (task.lead_id in _units(actor), NOT_LEAD))


def works_there(unit, area):
    """Decide whether a unit has to do with an area: it works there, or within it."""
    return first_refusal((unit.covers(area.pk) or area.covers(unit.area_id), _("%(unit)s不在这个地方工作。") % {"unit": unit.name}))


def can_accept(actor, task):
    """May the actor take the task on for the lead unit (接受任务)."""
    return first_refusal(*_lead(actor, task), (BOARD_TASK.allows("accept", task.state), _("这项任务不在等接受。")))


def can_contest(actor, task):
    """May the actor contest the task for the lead unit (提出异议): once, before it is taken on."""
    return first_refusal(
        *_lead(actor, task), (BOARD_TASK.allows("contest", task.state), _("接受以前才能提异议。")), (not task.contested, _("您的单位提过一次异议,交办单位已经答复。请接受,办不了的请延期。"))
    )


def can_settle(actor, task):
    """May the actor answer what the lead contested (答复异议)."""
    return first_refusal(*_office(actor, task), (BOARD_TASK.allows("settle", task.state), _("没有等答复的异议。")))


def can_add_part(actor, task):
    """May the actor ask a unit to assist (请单位配合)."""
    return first_refusal(*_office(actor, task), (task.state in STILL, _("这项任务已经办结或者撤回。")))


def can_report(actor, task):
    """May the actor report the task done for the lead unit (报办结)."""
    return first_refusal(*_lead(actor, task), (BOARD_TASK.allows("report", task.state), _("接受以后、报办结以前才能报。")))


def _judges(actor, task, at):
    return (
        *_office(actor, task), (task.state == BoardState.REPORTED, _("牵头单位报了办结,才能确认或者退回。")),
        (task.reported_by_id is None or task.reported_by_id != actor.id, _("报办结的人不能自己确认或者退回,请另一个人来。")),
        (not is_one_person(actor, task.reported_by_id, at), SAME_PERSON),
    )  # fmt: skip


def can_confirm(actor, task, at):
    """May the actor confirm what was reported: the office, and never whoever reported it."""
    return first_refusal(*_judges(actor, task, at))


can_send_back = can_confirm


def can_ask_later(actor, task, at):
    """May the actor ask for a later day (请求延期): the lead, once at a time, and before the day is over."""
    return first_refusal(
        *_lead(actor, task), (task.state == BoardState.TAKEN, _("接受以后、报办结以前才能请求延期。")), (task.later_on is None, _("已经请求过延期,等交办单位决定。")),
        (today(at) <= task.due_on, _("日期已经过了,不能再延。请尽快办,办完照实报。")),
    )  # fmt: skip


def can_decide_later(actor, task, at):
    """May the actor decide on a later day: the office, and never whoever asked for it."""
    return first_refusal(
        *_office(actor, task), (task.later_on is not None, _("没有等决定的延期。")), (task.later_by_id is None or task.later_by_id != actor.id, _("请求延期的人不能自己决定,请另一个人来。")),
        (not is_one_person(actor, task.later_by_id, at), SAME_PERSON),
    )  # fmt: skip


def can_withdraw(actor, task):
    """May the actor withdraw the task (撤回任务)."""
    return first_refusal(*_office(actor, task), (BOARD_TASK.allows("withdraw", task.state), _("这项任务已经办结或者撤回。")))


def can_finish_part(actor, part):
    """May the actor say for an assisting unit that its part is done (报配合完成)."""
    return first_refusal(
        _works(actor), (part.unit_id in _units(actor), NOT_PART), (part.state == PartState.OPEN, _("这项配合已经报过,或者不再等了。"))
    )


def may_be_due(day, due_on):
    """Decide whether a task may be due on this day."""
    return first_refusal((due_on >= day, _("日期不能早于今天。")))


def part_may_be(task, unit, due_on, day):
    """Decide whether a unit may be asked for a part by this day: another than the lead, asked for none yet, not before today nor after the task's own day."""
    return first_refusal(
        (unit.pk != task.lead_id, _("%(unit)s就是牵头单位,不用再请它配合。") % {"unit": unit.name}),
        (not task.parts.filter(unit=unit).exists(), _("%(unit)s已经请过了。") % {"unit": unit.name}),
        (day <= due_on <= task.due_on, _("配合的日期不早于今天,不晚于任务自己的日期。")),
    )


def is_own_figure(address):
    """Decide whether a text is the address of a page of these figures: evidence opens to whoever may open it, and leads nowhere else."""
    try:
        found = address.startswith("/") and resolve(address.partition("?")[0]).app_name == "labour"
    except Resolver404:
        found = False
    return first_refusal((not address or found, _("请从地址栏复制本系统里就业页面的地址。")))


def can_climb(actor):
    """Decide who tells of what is overdue: the clock alone."""
    return first_refusal((actor is CLOCK, _("超期由系统按日期提醒,不由人代走。")))
