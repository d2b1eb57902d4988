"""What is asked of problems: what waits, to which item one may be linked, its way from the first word to its effect."""

from wanjia.orgs import scope

from ..agenda.queries import line_of
from ..bylaw_states import ProblemState
from ..duties import Duty
from ..models import AgendaItem, Proposal
from ..states import ItemState
from . import rules


def items_for(problem, _actor, _day):
    """The items of a problem's village, the newest first."""
    rows = AgendaItem.objects.select_related("body__area").order_by("-proposed_on", "pk")
    return rows.filter(body__area=problem.village_id) if problem else rows.none()


def other_items(problem, actor, day):
    """The items of a problem's village that may still come to something, but the one it waits for."""
    rows = items_for(problem, actor, day).exclude(state__in=(ItemState.WITHDRAWN, ItemState.REJECTED, ItemState.DEFERRED))
    return rows.exclude(pk__in=[one.pk for one in line_of(problem.item)]) if problem and problem.item_id else rows.none()


def proposals_for(_row, actor, _day):
    """The proposals of villages that the actor keeps, that were answered."""
    from_here = Proposal.objects.exclude(title="").select_related("village").order_by("-told_on", "pk")
    return from_here.filter(scope.in_reach(actor, area="village_id", duty=Duty.KEEP_MEETINGS))


def to_close(actor):
    """The problems whose effect waits for the look of another hand."""
    mine = rules.visible_problems(actor, duty=Duty.KEEP_MEETINGS) | rules.visible_problems(actor, duty=Duty.FILE_DECISIONS)
    return mine.filter(state=ProblemState.FELT).exclude(effect_by=actor.id)


def way_of(problem):
    """Return {"items", "former", "bylaw", "remedied", "stuck"}: what came of a problem so far, the items that came to nothing with it."""
    item, version = rules.outcome(problem)
    return {"items": line_of(problem.item) if item else [], "bylaw": version, "remedied": rules.is_remedied(problem), "stuck": rules.is_stuck(problem), "former": problem.former_items.select_related("item__body").order_by("left_at", "pk")}


def listed(rows):
    """Give problems what their list shows."""
    return rows.select_related("village", "item")
