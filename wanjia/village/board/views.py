"""The board as everybody reads it, without account; the village's staff print it as a sheet."""

from django.http import Http404
from django.urls import reverse

from wanjia.doors.guard import PUBLIC
from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.doors.sending import beside
from wanjia.orgs import scope
from wanjia.reporting.documents.drawing import pdf, qr

from ..bodies.queries import groups_of
from ..deciding.queries import seal_of
from ..duties import Duty
from . import queries

ASKED = 40  # characters of a name that is looked for
SEEN = 4  # lines of a section that stand open; the others are unfolded


@page("g/", PUBLIC, name="public_boards")
def public_boards(request):
    """Find a village by any of its names. ?q=…"""
    asked = request.GET.get("q", "").strip()[:ASKED]
    rows = queries.called(asked, request.day) if asked else queries.villages(request.day)
    return {"page": page_of(request, rows, per_page=queries.FOUND), "asked": asked}


def _village(area_id, request, group_name):
    village = queries.villages(request.day).filter(pk=area_id).first()
    if village is None or (group_name and group_name not in groups_of(village.pk)):
        raise Http404
    return village


@page("g/<str:area_id>/", PUBLIC, name="public_board")
def public_board(request, area_id):
    """One village's board. ?group=… what is one group's, beside what is the whole village's."""
    group_name = request.GET.get("group", "")
    village = _village(area_id, request, group_name)
    found = queries.board(village, request.day, group_name)
    sections = [(section, lines[:SEEN], lines[SEEN:], queries.drawing(section, village, request.day)) for section, lines in found]
    return {"village": village, "group": group_name, "groups": groups_of(village.pk), "sections": sections, "day": request.day}


@page("village/boards/", Duty.SEE_VILLAGE)
def village_boards(request):
    """The boards of the villages in reach: to look at, and to print for the wall, whole or for a group."""
    rows = queries.villages(request.day).filter(scope.in_reach(request.user, area="code", duty=Duty.SEE_VILLAGE))
    found = page_of(request, rows)
    for village in found:
        village.groups = groups_of(village.pk)
    return {"page": found}


@page("village/boards/<str:area_id>/paper/", Duty.SEE_VILLAGE)
def board_paper(request, area_id):
    """The board as a sheet for the wall, in large letters, with the way to the page (村务公开). ?group=…"""
    group_name = request.GET.get("group", "")
    village = _village(area_id, request, group_name)
    if not scope.covers(request.user, village.pk, duty=Duty.SEE_VILLAGE):
        raise Http404
    address = request.build_absolute_uri(reverse("village:public_board", args=[village.pk]))
    sections = [(section, lines, queries.drawing(section, village, request.day, paper=True)) for section, lines in queries.board(village, request.day, group_name)]
    context = {
        "village": village, "group": group_name, "sections": sections, "address": address, "picture": qr(address), "name": f"{village.name}{group_name}村务公开",
        "author": village.name, "made": request.at, "day": request.day, "seal": seal_of(village),
    }  # fmt: skip
    return beside(pdf("village/papers/board.html", context, name=f"board-{area_id}"), f"{village.name}{group_name}村务公开.pdf")
