"""The boards of villages, open to anybody: no account, no name, nothing but what was published."""

from django.http import Http404
from django.shortcuts import render

from wanjia.doors.guard import public

from . import queries


@public
def boards(request):
    """Every village that publishes, by county and township."""
    return render(request, "casework/board/boards.html", {"townships": queries.townships()})


@public
def board(request, code):
    """One village's board: the latest quarter, or the one that the address asks for."""
    every = queries.boards_of(code)
    asked = request.GET.get("quarter")
    shown = next((one for one in every if asked in (None, one[0].paper.period)), None)
    if shown is None:
        raise Http404
    return render(request, "casework/board/board.html", {"published": shown[0], "board": shown[1], "every": [one for one, _board in every]})
