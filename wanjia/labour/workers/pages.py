"""Where the acts on labourers lead on."""

from django.shortcuts import redirect
from django.urls import reverse

from wanjia.doors.guard import next_of


def to_worker(_request, person, _worker):
    """To the labourer's own page."""
    return redirect("labour:worker", person.pk)


def to_workers_page(request, spell, _answer):
    """To the page of the spell's labourer."""
    return redirect(next_of(request) or reverse("labour:worker", args=[spell.worker_id]))
