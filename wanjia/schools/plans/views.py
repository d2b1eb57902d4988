"""Pages of plans: which schools have one, one version, its map, two versions side by side, the filed document."""

from django.http import Http404

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.doors.sending import beside
from wanjia.orgs import scope
from wanjia.policy import schools as policy
from wanjia.reporting.documents.drawing import pdf
from wanjia.reporting.figures.queries import drilled

from ..duties import Duty
from ..plan_states import LINES, PlanState
from . import checks, drawing, queries, rules
from .subjects import PLANS, title


@page("schools/plans/", Duty.SEE_SCHOOLS, template="list")
def plans(request):
    """The schools in reach and their plans: what waits for the reader first. ?tab=mine|none|review, ?figure=…"""
    tab, soon = request.GET.get("tab", ""), policy.soon(request.day)
    everything = queries.listed(request.user, "", request.day, soon)
    seen = drilled(everything, request.GET.get("figure", ""))
    rows = queries.listed(request.user, tab, request.day, soon) if tab in queries.TABS else seen["rows"]
    found = page_of(request, rows)
    waits = queries.queue(request.user, request.day).get("schools:plans")
    return {
        "page": found, "rows": queries.with_versions(found, request.day), "tab": tab if tab in queries.TABS else "", "figures": seen["figures"], "waits": waits,
        "none": queries.listed(request.user, "none", request.day, soon).count(), "review": queries.listed(request.user, "review", request.day, soon).count(),
        "day": request.day, "own": {unit.pk for unit in scope.units(request.user, duty=Duty.WRITE_PLAN)}, "works": request.user.has_duty(Duty.WRITE_PLAN, *rules.SIGNS.values()),
    }  # fmt: skip


def _facts(plan):
    return {
        "posts": queries.posts_of(plan), "signatures": queries.signed_by(plan), "pupils": queries.pupils_of(plan), "n_pupils": sum(plan.pupils.values()), "bells": queries.bells_of(plan),
        "texts": [(words, getattr(plan, name)) for name, words in queries.TEXTS], "shares": [(words, getattr(plan, name)) for name, words in queries.SHARES if getattr(plan, name) is not None],
        "risks": plan.risks.select_related("owner"), "contacts": plan.contacts.all(), "map": drawing.drawn(plan), "title": title(plan),
    }  # fmt: skip


@page("schools/plans/<uuid:school_plan_id>/", Duty.SEE_SCHOOLS, of=PLANS, moves=True)
def plan(request, one):
    """One version: where it stands and who signed, what it lacks, its posts, map, risks, what it says, the versions beside it."""
    draft = one.state == PlanState.DRAFT
    return _facts(one) | {
        "writes": bool(rules.can_write(request.user, one)), "findings": checks.findings(one) if draft else (), "versions": one.school.plans.order_by("-number")[:20],
        "holds": one.holds(request.day), "coming": one.state == PlanState.STANDS and one.from_on > request.day, "day": request.day,
        "due": one.state == PlanState.STANDS and one.review_on <= policy.soon(request.day), "edition": policy.in_force(one.from_on),
    }  # fmt: skip


@page("schools/plans/<uuid:school_plan_id>/map/", Duty.WRITE_PLAN, of=PLANS, name="plan_map", template="map")
def plan_map(request, one):
    """The map of a draft, drawn by tapping. ?put= what is put next; without a word the first that is not drawn yet."""
    rules.can_write(request.user, one).or_raise()
    choices = drawing.palette(one)
    chosen = next((each for each in choices if str(each[0]) == request.GET.get("put")), None)
    if chosen is None or (chosen[5] and chosen[0] != request.GET.get("put")):
        chosen = next((each for each in choices if not each[5]), choices[0])
    value, words, kind, gate, post, _drawn = chosen
    return {"map": drawing.drawn(one), "choices": choices, "put": str(value), "put_words": words, "kind": kind, "gate": gate, "post": post, "line": kind in LINES, "title": title(one)}


@page("schools/plans/<uuid:school_plan_id>/compare/<int:number>/", Duty.SEE_SCHOOLS, of=PLANS, name="plan_compare", template="compare")
def plan_compare(request, one, number):
    """What this version changes against an earlier one."""
    old = rules.visible_plans(request.user).filter(school=one.school_id, number=number).exclude(pk=one.pk).first()
    if old is None:
        raise Http404
    return {"old": old, "title": title(one)} | queries.compared(old, one)


@page("schools/plans/<uuid:school_plan_id>/paper/", Duty.SEE_SCHOOLS, of=PLANS, name="plan_paper")
def plan_paper(request, one):
    """The version as the filed document: A4, with map and room for three seals."""
    context = _facts(one) | {"plan": one, "name": str(title(one)), "author": request.user.org_name, "made": request.at, "edition": policy.in_force(one.from_on)}
    return beside(pdf("schools/papers/plan.html", context, name=f"{one.pk}.{one.version}"), f"{title(one)}.pdf")
