"""Callback over HTTP."""

from uuid import UUID

from ninja import Router, Schema

from wanjia.kernel.api import PROBLEMS, run, text

from ..api import NeedOut, fresh, need_of
from ..states import Satisfaction, Way, Word
from .commands import call_back

router = Router(tags=["callback"])


class Heard(Schema):
    """One try: reached or not, and what the household said."""

    way: Way
    reached: bool
    word: Word | None = None
    satisfaction: Satisfaction | None = None
    words: text(500) = ""


@router.post("/{uuid:need_id}/call-back", response={200: NeedOut, **PROBLEMS}, summary="回访")
def enter(request, need_id: UUID, body: Heard):
    """Enter one try to hear the household."""
    need = need_of(request, need_id)
    said = body.dict() | {"word": body.word or "", "satisfaction": body.satisfaction or ""}
    run(request, call_back, need_id=need.pk, **said)
    return fresh(request, need)
