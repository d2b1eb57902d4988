"""What the acts of the branch are about: a member, an activity."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked

from ..models import BranchActivity, PartyMember
from . import rules

OVER = ("village:branch", _("党支部"))
MEMBERS = Subject(
    "party_member", "village.partymember", "village/branch/members", seen=lambda actor, duty: rules.visible_members(actor, duty=duty).select_related("body__area", "person"),
    take=locked(PartyMember, "body__area", "person"), page="village:party_members", of=lambda one: one.body, over=OVER, about=str,
)  # fmt: skip
ACTIVITIES = Subject(
    "branch_activity", "village.branchactivity", "village/branch/activities", seen=lambda actor, duty: rules.visible_activities(actor, duty=duty).select_related("body__area"),
    take=locked(BranchActivity, "body__area"), page="village:branch_activity", over=OVER, about=str, word="activity",
)  # fmt: skip
