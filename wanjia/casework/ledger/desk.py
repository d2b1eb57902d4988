"""What the ledger of needs shows on everybody's desk: what must I do now, worst first, and the numbers beside it."""

from django.utils import timezone

from wanjia.doors.listing import page_of
from wanjia.kernel.calendar import today
from wanjia.orgs import scope

from ..rules import SEES
from . import queries


def apart(actor):
    """Whether the actor's posts open no content at all: an empty list then says why it is empty."""
    return bool(actor.live_posts) and not scope.handles_content(actor, duty=SEES)


def figures(request, _about):
    """Return the list and its numbers for whoever handles needs, else None."""
    return None if apart(request.user) else mine(request, _about)


def mine(request, _about):
    """Return {"page", "beside", "apart"}; asked once, for they stand in several gaps of one page."""
    if not hasattr(request, "needs_on_desk"):
        request.needs_on_desk = {
            "page": page_of(request, queries.on_desk(request.user), per_page=30),
            "beside": queries.beside_desk(request.user, today(timezone.now())), "apart": apart(request.user),
        }  # fmt: skip
    return request.needs_on_desk
