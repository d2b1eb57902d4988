"""The words of village meetings, and the tables of moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class BodyKind(TextChoices):
    """What a body of the village is (自治组织): each has its row in policy/meetings.toml."""

    COUNCIL = "council", _("村民协商议事会")
    REPRESENTATIVES = "representatives", _("村民代表会议")
    VILLAGERS = "villagers", _("村民会议")
    GROUP = "group", _("村民小组会议")
    COMMITTEE = "committee", _("村民委员会")
    GOVERNANCE = "governance", _("乡村治理委员会")
    SUPERVISION = "supervision", _("村务监督委员会")
    BRANCH = "branch", _("村党组织")
    COLLECTIVE = "collective", _("集体经济组织成员大会")
    COLLECTIVE_REPS = "collective_reps", _("集体经济组织成员代表大会")
