"""Report at once; follow up. There is no command to close, change or delete a report."""

from datetime import datetime, timedelta
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.orgs.duties import Duty
from wanjia.verdict import Refused

from ..models import LateReason, ProtectionFollowUp, ProtectionReport
from . import forms, pages, rules
from .subjects import REPORTS

CLOCKS = timedelta(minutes=5)  # how far a telephone's clock may be ahead of ours
ONE_DOOR = "children: the one door to a child is a page that says who opens it and why (ADR 50)"


@act(
    REPORTS, "report_child", at="report", words=_("孩子有危险"), sealed=True, new=True, form=forms.ReportChild, given=pages.where, call=None, because=ONE_DOOR,
    template="casework/protection/report.html", then=pages.reported, lines={"protection.report": _("强制报告")}, by_line={"protection.report": (Duty.PROTECT_CHILDREN,)},
)  # fmt: skip
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
    if reported and reported > at + CLOCKS:
        reported = None  # nobody is turned away for it, but a call that is yet to be made is none
    report = ProtectionReport.objects.create(
        area=area, discovered_at=discovered_at, received_at=at, reported_at=reported, late=(reported or at) - discovered_at > rules.at_once(discovered_at),
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


@act(
    REPORTS, "follow_up", words=_("写跟进"), done=_("跟进已记下。"), duty=Duty.PROTECT_CHILDREN, may=rules.can_follow_up, call=None,
    because=ONE_DOOR, then=pages.to_list, lines={"protection.follow_up": _("强制报告跟进")},
)  # fmt: skip
def follow_up_report(
    report, *, by, at,
    words: Annotated[str, Asked(_("做了什么、结果怎样"), rows=3)],
    reported_at: Annotated[datetime | None, Asked(_("有权机关收到报告的时间"), _("第一次填写回执时填。"))] = None,
):  # fmt: skip
    """Write what was done next (跟进); the first word of an authority's receipt fills the report's time."""
    if not words.strip():
        raise Refused(_("请写下跟进情况。"))
    if reported_at and reported_at > at + CLOCKS:
        raise Refused(_("有权机关收到报告的时间不能晚于现在。"))
    if reported_at and report.reported_at is None:
        ProtectionReport.objects.filter(pk=report.pk, reported_at=None).update(
            reported_at=reported_at, late=reported_at - report.discovered_at > rules.at_once(report.discovered_at)
        )
    step = ProtectionFollowUp.objects.create(report=report, at=at, words=words, by=by)
    journal.record(act="protection.follow_up", subject=report, by=by, at=at, area_code=report.area_id)
    return step


@act(
    REPORTS, "explain_late", words=_("说明迟报原因"), done=_("迟报原因已记下。"), duty=Duty.PROTECT_CHILDREN, may=rules.can_explain, call=None,
    because=ONE_DOOR, then=pages.to_list, lines={"protection.explain_late": _("说明强制报告迟报原因")},
)  # fmt: skip
def explain_late(
    report, *, by, at,
    words: Annotated[str, Asked(_("为什么没有在两小时内报告"), _("写清楚谁在什么时候知道、什么时候报的。不写孩子的姓名。"), rows=3, least=4)],
):  # fmt: skip
    """Say, once, why no authority had a report within two hours of discovery (迟报说明); the words are sealed like the report."""
    reason = LateReason.objects.create(report=report, at=at, words=words.strip(), by=by)
    journal.record(act="protection.explain_late", subject=report, by=by, at=at, area_code=report.area_id)
    return reason


@act(
    REPORTS, "open_report", at="", words=_("密封记录"), duty=Duty.PROTECT_CHILDREN, may=rules.can_open, reads=True, form=forms.OpenReport, call=None,
    because=ONE_DOOR, template="casework/protection/open.html", more=pages.follow_ups, lines={"protection.read": _("查看强制报告")},
)  # fmt: skip
def open_report(report, *, reason: Annotated[str, Asked(_("理由"), most=200)], by, at):
    """Open a sealed report for reading; the reading is journalled before the page is sent (未成年人网络保护条例 art. 36)."""
    if len(reason.strip()) < 4:
        raise Refused(_("请写明查看的理由(至少 4 个字)。"))
    journal.record_reading(act="protection.read", subject=report, by=by, at=at, reason=reason, area_code=report.area_id)
    return report
