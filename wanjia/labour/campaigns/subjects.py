"""What the acts on a drive are about."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked

from ..models import Campaign
from .rules import visible_campaigns

CAMPAIGNS = Subject(
    "campaign", "labour.campaign", "labour/campaigns", seen=visible_campaigns, take=locked(Campaign, "area"), page="labour:campaign",
    over=("labour:campaigns", _("就业行动")), about=lambda campaign: campaign.name,
)  # fmt: skip
