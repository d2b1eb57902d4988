"""What the acts of rosters are about: a duty, an exchange, an absence."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked, looked

from ..models import DutySwap, GateDuty, GuardAbsence
from . import rules
from .queries import words_of

OVER = ("schools:roster", _("护学岗排班"))
_OF_DUTY = ("plan", "school__unit", "school__area", "post__gate", "guard")
_OF_SWAP = ("one__plan", "one__school__unit", "one__guard", "one__post__gate", "other__school__unit", "other__guard", "other__post__gate")
DUTIES = Subject(
    "gate_duty", "schools.gateduty", "schools/duties", seen=lambda actor, duty: rules.visible_duties(actor, duty=duty).select_related(*_OF_DUTY),
    take=locked(GateDuty, *_OF_DUTY), look=looked(GateDuty, *_OF_DUTY), page="schools:gate_duty", over=OVER, about=words_of, drafts=False,
)  # fmt: skip
SWAPS = Subject(
    "duty_swap", "schools.dutyswap", "schools/swaps", seen=lambda actor, duty: rules.visible_swaps(actor, duty=duty).select_related(*_OF_SWAP), take=locked(DutySwap, *_OF_SWAP),
    look=looked(DutySwap, *_OF_SWAP), page="schools:gate_duty", of=lambda one: one.one, over=OVER, about=lambda one: words_of(one.one), drafts=False,
)  # fmt: skip
ABSENCES = Subject(
    "guard_absence", "schools.guardabsence", "schools/absences", seen=lambda actor, duty: rules.visible_absences(actor, duty=duty).select_related("guard__school__unit", "guard__unit"),
    take=locked(GuardAbsence, "guard__school", "guard__unit"), look=looked(GuardAbsence, "guard__school", "guard__unit"), page="schools:guard_absence",
    over=("schools:guards", _("护学人员")), about=lambda one: one.guard.name, drafts=False,
)  # fmt: skip
