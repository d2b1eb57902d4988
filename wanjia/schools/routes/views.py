"""What a version of the routes draws: each line with its times, who is left at home and why."""

from django.db.models import Count, Max, Min

from wanjia.doors.listing import block_of, page_of
from wanjia.doors.pages import row_or_404
from wanjia.doors.reading import page
from wanjia.doors.words import in_english
from wanjia.solving.subjects import PLANS

from ..duties import Duty
from ..models import BusLine, Unserved
from .plans import KIND

SHOWN = 30  # rows of a block beside the list


@page("schools/bus-plans/<uuid:plan_id>/", Duty.KEEP_BUSES, template="plan")
def bus_plan(request, plan_id):
    """The drafted lines of a version, bus by bus; the homes that it leaves, with the smallest loosening that would take them. Children by initials."""
    plan = row_or_404(PLANS, request.user, plan_id, duty=(Duty.KEEP_BUSES,), kind=KIND)
    lines = BusLine.objects.filter(plan=plan).select_related("bus", "school__unit").annotate(n_stops=Count("stops", distinct=True), n=Count("stops__seats", distinct=True), first=Min("stops__at"), last=Max("stops__at"))
    left = Unserved.objects.filter(plan=plan).select_related("rider__child", "rider__area", "rider__school__unit").order_by("rider__area_id", "pk")
    return {"plan": plan, "page": page_of(request, lines.order_by("bus__label", "first", "pk")), "left": block_of(request, left, SHOWN, word="left"), "english": in_english()}
