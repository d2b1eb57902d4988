"""强制报告: what happens now, and the officer's list."""

from django.shortcuts import render

from wanjia.doors.guard import guarded
from wanjia.doors.listing import page_of
from wanjia.orgs.duties import Duty

from . import queries
from .pages import UNREAD


@guarded()
def child_reported(request):
    """What happens now."""
    return render(request, "casework/protection/reported.html", {"unread": request.session.pop(UNREAD, False)})


@guarded(Duty.PROTECT_CHILDREN)
def protection(request):
    """The officer's list: where and when, never who."""
    page = page_of(request, queries.reports_for(request.user))
    alarms = set(queries.alarms(request.user).values_list("pk", flat=True))
    return render(request, "casework/protection/reports.html", {"page": page, "alarms": alarms})
