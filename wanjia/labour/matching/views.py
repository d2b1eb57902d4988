"""What a version proposes; one proposal with its reasons."""

from django.urls import reverse
from django.utils.translation import gettext as _

from wanjia.doors.listing import page_of
from wanjia.doors.pages import legal_and_not, row_or_404
from wanjia.doors.reading import page
from wanjia.solving.subjects import PLANS

from ..duties import Duty
from ..workers.queries import numbers
from . import plans, queries, rules
from .subjects import PROPOSALS


@page("labour/plans/<uuid:plan_id>/proposals/", Duty.MATCH, Duty.ACTIVATE_MATCH, template="list")
def proposals(request, plan_id):
    """What a version proposes to whom, the best first."""
    plan = row_or_404(PLANS, request.user, plan_id, duty=(Duty.MATCH, Duty.ACTIVATE_MATCH))
    state, placed = request.GET.get("state", ""), request.GET.get("placed", "")
    rows = rules.visible_proposals(request.user, duty=(Duty.MATCH, Duty.ACTIVATE_MATCH))
    return {
        "plan": plan, "page": page_of(request, queries.of_plan(rows, plan, state=state, placed=placed)), "states": queries.states_of(plan), "state": state, "placed": placed,
    }  # fmt: skip


@page("labour/proposals/", Duty.KEEP_LABOUR, template="mine")
def my_proposals(request):
    """What is proposed to the labourers in my reach by the versions that stand: whom to tell, whose answer is waited for."""
    return {"page": page_of(request, queries.mine(request.user)), "own": True}


def _list_of(actor, proposal):
    """Return (address, what it is called) of the list that the reader came from; None for whoever opens neither."""
    if actor.has_duty(Duty.KEEP_LABOUR):
        return reverse("labour:my_proposals"), _("岗位推荐")
    return (reverse("labour:proposals", args=[proposal.plan_id]), _("推荐名单")) if actor.has_duty(Duty.MATCH, Duty.ACTIVATE_MATCH) else None


@page("labour/proposals/<uuid:proposal_id>/", Duty.SEE_LABOUR, Duty.MATCH, template="one", of=PROPOSALS)
def proposal(request, proposal):
    """One proposal: why this one, what the others were worth to him, what shuts him out of the rest; he may ask, and a person answers."""
    legal, _aside = legal_and_not(PROPOSALS, request.user, proposal, request.at)
    return {
        "proposal": proposal, "phone": numbers(request.user, [proposal.worker]).get(proposal.worker_id, ""), "options": plans.options_of(proposal.worker, proposal.plan, 8), "stands": rules.stands(proposal),
        "over": _list_of(request.user, proposal),
        "moves": [(one.words, reverse(f"labour:{one.name}", args=[proposal.pk]), "quiet" if one.aside else one.tone, not one.asked) for one in legal],
    }  # fmt: skip
