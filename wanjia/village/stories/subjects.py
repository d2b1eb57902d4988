"""What the acts of stories and tips are about."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked

from ..models import RoleStory, Tip
from . import rules

STORIES = Subject(
    "role_story", "village.rolestory", "village/stories", seen=lambda actor, duty: rules.visible_stories(actor, duty=duty).select_related("home", "village"), take=locked(RoleStory, "home", "village"),
    page="village:role_story", over=("village:stories", _("典型故事")), about=lambda one: one.title,
)  # fmt: skip
TIPS = Subject(
    "tip", "village.tip", "village/tips", seen=lambda actor, duty: rules.visible_tips(actor, duty=duty).select_related("village", "to"), take=locked(Tip, "village", "to"),
    page="village:tip", over=("village:tips", _("有人反映")), about=lambda one: f"{one.told_on:%Y-%m-%d}", drafts=False,
)  # fmt: skip
