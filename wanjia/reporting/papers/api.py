"""Papers over HTTP: printed as data, for whoever draws them elsewhere; each printing is numbered and journalled as on the page."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Schema

from wanjia.doors.calls import router_of

from ..kinds import papers_with
from .commands import to_send
from .sheets import sheet_of
from .subjects import PAPERS


class PaperOut(Schema):
    """One paper: its number, and what stands on it: of one about a row its sheet, of a notice what was published."""

    id: UUID
    kind: str
    number: str
    area: str
    as_of: date | None
    printed_at: datetime
    corrects: str | None
    sheet: dict[str, Any] | None
    notice: dict[str, Any] | None


def _shown(request, _row, paper):
    family, published, now = papers_with(paper.kind), getattr(paper, "published", None), request.at
    paper = to_send(paper, by=request.user, at=now) if family else paper
    sheet = asdict(sheet_of(family, paper, request.user, now)) if family else None
    return {
        "id": paper.pk, "kind": paper.kind, "number": paper.number, "area": paper.area_id, "as_of": paper.as_of, "printed_at": paper.printed_at,
        "corrects": published.corrects.number if published and published.corrects else None,
        "sheet": sheet, "notice": {**published.content, "changes": published.changes, "digest": published.digest} if published else None,
    }  # fmt: skip


router = router_of(PAPERS, PaperOut, _shown, tags=["papers"])
