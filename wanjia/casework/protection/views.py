"""强制报告: what happens now, and the officer's list."""

from django.shortcuts import render
from django.utils import timezone

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
    alarms, unexplained = ({one.pk for one in found} for found in (queries.alarms(request.user), queries.unexplained(request.user)))
    return render(request, "casework/protection/reports.html", {"page": page, "alarms": alarms, "unexplained": unexplained})


@guarded(Duty.READ_JOURNAL)
def late_reports(request):
    """For whoever reads the journal: how late reports were, whether it was said why; no place, no child, no word of them."""
    late = queries.late_here(request.user)
    return render(request, "casework/protection/late.html", {"page": page_of(request, late), "open": queries.alarming(request.user), "now": timezone.now()})
