"""Pages of what is told privately, for the village's own keepers; of the group's paper board, and its sheet. None of them is for the public."""

from django.http import Http404

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.doors.sending import beside
from wanjia.policy import appraisal as policy
from wanjia.reporting.documents.drawing import pdf
from wanjia.reporting.figures.queries import drilled

from ..appraisal_states import ShortState, StrictState
from ..duties import Duty
from . import queries, rules
from .subjects import SHORTS, STRICTS


@page("village/improving/", Duty.KEEP_APPRAISAL, template="list", fresh=True)
def shortcomings(request):
    """What was told and is open, the longest waiting first; what is over. ?figure=…"""
    figure = request.GET.get("figure", "")
    seen = drilled(rules.visible_shortcomings(request.user), figure)
    rows = seen["rows"].select_related("home", "village")
    mine = rows.filter(state=ShortState.TOLD).order_by("due_on", "pk")
    waits, done = page_of(request, mine, word="waits"), page_of(request, rows.exclude(state=ShortState.TOLD).order_by("-ended_on", "pk"))
    for one in waits.object_list:
        one.late = one.due_on < request.day
    n_waits = queries.to_look_at(request.user, request.day).count()
    return {"waits": waits, "page": done, "n_waits": n_waits, "figures": seen["figures"], "figure": figure, "day": request.day, "edition": policy.in_force(request.day)}


@page("village/improving/told/<uuid:shortcoming_id>/", Duty.KEEP_APPRAISAL, of=SHORTS, moves=True, fresh=True)
def shortcoming(request, one):
    """What was told to a home: where, what, which help was offered, until when; what the home says."""
    return {"late": one.state == ShortState.TOLD and one.due_on < request.day, "strict": getattr(one, "strict", None), "day": request.day}


@page("village/improving/board/", Duty.REVIEW_APPRAISAL, name="strict_notices", template="board", fresh=True)
def strict_notices(request):
    """The notices for groups' paper boards: what waits for another hand, what hangs, what an objection keeps off. ?figure=…"""
    figure = request.GET.get("figure", "")
    seen = drilled(rules.visible_strict(request.user), figure)
    rows = seen["rows"].select_related("shortcoming__home", "village", "item").order_by("-drawn_at", "pk")
    return {"page": page_of(request, rows), "n_waits": queries.to_review(request.user).count(), "figures": seen["figures"], "figure": figure, "day": request.day}


@page("village/improving/board/<uuid:strict_notice_id>/", Duty.REVIEW_APPRAISAL, of=STRICTS, moves=True, fresh=True)
def strict_notice(request, one):
    """A notice: the household code, the fact, the decision it rests on, how talk was refused; objections and answers."""
    objections = page_of(request, one.objections.select_related("seat__person", "seat__body").order_by("told_on", "pk"))
    return {"objections": objections, "hangs": _hangs(one, request.day), "edition": policy.in_force(one.from_on or request.day)}


@page("village/improving/board/<uuid:strict_notice_id>/sheet/", Duty.REVIEW_APPRAISAL, of=STRICTS, name="strict_sheet", fresh=True)
def strict_sheet(request, one):
    """The sheet for the group's board: only while it may hang. There is no other page or file of it."""
    if not _hangs(one, request.day):
        raise Http404
    home = one.shortcoming.home
    name = f"{home.group_name or one.village.short_name}小组告知"
    context = {"one": one, "home": home, "name": name, "author": one.village.name, "made": request.at, "day": request.day, "edition": policy.in_force(one.from_on)}
    return beside(pdf("village/papers/strict.html", context, name=f"strict-{one.pk}"), f"{name}.pdf")


def _hangs(one, day):
    return one.state == StrictState.UP and one.until_on >= day and not rules.is_to_be_helped(one.shortcoming.home, day)
