"""Pages of the agenda: what waits for a meeting and what was decided; one item with its way, filing and notice."""

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.policy import meetings as law
from wanjia.reporting.figures.queries import drilled

from ..bodies.rules import visible_bodies
from ..duties import Duty
from ..meetings import verdict
from ..states import ItemState
from . import queries, rules
from .subjects import ITEMS

OFFERED = 12  # bodies that an item may be brought to from the list itself; more are found on their own page


@page("village/items/", Duty.SEE_VILLAGE)
def items(request):
    """What waits for a meeting, then what was decided, the latest first. ?figure=… the rows that a figure counts."""
    figure = request.GET.get("figure", "")
    seen = drilled(rules.visible_items(request.user), figure)
    known = figure in {one["id"] for one in seen["figures"]}
    rows = rules.visible_items(request.user)
    waits = page_of(request, queries.listed(rows.filter(state__in=(ItemState.PROPOSED, ItemState.ON_AGENDA))).order_by("proposed_on", "pk"), word="waits")
    keeps = request.user.has_duty(Duty.KEEP_MEETINGS)
    done = queries.listed(seen["rows"] if known else rows.exclude(state__in=(ItemState.PROPOSED, ItemState.ON_AGENDA)))
    return {
        "waits": waits, "page": page_of(request, done.order_by("-decided_on", "-pk")), "figures": seen["figures"], "figure": figure if known else "", "day": request.day,
        "n_waits": queries.waiting(request.user).count() if keeps else None, "keeps": keeps, "bodies": _offered(request.user) if keeps else (),
    }  # fmt: skip


def _offered(actor):
    return visible_bodies(actor, duty=Duty.KEEP_MEETINGS).filter(to_on=None).order_by("area_id", "kind", "group_name", "pk")[:OFFERED]


@page("village/items/<uuid:agenda_item_id>/", Duty.SEE_VILLAGE, of=ITEMS, moves=True)
def item(request, one):
    """One item: what it is, how it was decided and by which rule, where it came from and went on, its filing and notices."""
    keeps = request.user.has_duty(Duty.KEEP_MEETINGS)
    return {
        "way": queries.line_of(one), "matter": law.matter(one.matter, one.meeting.day if one.meeting else request.day) if one.matter else None, "standing": verdict.standing(one.meeting, one.matter) if one.meeting else None, "day": request.day,
        "filing": getattr(one, "filing", None), "notices": one.notices.order_by("-from_on"), "brought_by": one.brought_by if keeps else "", "settled": one.decided_on is not None, "voted": one.votes_for is not None,
        "answers_filing": request.user.has_duty(Duty.FILE_DECISIONS),
    }  # fmt: skip
