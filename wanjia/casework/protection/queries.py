"""What a protection officer's desk asks."""

from django.utils import timezone

from .rules import AT_ONCE, visible_reports


def reports_for(actor):
    """Return the officer's reports, late ones and those without police first."""
    return visible_reports(actor).select_related("area").order_by("-late", "reported_at", "-discovered_at")


def alarms(actor, at=None):
    """Return the reports that no authority has received within two hours of discovery."""
    moment = (at or timezone.now()) - AT_ONCE
    return visible_reports(actor).filter(reported_at=None, discovered_at__lt=moment)
