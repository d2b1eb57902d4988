"""Callback over HTTP."""

from datetime import datetime
from uuid import UUID

from ninja import Router, Schema

from wanjia.kernel.api import PROBLEMS, run, text

from ..api import NeedOut, fresh, need_of
from ..states import Satisfaction, Way, Word, WordsReason
from .commands import call_back, keep_need, open_words, withdraw_need

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


class Checked(Schema):
    """What the household said to the unit that asked it: does it take its need back."""

    takes_back: bool
    way: Way
    words: text(500)


@router.post("/{uuid:need_id}/check-withdrawal", response={200: NeedOut, **PROBLEMS}, summary="核实撤回")
def check(request, need_id: UUID, body: Checked):
    """Enter whether the household really takes its need back."""
    act = withdraw_need if body.takes_back else keep_need
    return fresh(request, run(request, act, need_id=need_of(request, need_id).pk, way=body.way, words=body.words))


class Why(Schema):
    """Why the sealed words are read."""

    reason: WordsReason


class SaidOut(Schema):
    """One time that the household was heard, in its own words."""

    at: datetime
    way: str = ""
    word: str = ""
    act: str = ""
    words: str


@router.post("/{uuid:need_id}/open-words", response={200: list[SaidOut], **PROBLEMS}, summary="查看诉求人原话")
def read(request, need_id: UUID, body: Why):
    """Read the household's sealed words; the reading is journalled first. Refused to whoever has a part in the need."""
    return run(request, open_words, need_id=need_of(request, need_id).pk, reason=body.reason)
