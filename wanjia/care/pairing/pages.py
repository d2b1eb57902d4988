"""What the pages of pairing show besides their forms, and where they lead."""

from django.shortcuts import redirect
from django.urls import reverse

from . import options

SHOWN = 20  # the best of those who serve a village; the choice of the form has everybody who may


def of_proposal(_request, proposal):
    """The helpers who serve the child's village as each is for the child: what it would cost, and what is against it; taken with one tap."""
    found = [one for one in options.options_of(proposal.child, proposal.plan) if one.helper.pk != proposal.helper_id]
    return {"options": found[:SHOWN], "proposal": proposal, "pick": reverse("care:pair_proposal_move", args=[proposal.pk])}


def for_child(request, entitled):
    """The helpers who may take a child on now, the best first: the cheapest remedy on top, taken with one tap."""
    return {"options": options.remedies(entitled.child, request.day)[:SHOWN], "pick": reverse("care:entitled_pair", args=[entitled.pk])}


def for_pair(request, pair):
    """The helpers who may take a child over now, without the one who has it."""
    return {"options": [one for one in options.remedies(pair.child, request.day) if one.helper.pk != pair.helper_id][:SHOWN]}


def to_plan(_request, _row, plan):
    """To the version that is being worked."""
    return redirect("solving:plan", plan.pk)


def to_unpaired(_request, _row, _answer):
    """To the list of children who have nobody."""
    return redirect("care:unpaired")
