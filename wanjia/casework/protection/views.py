"""强制报告: what happens now, and the officer's list."""

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.orgs.duties import Duty

from . import queries
from .pages import UNREAD


@page("protection/reported/", template="reported")
def child_reported(request):
    """What happens now."""
    return {"unread": request.session.pop(UNREAD, False)}


@page("protection/", Duty.PROTECT_CHILDREN, template="reports")
def protection(request):
    """The officer's list: where and when, never who."""
    page = page_of(request, queries.reports_for(request.user))
    alarms, unexplained = ({one.pk for one in found} for found in (queries.alarms(request.user), queries.unexplained(request.user)))
    return {"page": page, "alarms": alarms, "unexplained": unexplained}


@page("protection/late/", Duty.READ_JOURNAL, template="late")
def late_reports(request):
    """For whoever reads the journal: how late reports were, whether it was said why; no place, no child, no word of them."""
    late = queries.late_here(request.user)
    return {"page": page_of(request, late), "open": queries.alarming(request.user), "now": request.at}
