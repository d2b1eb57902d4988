"""The page of what homes of an area may be owed."""

from django.utils.translation import gettext_lazy as _

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.registry.duties import Duty

from ..households.subjects import HOMES, headed
from ..memberships import heads_of
from . import queries

TABS = (("", _("全部")), ("owed", _("条件都有登记")), ("unsure", _("先问清")))


@page("owed/", Duty.KEEP_REGISTER, template="list")
def owed(request):
    """Homes of one's area with something that may be owed, or that is worth asking about."""
    day, benefit, only = request.day, request.GET.get("benefit", ""), request.GET.get("only", "")
    village, villages, whole = queries.village_asked(request.user, request.GET.get("village", ""))
    rows = queries.in_homes(request.user, day, village=village, benefit=benefit)
    counts = {tab: sum(not tab or any(one.stands == tab for one in offers) for _home, offers in rows) for tab, _words in TABS}
    page = page_of(request, [row for row in rows if not only or any(one.stands == only for one in row[1])], per_page=20)
    page.heads = heads_of([home for home, _offers in page])
    return {
        "page": page, "village": village, "villages": villages, "whole": whole, "benefit": benefit, "benefits": queries.names(), "only": only, "day": day,
        "tabs": [(tab, words, counts[tab]) for tab, words in TABS],
    }  # fmt: skip


@page("households/<uuid:household_id>/owed/", Duty.SEE_REGISTER, name="owed_paper", of=HOMES)
def paper(request, home):
    """What a home may be owed, in plain words to be printed and left there. Nothing of a child stands on it."""
    offers = [one for one in queries.of_home(request.user, home, request.day, children=False) if one.stands != "received"]
    return {"home": home, "about": headed(home), "offers": offers, "day": request.day}
