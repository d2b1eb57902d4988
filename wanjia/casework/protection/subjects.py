"""What the acts on a report of a child in danger are about."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.verdict import NotFound

from ..models import ProtectionReport
from .rules import visible_reports


def _reports_seen(actor, *, duty):
    """A sealed report is seen by the place's protection officer, and by nobody whom it is about."""
    return visible_reports(actor).select_related("area")


def _report(report_id):
    report = ProtectionReport.objects.filter(pk=report_id).first()
    if report is None:
        raise NotFound(_("没有找到这份报告。"))
    return report


REPORTS = Subject(
    "report", "casework.protectionreport", "protection", seen=_reports_seen, take=lambda report_id, at: (_report(report_id), at), look=_report,
    page="casework:open_report", over=("casework:protection", _("强制报告处置")), about=lambda report: report.area.name, drafts=False,
)  # fmt: skip
