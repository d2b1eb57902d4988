"""Screening over HTTP."""

from datetime import date
from typing import Literal
from uuid import UUID

from ninja import Router, Schema

from wanjia.kernel.api import PROBLEMS, run, text

from ..api import NeedOut, fresh, need_of
from ..states import DeclineGround, Reasonable, Way
from . import commands

router = Router(tags=["screening"])


class Admit(Schema):
    """Wholly or partly reasonable; partly needs its reason."""

    reasonable: Literal["yes", "partly"] = "yes"
    decision_reason: text(300) = ""


class Decline(Schema):
    """Why, and how the person was told."""

    decline_ground: DeclineGround
    decision_reason: text(300)
    told_on: date
    told_way: Way


class Appeal(Schema):
    """The household's reason."""

    words: text(500)


@router.post("/{uuid:need_id}/admit", response={200: NeedOut, **PROBLEMS}, summary="受理")
def admit(request, need_id: UUID, body: Admit):
    """Take a need up."""
    need = need_of(request, need_id)
    what = {"reasonable": Reasonable(body.reasonable), "decision_reason": body.decision_reason}
    return fresh(request, run(request, commands.admit_need, need_id=need.pk, **what))


@router.post("/{uuid:need_id}/decline", response={200: NeedOut, **PROBLEMS}, summary="不予受理")
def decline(request, need_id: UUID, body: Decline):
    """Decline a need, with its reason."""
    return fresh(request, run(request, commands.decline_need, need_id=need_of(request, need_id).pk, **body.dict()))


@router.post("/{uuid:need_id}/appeal", response={200: NeedOut, **PROBLEMS}, summary="申请复核")
def appeal(request, need_id: UUID, body: Appeal):
    """Look again at a declined need."""
    return fresh(request, run(request, commands.appeal_decision, need_id=need_of(request, need_id).pk, **body.dict()))
