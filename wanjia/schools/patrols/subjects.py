"""What the acts of patrols are about: a plan, one patrol of it."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked, looked

from ..models import Patrol, PatrolPlan
from . import rules

OVER = ("schools:patrols", _("巡查"))
OF_PLAN = ("area", "unit", "notice__area")
OF_PATROL = ("area", "unit", "notice__area", "notice__issuer", "near__unit", "plan")
PLANS = Subject(
    "patrol_plan", "schools.patrolplan", "schools/patrol-plans", seen=lambda actor, duty: rules.visible_plans(actor, duty=duty).select_related(*OF_PLAN),
    take=locked(PatrolPlan, *OF_PLAN), look=looked(PatrolPlan, *OF_PLAN), page="schools:patrol_plan", over=OVER, about=str,
)  # fmt: skip
PATROLS = Subject(
    "patrol", "schools.patrol", "schools/patrols", seen=lambda actor, duty: rules.visible_patrols(actor, duty=duty).select_related(*OF_PATROL),
    take=locked(Patrol, *OF_PATROL), look=looked(Patrol, *OF_PATROL), page="schools:patrol", over=OVER, about=str,
)  # fmt: skip
