"""Ask for an export, decide about it, take it."""

from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act, inside
from wanjia.kernel.models import EntryKind
from wanjia.orgs import scope
from wanjia.orgs.duties import Duty
from wanjia.orgs.locks import hold
from wanjia.verdict import Refused

from ..kinds import exported
from ..models import Export
from ..states import EXPORT, ExportState
from . import pages, rules
from .subjects import EXPORTS


def _kinds(_row, _actor, _day):
    return [(one.key, one.words) for one in exported().values()]


@act(
    EXPORTS, "ask_export", words=_("申请导出"), duty=Duty.EXPORT, may=inside, new=True, call="", lines={"export.ask": _("申请导出台账")},
    page=False, because="each kind has a form of its own, with its own question (exporting/views.py)",
)  # fmt: skip
def ask_export(
    *, by, at,
    kind: Annotated[str, Asked(_("导出什么"), among=_kinds)],
    purpose: Annotated[str, Asked(_("导出做什么用"), most=200)],
    query: Annotated[dict, Asked(_("筛选条件"))],
    columns: Annotated[list[str], Asked(_("敏感列"))] = (),
    rows=None,
):  # fmt: skip
    """Ask to take a sheet out (申请导出). Few rows a day without sensitive columns may be taken at once.

    query: {word: text} of the question; columns: names of the sensitive columns wanted; rows: how many it has now, where that was counted.
    """
    one = exported()[kind]
    rules.can_keep(one, query, columns).or_raise()
    rows = one.rows(by, query, at).count() if rows is None else rows
    rules.can_ask(by, purpose, rows, one, columns).or_raise()
    _one_by_one(by)
    state = ExportState.WAITING if rules.needs_approval(rows, columns, rules.taken_alone(by, at)) else ExportState.APPROVED
    export = Export(
        kind=one.key, purpose=purpose.strip(), query=query, rows=rows, columns=list(columns), asked_by=by,
        asked_org=scope.unit(by, duty=Duty.EXPORT), asked_at=at, state=state,
    )  # fmt: skip
    export.save(force_insert=True)
    journal.record(
        act="export.ask", subject=export, by=by, at=at, after=state, reason=export.purpose, area_code=_area(by, Duty.EXPORT), rows=rows,
        columns=export.columns, query=query, of=one.key,
    )  # fmt: skip
    return export


@act(
    EXPORTS, "decide_export", words=_("审批导出"), duty=Duty.APPROVE_EXPORT, may=rules.can_decide, at="decide", call="decide",
    done=pages.decided, raises=(Refused,), lines={"export.approve": _("批准导出"), "export.refuse": _("不批准导出")},
)  # fmt: skip
def decide_export(
    export, *, by, at,
    approve: Annotated[bool, Asked(_("批不批准"), answers=(_("批准"), _("不批准")))],
    words: Annotated[str, Asked(_("意见"), most=200)] = "",
):  # fmt: skip
    """Approve an export, or refuse it with a reason (审批导出). Never by the one who asked."""
    if not approve and len(words.strip()) < 2:
        raise Refused(_("不批准的,请写一句理由,申请人会看到。"))
    export.decided_by, export.decided_at, export.decision_words = by, at, words.strip()
    journal.move(
        export, EXPORT, "approve" if approve else "refuse", by=by, at=at, saving=("decided_by", "decided_at", "decision_words"),
        reason=words, area_code=_area(by, Duty.APPROVE_EXPORT),
    )  # fmt: skip
    return export


@act(
    EXPORTS, "take_export", words=_("下载"), duty=Duty.EXPORT, may=inside, at="take", call=None, because="the sheet itself leaves by its page (ADR 54)",
    then=pages.sheet, raises=(Refused,), lines={"export.take": _("下载导出的表")},
)  # fmt: skip
def take_export(export, *, by, at, rows=None):
    """Take an approved export, once (下载). rows: how many lines are being sent, where that was counted."""
    _one_by_one(by)
    one = exported()[export.kind]
    rows = one.rows(by, export.query, at).count() if rows is None else rows
    rules.can_take(by, export, rows, at).or_raise()
    export.taken_at, export.rows = at, rows
    journal.move(
        export, EXPORT, "take", by=by, at=at, saving=("taken_at", "rows"), reason=export.purpose, area_code=_area(by, Duty.EXPORT), rows=rows,
        columns=export.columns, of=export.kind, kind=EntryKind.READING if export.columns else EntryKind.ACT,
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
