"""What the acts of leaders' days are about."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked, looked

from ..models import LeaderDay
from . import rules

OVER = ("schools:leader_days", _("领导带班日"))
LEADER_DAYS = Subject(
    "leader_day", "schools.leaderday", "schools/leader-days", seen=lambda actor, duty: rules.visible_leader_days(actor, duty=duty).select_related("school__unit", "guard"),
    take=locked(LeaderDay, "school__unit", "guard"), look=looked(LeaderDay, "school__unit", "guard"), page="", over=OVER, about=lambda one: f"{one.school.unit.name} {one.day}", drafts=False,
)  # fmt: skip
