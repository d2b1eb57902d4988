"""Who may enter an agreement, and end it before its time."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.verdict import first_refusal

from ..duties import Duty
from ..employers.rules import READS
from ..models import Agreement

NO_DUTY = _("您的岗位没有登记劳务协作的权限。")


def visible_agreements(actor, *, duty=READS):
    """Return the agreements that the actor sees: all of them for whoever serves labourers; others see those of their area."""
    rows = Agreement.objects.select_related("employer", "area")
    return rows if actor.has_duty(*READS) else rows.filter(scope.in_reach(actor, duty=duty))


def can_add(actor):
    """Decide whether the actor may enter agreements."""
    return first_refusal((actor.has_duty(Duty.KEEP_AGREEMENTS), NO_DUTY))


def can_end(actor, agreement):
    """Decide whether the actor may end this agreement before its time."""
    return first_refusal(
        (actor.has_duty(Duty.KEEP_AGREEMENTS), NO_DUTY),
        (scope.covers(actor, agreement.area_id, duty=Duty.KEEP_AGREEMENTS), _("这份协议不由您的单位登记。")),
        (agreement.ended_on is None, _("这份协议已经终止了。")),
    )
