"""Ask for an export, decide about it, take it."""

from django.utils.translation import gettext as _

from wanjia.kernel import journal
from wanjia.kernel.command import command
from wanjia.kernel.models import EntryKind
from wanjia.orgs import scope
from wanjia.orgs.duties import Duty
from wanjia.orgs.locks import hold
from wanjia.reporting.models import Export
from wanjia.reporting.states import EXPORT, ExportKind, ExportState
from wanjia.verdict import Refused

from . import rules


@command("reporting.ask_export")
def ask_export(*, purpose, query, rows, columns, by, at, kind=ExportKind.NEEDS):
    """Ask to take the ledger, or homes of the register, out (申请导出). Few rows a day without sensitive columns may be taken at once.

    query: {word: text} of the question; rows: how many it has now; columns: names of the sensitive columns wanted.
    """
    rules.can_ask(by, purpose, rows, kind, columns).or_raise()
    rules.can_keep(query).or_raise()
    _one_by_one(by)
    state = ExportState.WAITING if rules.needs_approval(rows, columns, rules.taken_alone(by, at)) else ExportState.APPROVED
    export = Export(kind=kind, purpose=purpose.strip(), query=query, rows=rows, columns=list(columns), asked_by=by, asked_org=scope.unit(by, duty=Duty.EXPORT), asked_at=at, state=state)
    export.save(force_insert=True)
    journal.record(
        act="export.ask", subject=export, by=by, at=at, after=state, reason=export.purpose, area_code=_area(by, Duty.EXPORT), rows=rows,
        columns=export.columns, query=query, of=str(kind),
    )  # fmt: skip
    return export


@command("reporting.decide_export")
def decide_export(*, export_id, approve, by, at, words=""):
    """Approve an export, or refuse it with a reason (审批导出). Never by the one who asked."""
    export = Export.objects.get(pk=export_id)
    rules.can_decide(by, export).or_raise()
    if not approve and len(words.strip()) < 2:
        raise Refused(_("不批准的,请写一句理由,申请人会看到。"))
    export.decided_by, export.decided_at, export.decision_words = by, at, words.strip()
    journal.move(
        export, EXPORT, "approve" if approve else "refuse", by=by, at=at, saving=("decided_by", "decided_at", "decision_words"),
        reason=words, area_code=_area(by, Duty.APPROVE_EXPORT),
    )  # fmt: skip
    return export


@command("reporting.take_export")
def take_export(*, export_id, rows, by, at):
    """Take an approved export, once (下载). rows: how many lines are being sent."""
    _one_by_one(by)
    export = Export.objects.get(pk=export_id)
    rules.can_take(by, export, rows, at).or_raise()
    export.taken_at, export.rows = at, rows
    journal.move(
        export, EXPORT, "take", by=by, at=at, saving=("taken_at", "rows"), reason=export.purpose, area_code=_area(by, Duty.EXPORT), rows=rows,
        columns=export.columns, of=str(export.kind), kind=EntryKind.READING if export.columns else EntryKind.ACT,
    )  # fmt: skip
    return export


def _one_by_one(by):
    """Count and write alone: slices asked for at once would all be judged before the first is counted."""
    hold(f"export|{by.id}")
    unit = scope.unit(by, duty=Duty.EXPORT)
    hold(f"export|{unit.pk if unit else ''}")


def _area(by, duty):
    unit = scope.unit(by, duty=duty)
    return unit.area_id if unit else ""
