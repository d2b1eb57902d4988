"""What the form of a finding is told besides, and where it is sent."""

from django.urls import reverse


def at_place(request, _patrol):
    """The place that was tapped on the patrol's page (?receipt=…) stands in the form already; a call, and a telephone that kept the empty form, name it themselves."""
    named = request.GET.get("receipt")
    return {"initial": {"receipt": named}} if named else {}


def bare(_request, patrol):
    """The form goes to the address without a place: that is the one a telephone without a signal has kept."""
    return {"sent_to": reverse("schools:patrol_step", args=[patrol.pk])}
