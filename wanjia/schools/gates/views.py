"""The page of the day: each gate's slots with who is expected, one tap for came or not; what happened, talks."""

from datetime import timedelta
from itertools import groupby

from django.db.models import Min

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page

from ..duties import Duty
from ..guarding.rules import answered_schools
from ..models import Attendance, GateTalk, GateTrouble
from ..rostering.queries import listed
from ..rostering.rules import is_over, starts_at
from .rules import EARLY

SHOWN = 20  # schools of one page
AHEAD = timedelta(days=60)  # a day without duties says when the next ones are, over a winter's holidays too


@page("schools/gates/", Duty.MARK_GATES)
def gates(request):
    """Today at the gates of the schools in reach, by school and slot; who is marked, who is not."""
    schools = page_of(request, answered_schools(request.user, duty=Duty.MARK_GATES).on(request.day).select_related("unit").order_by("area_id", "unit__name", "pk"), per_page=SHOWN)
    found = list(schools)
    marks = {(one.guard_id, one.from_at): one for one in Attendance.objects.filter(school__in=found, day=request.day)}
    duties = list(listed(request.user, request.day, request.day + timedelta(days=1)).filter(school__in=found))
    for one in duties:
        one.mark = marks.get((one.guard_id, one.from_at))
        one.open, one.over = request.at >= starts_at(one) - EARLY, is_over(one, request.at)
        one.own = one.guard is not None and one.guard.user_id == request.user.pk
    by_school = {key: list(rows) for key, rows in groupby(duties, key=lambda one: one.school_id)}
    coming = listed(request.user, request.day + timedelta(days=1), request.day + AHEAD).filter(school__in=found)
    ahead = dict(coming.order_by().values_list("school").annotate(first=Min("day")))
    for school in found:
        rows = by_school.get(school.pk, [])
        school.slots = [(key, list(ones)) for key, ones in groupby(rows, key=lambda one: (one.from_at, one.to_at, one.going))]
        school.came = sum(one.mark is not None and one.mark.came for one in rows)
        school.n, school.next = sum(one.guard_id is not None for one in rows), ahead.get(school.pk)
    today = {"school__in": found, "day": request.day}
    return {
        "page": schools, "schools": found, "troubles": GateTrouble.objects.filter(**today).select_related("school__unit")[:SHOWN],
        "talks": GateTalk.objects.filter(**today).select_related("school__unit")[:SHOWN], "edits": request.user.has_duty(Duty.EDIT_ROSTER),
    }  # fmt: skip

