"""Pages of a plan's sketch: drawn on by tapping or by numbers, the drawing itself; the plan as everybody reads it, without account."""

import base64

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from wanjia.doors.guard import PUBLIC
from wanjia.doors.reading import page
from wanjia.orgs.models import Area

from ...duties import Duty
from ...models import PlanSketch
from ...plan_states import ZoneKind
from .. import queries, rules
from ..subjects import PLANS
from . import drawing

KEPT = 3600  # seconds that a browser keeps the public drawing


@page("village/plans/<uuid:village_plan_id>/zones/", Duty.KEEP_PLANS, of=PLANS)
def plan_zones(request, one):
    """The sketch of a draft, on which zones are drawn by tapping or by numbers. ?zone= which; without a word the first that is not drawn."""
    rules.can_draft(request.user, one).or_raise()
    zones = queries.zoned(one, request.day)
    asked = request.GET.get("zone", "")
    chosen = next((zone for zone in zones if str(zone.pk) == asked), None) or next((zone for zone in zones if not zone.points), zones[0] if zones else None)
    found = drawing.drawn(one, zones, reverse("village:plan_picture", args=[one.pk]), chosen=chosen)
    live = chosen and found and {"points": drawing.spelt(chosen, found["high"]), "hue": drawing.HUES[chosen.colour], "corridor": chosen.kind == ZoneKind.CORRIDOR}
    typed = " ".join(f"{x},{y}" for x, y in chosen.points) if chosen else ""
    return {"zones": zones, "chosen": chosen, "map": found, "live": live, "typed": typed}


@page("village/plans/<uuid:village_plan_id>/picture/", Duty.SEE_VILLAGE, of=PLANS, fresh=True)
def plan_picture(_request, one):
    """The drawing under a version's zones."""
    return _picture(one, "no-store")


@page("g/<str:area_id>/plan/", PUBLIC)
def public_plan(request, area_id):
    """A village's plan in force for everybody: its sketch, each zone with its items, by when and how far; no name on it."""
    village, plan = _in_force(area_id, request.day)
    zones = queries.zoned(plan, request.day)
    others = list(plan.works.filter(zone=None).order_by("n"))
    for work in others:
        work.late = queries.is_late(work, plan, request.day)
    return {
        "village": village, "plan": plan, "zones": zones, "zone_counts": queries.how_many(zones), "others": others, "counts": queries.counted(plan), "day": request.day,
        "map": drawing.drawn(plan, zones, drawing.address(plan)), "late": queries.overdue(plan.works.all(), request.day).count(),
    }  # fmt: skip


@page("g/<str:area_id>/plan/picture/", PUBLIC)
def public_sketch(request, area_id):
    """The drawing under the zones of the plan in force, for everybody."""
    return _picture(_in_force(area_id, request.day)[1], f"public, max-age={KEPT}")


def _in_force(area_id, day):
    village = get_object_or_404(Area, pk=area_id)
    plan = queries.in_force(village, day)
    if plan is None:
        raise Http404
    return village, plan


def _picture(plan, kept):
    body = PlanSketch.objects.exclude(body="").filter(plan=plan).values_list("body", flat=True).first()
    if body is None:
        raise Http404
    answer = HttpResponse(base64.b64decode(body), content_type="image/jpeg")
    answer["Cache-Control"], answer["X-Content-Type-Options"] = kept, "nosniff"
    return answer
