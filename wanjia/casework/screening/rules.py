"""Who may judge whether a need is reasonable."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from wanjia.casework.duties import Duty
from wanjia.kernel.calendar import today
from wanjia.verdict import first_refusal

from ..models import Slip
from ..rules import covers, left_to_above, raised_refusal, state_refusal, stood_at, stood_since
from ..states import NEED


def can_screen(actor, need):
    """Decide whether the actor may judge this need now."""
    return first_refusal(
        (actor.has_duty(Duty.SCREEN_NEEDS), _("您的岗位没有判定是否合理的权限。")),
        (covers(actor, need, duty=Duty.SCREEN_NEEDS), _("这件诉求不在您的辖区。")),
        (NEED.allows("admit", need.state), state_refusal(need, _("只有待判定的诉求才能判定"))),
        (not left_to_above(actor, need, duty=Duty.SCREEN_NEEDS), raised_refusal(need)),
    )


def can_appeal(actor, need):
    """Decide whether the actor may hand in the household's request to look again at a declined need; the household itself asks by its slip."""
    return first_refusal(
        (actor.id is None or actor.has_duty(Duty.RECORD_NEEDS), _("您的岗位没有登记复核申请的权限。")),
        (actor.id is None or covers(actor, need, duty=Duty.RECORD_NEEDS), _("这件诉求不在您的辖区。")),
        (NEED.allows("appeal", need.state), state_refusal(need, _("只有不予受理的诉求才能申请复核"))),
    )


def day_left(need, day, calendar):
    """Return by when a declined need that is asked about again on `day` is to be answered: the working days that were left go on.

    A day on which it lies before the desk counts, the day of asking too; where none was left it is that day, the first time. A day
    that had passed stays the promise.
    """
    ended = today(need.ended_at)
    left = calendar.between(ended, need.due_on)
    if day == ended or need.due_on < ended:
        return need.due_on
    if left > 0:
        return calendar.add(day - timedelta(days=1), left).on
    return need.due_on if need.steps.filter(act="appeal").exists() else day


def opens_anew(need):
    """Tell whether the household's slip opens a new promise: one that no unit printed which has the need or declined it.

    A slip's code is known to whoever printed it. Else a desk would decline, disagree with itself by its own slip, and begin its days anew.
    """
    slip = Slip.objects.filter(need=need, ended_at=None).select_related("issued_by").first()
    if slip is None or slip.issued_by is None:
        return False
    declined = list(need.steps.filter(act="decline").values_list("by_id", "by_org_id", "recorded_at"))
    units = {need.holder_id, *(org for _by, org, _at in declined)} | stood_at({(by, at) for by, _org, at in declined if by})
    return slip.issued_by_id not in {by for by, _org, _at in declined} and units.isdisjoint(stood_since(slip.issued_by, need))
