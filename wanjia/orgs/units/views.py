"""The list of organisations; the page of one, which changes it by the act that keeps one."""

from wanjia.doors.listing import page_of
from wanjia.doors.pages import page_of_act
from wanjia.doors.reading import page, put
from wanjia.orgs.duties import Duty

from ..models import Line, Tier
from . import queries
from .commands import CHANGE

SORTS = {"area": ("area_id", "name"), "name": ("pinyin", "name")}


@page("units", Duty.MANAGE_AREAS)
def units(request):
    """List the units."""
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "tier", "line")}
    return {"page": page_of(request, queries.found(request.user, **asked), sorts=SORTS, default="area"), "tiers": Tier, "lines": Line, **asked}


put("units/<uuid:unit_id>", page_of_act(CHANGE), name=CHANGE.name, label=CHANGE.app)
