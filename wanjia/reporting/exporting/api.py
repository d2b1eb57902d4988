"""Exports over HTTP: to ask for one and to decide about it, what was asked for and what became of it. The sheet leaves by its page (ADR 54)."""

from django.utils.translation import gettext_lazy as _

from wanjia.doors.answers import Answer
from wanjia.doors.calls import list_of, router_of

from ..models import Export
from . import queries
from .subjects import EXPORTS


class ExportOut(Answer, of=Export, columns="id kind state purpose rows columns asked_by=asked_by.name asked_at decided_by=decided_by.name decision_words"):
    """One export: what for, how many rows, by whom, and whether it was allowed; never what is in it."""

    columns: list[str]
    asked_by: str


router = router_of(EXPORTS, ExportOut, lambda _request, _row, export: export)


@list_of(router, "", ExportOut, page="reporting:exports", words=_("导出记录"))
def exports(request, _asked):
    """What I asked for or may decide about, newest first."""
    return queries.exports_of(request.user)
