"""Triage over HTTP."""

from uuid import UUID

from ninja import Router, Schema

from wanjia.kernel.api import PROBLEMS, run, text

from ..api import NeedOut, fresh, need_of
from ..states import Difficulty, Urgency
from .commands import triage_need

router = Router(tags=["triage"])


class Grade(Schema):
    """Two grades; grading anew needs a reason."""

    urgency: Urgency
    difficulty: Difficulty
    words: text(500) = ""


@router.post("/{uuid:need_id}/triage", response={200: NeedOut, **PROBLEMS}, summary="研判")
def triage(request, need_id: UUID, body: Grade):
    """Grade a need."""
    return fresh(request, run(request, triage_need, need_id=need_of(request, need_id).pk, **body.dict()))
