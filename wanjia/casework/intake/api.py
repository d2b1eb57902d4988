"""Intake over HTTP."""

from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Schema, Status

from wanjia.kernel.api import PROBLEMS, run, text
from wanjia.orgs.duties import Duty
from wanjia.registry.households.rules import visible_households

from ..api import NeedOut, area_of, fresh, router
from ..states import Category, Channel
from .commands import record_need


class Record(Schema):
    """A need as a household voices it."""

    village: text(15, least=1)
    channel: Channel
    category: Category
    summary: text(200, least=1)
    requester_name: text(60, least=1)
    household_id: UUID | None = None
    requester_relation: text(20) = ""
    requester_last4: text(4) = ""
    requester_phone: text(20) = ""
    involves_child: bool = False
    school_name: text(60) = ""
    story: text(4000) = ""
    basis: text(60) = ""


# The list and the recording share one address, so they share one router.
@router.post("", tags=["intake"], response={201: NeedOut, **PROBLEMS}, summary="登记")
def record(request, body: Record):
    """Record a need."""
    facts = body.dict(exclude={"village", "household_id"})
    home = get_object_or_404(visible_households(request.user, duty=Duty.RECORD_NEEDS), pk=body.household_id) if body.household_id else None
    return Status(201, fresh(request, run(request, record_need, village=area_of(request, body.village), household=home, **facts)))
