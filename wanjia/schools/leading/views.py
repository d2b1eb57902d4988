"""The page of leaders' days: those to come first, then those that were."""

from datetime import timedelta

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page

from ..duties import Duty
from . import rules

BACK = 60  # days gone by that are shown


@page("schools/leader-days/", Duty.SEE_SCHOOLS, template="list")
def leader_days(request):
    """Leaders' days in reach, from two months back on, by day."""
    rows = rules.visible_leader_days(request.user).filter(day__gte=request.day - timedelta(days=BACK)).select_related("school__unit", "guard").order_by("day", "school_id", "pk")
    user = request.user
    return {"page": page_of(request, rows), "day": request.day, "draws": user.has_duty(Duty.DRAW_ROSTER), "marks": user.has_duty(Duty.MARK_GATES)}
