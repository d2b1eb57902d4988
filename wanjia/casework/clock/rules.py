"""Who may ask for more time, stop a clock and let it run again, keep a plan; and who stands above and decides."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanjia.casework.duties import Duty
from wanjia.kernel.calendar import WorkingCalendar, today
from wanjia.verdict import first_refusal

from ..clocks import longest_extension, longest_stop
from ..rules import covers, holds, independent, reaches_over, stands_above, state_refusal
from ..states import EXTENSION, NeedState, Outcome, StopReason

WORKING = (NeedState.ACCEPTED, NeedState.IN_PROGRESS)
PLANNED = (NeedState.DONE_REPORTED, NeedState.VERIFIED)


def can_ask_extension(actor, need, *, at=None):
    """Decide whether the actor may ask for more time (申请延期): the holder, before the date, once a round, and never after one was granted."""
    return first_refusal(
        (actor.has_duty(Duty.HANDLE_NEEDS), _("您的岗位没有办理权限。")),
        (holds(actor, need, duty=Duty.HANDLE_NEEDS), _("这件诉求不在您的单位手里。")),
        (need.state in WORKING, state_refusal(need, _("签收以后、报办结以前才能申请延期"))),
        (need.due_on is None or need.due_on >= today(at or timezone.now()), _("时限已经过了,不能再申请延期。请抓紧办理,并向诉求人说明。")),
        (need.extended_from is None, _("这件诉求已经延过一次,不能再延。重新办理的,时限也从最初算起。")),
        (need.asked_in != need.reopenings, _("这一轮已经申请过延期,一轮只能申请一次。")),
        (need.asked_for == "", _("已经有一项申请在等上一级审批,请等审批以后再办。")),
        (not need.is_stopped(today(at or timezone.now())), _("现在正挂起,请先恢复计时。")),
    )


def until_may_be(need, due_on):
    """Decide whether a need may be put off to this day: later than promised, by no more than it had been given first."""
    latest = longest_extension(need, WorkingCalendar.load())
    return first_refusal(
        (due_on > need.due_on, _("新的期限要晚于现在的期限。")),
        (due_on <= latest, _("延长的时间不能超过原来的时限,最迟到 %(day)s。") % {"day": latest}),
    )


def can_stop(actor, need, *, at=None):
    """Decide whether the actor may stop the need's own clock, or ask the tier above to (挂起): the holder, before the date."""
    return first_refusal(
        (actor.has_duty(Duty.HANDLE_NEEDS), _("您的岗位没有办理权限。")),
        (holds(actor, need, duty=Duty.HANDLE_NEEDS), _("这件诉求不在您的单位手里。")),
        (need.state in WORKING, state_refusal(need, _("签收以后、报办结以前才能挂起"))),
        (need.due_on is None or need.due_on >= today(at or timezone.now()), _("时限已经过了,不能再挂起。超期照算。")),
        (need.asked_for == "", _("已经有一项申请在等上一级审批,请等审批以后再办。")),
        (not need.is_stopped(today(at or timezone.now())), _("现在正挂起,请先恢复计时。")),
    )


def stop_may_last(until, day):
    """Decide whether a clock stopped on `day` may stand still until this day."""
    latest = longest_stop(day, WorkingCalendar.load())
    return first_refusal(
        (until > day, _("最晚恢复计时的日期要在今天以后。")),
        (until <= latest, _("一次挂起最晚到 %(day)s 恢复计时,到时还不行的,请上一级再审批。") % {"day": latest}),
    )


def stops_alone(need, reason):
    """Tell whether this stop begins at once: it waits for the household's papers, and for the first time. Every other asks the tier above."""
    return reason == StopReason.PAPERS and not need.papers_stopped


def can_run(actor, need, *, at=None):
    """Decide whether the actor may let a stopped clock run again (恢复计时)."""
    return first_refusal(
        (actor.has_duty(Duty.HANDLE_NEEDS), _("您的岗位没有办理权限。")),
        (holds(actor, need, duty=Duty.HANDLE_NEEDS), _("这件诉求不在您的单位手里。")),
        (need.state in WORKING, state_refusal(need, _("签收以后、报办结以前才有恢复计时"))),
        (need.is_stopped(today(at or timezone.now())), _("现在没有挂起,时限照常在走。")),
    )


def can_decide(actor, need):
    """Decide whether the actor may decide what waits for the tier above: never the asker, never anybody of a unit that has a part in it."""
    return first_refusal(
        (actor.has_duty(Duty.DECIDE_CLOCKS), _("您的岗位没有审批延期和挂起的权限。")),
        (covers(actor, need, duty=Duty.DECIDE_CLOCKS), _("这件诉求不在您的辖区。")),
        (need.asked_for != "", _("这件诉求没有等着审批的延期或挂起,可能已经有人审批过,或者已经报办结、换了单位。")),
        (independent(actor, need), _("办理过这件诉求的单位不能自己审批,请由上一级审批。")),
        (decides(actor, need), _("应由主办单位的上一级审批。")),
    )


def decides(actor, need):
    """The very post that decides stands in a unit above the one that holds the need."""
    return any(stands_above(reach.unit, need.holder) for reach in reaches_over(actor, need, duty=Duty.DECIDE_CLOCKS))


def can_grant(need, day):
    """Decide whether what was asked can still be granted on `day`: the day it names may have passed while it waited."""
    stop = need.asked_for != EXTENSION
    return first_refusal(
        (need.asked_until > day, _("申请的日期已经过了,不能再同意。请选不同意,由主办单位抓紧办理。")),
        (not stop or need.due_on >= day, _("办理时限在等审批的时候已经过了,不能再挂起。请选不同意。")),
    )


def can_tell(actor, need):
    """Decide whether the actor may enter how the household was told of an extension (告知延期)."""
    return first_refusal(
        (actor.has_duty(Duty.HANDLE_NEEDS), _("您的岗位没有办理权限。")),
        (holds(actor, need, duty=Duty.HANDLE_NEEDS), _("这件诉求不在您的单位手里。")),
        (need.state in WORKING, state_refusal(need, _("签收以后、报办结以前才登记延期告知"))),
        (need.extended_from is not None, _("这件诉求没有批准过延期。")),
        (need.extension_told_on is None, _("延期已经告知过诉求人,记下了。")),
    )


def told(need):
    """Tell whether the household knows of the extension that was granted; without one there is nothing to tell."""
    return need.extended_from is None or need.extension_told_on is not None


def can_plan(actor, need):
    """Decide whether the actor may add a step to the plan (计划节点): the holder of a need reported as planned, until it is back at work."""
    return first_refusal(
        (actor.has_duty(Duty.HANDLE_NEEDS), _("您的岗位没有办理权限。")),
        (holds(actor, need, duty=Duty.HANDLE_NEEDS), _("这件诉求不在您的单位手里。")),
        (is_planned(need), state_refusal(need, _("报为“列入计划”的诉求才有计划节点"))),
    )


def can_reach(actor, need):
    """Decide whether the actor may enter that a step of the plan was reached (节点完成)."""
    return first_refusal(
        (actor.has_duty(Duty.HANDLE_NEEDS), _("您的岗位没有办理权限。")),
        (holds(actor, need, duty=Duty.HANDLE_NEEDS), _("这件诉求不在您的单位手里。")),
        (is_planned(need), state_refusal(need, _("报为“列入计划”的诉求才有计划节点"))),
        (is_planned(need) and steps_ahead(need).exists(), _("没有还没完成的计划节点。")),
    )


def is_planned(need):
    """Tell whether a need stands on the planned list: reported as planned, and not yet back at work or ended."""
    return need.state in PLANNED and need.outcome == Outcome.PLANNED


def steps_of(need):
    """Return the steps of the plan that was reported last; those of a plan before stay where they are, and are nobody's task."""
    return need.milestones.filter(set_at__gte=need.done_at) if need.done_at else need.milestones.none()


def steps_ahead(need):
    """Return the steps of the plan that are not reached yet, the first due first."""
    return steps_of(need).filter(done_on=None)


def plan_steps(need):
    """List the steps of the plan that a need follows, for its page and its slip; None where it follows none."""
    return list(steps_of(need)) if is_planned(need) else None
