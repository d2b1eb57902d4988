"""Who may urge, and why not."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanjia.casework.duties import Duty
from wanjia.kernel.calendar import day_start, today
from wanjia.orgs.duties import Duty as OrgsDuty
from wanjia.verdict import first_refusal

from ..rules import SEES, covers, holds, state_refusal
from ..states import BEFORE_DONE

URGES = (Duty.ASSIGN_NEEDS, OrgsDuty.RECHECK_NEEDS)


def can_urge(actor, need, *, at=None):
    """Decide whether the actor may urge the unit that holds this need: what is due or late, once a day, never the own unit."""
    day = today(at or timezone.now())
    open_, due = need.state in BEFORE_DONE, min(filter(None, (need.due_on, need.step_due_on)), default=None)
    late = due is not None and due <= day
    return first_refusal(
        (actor.has_duty(*URGES), _("您的岗位没有催办的权限。")),
        (covers(actor, need, duty=URGES), _("这件诉求不在您的辖区。")),
        (open_, state_refusal(need, _("报办结以前才催办"))),
        (not holds(actor, need, duty=SEES), _("这件诉求就在您的单位手里,请直接办理。")),
        (late, _("还没有到期,先不催办。")),
        (not (open_ and late) or not _urged(need, day), _("今天已经催过了,请明天再催。")),
    )


def _urged(need, day):
    return need.steps.filter(act="urge", recorded_at__gte=day_start(day)).exists()
