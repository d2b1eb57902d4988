"""What the acts of casework are about."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.registry.models import Visit
from wanjia.registry.visits.rules import visible_visits
from wanjia.verdict import NotFound

from . import commands
from .models import CellChange, Evidence, Need, ProtectionReport
from .protection.rules import visible_reports
from .rules import visible_needs


def _seen(actor, *, duty):
    """A need is seen by whatever post opens content there; what may be done with it, each act's rule says."""
    return visible_needs(actor).select_related("village__parent", "holder", "handler", "household")


def _take(need_id, at):
    return commands.take(need_id, at)


def _look(need_id):
    need = Need.objects.select_related("village", "holder").filter(pk=need_id).first()
    if need is None:
        raise NotFound(_("没有找到这件诉求。"))
    return need


NEEDS = Subject(
    "need", "casework.need", "needs", seen=_seen, take=_take, look=_look, page="casework:need", card="casework/need_card.html",
    over=("casework:ledger", _("诉求台账")), about=lambda need: need.number,
)  # fmt: skip


def _papers_seen(actor, *, duty):
    """A paper kept as evidence is seen with its need; one that holds only words is no paper."""
    return Evidence.objects.filter(need__in=visible_needs(actor)).exclude(digest="")


def _paper(evidence_id):
    paper = Evidence.objects.select_related("need").filter(pk=evidence_id).first()
    if paper is None:
        raise NotFound(_("没有找到这份佐证。"))
    return paper


EVIDENCE = Subject("evidence", "casework.evidence", "evidence", seen=_papers_seen, take=None, look=_paper, page="casework:need")


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
    page="casework:open_report", over=("casework:protection", _("强制报告处置")), about=lambda report: report.area.name,
)  # fmt: skip


def _change(change_id, at):
    change = CellChange.objects.select_for_update(of=("self",)).select_related("county").filter(pk=change_id).first()
    if change is None:
        raise NotFound(_("这次研判表改动已经处理过了。"))
    return change, at


# A change of one cell of a county's grid of deadlines; each of its acts goes back to the page of the whole grid.
CELLS = Subject(
    "change", "casework.cellchange", "triage/grid", seen=lambda _actor, **_duty: CellChange.objects.select_related("county"), take=_change,
    page="", over=("casework:grid", _("研判表")),
)  # fmt: skip


def _visit(visit_id, at):
    return Visit.objects.select_related("household__village").get(pk=visit_id), at


# A visit, of which casework takes what was voiced.
VISITS = Subject("visit", "registry.visit", "visits", seen=visible_visits, take=_visit, page="registry:visit")
