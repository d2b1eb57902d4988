"""Late or not is worked out again from the hours of each report of a child in danger; why it was late is said of late ones alone."""

from django.utils import timezone

from ..models import ProtectionReport
from ..protection.rules import at_once, is_late


def faults(_day):
    """Yield (what, column, is, should): a report is named by its key alone."""
    now = timezone.now()
    for report in ProtectionReport.objects.select_related("late_reason").order_by("pk").iterator(chunk_size=500):
        late = (report.reported_at or report.received_at) - report.discovered_at > at_once(report.discovered_at)
        if report.late != late:
            yield f"report {report.pk}", "late", report.late, late
        if hasattr(report, "late_reason") and not is_late(report, now):
            yield f"report {report.pk}", "late_reason", report.late_reason.at, "none: it was not late"
