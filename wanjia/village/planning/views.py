"""Pages of a village's plan: versions, one with its items and its sketch, an item, what stands there; the sheet that is put up."""

from django.urls import reverse

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.doors.sending import beside
from wanjia.reporting.documents.drawing import pdf
from wanjia.reporting.figures.queries import drilled

from ..duties import Duty
from ..plan_states import PlanState, WorkState
from . import queries, rules
from .subjects import ASSETS, PLANS, WORKS
from .zoning import drawing

ON_PAPER = 200  # items of one sheet


@page("village/plans/", Duty.SEE_VILLAGE)
def plans(request):
    """The plans in reach; what is late, what waits for acceptance; with ?figure=… the items that one counts."""
    figure = request.GET.get("figure", "")
    seen = drilled(rules.visible_works(request.user), figure)
    rows = seen["rows"].select_related("plan__village", "owner", "aspect")
    shown = rows if figure else queries.overdue(rows, request.day) | rows.filter(state=WorkState.REPORTED)
    found = queries.listed(rules.visible_plans(request.user)).order_by("village_id", "-serial")
    return {
        "page": page_of(request, found), "works": page_of(request, shown.order_by("due_on", "plan_id", "n"), word="works"), "figures": seen["figures"], "figure": figure, "day": request.day,
        "keeps": request.user.has_duty(Duty.KEEP_PLANS), "n_waits": queries.to_review(request.user).count() if request.user.has_duty(Duty.REVIEW_PLANS) else 0,
    }  # fmt: skip


@page("village/plans/<uuid:village_plan_id>/", Duty.SEE_VILLAGE, of=PLANS, moves=True)
def village_plan(request, one):
    """A version of the plan: its items by aspect, each with whose it is, by when, how it stands; its zones."""
    found = page_of(request, one.works.select_related("aspect", "zone", "owner", "plan").order_by("aspect__n", "n"))
    found.object_list = queries.footed(list(found.object_list))
    drawn = one.state == PlanState.DRAFT and one.drawn_by_id == request.user.id
    zones = queries.zoned(one, request.day)
    context = {"zones": zones, "zone_counts": queries.how_many(zones), "map": drawing.drawn(one, zones, reverse("village:plan_picture", args=[one.pk])), "draws": bool(rules.can_draft(request.user, one))}
    return context | {"page": found, "behind": queries.behind(one), "aspects": one.aspects.all(), "counts": queries.counted(one), "day": request.day, "mine": drawn, "late": queries.overdue(one.works.all(), request.day).count()}


@page("village/plans/<uuid:village_plan_id>/sheet/", Duty.SEE_VILLAGE, of=PLANS)
def plan_sheet(request, one):
    """The plan as it is put up (规划进度表): each item, by when, how it stands, what it cost; the posts are for the house, no name is on it."""
    rows = list(one.works.select_related("aspect", "zone").order_by("aspect__n", "n")[:ON_PAPER])
    zones, name = queries.zoned(one, request.day), f"{one.name}进度表"
    context = {
        "plan": one, "rows": rows, "cut": max(0, one.works.count() - len(rows)), "zones": zones, "zone_counts": queries.how_many(zones), "map": drawing.drawn(one, zones, paper=True), "counts": queries.counted(one), "name": name, "author": one.village.name,
        "made": request.at,
        "day": request.day, "late": queries.overdue(one.works.all(), request.day).count(),
    }  # fmt: skip
    return beside(pdf("village/papers/plan.html", context, name=f"plan-{one.pk}"), f"{name}.pdf")


@page("village/plans/works/<uuid:plan_work_id>/", Duty.SEE_VILLAGE, of=WORKS, moves=True)
def plan_work(request, one):
    """An item of the plan: how it went, note by note; what stands there of it."""
    queries.footed([one])
    return {"page": page_of(request, one.notes.order_by("-at", "pk")), "assets": one.assets.exclude(state="asset_gone").order_by("name"), "day": request.day}


@page("village/assets/", Duty.SEE_VILLAGE)
def village_assets(request):
    """What stands in the villages in reach, and whether it is what was planned."""
    rows = rules.visible_assets(request.user)
    asked = rules.visible_works(request.user).filter(plan__state=PlanState.IN_FORCE, size__gte=1).select_related("plan__village")
    listed = page_of(request, asked.order_by("plan_id", "n"), word="works")
    works = queries.footed(list(listed.object_list))
    n_waits = queries.assets_to_check(request.user).count() if request.user.has_duty(Duty.REVIEW_PLANS) else 0
    found = page_of(request, rows.select_related("village", "work").order_by("state", "village_id", "name", "pk"))
    return {"page": found, "works": works, "listed_works": listed, "totals": queries.totals(rows), "keeps": request.user.has_duty(Duty.KEEP_PLANS), "n_waits": n_waits}


@page("village/assets/<uuid:village_asset_id>/", Duty.SEE_VILLAGE, of=ASSETS, moves=True)
def village_asset(_request, _one):
    """One thing that stands in the village."""
    return {}
