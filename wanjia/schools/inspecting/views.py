"""Pages of what was found: one inspection, the hazards, one hazard with its life; the printed order and the opinion of the recheck."""

import base64

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.doors.sending import beside
from wanjia.reporting.documents.drawing import pdf
from wanjia.reporting.figures.queries import drilled
from wanjia.sealing.fields import opened

from ..duties import Duty
from ..inspection_states import HazardState
from ..venues.queries import with_late
from . import queries, rules
from .papers import order_sheet
from .subjects import HAZARDS, INSPECTIONS


@page("schools/inspections/<uuid:inspection_id>/", Duty.SEE_VENUES, of=INSPECTIONS, moves=True)
def inspection(request, one):
    """One look at a place: who was there, what was answered, what was found, the orders."""
    return {
        "answered": queries.answered(one), "hazards": queries.visible_of(request.user, one, request.day), "units": one.units.select_related("unit"), "orders": one.orders.select_related("unit"),
        "pictured": rules.to_picture(request.user, one),
    }  # fmt: skip


@page("schools/inspections/<uuid:inspection_id>/orders/<uuid:mend_order_id>/", Duty.SEE_VENUES, of=INSPECTIONS, name="order_paper")
def order_paper(request, one, mend_order_id):
    """The order as it is handed over: A4, two copies."""
    order = get_object_or_404(one.orders.select_related("unit"), pk=mend_order_id)
    order.inspection = one
    return order_sheet(order, request.at)


@page("schools/hazards/", Duty.SEE_VENUES, template="list")
def hazards(request):
    """The hazards in reach: what waits for the own unit first. ?tab=mine|late|recheck|open|done, ?figure=…"""
    tab = request.GET.get("tab", "")
    seen = drilled(rules.visible_hazards(request.user), request.GET.get("figure", ""))
    tab = tab if tab in queries.TABS else "" if request.GET.get("figure") else "mine" if request.user.has_duty(Duty.INSPECT) else "open"
    rows = with_late(queries.listed(seen["rows"], request.user, tab, request.day), request.day).select_related("owner", "inspection__stop__venue").order_by("due_on", "found_on", "serial", "pk")
    return {"page": page_of(request, rows), "tab": tab, "figures": seen["figures"], "day": request.day, "waits": queries.queue(request.user, request.day).get("schools:hazards"),
            "late": queries.listed(rules.visible_hazards(request.user), request.user, "late", request.day).count()}  # fmt: skip


@page("schools/hazards/<uuid:hazard_id>/", Duty.SEE_VENUES, of=HAZARDS, moves=True)
def hazard(request, one):
    """One hazard: the five that were settled, its order, its rechecks, pictures of the place, its need in the ledger."""
    return {"rechecks": one.rechecks.all(), "photos": one.photos.defer("body"), "delays": one.delays.order_by("put_at"), "lacks": rules.lacks(one) if one.state == "hazard_found" else (), "day": request.day,
            "due": one.state != HazardState.ORDERED or one.due_on is None or one.due_on <= request.day,
            "late": queries.listed(type(one).objects.filter(pk=one.pk), request.user, "late", request.day).exists()}  # fmt: skip


@page("schools/hazards/<uuid:hazard_id>/paper/", Duty.SEE_VENUES, of=HAZARDS, name="recheck_paper")
def recheck_paper(request, one):
    """The opinion of the last recheck as it is handed over (复查意见书)."""
    last = one.rechecks.order_by("-day", "-recorded_at").first()
    if last is None:
        raise Http404
    context = {"hazard": one, "recheck": last, "venue": one.inspection.stop.venue, "name": f"{one} 复查意见书", "author": one.owner.name, "made": request.at}
    return beside(pdf("schools/papers/recheck.html", context, name=f"{last.pk}"), f"{one}-recheck.pdf")


@page("schools/hazards/<uuid:hazard_id>/pictures/<uuid:picture_id>/", Duty.SEE_VENUES, of=HAZARDS, name="hazard_photo", fresh=True)
def hazard_photo(_request, one, picture_id):
    """A picture of the place: kept by no browser and no proxy."""
    photo = get_object_or_404(one.photos.all(), pk=picture_id)
    body = opened(photo, "body", base64.b64decode, b"")
    if not body:
        raise Http404
    answer = HttpResponse(body, content_type="image/jpeg")
    answer["Cache-Control"], answer["X-Content-Type-Options"] = "no-store", "nosniff"
    return answer
