"""Matters over HTTP: which of the caller's needs stand together, and the same acts as on the pages."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from ninja import Schema
from pydantic import Field

from wanjia.doors.answers import Answer
from wanjia.doors.calls import Cut, list_of, router_of
from wanjia.doors.dialect import text

from ..models import Matter
from ..states import MatterKind
from . import queries
from .subjects import MATTERS


class MatterOut(Answer, of=Matter, columns="id number kind made_at ended_at"):
    """One matter as far as the caller sees its needs."""

    kind: MatterKind
    needs: list[str] = Field(description="the numbers of its needs that the caller sees; none where fewer than two are left")
    due_on: date | None = Field(description="the earliest day promised to one of them and not reported done yet")


class Left(Schema):
    """A need that could not take the report now."""

    number: str
    reason: str


class ReportedOut(Schema):
    """What became of one report for all needs of a matter."""

    done: list[str]
    left: list[Left]


class ApartOut(Schema):
    """How many pairs are not proposed any more."""

    pairs: int


class LikelyOut(Schema):
    """One need of a proposal."""

    number: str
    summary: str
    reasons: list[str]


class ProposalOut(Schema):
    """Needs that may stand together; the first is what the reasons of the others name."""

    kind: MatterKind
    matter: UUID | None
    needs: list[LikelyOut]


def shown(request, row, answer=None):
    """Return a matter as its schema reads it for this caller."""
    one = row or answer
    one = type(one).objects.get(pk=one.pk)
    seen = queries.group(request.user, one)
    facts = {name: getattr(one, name) for name in ("id", "number", "kind", "made_at", "ended_at")}
    return {**facts, "needs": [need.number for need in seen.needs] if seen else [], "due_on": seen and seen.due}


def _reported(_request, _row, answer):
    return {"done": answer["done"], "left": [{"number": number, "reason": reason} for number, reason in answer["left"]]}


router = router_of(
    MATTERS, MatterOut, shown, others={
        "group": 201, "report": (200, ReportedOut, _reported), "apart": (201, ApartOut, lambda _request, _row, pairs: {"pairs": pairs}),
    },
)  # fmt: skip


class InTownship(Cut):
    """Of which township; mine, or the first of mine, where none is named."""

    area: text(15) = ""


@list_of(
    router, "/likely", ProposalOut, page="casework:matters", words=_("可能是同一事项的"), asked=InTownship,
    shown=lambda _request, rows: [
        {"kind": one.kind, "matter": one.matter, "needs": [
            {"number": need.row["number"], "summary": need.row["summary"], "reasons": [str(why) for why in need.reasons]} for need in one.needs]} for one in rows
    ],
)  # fmt: skip
def proposed(request, asked):
    """What may stand together in one township, the largest first."""
    places = list(queries.townships(request.user))
    area = next((one for one in places if one.code == asked.area), places[0] if places and not asked.area else None)
    return queries.proposals(request.user, area, request.day) if area else []
