"""The slip over HTTP."""

from uuid import UUID

from django.urls import reverse
from ninja import Router, Schema, Status

from wanjia.kernel.api import PROBLEMS, run

from ..api import need_of
from .commands import issue_slip
from .rules import may_show

router = Router(tags=["slip"])


class SlipOut(Schema):
    """The code and the page it opens."""

    code: str
    address: str


@router.post("/{uuid:need_id}/slip", response={201: SlipOut, **PROBLEMS}, summary="打印小条")
def issue(request, need_id: UUID):
    """Make a fresh code; the old one ends."""
    slip = run(request, issue_slip, need_id=need_of(request, need_id).pk)
    may_show(slip).or_raise()
    return Status(201, {"code": slip.code, "address": request.build_absolute_uri(reverse("casework:slip_page", args=[slip.code]))})
