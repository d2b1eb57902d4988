"""Report at once; follow up. There is no command to close, change or delete a report."""

from django.utils.translation import gettext as _

from wanjia.kernel import journal
from wanjia.kernel.command import command
from wanjia.verdict import Refused

from ..models import ProtectionFollowUp, ProtectionReport
from . import rules


@command("casework.report_child", sealed=True)
def report_child(*, area, discovered_at, situation, facts, child_words, by, at, **told):
    """Open a sealed record of a child in danger (强制报告). The journal line names neither child nor reporter.

    told: any of called_police_at, reported_at, reported_to, channel, receipt_no, head_told_at, suspects_unit.
    """
    rules.can_report(by, area).or_raise()
    if discovered_at > at:
        raise Refused(_("发现时间不能晚于现在。"))
    if not (situation.strip() and facts.strip()):
        raise Refused(_("请选择情形,并写下看到或听到的事实。"))
    reported = told.pop("reported_at", None) or told.get("called_police_at")
    report = ProtectionReport.objects.create(
        area=area, discovered_at=discovered_at, received_at=at, reported_at=reported, late=(reported or at) - discovered_at > rules.AT_ONCE,
        situation=situation, facts=facts, child_words=child_words, reporter=f"{by.name}|{by.id}", reporter_org=by.org, **told,
    )  # fmt: skip
    journal.record(act="protection.report", subject=report, by=_SEALED, at=at, area_code=area.code)
    return report


class _Sealed:
    """Stands in the journal for a reporter whose name is sealed in the record itself."""

    id, name, org = None, "(密封)", None

    @staticmethod
    def org_name_for(_act, _code=""):
        """No unit either."""
        return ""


_SEALED = _Sealed()


@command("casework.follow_up_report")
def follow_up_report(*, report_id, words, by, at, reported_at=None):
    """Write what was done next (跟进); the first word of an authority's receipt fills the report's time."""
    report = ProtectionReport.objects.get(pk=report_id)
    rules.can_follow_up(by, report).or_raise()
    if not words.strip():
        raise Refused(_("请写下跟进情况。"))
    if reported_at and report.reported_at is None:
        ProtectionReport.objects.filter(pk=report.pk, reported_at=None).update(
            reported_at=reported_at, late=reported_at - report.discovered_at > rules.AT_ONCE
        )
    step = ProtectionFollowUp.objects.create(report=report, at=at, words=words, by=by)
    journal.record(act="protection.follow_up", subject=report, by=by, at=at, area_code=report.area_id)
    return step


@command("casework.open_report", reads=True)
def open_report(*, report_id, reason, by, at):
    """Open a sealed report for reading; the reading is journalled before the page is sent (未成年人网络保护条例 art. 36)."""
    report = rules.visible_reports(by).get(pk=report_id)
    if len(reason.strip()) < 4:
        raise Refused(_("请写明查看的理由(至少 4 个字)。"))
    journal.record_reading(act="protection.read", subject=report, by=by, at=at, reason=reason, area_code=report.area_id)
    return report
