"""Units away, one of them, which worker chose which station, a station's own workers, and what everybody may read."""

from wanjia.doors.guard import PUBLIC
from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.policy.demand import said
from wanjia.policy.work_places import places

from ..duties import Duty
from ..employers.rules import READS
from . import queries, rules
from .subjects import OUTPOSTS

CLAIMS = 20  # of what is owed, the newest
SORTS = {"host": ("host", "name", "pk"), "name": ("name", "pk"), "chose": ("-chose", "pk")}


@page("outposts/", *READS)
def outposts(request):
    """Units away by kind: where, who answers, how many chose it; beside how many stand here how many the bureau printed."""
    tabs = queries.tabs(request.user, request.day)
    tab = request.GET.get("tab") if request.GET.get("tab") in tabs else "station"
    counts = {name: rows.order_by().count() for name, rows in tabs.items()}
    printed = said()["kinds"][tab]["printed"] if tab in said()["kinds"] else None
    found = page_of(request, tabs[tab], sorts=SORTS, default="host", count=counts[tab])
    return {"page": found, "tab": tab, "counts": counts, "printed": printed, "adds": rules.can_add(request.user).allowed, "day": request.day}


@page("outposts/<uuid:outpost_id>/", *READS, of=OUTPOSTS, moves=True)
def outpost(request, one):
    """One unit away."""
    return {"chose": one.belongings.filter(to_on=None).count(), "day": request.day}


@page("away/", Duty.KEEP_LABOUR)
def away(request):
    """My workers who work where a station is: those who chose none, those who did."""
    tab = "chosen" if request.GET.get("tab") == "chosen" else "open"
    counts = {name: queries.away(request.user, request.day, name).order_by().count() for name in ("open", "chosen")}
    found = page_of(request, queries.away(request.user, request.day, tab), count=counts[tab])
    for one in found:
        one.work_place = place_named(one.work)
    return {"page": found, "tab": tab, "counts": counts}


@page("station/", Duty.SERVE_AWAY, fresh=True)
def station(request):
    """A station's own workers: those who chose it, while they work where it is, and apart who quit within the time in which wages are claimed. Beside them what is owed."""
    tabs = {"here": rules.own_workers(request.user, request.day), "gone": rules.gone_workers(request.user, request.day)}
    tab = "gone" if request.GET.get("tab") == "gone" else "here"
    counts = {name: rows.order_by().count() for name, rows in tabs.items()}
    found = page_of(request, tabs[tab].order_by("village_id", "pk"), count=counts[tab])
    queries.with_work(found, rules.works_seen(request.user, request.day))
    mine = rules.visible_outposts(request.user).order_by("name")
    claims = list(rules.visible_claims(request.user, request.day)[: CLAIMS + 1])
    return {"page": found, "tab": tab, "counts": counts, "mine": list(mine[:5]), "claims": claims[:CLAIMS], "more": len(claims) > CLAIMS, "most": CLAIMS}


@page("stations/", PUBLIC)
def stations(request):
    """The stations for everybody: where, who answers, which telephone."""
    return {"rows": list(queries.stations(request.day)), "day": request.day}


def place_named(code):
    """Return what a place of work is called: its own name, its city's or its province's."""
    known = places()
    return next((known[one] for one in (code or "", f"{(code or '')[:4]}00", f"{(code or '')[:2]}0000") if one in known), "")
