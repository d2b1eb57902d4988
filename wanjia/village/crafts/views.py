"""Pages of craftsmen: those of villages in reach, who learns, what is booked; and for everybody who can do what, reached through the village."""

from django.db.models import Q

from wanjia.doors.guard import PUBLIC
from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.policy import crafts as policy
from wanjia.reporting.figures.queries import drilled

from ..booking.queries import with_heads
from ..craft_states import BookingState, CraftState
from ..duties import Duty
from . import queries, rules
from .subjects import BOOKINGS, CRAFTSMEN, PAIRS

ASKED = 20  # characters of a skill's code


def _skill(request):
    asked = request.GET.get("skill", "")[:ASKED]
    return asked if asked in {one.code for one in policy.in_force(request.day).skills} else ""


@page("crafts/", PUBLIC)
def public_crafts(request):
    """Who can do what, in all villages, as each agreed; reached through the village's office, no telephone. ?skill=…"""
    skill = _skill(request)
    found = page_of(request, queries.of_skill(rules.shown(), skill).select_related("village__parent").order_by("village_id", "called", "pk"))
    queries.named(found.object_list)
    return {"page": found, "skill": skill, "skills": queries.skills(None, None, request.day)}


@page("village/crafts/", Duty.SEE_VILLAGE, template="list")
def crafts(request):
    """The craftsmen of villages in reach; what waits for another hand first. ?skill=… ?figure=…"""
    figure, skill = request.GET.get("figure", ""), _skill(request)
    seen = drilled(rules.visible_craftsmen(request.user), figure)
    rows = queries.of_skill(seen["rows"].select_related("village", "home"), skill)
    rows = rows.filter(rules.in_hands(request.user) | Q(state=CraftState.SHOWN))
    found = page_of(request, rows.order_by("-state", "village_id", "called", "pk"))
    queries.named(found.object_list)
    n_waits = queries.to_show(request.user).count() if request.user.has_duty(Duty.REVIEW_CRAFTS) else 0
    return {
        "page": found, "figures": seen["figures"], "figure": figure, "skill": skill, "skills": queries.skills(None, None, request.day), "keeps": request.user.has_duty(Duty.KEEP_CRAFTS),
        "n_waits": n_waits,
    }  # fmt: skip


@page("village/crafts/people/<uuid:craftsman_id>/", Duty.SEE_VILLAGE, of=CRAFTSMEN, moves=True)
def craftsman(request, one):
    """A craftsman: what he can do, how he agreed, who learns with him, who booked him."""
    works = rules.works_in(request.user, one.village_id)
    pairs = page_of(request, one.pairs.select_related("learner").order_by("-from_on", "pk"), word="pairs")
    bookings = page_of(request, one.bookings.select_related("village").order_by("-asked_on", "pk"))
    for row in (*pairs, *bookings):
        row.works = works
    return {
        **queries.face_of(one, works), "skills": queries.skills_of(one), "works": works, "pairs": pairs, "page": bookings, "drawn_here": one.state == CraftState.WRITTEN and one.written_by_id == request.user.id,
    }  # fmt: skip


@page("village/crafts/pairs/", Duty.SEE_VILLAGE)
def mentor_pairs(request):
    """Who learns with whom: those who learn now first. ?figure=…"""
    figure = request.GET.get("figure", "")
    seen = drilled(rules.visible_pairs(request.user), figure)
    rows = seen["rows"].select_related("craftsman__village", "learner").order_by("-state", "-from_on", "pk")
    found = page_of(request, rows)
    queries.worked(found.object_list, request.user)
    return {"page": found, "figures": seen["figures"], "figure": figure}


@page("village/crafts/pairs/<uuid:mentor_pair_id>/", Duty.SEE_VILLAGE, of=PAIRS, moves=True)
def mentor_pair(request, one):
    """A pair: what is learned, since when, how it ended."""
    works = rules.works_in(request.user, one.craftsman.village_id)
    return {**queries.face_of(one.craftsman, works), "works": works}


@page("village/crafts/bookings/", Duty.SEE_VILLAGE)
def craft_bookings(request):
    """The bookings of one's villages and of their craftsmen: open ones by their day, then those settled. ?figure=…"""
    figure, keeps = request.GET.get("figure", ""), request.user.has_duty(Duty.KEEP_CRAFTS)
    seen = drilled(rules.visible_bookings(request.user), figure)
    rows = seen["rows"].select_related("craftsman__village", "village")
    open_ones = rows.filter(state__in=(BookingState.ASKED, BookingState.AGREED))
    waits, settled = page_of(request, open_ones.order_by("day", "asked_on", "pk"), word="waits"), page_of(request, rows.filter(settled_on__isnull=False).order_by("-settled_on", "pk"))
    queries.worked([*waits.object_list, *settled.object_list], request.user)
    return {
        "waits": waits, "page": settled, "figures": seen["figures"], "figure": figure, "keeps": keeps, "n_waits": queries.waiting(request.user, request.day).count() if keeps else 0,
    }  # fmt: skip


@page("village/crafts/bookings/<uuid:craft_booking_id>/", Duty.SEE_VILLAGE, of=BOOKINGS, moves=True)
def craft_booking(request, one):
    """A booking: who asked for what, the half-day, what came of it."""
    if one.home_id:
        with_heads([one])
    theirs = rules.works_in(request.user, one.craftsman.village_id)
    works = all(may for may, _why in rules.kept(request.user, one.village_id, one.craftsman.village_id))
    return {**queries.face_of(one.craftsman, theirs), "skills": queries.skills_of(one.craftsman), "works": works}
