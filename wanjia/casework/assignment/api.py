"""Assignment over HTTP."""

from datetime import date
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema

from wanjia.kernel.api import PROBLEMS, run, text
from wanjia.kernel.calendar import today
from wanjia.orgs.duties import Duty
from wanjia.orgs.models import User
from wanjia.orgs.scope import units

from ..api import NeedOut, Unit, fresh, need_of, unit_of
from ..queries import holders_for
from . import commands

router = Router(tags=["assignment"])


class Assign(Schema):
    """To which unit, by when, with whose help."""

    holder: UUID
    due_on: date | None = None
    helpers: list[UUID] = []
    leader: text(40) = ""
    words: text(400) = ""


class Accept(Schema):
    """Who answers for it; nobody named: the caller."""

    handler: UUID | None = None


class Return(Schema):
    """The rule that says whose duty it is."""

    reason: text(500)


class HandTo(Schema):
    """The person who answers for it now."""

    handler: UUID


def _colleague(request, user_id):
    """Return a user of one of the caller's units."""
    return get_object_or_404(User.objects.filter(posts__organisation__in=units(request.user, duty=Duty.ACCEPT_NEEDS), is_active=True).distinct(), pk=user_id)


@router.get("/{uuid:need_id}/holders", response={200: list[Unit], **PROBLEMS}, summary="可以交给哪些单位")
def holders(request, need_id: UUID):
    """The units that may hold the need, the usual one first; empty before it is graded."""
    need = need_of(request, need_id)
    return holders_for(need, today(timezone.now())) if need.urgency else []


@router.post("/{uuid:need_id}/assign", response={200: NeedOut, **PROBLEMS}, summary="交办")
def assign(request, need_id: UUID, body: Assign):
    """Hand a need to a unit."""
    what = {"holder": unit_of(body.holder), "helpers": [unit_of(one) for one in body.helpers[:20]]}
    what |= body.dict(include={"due_on", "leader", "words"})
    return fresh(request, run(request, commands.assign_need, need_id=need_of(request, need_id).pk, **what))


@router.post("/{uuid:need_id}/accept", response={200: NeedOut, **PROBLEMS}, summary="签收")
def accept(request, need_id: UUID, body: Accept):
    """Sign for a need."""
    need = need_of(request, need_id)
    handler = _colleague(request, body.handler) if body.handler else None
    return fresh(request, run(request, commands.accept_need, need_id=need.pk, handler=handler))


@router.post("/{uuid:need_id}/return", response={200: NeedOut, **PROBLEMS}, summary="退回")
def return_(request, need_id: UUID, body: Return):
    """Send a need back to whoever assigned it."""
    return fresh(request, run(request, commands.return_need, need_id=need_of(request, need_id).pk, reason=body.reason))


@router.post("/{uuid:need_id}/hand-to", response={200: NeedOut, **PROBLEMS}, summary="派给责任人")
def hand_to(request, need_id: UUID, body: HandTo):
    """Name another person of the unit."""
    need = need_of(request, need_id)
    return fresh(request, run(request, commands.hand_to_person, need_id=need.pk, handler=_colleague(request, body.handler)))
