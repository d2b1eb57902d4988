"""Closing over HTTP."""

from uuid import UUID

from django.utils import timezone
from ninja import Router, Schema

from wanjia.kernel.api import PROBLEMS, run, text

from ..api import NeedOut, fresh, need_of
from . import commands, rules

router = Router(tags=["closing"])


class Words(Schema):
    """A sentence; reopening needs one."""

    words: text(500) = ""


class Recheck(Schema):
    """What the next tier found."""

    agrees: bool
    words: text(300)
    told: text(300) = ""


class ItemOut(Schema):
    """One of the nine rules of an honest closing."""

    number: int
    asks: str
    holds: bool
    todo: str


@router.get("/{uuid:need_id}/checklist", response={200: list[ItemOut], **PROBLEMS}, summary="销号条件")
def checklist(request, need_id: UUID):
    """The nine rules, as they stand now."""
    items = rules.checklist(need_of(request, need_id), timezone.now())
    return [{"number": item.number, "asks": str(item.asks), "holds": item.holds, "todo": str(item.todo)} for item in items]


@router.post("/{uuid:need_id}/close", response={200: NeedOut, **PROBLEMS}, summary="销号")
def close(request, need_id: UUID, body: Words):
    """Strike a need off when all nine rules hold."""
    return fresh(request, run(request, commands.close_need, need_id=need_of(request, need_id).pk, words=body.words))


@router.post("/{uuid:need_id}/recheck", response={200: NeedOut, **PROBLEMS}, summary="抽查")
def recheck(request, need_id: UUID, body: Recheck):
    """Enter what the next tier found."""
    need = need_of(request, need_id)
    run(request, commands.recheck_need, need_id=need.pk, **body.dict())
    return fresh(request, need)


@router.post("/{uuid:need_id}/reopen", response={200: NeedOut, **PROBLEMS}, summary="重新办理")
def reopen(request, need_id: UUID, body: Words):
    """Reopen an ended need for the household."""
    return fresh(request, run(request, commands.reopen_need, need_id=need_of(request, need_id).pk, words=body.words))


@router.post("/{uuid:need_id}/resume", response={200: NeedOut, **PROBLEMS}, summary="计划到期,继续办理")
def resume(request, need_id: UUID):
    """Take a planned need up again."""
    return fresh(request, run(request, commands.resume_planned, need_id=need_of(request, need_id).pk))
