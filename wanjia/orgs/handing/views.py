"""The hand-overs that stand."""

from django.shortcuts import render
from django.utils import timezone

from wanjia.doors.guard import guarded
from wanjia.doors.listing import page_of
from wanjia.kernel.calendar import today
from wanjia.orgs.duties import Duty

from . import queries


@guarded(Duty.HAND_OVER, Duty.MANAGE_USERS)
def handovers(request):
    """List what was left behind and is in nobody's hands yet, the first due first."""
    page, day = page_of(request, queries.visible(request.user).order_by("due_on", "opened_at")), today(timezone.now())
    left = queries.counts(queries.all_left_behind([(row.user, row.organisation) for row in page], day))
    for row, n in zip(page, left, strict=True):
        row.left = n
    return render(request, "orgs/handing/handovers.html", {"page": page, "day": day})
