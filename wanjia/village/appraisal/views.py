"""Pages of appraisal: the quarters, one quarter with its homes and its result, the red list on paper."""

from django.http import Http404
from django.urls import reverse

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.doors.sending import beside
from wanjia.policy import appraisal as policy
from wanjia.policy.quarters import days_of
from wanjia.reporting.documents.drawing import pdf
from wanjia.reporting.figures.queries import drilled

from ..appraisal_states import EntryState, RoundState
from ..deciding.queries import seal_of
from ..duties import Duty
from . import queries, rules
from .subjects import ROUNDS


@page("village/appraisal/", Duty.SEE_VILLAGE, template="list")
def appraisals(request):
    """The quarters, the last first: where each stands, turnout, how long its list hangs. ?figure=…"""
    figure = request.GET.get("figure", "")
    seen = drilled(rules.visible_rounds(request.user), figure)
    rows = seen["rows"].select_related("village", "poll").order_by("-year", "-quarter", "village_id", "group_name", "pk")
    n_waits = queries.to_list(request.user).count() if request.user.has_duty(Duty.REVIEW_APPRAISAL) else 0
    return {"page": page_of(request, rows), "figures": seen["figures"], "figure": figure, "day": request.day, "keeps": request.user.has_duty(Duty.KEEP_APPRAISAL), "n_waits": n_waits}


@page("village/appraisal/rounds/<uuid:appraisal_round_id>/", Duty.SEE_VILLAGE, of=ROUNDS, moves=True)
def appraisal_round(request, one):
    """A quarter: its criteria, the homes that stand, what to paste into the poll, the poll's result, the list."""
    keeps = bool(rules.kept(request.user, one.village_id)[0][0])
    rows = one.entries.select_related("home").order_by("home__group_name", "home__number", "pk")
    if not keeps:
        rows = rows.filter(state=EntryState.LISTED)
    listed = one.state == RoundState.LISTED and one.until_on >= request.day
    return {
        "entries": page_of(request, rows), "keeps": keeps, "lines": queries.said_to_poll(one) if keeps and one.state == RoundState.STANDING else "", "poll_new": reverse("village:poll_new"),
        "edition": policy.in_force(days_of(one.year, one.quarter)[1]), "hangs": listed, "hand": one.state == RoundState.COUNTED and one.counted_by_id == request.user.id, "day": request.day,
    }  # fmt: skip


@page("village/appraisal/rounds/<uuid:appraisal_round_id>/sheet/", Duty.SEE_VILLAGE, of=ROUNDS, name="red_list_sheet")
def red_list_sheet(request, one):
    """The red list as it is put up: how each home wishes to be called, criteria, turnout, until when. Who took its consent back is not on it."""
    rows = [entry for entry in queries.hanging(one.village, request.day) if entry.round_id == one.pk]
    if not rows:
        raise Http404
    name = f"{one.village.short_name}{one.group_name}{one.year}年第{one.quarter}季度红榜"
    context = {"one": one, "rows": rows, "name": name, "author": one.village.name, "made": request.at, "day": request.day, "edition": policy.in_force(one.listed_on), "seal": seal_of(one.village)}
    return beside(pdf("village/papers/red_list.html", context, name=f"red-list-{one.pk}"), f"{name}.pdf")
