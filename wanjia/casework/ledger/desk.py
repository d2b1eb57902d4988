"""What the ledger of needs shows on everybody's desk: what must I do now, worst first; what became of what I said; what is late and with whom."""

from collections import namedtuple
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Count, Min, Q, Value

from wanjia.casework.duties import Duty
from wanjia.doors.listing import Asked, block_of, page_of
from wanjia.orgs import scope
from wanjia.orgs.areas.queries import places_of
from wanjia.orgs.asked_by import AskedBy
from wanjia.orgs.content import WORKS
from wanjia.orgs.duties import Duty as OrgsDuty
from wanjia.orgs.models import Area, Organisation
from wanjia.reporting.figures.counting import condition
from wanjia.shapes import Shape

from ..models import Need
from ..rules import SEES, seen, visible_needs
from ..states import BEFORE_DONE, OPEN
from . import queries

SAID, HANDED, LATE, HOME, ROWS = 8, 5, 8, 20, 30  # rows of each block
COUNTY, TOWNSHIP = 6, 9  # digits of a code


def apart(actor):
    """Whether the actor's posts open no content at all: an empty list then says why it is empty."""
    return bool(actor.live_posts) and not scope.handles_content(actor, duty=SEES)


def elsewhere(actor):
    """Whether the actor's posts open content, but none of needs (who serves children or labourers alone): his desk then says nothing of needs."""
    return apart(actor) and scope.handles_content(actor, duty=WORKS)


def figures(request, _about):
    """Return the list and its numbers for whoever handles needs, else None."""
    return None if apart(request.user) else mine(request, _about)


def mine(request, _about):
    """Return {"page", "beside", "apart"}, or None for whoever has other work; asked once, for they stand in several gaps of one page."""
    if elsewhere(request.user):
        return None
    if not hasattr(request, "needs_on_desk"):
        day, content = request.day, not apart(request.user)
        rows = standing(request.user, day)
        request.needs_on_desk = {
            "page": page_of(request, queries.first_on_desk(request.user, day, ROWS), per_page=ROWS),
            "beside": beside_desk(request.user, rows), "apart": not content,
            "late": late(request.user, rows) if content else None,
        }  # fmt: skip
    return request.needs_on_desk


def standing(actor, day):
    """Return [Standing] of the needs that the actor sees, by unit and village: what runs, what is late and since when, what nobody answers for. One query.

    Each number is one of the ledger's saved questions, so its link opens exactly what it counts.
    """
    return [Standing(*row) for row in STANDING(actor, day=day)]


Standing = namedtuple("Standing", "holder village running late nobody since")


def _standing(actor, day):
    running, late, nobody = (condition(queries.TABS[word], day) for word in ("running", "late", "nobody"))
    counts = {"running": Count("pk"), "late": _counted(late), "nobody": _counted(nobody), "since": Min("due_on", filter=late & Q(state__in=BEFORE_DONE))}
    # What is late, and what nobody answers for, runs.
    return visible_needs(actor).filter(running).order_by().values_list(queries.ByNoIndex("holder"), queries.ByNoIndex("village")).annotate(**counts)


STANDING = AskedBy(_standing)


def beside_desk(actor, rows):
    """Count what stands beside my list: what my units hold, what nobody answers for, what is late. rows: of `standing`."""
    mine = {unit.pk for unit in scope.units(actor, duty=SEES)}
    held = [row for row in rows if row.holder in mine]
    return {
        "held": sum(row.running for row in held), "held_late": sum(row.late for row in held),
        "nobody": sum(row.nobody for row in rows), "late": sum(row.late for row in rows),
    }  # fmt: skip


def _counted(asked):
    return Count("pk", filter=asked) if asked else Count("pk")


def said(request, _about):
    """Return what I recorded and where it stands, newest first; None for nobody who records."""
    if not request.user.has_duty(Duty.RECORD_NEEDS):
        return None
    needs = Asked(lambda: SAID_BY(request.user), lambda: _said(request.user))
    page = block_of(request, needs, SAID, word="said")
    return {"said": page} if page.object_list else None


def _said(actor):
    mine = queries.listed(visible_needs(actor).filter(recorded_by=actor.pk))
    return mine.order_by(queries.ByNoIndex("recorded_at").desc(), "-number")


SAID_BY = AskedBy(lambda actor: _said(actor)[: SAID + 1])


def handed(request, _about):
    """Return what my units handed out and nobody signed for yet: until then it is taken back by one tap; None for nothing."""
    if not request.user.has_duty(Duty.ASSIGN_NEEDS):
        return None
    needs = Asked(lambda: HANDED_OUT(request.user), lambda: queries.handed_out(request.user))
    page = block_of(request, needs, HANDED, word="handed")
    return {"handed": page} if page.object_list else None


HANDED_OUT = AskedBy(lambda actor: queries.handed_out(actor)[: HANDED + 1])


def of_home(request, home):
    """Return what stands on a home's page of its needs, each with its promise."""
    needs = Asked(lambda: OF_HOME(request.user, home.pk), lambda: queries.needs_of_home(request.user, home.pk))
    page = block_of(request, needs, HOME, word="needs")
    page.object_list = queries.promised(page.object_list, request.day)
    return page


OF_HOME = AskedBy(lambda actor, home: queries.needs_of_home(actor, home)[: HOME + 1])


def open_of_home(request, home):
    """Return the open needs of a home for whoever stands at its door: all of them."""
    return queries.promised(queries.needs_of_home(request.user, home).filter(state__in=OPEN), request.day)


def late(actor, rows):
    """Return what is late: {"units": [{name, key, n, since}], "places": …, "more"} with whom and where, longest late first; None for nothing.

    rows: of `standing`. Units and places, never people. Places for whoever looks over more than one township. One query; one more where a place
    of them is none in which the actor may stand.
    """
    found = [row for row in rows if row.late]
    if not found:
        return None
    wide = any(len(reach.first) <= COUNTY for reach in scope.reaches(actor, duty=SEES))
    units, places = _summed((row.holder, row) for row in found), _summed((f"{row.village[:TOWNSHIP]:0<12}", row) for row in found if wide)
    shown = units[:LATE], places[:LATE]
    names = dict(UNITS(*(one["key"] for one in shown[0]))), _names(actor, [one["key"] for one in shown[1]])
    units_shown, places_shown = ([{**one, "name": by[one["key"]]} for one in some] for some, by in zip(shown, names, strict=True))
    return {"units": units_shown, "places": places_shown, "more": max(len(units) - LATE, 0)}


def _names(actor, codes):
    """Return {code: name} of places: the frame has read most of them."""
    names = dict(places_of(actor))
    if missing := set(codes) - names.keys():
        names |= dict(Area.objects.filter(pk__in=missing).values_list("pk", "name"))
    return names


UNITS = Shape(lambda *keys: Organisation.objects.filter(pk__in=keys).order_by().values_list("pk", "name"))


def _summed(pairs):
    """Sum what is late by a key: (key, row) → [{key, n, since}], longest late first. since: None where all of it is reported as done, and waits for others."""
    found = {}
    for key, row in pairs:
        one = found.setdefault(key, {"key": key, "n": 0, "since": row.since})
        one["n"], one["since"] = one["n"] + row.late, min(filter(None, (one["since"], row.since)), default=None)
    return sorted(found.values(), key=lambda one: (one["since"] or date.max, str(one["key"])))


def queues(actor, day):
    """Count what waits in the queues of needs that the actor's duties open: {name of the place: n}, one query."""
    mine = _mine(actor)
    found = WAITING.first(actor, day=day) if mine else ()
    return {f"casework:{name}": n for name, n in zip(mine, found or [0] * len(mine), strict=True)}


# Name of the place: the duty that opens it, and the Q of what waits there.
QUEUES = {
    "screening": (Duty.SCREEN_NEEDS, lambda _actor, day: condition(queries.TABS["screen"], day)),
    "triage": (Duty.TRIAGE_NEEDS, lambda _actor, day: condition(queries.TABS["triage"], day)),
    "callbacks": (Duty.CALL_BACK, lambda actor, _day: queries.waits_for_callback(actor)),
    "rechecks": (OrgsDuty.RECHECK_NEEDS, lambda actor, _day: queries.waits_for_recheck(actor)),
}  # fmt: skip


def _mine(actor):
    """List the queues that the actor's duties open."""
    return [name for name, (duty, _waits) in QUEUES.items() if actor.has_duty(duty) and scope.handles_content(actor, duty=duty)]


def _waiting(actor, day):
    mine = {name: seen(actor, duty=QUEUES[name][0]) & QUEUES[name][1](actor, day) for name in _mine(actor)}
    counts = {name: Count("pk", filter=waits) for name, waits in mine.items()}
    return Need.objects.filter(reduce(or_, mine.values())).order_by().values(one=Value(1)).annotate(**counts).values_list(*counts)


WAITING = AskedBy(_waiting)
