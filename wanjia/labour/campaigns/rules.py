"""Who sees a drive, who opens one and sets its targets."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.verdict import first_refusal

from ..duties import Duty
from ..models import Campaign

SEES = (Duty.SEE_LABOUR, Duty.MATCH, Duty.ACTIVATE_MATCH)


def visible_campaigns(actor, *, duty=SEES):
    """Return the drives whose area is the actor's or holds a place of his, the newest first."""
    whole = scope.in_reach(actor, area="area_id", duty=duty)
    return Campaign.objects.filter(whole).select_related("area", "opened_by")


def can_target(actor, campaign):
    """Decide whether the actor may set what a place is to reach."""
    return first_refusal((visible_campaigns(actor, duty=Duty.MATCH).filter(pk=campaign.pk).exists(), _("这个行动不在您的辖区。")))


def can_match(actor, campaign, at):
    """Decide whether the actor may have a plan worked for this drive."""
    return first_refusal(
        (visible_campaigns(actor, duty=Duty.MATCH).filter(pk=campaign.pk).exists(), _("这个行动不在您的辖区。")),
        (today(at) < campaign.until_on, _("行动已经结束。")),
    )
