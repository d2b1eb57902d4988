"""What the pages of screening show besides their forms, and where they lead on."""

from django.shortcuts import redirect

from . import queries


def how_many_wait(request, _need):
    """How many wait, on top of the page of one."""
    return {"waiting": queries.waiting(request.user).count()}


def onward(_request, _need, _answer):
    """Bring the next one; when none waits, its page says so."""
    return redirect("casework:screening")
