"""Who may print a slip, and what a slip may do."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.verdict import first_refusal
from wanjia.orgs.duties import Duty

from ..models import SlipMiss
from ..rules import covers
from ..states import NeedState

MISSES_AN_HOUR = 10


def can_issue(actor, need):
    """Decide whether the actor may print the household's slip."""
    return first_refusal(
        (actor.has_duty(Duty.RECORD_NEEDS), _("您的岗位没有打印小条的权限。")),
        (covers(actor, need) or need.recorded_by_id == actor.pk, _("这件诉求不在您的辖区。")),
    )


def can_speak(need):
    """Decide whether it is time for the household's word: the handler says done, and it has not been struck off."""
    return first_refusal(
        (need.state in (NeedState.DONE_REPORTED, NeedState.VERIFIED), _("承办单位还没有报办结,办好以后再请您回答。")),
    )


def may_try(address_index, at):
    """Decide whether this address may try another code: ten wrong ones an hour are enough. Other addresses are not touched.

    A right code from a shut address waits too: else the door would answer whoever tries on. The paper's telephone stays open.
    """
    recent = SlipMiss.objects.filter(address_index=address_index, at__gt=at - timedelta(hours=1)).count()
    return first_refusal((recent < MISSES_AN_HOUR, _("输错太多次,请一小时后再试,或拨打小条上的电话。")))
