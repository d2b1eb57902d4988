"""The planned list: what was put off to a plan stays in sight until its day."""

from django.shortcuts import render
from django.utils import timezone

from wanjia.doors.guard import guarded
from wanjia.doors.listing import page_of
from wanjia.kernel.calendar import today
from wanjia.orgs.content import of_content

from .queries import planned


@guarded()
@of_content
def plans(request):
    """Every planned need that I see: where, since when, what, the next step, when it is to stand."""
    page = page_of(request, planned(request.user))
    return render(request, "casework/clock/planned.html", {"page": page, "day": today(timezone.now())})
