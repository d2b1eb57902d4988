"""What the pages of pairing show besides their forms, and where they lead."""

from django.shortcuts import redirect

from . import options

SHOWN = 20  # the best of those who serve a village; the choice of the form has everybody who may


def of_proposal(_request, proposal):
    """The helpers who serve the child's village as each is for the child: what it would cost, and what is against it."""
    return {"options": options.options_of(proposal.child, proposal.plan)[:SHOWN], "proposal": proposal}


def for_child(request, entitled):
    """The helpers who may take a child on now, the best first: the cheapest remedy on top."""
    return {"options": options.remedies(entitled.child, request.day)[:SHOWN]}


def to_plan(_request, _row, plan):
    """To the version that is being worked."""
    return redirect("solving:plan", plan.pk)


def to_unpaired(_request, _row, _answer):
    """To the list of children who have nobody."""
    return redirect("care:unpaired")
