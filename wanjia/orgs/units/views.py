"""The list of organisations."""

from django.db.models import Count, Q
from django.shortcuts import render

from wanjia.kernel.guard import guarded
from wanjia.kernel.listing import page_of

from ..duties import Duty
from ..models import Line, Tier
from . import rules

SORTS = {"area": ("area_id", "name"), "name": ("pinyin", "name")}


@guarded(Duty.MANAGE_AREAS)
def units(request):
    """List the units."""
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "tier", "line")}
    rows = rules.visible_organisations(request.user).select_related("area").filter(to_on=None)
    if asked["q"]:
        rows = rows.filter(Q(name__icontains=asked["q"]) | Q(pinyin__icontains=asked["q"]) | Q(area__name__icontains=asked["q"]))
    rows = rows.filter(**{name: asked[name] for name in ("tier", "line") if asked[name]})
    page = page_of(request, rows.annotate(n_posts=Count("posts", Q(posts__to_on=None))), sorts=SORTS, default="area")
    return render(request, "orgs/units/units.html", {"page": page, "tiers": Tier, "lines": Line, **asked})
