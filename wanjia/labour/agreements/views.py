"""The list of agreements, and one with who came through it."""

from wanjia.doors.listing import block_of, page_of
from wanjia.doors.reading import page
from wanjia.policy.demand import in_force

from ..employers.rules import READS
from . import queries, rules
from .subjects import AGREEMENTS

SORTS = {"until": ("until_on", "pk"), "title": ("title", "pk"), "quota": ("-quota", "pk"), "came": ("-came", "pk")}


@page("agreements/", *READS)
def agreements(request):
    """Agreements in force, those that soon end, those that are over: how many were agreed on and how many came."""
    tabs = queries.tabs(request.user, request.day)
    tab = request.GET.get("tab") if request.GET.get("tab") in tabs else "running"
    counts = {name: rows.order_by().count() for name, rows in tabs.items()}
    found = page_of(request, tabs[tab], sorts=SORTS, default="until", count=counts[tab])
    return {"page": found, "tab": tab, "counts": counts, "day": request.day, "alarm": in_force(request.day).alarm_days, "adds": rules.can_add(request.user).allowed}


@page("agreements/<uuid:agreement_id>/", *READS, of=AGREEMENTS, moves=True)
def agreement(request, one):
    """One agreement: its quota and the rows that came of it."""
    day = request.day
    runs = one.from_on <= day < one.until_on and (one.ended_on is None or day < one.ended_on)
    return {
        "day": day, "runs": runs, "n": queries.came(one).count(), "came": block_of(request, queries.came_seen(one, request.user), 20, word="came"),
        "vacancies": block_of(request, one.vacancies.select_related("employer").order_by("-recorded_at", "pk"), 20, word="vacancies"),
    }  # fmt: skip
