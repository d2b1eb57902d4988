"""Who may print a slip, and what a slip may do."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from wanjia.casework.duties import Duty
from wanjia.kernel.calendar import today
from wanjia.policy.honesty import in_force
from wanjia.policy.triage import rules as limits
from wanjia.verdict import first_refusal

from ..models import Slip, SlipMiss
from ..rules import covers, independent
from ..states import REPORTED, NeedState, Word

MISSES_AN_HOUR = 10


def can_issue(actor, need):
    """Decide whether the actor may print the household's slip: not any more once done is reported, when a code is a word."""
    return first_refusal(
        (actor.has_duty(Duty.RECORD_NEEDS), _("您的岗位没有打印小条的权限。")),
        (covers(actor, need, duty=Duty.RECORD_NEEDS), _("这件诉求不在您的辖区。")),
        (need.state not in REPORTED, _("已经报办结,不能再打印小条,免得有人替诉求人回答。诉求人的话由别的单位回访时问。")),
    )


def can_speak(need):
    """Decide whether it is time for the household's word: the handler says done, and it has not been struck off."""
    return first_refusal(
        (need.state in (NeedState.DONE_REPORTED, NeedState.VERIFIED), _("承办单位还没有报办结,办好以后再请您回答。")),
    )


def can_say_solved(need):
    """Decide whether "solved" can still be said by the slip: once is enough."""
    return first_refusal((need.slip_word != Word.SOLVED, _("您已经说过“已经解决”,记下了。")))


def may_show(slip):
    """Decide whether a slip's code may be shown: once, in the answer to the act that made it."""
    return first_refusal(
        (getattr(slip, "fresh", False), _("小条上的编码只在生成的那一刻显示一次。没有打印上的,请重新生成一张,旧的作废。")),
    )


def is_late_complaint(need, at):
    """Tell whether a slip's "not solved" comes after the days of reopening, and within those in which it counts against the closing."""
    if need.state != NeedState.CLOSED or need.closed_at is None:
        return False
    days = (at - need.closed_at).days
    return limits()["reopening"]["days"] <= days < in_force(today(at)).complaint_days


def can_complain(need):
    """Decide whether the slip can still say so: once is enough."""
    return first_refusal((need.slip_word != Word.UNSOLVED, _("您已经说过“没有解决”,记下了,上一级会来看。")))


def is_trusted(slip, need):
    """Tell whether a slip's word weighs like a callback: only when somebody who may call back and has no part in it issued it.

    Its code is known to whoever printed it; anybody else's slip is heard, and another unit asks again.
    """
    return slip is not None and slip.by_call_back and independent(slip.issued_by, need)


def still_speaks(slip):
    """Tell whether a slip still opens its page: a live one, and one that only hands with a part in the need have replaced.

    Else whoever handles a need could take the household's paper away by printing another. Such an old one shows how the need stands
    and says "not solved"; "solved" and new needs are the live one's.
    """
    if slip.ended_at is None:
        return True
    later = Slip.objects.filter(need=slip.need_id, issued_at__gte=slip.ended_at).select_related("issued_by")
    return all(one.issued_by is not None and not independent(one.issued_by, slip.need) for one in later)


def may_try(address_index, at):
    """Decide whether this address may try another code: ten wrong ones an hour are enough. Other addresses are not touched.

    A right code from a shut address waits too: else the door would answer whoever tries on. The paper's telephone stays open.
    """
    recent = SlipMiss.objects.filter(address_index=address_index, at__gt=at - timedelta(hours=1)).count()
    return first_refusal((recent < MISSES_AN_HOUR, _("输错太多次,请一小时后再试,或拨打小条上的电话。")))
