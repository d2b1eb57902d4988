"""Exports over HTTP: to ask for one and to decide about it, what was asked for and what became of it. The sheet leaves by its page (ADR 54)."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from ninja import Schema
from pydantic import Field

from wanjia.doors.calls import list_of, router_of
from wanjia.orgs.duties import Duty

from . import queries
from .subjects import EXPORTS


class ExportOut(Schema):
    """One export: what for, how many rows, by whom, and whether it was allowed; never what is in it."""

    id: UUID
    kind: str
    state: str
    purpose: str
    rows: int
    columns: list[str]
    asked_by: str = Field(alias="asked_by.name")
    asked_at: datetime
    decided_by: str | None
    decision_words: str

    @staticmethod
    def resolve_decided_by(export):
        return export.decided_by.name if export.decided_by else None


router = router_of(EXPORTS, ExportOut, lambda _request, _row, export: export)


@list_of(router, "", ExportOut, page="reporting:exports", words=_("导出记录"), duty=(Duty.EXPORT, Duty.APPROVE_EXPORT))
def exports(request, _asked):
    """What I asked for or may decide about, newest first."""
    return queries.exports_of(request.user)
