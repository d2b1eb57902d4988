"""Pages of the branch: what waits and what was held, a branch with its members and what is missing, an activity with its roll and decisions; its sheet to sign."""

from django.shortcuts import get_object_or_404

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.doors.sending import beside
from wanjia.policy import branch as policy
from wanjia.reporting.documents.drawing import pdf
from wanjia.reporting.figures.queries import drilled

from ..branch_states import ActivityState
from ..duties import Duty
from . import queries, rules
from .subjects import ACTIVITIES

OPEN = (ActivityState.CALLED, ActivityState.HELD)


@page("village/branch/", Duty.SEE_BRANCH, template="list")
def branch(request):
    """The branches in reach, what waits for a second hand, what was held. ?figure=…"""
    figure = request.GET.get("figure", "")
    seen = drilled(rules.visible_activities(request.user), figure)
    rows = seen["rows"].select_related("body")
    waits, done = rows.filter(state__in=OPEN).order_by("day", "pk"), rows.exclude(state__in=OPEN).order_by("-day", "pk")
    return {
        "waits": page_of(request, waits, word="waits"), "page": page_of(request, done), "figures": seen["figures"], "figure": figure, "day": request.day,
        "branches": page_of(request, rules.visible_branches(request.user).filter(to_on=None).select_related("area").order_by("area_id", "pk"), word="branches"),
        "keeps": request.user.has_duty(Duty.KEEP_BRANCH), "n_waits": queries.to_check(request.user).count() + queries.waiting(request.user, request.day).count(),
    }  # fmt: skip


@page("village/branch/<uuid:governing_body_id>/", Duty.SEE_BRANCH)
def party_members(request, governing_body_id):
    """A branch: what of its rhythm is missing, by which rule; its members and its fixed day."""
    body = get_object_or_404(rules.visible_branches(request.user).select_related("area"), pk=governing_body_id)
    missing = queries.missing(body, request.day)
    return {
        "body": body, "members": queries.members_on(body, request.day), "fixed": queries.fixed_day(body, request.day), "lines": queries.gathered(missing), "n_missing": len(missing),
        "rhythms": policy.in_force(request.day).values(), "keeps": request.user.has_duty(Duty.KEEP_BRANCH), "day": request.day,
        "reviewed": queries.reviewed_years(body, request.day),
    }  # fmt: skip


@page("village/branch/activities/<uuid:branch_activity_id>/", Duty.SEE_BRANCH, of=ACTIVITIES, moves=True)
def branch_activity(request, one):
    """An activity: its roll, its minutes, what was decided with which votes."""
    return {"roll": one.roll.select_related("member__person"), "decisions": one.decisions.all(), "day": request.day, "fixed": queries.fixed_day(one.body, one.day)}


@page("village/branch/activities/<uuid:branch_activity_id>/sheet/", Duty.SEE_BRANCH, of=ACTIVITIES, name="branch_sheet")
def branch_sheet(request, one):
    """The sheet to sign: who is due, a blank each; the record for who keeps it by hand."""
    name = f"{one.body.name}{one.get_kind_display()}签到表"
    context = {"activity": one, "due": queries.due_at(one), "name": name, "author": one.body.name, "made": request.at, "day": request.day}
    return beside(pdf("village/papers/branch_sheet.html", context, name=f"branch-{one.pk}"), f"{name}.pdf")
