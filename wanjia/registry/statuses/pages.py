"""Where the acts on statuses lead on."""

from django.shortcuts import redirect
from django.urls import reverse

from wanjia.doors.pages import next_of


def to_holder(request, _row, status):
    """Back to where the person came from, else to the person or home that holds the status."""
    home = ("registry:person", status.person_id) if status.person_id else ("registry:household", status.household_id)
    return redirect(next_of(request) or reverse(home[0], args=[home[1]]))
