"""Pages of a school's own grounds: what was found there, the order on paper."""

from django.shortcuts import get_object_or_404

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page

from ..duties import Duty
from ..inspecting.papers import order_sheet
from ..inspecting.subjects import OF_INSPECTION
from . import queries, rules


@page("schools/campus/", Duty.KEEP_SCHOOL, template="list")
def campus(request):
    """What was found on the own grounds: what is open with its day and what to do, then what was put right."""
    return {
        "waits": queries.waiting(request.user), "page": page_of(request, queries.closed(request.user)), "late": queries.overdue(request.user, request.day), "day": request.day,
        "known": rules.own_schools(request.user).filter(campuses__to_on=None, campuses__isnull=False).exists(),
    }  # fmt: skip


@page("schools/campus/orders/<uuid:campus_order_id>/", Duty.KEEP_SCHOOL, name="campus_order")
def campus_order(request, campus_order_id):
    """The order as it was handed over."""
    orders = rules.visible_orders(request.user).select_related("unit", *(f"inspection__{path}" for path in OF_INSPECTION))
    return order_sheet(get_object_or_404(orders, pk=campus_order_id), request.at)
