"""What a protection officer's desk asks."""

from django.db.models import Exists, OuterRef
from django.utils import timezone

from wanjia.orgs.duties import Duty

from ..models import ProtectionFollowUp, ProtectionReport
from .rules import is_late, overseen, visible_reports


def reports_for(actor):
    """Return the officer's reports, late ones and those without police first."""
    return visible_reports(actor).select_related("area").order_by("-late", "reported_at", "-discovered_at")


def fresh(actor):
    """Return the officer's reports on which nobody has written a word yet: a new one waits on the desk, not only once it is late."""
    if not actor.has_duty(Duty.PROTECT_CHILDREN):
        return ProtectionReport.objects.none()
    return visible_reports(actor).filter(~Exists(ProtectionFollowUp.objects.filter(report=OuterRef("pk"))))


def alarms(actor, at=None):
    """List the reports that no authority has received within two hours of discovery: by the clock, day and night, with nothing to be missed."""
    return _late(visible_reports(actor).filter(reported_at=None), at) if actor.has_duty(Duty.PROTECT_CHILDREN) else []


def unexplained(actor, at=None):
    """List the officer's late reports of which nobody has said why."""
    if not actor.has_duty(Duty.PROTECT_CHILDREN):
        return []
    return _late(visible_reports(actor).filter(late_reason=None), at)


def _late(reports, at):
    """Keep the late ones, read by their moments alone: no sealed word is opened for a count on the desk."""
    return [one for one in reports.only("discovered_at", "reported_at") if is_late(one, at or timezone.now())]


def late_here(actor, at=None):
    """List the late reports where the actor reads the journal: he is shown when and how long, never where or of whom."""
    if not actor.has_duty(Duty.READ_JOURNAL):
        return []
    now = at or timezone.now()
    rows = overseen(actor).select_related("late_reason").only("discovered_at", "reported_at", "late_reason__at").order_by("-discovered_at")
    return [one for one in rows if is_late(one, now)]


def alarming(actor):
    """Count those of them that still alarm: no authority has it, or nobody has said why it was late."""
    return sum(one.reported_at is None or not hasattr(one, "late_reason") for one in late_here(actor))
