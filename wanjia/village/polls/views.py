"""Pages of polls for the village's staff: the list, one poll by its phase, its roll; the sheets."""

from django.http import Http404

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.doors.sending import beside
from wanjia.registry.memberships import heads_of
from wanjia.reporting.documents.drawing import pdf, qr
from wanjia.reporting.figures.queries import drilled

from ..bodies.homes import sought
from ..duties import Duty
from ..poll_states import PollState
from . import pages, queries, rules
from .subjects import POLLS

SHOWN = 60  # homes of one page


@page("village/polls/", Duty.SEE_VILLAGE, template="list")
def polls(request):
    """The polls in reach, those under way first. ?figure=… the rows that a figure counts."""
    rows, over, figure = rules.visible_polls(request.user), (PollState.CLOSED, PollState.CANCELLED), request.GET.get("figure", "")
    seen = drilled(rows, figure)
    known = figure in {one["id"] for one in seen["figures"]}
    return {
        "waits": page_of(request, rows.exclude(state__in=over), word="waits"), "page": page_of(request, seen["rows"] if known else rows.filter(state__in=over)),
        "figures": seen["figures"], "figure": figure if known else "", "keeps": request.user.has_duty(Duty.KEEP_POLLS),
    }  # fmt: skip


@page("village/polls/<uuid:poll_id>/", Duty.SEE_VILLAGE, of=POLLS, moves=True)
def poll(request, one):
    """One poll: what is to be done in its phase, what is issued; while it runs nobody is shown a count."""
    counting = one.state == PollState.COUNTING
    heaps = list(one.heaps.select_related("cls", "typed_by", "agreed_by")) if counting else []
    for heap in heaps:
        heap.typed_here = heap.typed_by_id == request.user.id
    keeps = request.user.has_duty(Duty.KEEP_POLLS)
    return {
        "classes": queries.by_class(one), "keeps": keeps, "heaps": heaps, "vote": pages.vote_address(request, one), "issuing": one.state == PollState.ISSUING, "voting": one.state == PollState.VOTING,
        "counting": counting, "counters": one.counted_by.select_related("person") if keeps else (), "counts": request.user.has_duty(Duty.COUNT_POLLS), **pages.published(request, one),
    }  # fmt: skip


@page("village/polls/<uuid:poll_id>/roll/", Duty.KEEP_POLLS, of=POLLS, name="poll_roll")
def roll(request, one):
    """The roll of a poll: who took a card or a token. ?q= a name, a number or a group."""
    asked = request.GET.get("q", "").strip()
    rows = one.homes.select_related("household", "cls")
    if asked:
        rows = rows.filter(sought(asked, "household"))
    found = page_of(request, rows, per_page=SHOWN)
    heads = heads_of([home.household for home in found])
    for home in found:
        home.poll, home.head = one, heads.get(home.household_id)
    return {"page": found, "asked": asked, "issuing": one.state == PollState.ISSUING, "several": one.classes.count() > 1, "classes": queries.by_class(one)}


def _paper(request, one, template, words, **facts):
    context = {"poll": one, "name": f"{one.question} {words}", "author": one.area.name, "made": request.at, **facts}
    return beside(pdf(f"village/papers/{template}.html", context, name=f"{one.pk} {template}"), f"{one.area.name} {words}.pdf")


@page("village/polls/<uuid:poll_id>/roll-sheet/", Duty.KEEP_POLLS, of=POLLS, name="poll_roll_sheet")
def roll_sheet(request, one):
    """The roll as a sheet: homes sign for a card, and the village sees who took one (领票名册)."""
    rows = list(one.homes.select_related("household", "cls"))
    heads = heads_of([home.household for home in rows])
    return _paper(request, one, "poll_roll", "领票名册", rows=[(home, heads.get(home.household_id)) for home in rows], several=one.classes.count() > 1)


@page("village/polls/<uuid:poll_id>/count-sheet/", Duty.COUNT_POLLS, of=POLLS, name="poll_count_sheet")
def count_sheet(request, one):
    """The sheet on which three count heaps by hand (计票单)."""
    return _paper(request, one, "poll_count", "计票单", classes=one.classes.all(), heaps=range(12))


@page("village/polls/<uuid:poll_id>/board-sheet/", Duty.SEE_VILLAGE, of=POLLS, name="poll_board_sheet")
def board_sheet(request, one):
    """The board as a sheet for the wall (公布单): result, turnout, digest, every ballot; how a stranger recounts it."""
    if not one.board:
        raise Http404
    shown = pages.published(request, one)
    return _paper(request, one, "poll_board", "公布单", **shown, picture=qr(shown["address"]))
