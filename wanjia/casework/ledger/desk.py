"""What the ledger of needs shows on everybody's desk: what must I do now, worst first; what became of what I said; what is late and with whom."""

from functools import reduce
from operator import or_

from django.db.models import Count, Min

from wanjia.casework.duties import Duty
from wanjia.doors.listing import block_of, page_of
from wanjia.orgs import scope
from wanjia.orgs.duties import Duty as OrgsDuty
from wanjia.reporting.figures.counting import condition

from ..models import Need
from ..rules import SEES, seen, visible_needs
from ..states import OPEN
from . import queries

SAID, HANDED, LATE, HOME = 8, 5, 8, 20  # rows of each block
COUNTY = 6  # digits of a county's code


def apart(actor):
    """Whether the actor's posts open no content at all: an empty list then says why it is empty."""
    return bool(actor.live_posts) and not scope.handles_content(actor, duty=SEES)


def figures(request, _about):
    """Return the list and its numbers for whoever handles needs, else None."""
    return None if apart(request.user) else mine(request, _about)


def mine(request, _about):
    """Return {"page", "beside", "apart"}; asked once, for they stand in several gaps of one page."""
    if not hasattr(request, "needs_on_desk"):
        day, content = request.day, not apart(request.user)
        request.needs_on_desk = {
            "page": page_of(request, queries.on_desk(request.user, request.day), per_page=30),
            "beside": queries.beside_desk(request.user, day), "apart": not content,
            "late": late(request.user, day) if content else None,
        }  # fmt: skip
    return request.needs_on_desk


def said(request, _about):
    """Return what I recorded and where it stands, newest first; None for nobody who records."""
    if not request.user.has_duty(Duty.RECORD_NEEDS):
        return None
    needs = queries.listed(visible_needs(request.user).filter(recorded_by=request.user.pk)).order_by("-recorded_at", "-number")
    page = block_of(request, needs, SAID, word="said")
    return {"said": page} if page.object_list else None


def handed(request, _about):
    """Return what my units handed out and nobody signed for yet: until then it is taken back by one tap; None for nothing."""
    if not request.user.has_duty(Duty.ASSIGN_NEEDS):
        return None
    page = block_of(request, queries.handed_out(request.user), HANDED, word="handed")
    return {"handed": page} if page.object_list else None


def of_home(request, home):
    """Return what stands on a home's page of its needs, each with its promise."""
    page = block_of(request, queries.needs_of_home(request.user, home), HOME, word="needs")
    page.object_list = queries.promised(page.object_list, request.day)
    return page


def open_of_home(request, home):
    """Return the open needs of a home for whoever stands at its door: all of them."""
    return queries.promised(queries.needs_of_home(request.user, home).filter(state__in=OPEN), request.day)


def late(actor, day):
    """Return what is late: {"units": [{name, key, n, since}], "places": …, "n"} with whom and where, longest late first; None for nothing.

    Units and places, never people. Places for whoever looks over more than one township. One query.
    """
    rows = list(
        visible_needs(actor).filter(condition(queries.TABS["late"], day)).order_by()
        .values_list("holder", "holder__name", "village__parent", "village__parent__name").annotate(n=Count("pk"), since=Min("due_on"))
    )  # fmt: skip
    wide = any(len(reach.first) <= COUNTY for reach in scope.reaches(actor, duty=SEES))
    units, places = _summed(rows, 0), _summed(rows, 2) if wide else []
    return {"units": units[:LATE], "places": places[:LATE], "more": max(len(units) - LATE, 0)} if rows else None


def _summed(rows, at):
    """Sum rows by the key at `at`, its name beside it."""
    found = {}
    for row in rows:
        one = found.setdefault(row[at], {"key": row[at], "name": row[at + 1], "n": 0, "since": row[5]})
        one["n"], one["since"] = one["n"] + row[4], min(one["since"], row[5])
    return sorted(found.values(), key=lambda one: (one["since"], str(one["key"])))


def queues(actor, day):
    """Count what waits in the queues of needs that the actor's duties open: {name of the place: n}, one query."""
    asked = {
        "screening": (Duty.SCREEN_NEEDS, condition(queries.TABS["screen"], day)), "triage": (Duty.TRIAGE_NEEDS, condition(queries.TABS["triage"], day)),
        "callbacks": (Duty.CALL_BACK, queries.waits_for_callback(actor)), "rechecks": (OrgsDuty.RECHECK_NEEDS, queries.waits_for_recheck(actor)),
    }  # fmt: skip
    mine = {name: seen(actor, duty=duty) & waits for name, (duty, waits) in asked.items() if actor.has_duty(duty) and scope.handles_content(actor, duty=duty)}
    if not mine:
        return {}
    needs = Need.objects.filter(reduce(or_, mine.values())).order_by()
    return {f"casework:{name}": n for name, n in needs.aggregate(**{name: Count("pk", filter=waits) for name, waits in mine.items()}).items()}
