"""Where the acts on visits lead on; whoever came from somewhere else goes back there."""

from django.shortcuts import redirect
from django.urls import reverse

from wanjia.doors.pages import next_of
from wanjia.kernel.brings import gather

from ..models import VisitPurpose
from ..owed.pages import visit_begun


def begun(request, home):
    """What the form of a visit begins with: the reason that the address gives, a departure (?departure=1) or a benefit (?benefit=)."""
    if request.GET.get("departure"):
        return {"initial": {"purpose": VisitPurpose.DEPARTURE}}
    return visit_begun(request, home)


def to_visit(request, _home, visit):
    """To the visit; one for today goes straight on to its form."""
    name = "registry:visit_record" if visit.planned_on == request.day else "registry:visit"
    return redirect(next_of(request) or reverse(name, args=[visit.pk]))


def to_list(request, _visit, _answer):
    """Back to the list of what is planned."""
    return redirect(next_of(request) or reverse("registry:visits"))


def at_the_door(request, visit, _answer=None):
    """To what ends the visit, where the family still stands: the page that an app brings, else the visit itself."""
    pages = (after.page(request, visit) for after in gather("AFTER_VISITS"))
    return next(filter(None, pages), None) or redirect("registry:visit", visit.pk)
