"""The list of organisations."""

from django.shortcuts import render

from wanjia.doors.guard import guarded
from wanjia.doors.listing import page_of
from wanjia.orgs.duties import Duty

from ..models import Line, Tier
from . import queries

SORTS = {"area": ("area_id", "name"), "name": ("pinyin", "name")}


@guarded(Duty.MANAGE_AREAS)
def units(request):
    """List the units."""
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "tier", "line")}
    page = page_of(request, queries.found(request.user, **asked), sorts=SORTS, default="area")
    return render(request, "orgs/units/units.html", {"page": page, "tiers": Tier, "lines": Line, **asked})
