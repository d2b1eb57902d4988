"""What the pages of screening show besides their forms, and where they lead on."""

from django.shortcuts import redirect

from . import queries


def how_many_wait(request, need):
    """How many wait, on top of the page of one; and which open needs of the home may be the same matter."""
    return {"waiting": queries.waiting(request.user).count(), "alike": queries.alike(request.user, need)}


def onward(_request, _need, _answer):
    """Bring the next one; when none waits, its page says so."""
    return redirect("casework:screening")
