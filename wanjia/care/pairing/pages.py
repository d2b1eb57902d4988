"""What the pages of pairing show besides their forms, and where they lead."""

from django.shortcuts import redirect

from wanjia.orgs.models import Area

from . import plans


def options(_request, proposal):
    """The helpers who serve the child's village as each is for the child: what it would cost, and what is against it."""
    return {"options": plans.options_of(proposal.child, proposal.plan, proposal.plan.area)[:20], "proposal": proposal}


def for_child(request, entitled):
    """The helpers who may take a child on now, the best first: the cheapest remedy on top."""
    area = Area.objects.get(pk=entitled.child.village_id)
    return {"options": plans.remedies(entitled.child, area, request.day)[:8]}


def to_plan(_request, _row, plan):
    """To the version that is being worked."""
    return redirect("solving:plan", plan.pk)


def to_unpaired(_request, _row, _answer):
    """To the list of children who have nobody."""
    return redirect("care:unpaired")
