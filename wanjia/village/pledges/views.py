"""Pages of pledges: those that are open, the nearest day first, those that are settled; one of them."""

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.reporting.figures.queries import drilled

from ..duties import Duty
from . import queries, rules
from .subjects import OF, PLEDGES


@page("village/branch/pledges/", Duty.SEE_BRANCH, template="list")
def pledges(request):
    """The pledges of members, open ones by their day; no order of members by how many they kept. ?figure=…"""
    figure = request.GET.get("figure", "")
    seen = drilled(rules.visible_pledges(request.user), figure)
    rows = seen["rows"].select_related(*OF)
    waits, done = page_of(request, rows.filter(state__in=queries.OPEN).order_by("due_on", "pk"), word="waits"), page_of(request, rows.exclude(state__in=queries.OPEN).order_by("-settled_on", "pk"))
    for one in [*waits.object_list, *done.object_list]:
        one.late = queries.is_late(one, request.day)
    return {
        "waits": waits, "page": done, "figures": seen["figures"], "figure": figure, "keeps": request.user.has_duty(Duty.KEEP_BRANCH), "n_waits": queries.waiting(request.user, request.day).count(),
    }  # fmt: skip


@page("village/branch/pledges/<uuid:pledge_id>/", Duty.SEE_BRANCH, of=PLEDGES, moves=True)
def pledge(request, one):
    """A pledge: what was promised, what shows that it is done, who looked."""
    return {"late": queries.is_late(one, request.day), "mine": one.state == "pledge_told" and one.told_by_id == request.user.id}
