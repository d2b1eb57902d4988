"""Pages of matters that go step by step: what goes on and what ended; one with its six steps; its result on paper."""

from django.http import Http404

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.doors.sending import beside
from wanjia.policy import meetings as law
from wanjia.reporting.documents.drawing import pdf
from wanjia.reporting.figures.queries import drilled

from ..bylaw_states import StepState
from ..deciding.queries import seal_of
from ..duties import Duty
from . import queries, rules
from .subjects import MATTERS


@page("village/steps/", Duty.SEE_VILLAGE, template="list")
def step_matters(request):
    """What goes on, then what ended. ?figure=… the rows that a figure counts."""
    figure = request.GET.get("figure", "")
    seen = drilled(rules.visible_matters(request.user), figure)
    known = figure in {one["id"] for one in seen["figures"]}
    rows, over = queries.listed(rules.visible_matters(request.user)), (StepState.ENDED, StepState.STOPPED)
    done = queries.listed(seen["rows"]) if known else rows.filter(state__in=over)
    return {
        "waits": page_of(request, rows.exclude(state__in=over).order_by("begun_at", "pk"), word="waits"), "page": page_of(request, done.order_by("-begun_at", "pk")), "figures": seen["figures"],
        "figure": figure if known else "", "day": request.day, "keeps": request.user.has_duty(Duty.KEEP_MEETINGS), "n_waits": queries.to_accept(request.user).count(),
    }  # fmt: skip


@page("village/steps/<uuid:step_matter_id>/", Duty.SEE_VILLAGE, of=MATTERS, moves=True)
def step_matter(request, one):
    """One matter: its six steps, each with its day, numbers and words, by which rule; what may be done next."""
    return {"stages": queries.stages(one), "failed": one.results.filter(accepted=False), "day": request.day}


@page("village/steps/<uuid:step_matter_id>/paper/", Duty.SEE_VILLAGE, of=MATTERS)
def step_paper(request, one):
    """The result as it is put up: money, contractor, acceptance, and the six steps with their numbers."""
    result = one.results.filter(accepted=True).first()
    if result is None:
        raise Http404
    name = f"{one.title} 实施结果公开"
    context = {
        "matter": one, "result": result, "records": one.records.all(), "item": one.item, "name": name, "author": one.village.name, "made": request.at, "seal": seal_of(one.village),
        "edition": law.publication(result.accepted_on),
    }  # fmt: skip
    return beside(pdf("village/papers/steps.html", context, name=f"{one.pk}"), f"{name}.pdf")
