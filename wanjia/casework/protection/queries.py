"""What a protection officer's desk asks."""

from django.db.models import Exists, OuterRef
from django.utils import timezone

from wanjia.orgs.duties import Duty

from ..models import ProtectionFollowUp, ProtectionReport
from .rules import AT_ONCE, visible_reports


def reports_for(actor):
    """Return the officer's reports, late ones and those without police first."""
    return visible_reports(actor).select_related("area").order_by("-late", "reported_at", "-discovered_at")


def fresh(actor):
    """Return the officer's reports on which nobody has written a word yet: a new one waits on the desk, not only once it is late."""
    if not actor.has_duty(Duty.PROTECT_CHILDREN):
        return ProtectionReport.objects.none()
    return visible_reports(actor).filter(~Exists(ProtectionFollowUp.objects.filter(report=OuterRef("pk"))))


def alarms(actor, at=None):
    """Return the reports that no authority has received within two hours of discovery."""
    moment = (at or timezone.now()) - AT_ONCE
    return visible_reports(actor).filter(reported_at=None, discovered_at__lt=moment)
