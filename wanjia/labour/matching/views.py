"""What a version proposes; one proposal with its reasons."""

from django.urls import reverse

from wanjia.doors.listing import page_of
from wanjia.doors.pages import legal_and_not, row_or_404
from wanjia.doors.reading import page
from wanjia.solving.subjects import PLANS

from ..duties import Duty
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


@page("labour/proposals/<uuid:proposal_id>/", Duty.SEE_LABOUR, Duty.MATCH, template="one", of=PROPOSALS)
def proposal(request, proposal):
    """One proposal: why this one, what the others were worth to him, what shuts him out of the rest; he may ask, and a person answers."""
    legal, _not_now = legal_and_not(PROPOSALS, request.user, proposal, request.at)
    return {
        "proposal": proposal, "options": plans.options_of(proposal.worker, proposal.plan, 8), "stands": rules.stands(proposal),
        "moves": [(one.words, reverse(f"labour:{one.name}", args=[proposal.pk]), "quiet" if one.aside else one.tone) for one in legal],
    }  # fmt: skip
