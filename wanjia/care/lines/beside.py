"""What stands of the three lines on other pages: a home, a child's file, the desk of a helper and of a school."""

from wanjia.registry.memberships import members_on

from ..children.rules import own_pairs, visible_children
from ..duties import Duty
from ..models import Paired
from . import queries
from .standing import of_children, standing, worst_first

SEES = (Duty.SEE_CARE, Duty.ACCOMPANY)


def of_file(request, child):
    """Return what a child's file shows: who keeps company with it, its dots, how much is open; None for whoever does not see it in care."""
    if not request.user.has_duty(*SEES) or not visible_children(request.user, request.day).filter(pk=child.pk).exists():
        return None
    return {"one": queries.of_child(child, request.day), "care_child": child, "open": queries.concerns_of(child).filter(settled_on=None)}


def of_home(request, home):
    """Return the children of a home that somebody keeps company with; None for none, or for whoever sees no care."""
    if not request.user.has_duty(*SEES):
        return None
    young = [row.person_id for row in members_on(home, request.day) if row.person.is_protected]
    seen = visible_children(request.user, request.day).filter(pk__in=young)
    rows = queries.rows_of(list(worst_first(of_children(seen, request.day)).select_related(*queries.SHOWN)), request.day) if young else []
    return {"rows": rows} if rows else None


def on_desk(request, _about):
    """Return what a helper's desk shows: the own children, and how many tasks are due today; None for whoever has none."""
    if not request.user.has_duty(Duty.ACCOMPANY) or not own_pairs(request.user, request.day).exists():
        return None
    return {"rows": queries.mine(request.user, request.day), "tasks": queries.tasks_due(request.user, request.day)}


def near(request, _about):
    """Return what the desk of a village's or a school's worker shows: the children of the place of whom a line is late, the first few and how many more."""
    if not request.user.has_duty(Duty.KEEP_LINES):
        return None
    seen = queries.seen(request.user, request.day).exclude(pk__in=own_pairs(request.user, request.day).values("pk"))  # one's own stand in their own card
    late = queries.late_of(standing(seen, request.day))
    found = list(worst_first(late).select_related(*queries.SHOWN)[: queries.FEW + 1])
    if not found:
        return None
    return {"rows": queries.rows_of(found[: queries.FEW], request.day), "more": len(found) > queries.FEW}


def queue(actor, day):
    """Return for the menu how much waits among one's own children: those of whom a line is late, and the tasks that are due, each by itself."""
    if not actor.has_duty(Duty.ACCOMPANY):
        return {}
    pairs = standing(Paired.objects.filter(pk__in=own_pairs(actor, day).values("pk")), day)
    return {"care:mine": queries.late_of(pairs).count() + queries.tasks_due(actor, day)}
