"""What the acts of helpers are about: a helper, a team, a member."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked

from ..models import Helper, Team, TeamMember
from . import rules

OVER = ("care:helpers", _("帮扶人和志愿队"))
HELPERS = Subject(
    "helper", "care.helper", "care/helpers", seen=lambda actor, duty: rules.visible_helpers(actor, duty=duty).select_related("organisation", "user"),
    take=locked(Helper, "organisation"), page="care:helper", over=OVER, about=lambda one: one.name, drafts=False,
)  # fmt: skip
TEAMS = Subject(
    "team", "care.team", "care/teams", seen=lambda actor, duty: rules.visible_teams(actor, duty=duty).select_related("organisation"),
    take=locked(Team, "organisation"), page="care:team", over=OVER, about=lambda one: one.name,
)  # fmt: skip
MEMBERS = Subject(
    "member", "care.teammember", "care/members", seen=lambda actor, duty: rules.visible_members(actor, duty=duty).select_related("team__organisation", "helper"),
    take=locked(TeamMember, "team__organisation", "helper"), page="care:team", of=lambda one: one.team, over=OVER, about=lambda one: one.helper.name, drafts=False,
)  # fmt: skip
