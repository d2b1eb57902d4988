"""What waits for the tier above, and the planned list. A list costs the same number of queries for one row and for fifty."""

from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery

from wanjia.casework.duties import Duty
from wanjia.orgs import scope
from wanjia.orgs.models import Tier

from ..models import Milestone
from ..rules import TIERS, involves, visible_needs
from ..states import NeedState, Outcome
from .rules import PLANNED


def waits_for_decision(actor):
    """Return the Q of the needs whose extension or stop the actor, where he may, decides: of units below the own, without a part in it."""
    above = Q(pk__in=[])
    for reach in scope.reaches(actor, duty=Duty.DECIDE_CLOCKS):
        below = Q(holder__tier__in=TIERS[: TIERS.index(reach.unit.tier)])
        if reach.unit.tier == Tier.COUNTY:
            below |= Q(holder__tier=Tier.COUNTY) & ~Q(holder=reach.unit.pk)
        above |= below & Q(village_id__gte=reach.first, village_id__lt=reach.end)
    return ~Q(asked_for="") & above & ~involves(actor)


def on_the_list():
    """Return the Q of the planned list: reported as planned, not yet back at work or ended."""
    return Q(state__in=PLANNED, outcome=Outcome.PLANNED)


def plans_due(day):
    """Return the Q of the plans whose own day has come, or one of whose steps is due."""
    return on_the_list() & (Q(state=NeedState.VERIFIED, planned_on__lte=day) | Exists(_ahead().filter(due_on__lte=day)))


def plans_ahead(day):
    """Return the Q of the plans whose day is still to come: nobody strikes them off till then."""
    return on_the_list() & Q(planned_on__gt=day)


def _ahead():
    return Milestone.objects.filter(need=OuterRef("pk"), done_on=None, set_at__gte=OuterRef("done_at")).order_by("due_on", "set_at")


def planned(actor):
    """Return the planned needs that the actor sees, what is due first on top, each with its `next_due` and `steps` of the present plan."""
    present = Milestone.objects.filter(set_at__gte=F("need__done_at")).order_by("due_on", "set_at")
    rows = visible_needs(actor).filter(on_the_list()).select_related("village__parent", "holder", "handler")
    rows = rows.defer("story", "requester_phone", "ledger_cells").prefetch_related(Prefetch("milestones", present, to_attr="steps_of_plan"))
    return rows.annotate(next_due=Subquery(_ahead().values("due_on")[:1]), next_words=Subquery(_ahead().values("words")[:1])).order_by("planned_on", "number")
