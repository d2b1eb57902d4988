"""Where the acts on visits lead on."""

from django.shortcuts import redirect
from django.utils import timezone

from wanjia.kernel.calendar import today


def to_visit(_request, _home, visit):
    """To the visit; one for today goes straight on to its form."""
    return redirect("registry:visit_record" if visit.planned_on == today(timezone.now()) else "registry:visit", visit.pk)


def to_list(_request, _visit, _answer):
    """Back to the list of what is planned."""
    return redirect("registry:visits")
