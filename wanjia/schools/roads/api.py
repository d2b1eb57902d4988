"""Operations on the road over HTTP: the list with what stands of each, and the acts on them by their declarations. No call returns a person or a plate: none is kept."""

from datetime import time

from django.utils.translation import gettext_lazy as _
from ninja import Router

from wanjia.doors.answers import Answer
from wanjia.doors.calls import list_of, router_of

from ..models import RoadOperation
from . import commands as _commands  # noqa: F401 the acts are declared before their calls are made
from . import rules
from .subjects import OPERATIONS

router = Router()
operations = router_of(OPERATIONS)


class RoadOperationOut(Answer, of=RoadOperation, columns="id area_code=area_id place sort unit=unit.name day from_at to_at state reported closing"):
    """One operation on the road: how many tellings of its counts there are; nought while none is told."""

    from_at: time
    to_at: time
    counts: dict[str, int]

    @staticmethod
    def resolve_counts(one):
        """Return {kind: n} of the telling that stands."""
        return {count.kind: count.n for report in one.reports.all() if report.number == one.reported for count in report.counts.all()}


@list_of(operations, "", RoadOperationOut, page="schools:roads", words=_("道路行动"))
def road_operations(request, _asked):
    """The operations in reach, the last first, each with the counts that stand."""
    return rules.visible_operations(request.user).select_related("unit", "area").prefetch_related("reports__counts").order_by("-day", "-from_at", "pk")


router.add_router("/schools/roads", operations)
