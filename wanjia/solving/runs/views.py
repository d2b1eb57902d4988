"""The versions that I see, one of them, and how far a run is."""

from django.urls import reverse
from django_htmx.http import HttpResponseClientRefresh

from wanjia.doors.listing import page_of
from wanjia.doors.pages import legal_and_not
from wanjia.doors.reading import page

from ..duties import Duty
from ..kinds import kind_of
from ..models import Standing
from ..rules import stands, visible_plans
from ..subjects import PLANS
from .progress import is_running, is_silent


@page("plans/", Duty.WORK_PLANS, template="plans")
def plans(request):
    """Every version of every plan in my reach, the newest first."""
    page = page_of(request, visible_plans(request.user))
    used = set(Standing.objects.filter(plan__in=list(page)).values_list("plan", flat=True))
    return {"rows": [(one, kind_of(one).words, one.pk in used) for one in page], "page": page}


@page("plans/<uuid:plan_id>/", Duty.WORK_PLANS, template="plan", of=PLANS)
def plan(request, plan):
    """One version: how far it is, what the referee found, what it proposes (on the page of its app)."""
    legal, _not_now = legal_and_not(PLANS, request.user, plan, request.at)
    kind = kind_of(plan)
    return shown(plan, request.at) | {
        "acts": [(one.words, reverse(f"solving:{one.name}", args=[plan.pk]), one.tone) for one in legal], "kind": kind, "found": [(kind.says.get(name, name), n) for name, n in plan.words.items()],
        "stands": stands(plan), "content": reverse(kind.page, args=[plan.pk]) if plan.state == "ready" else "",
    }  # fmt: skip


@page("plans/<uuid:plan_id>/progress/", Duty.WORK_PLANS, template="progress", of=PLANS)
def progress(request, plan):
    """How far a run is, asked every two seconds; once it is over the whole page comes anew."""
    return shown(plan, request.at) if is_running(plan, request.at) else HttpResponseClientRefresh()


def shown(plan, at):
    """Return what the progress shows."""
    return {"running": is_running(plan, at), "silent": is_silent(plan, at), "plan": plan}
