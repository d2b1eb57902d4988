"""What is asked of a school's own grounds: what stands open with its day, what was closed."""

from ..duties import Duty
from ..inspection_states import OPEN, HazardState
from ..venues.queries import late
from . import rules

MOST = 4  # rows of a card


def waiting(actor):
    """What is open on the own grounds, the nearest day first."""
    return rules.visible_hazards(actor).filter(state__in=OPEN).select_related("owner", "order", "inspection__stop__venue").order_by("due_on", "found_on", "serial", "pk")


def closed(actor):
    """What was put right there, the last first."""
    return rules.visible_hazards(actor).exclude(state__in=OPEN).select_related("owner", "order", "inspection__stop__venue").order_by("-closed_on", "-found_on", "-serial", "pk")


def overdue(actor, day):
    """Return the keys of what is overdue there, as the ledger counts it."""
    return set(rules.visible_hazards(actor).filter(late(day)).values_list("pk", flat=True))


def queue(actor, _day):
    """Return {name of the place: how many are ordered and not mended yet}."""
    return {"schools:campus": waiting(actor).filter(state=HazardState.ORDERED).count()} if actor.has_duty(Duty.KEEP_SCHOOL) else {}


def _card(rows, actor, day):
    found = list(rows[: MOST + 1])
    return {"rows": found[:MOST], "more": len(found) > MOST, "late": overdue(actor, day), "day": day} if found else None


def on_desk(request, _about):
    """What the desk of a school's own people shows; None where nothing is open."""
    return _card(waiting(request.user), request.user, request.day) if request.user.has_duty(Duty.KEEP_SCHOOL) else None


def beside(request, school):
    """What the page of the own school shows; None for others, and where nothing is open."""
    if not request.user.has_duty(Duty.KEEP_SCHOOL):
        return None
    return _card(waiting(request.user).filter(inspection__stop__venue__campus=school), request.user, request.day)
