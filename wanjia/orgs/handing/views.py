"""The hand-overs that stand."""

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.orgs.duties import Duty

from . import queries


@page("handovers", Duty.HAND_OVER, Duty.MANAGE_USERS)
def handovers(request):
    """List what was left behind and is in nobody's hands yet, the first due first."""
    shown = page_of(request, queries.visible(request.user).order_by("due_on", "opened_at"))
    left = queries.counts(queries.all_left_behind([(row.user, row.organisation) for row in shown], request.day))
    for row, n in zip(shown, left, strict=True):
        row.left = n
    return {"page": shown, "day": request.day}
