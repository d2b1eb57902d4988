"""What the pages of screening show besides their forms, and where they lead on."""

from django.shortcuts import redirect

from ..matters.queries import likely
from . import queries


def how_many_wait(request, need):
    """How many wait, on top of the page of one; and which open needs may be the same matter: each with its reasons, beside this one by one tap."""
    proposed = likely(request.user, need, request.day)
    named = [row for one in proposed for row in compared(one, need)]
    more = queries.alike(request.user, need).exclude(pk__in=[row["pk"] for row in named])[: queries.SHOWN]
    home = [{"pk": one.pk, "number": one.number, "summary": one.summary, "reasons": []} for one in more]
    return {"waiting": queries.waiting(request.user).count(), "alike": [*named, *home], "proposed": proposed}


def compared(proposal, need):
    """Return [{"pk", "number", "summary", "reasons"}] of the others of a proposal: the reasons stand with whichever of two was recorded last."""
    own = next(one for one in proposal.needs if one.row["pk"] == need.pk)
    like, found = own.like or proposal.first, []
    for one in proposal.needs:
        if one is not own:
            reasons = own.reasons if one.row["number"] == like else one.reasons if (one.like or proposal.first) == need.number else []
            found.append({"pk": one.row["pk"], "number": one.row["number"], "summary": one.row["summary"], "reasons": reasons})
    return found


def onward(_request, _need, _answer):
    """Bring the next one; when none waits, its page says so."""
    return redirect("casework:screening")
