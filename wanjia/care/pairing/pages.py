"""What the pages of pairing show besides their forms, and where they lead."""

from django.shortcuts import redirect
from django.urls import reverse

from wanjia.orgs.models import Area

from . import plans


def options(_request, proposal):
    """The helpers who serve the child's village as each is for the child: what it would cost, and what is against it; taken with one tap."""
    found = plans.options_of(proposal.child, proposal.plan, proposal.plan.area)
    return {"options": [one for one in found if one.helper.pk != proposal.helper_id][:20], "proposal": proposal, "pick": reverse("care:pair_proposal_move", args=[proposal.pk])}


def for_child(request, entitled):
    """The helpers who may take a child on now, the best first: the cheapest remedy on top, taken with one tap."""
    return {"options": _remedies(entitled.child, request.day)[:8], "pick": reverse("care:entitled_pair", args=[entitled.pk])}


def for_pair(request, pair):
    """The helpers who may take a child over now, without the one who has it."""
    return {"options": [one for one in _remedies(pair.child, request.day) if one.helper.pk != pair.helper_id][:12]}


def _remedies(child, day):
    return plans.remedies(child, Area.objects.get(pk=child.village_id), day) if child.village_id else []


def to_plan(_request, _row, plan):
    """To the version that is being worked."""
    return redirect("solving:plan", plan.pk)


def to_unpaired(_request, _row, _answer):
    """To the list of children who have nobody."""
    return redirect("care:unpaired")
