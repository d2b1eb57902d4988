"""Which visits, papers of aid and leaves to read are disposed of when their time is over, and what keeps one that is due (RETAINED)."""

from django.db.models import Exists, OuterRef, Q

from wanjia.orgs.retained import Retained, Spared, named_by
from wanjia.policy.retention import born_after

from .models import AccessKind, Membership, VisitSheet
from .states import AccessState, CutState, VisitState


def _with_a_child(day):
    """A visit whose sheets speak of a child, or whose home has one, that is not of age yet."""
    born = born_after(day)
    sheets = VisitSheet.objects.filter(visit=OuterRef("pk"), child__birth_on__gt=born)
    living = Membership.objects.filter(household=OuterRef("household"), to_on=None, person__birth_on__gt=born)
    return Q(Exists(sheets)) | Q(Exists(living))


def _of_a_child(day):
    return Q(status__person__birth_on__gt=born_after(day))


VISITS = Retained(
    "visit", "registry.Visit", over=Q(state__in=(VisitState.DONE, VisitState.CANCELLED)), place="household__village_id",
    moments={"visited": ("done_on", False), "planned": ("planned_on", False)}, named=("household__number",),
    binds={"done": Q(state=VisitState.DONE), "cancelled": Q(state=VisitState.CANCELLED)}, holds={Spared.CHILD: _with_a_child},
    worked=named_by("registry.Visit", "planned_by", "done_by"),
)  # fmt: skip
AID = Retained(
    "aid", "registry.AidCut", over=Q(state__in=(CutState.SERVED, CutState.DROPPED)), place="village_id", moments={"ended": ("ended_at", True)},
    named=("status__household__number",), holds={Spared.CHILD: _of_a_child},
    worked=named_by("registry.AidCut", "proposed_by", "heard_by", "decided_by", "served_by"),
)  # fmt: skip
ACCESS = Retained(
    "access", "registry.FileAccess", over=~Q(state=AccessState.ASKED), place="area_id", moments={"over": ("until_at", True)},
    named=("household__number",), holds={Spared.REVIEW: lambda _day: Q(kind=AccessKind.EMERGENCY, reviewed_at=None)},
    worked=named_by("registry.FileAccess", "by", "unit", "decided_by", "reviewed_by"),
)  # fmt: skip
