"""Where the acts on visits lead on; whoever came from somewhere else goes back there."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from wanjia.doors.pages import next_of
from wanjia.kernel.calendar import today


def to_visit(request, _home, visit):
    """To the visit; one for today goes straight on to its form."""
    name = "registry:visit_record" if visit.planned_on == today(timezone.now()) else "registry:visit"
    return redirect(next_of(request) or reverse(name, args=[visit.pk]))


def to_list(request, _visit, _answer):
    """Back to the list of what is planned."""
    return redirect(next_of(request) or reverse("registry:visits"))
