"""What I asked for and what waits for me; one leave; a child's file by it."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse

from wanjia.doors.guard import say
from wanjia.doors.listing import page_of
from wanjia.doors.pages import legal_and_not
from wanjia.doors.reading import page
from wanjia.orgs.duties import Duty as OrgsDuty
from wanjia.verdict import NotFound, Refused

from .. import permits
from ..people.children import file_of
from . import commands, queries, rules
from .subjects import ACCESSES


@page("access/", *rules.OPENS, OrgsDuty.READ_JOURNAL, template="list")
def access(request):
    """What waits for my word, what I asked for or was told of; for whoever reads the journal, which reviews are overdue."""
    actor = request.user
    page = page_of(request, queries.others(actor))
    return {
        "page": page, "to_decide": queries.to_decide(actor), "to_review": queries.to_review(actor), "overdue": queries.overdue_here(actor, request.day),
        "asks": bool(rules.can_ask(actor)), "day": request.day,
    }  # fmt: skip


@page("access/<uuid:access_id>/", *rules.OPENS, template="one", of=ACCESSES)
def access_one(request, access):
    """One leave: whose, for what, until when, by whose word; for its reader the children whose files it opens, by their initials.

    Whoever only asked is not told how many there are: else a request, taken back again, would count the children of any home.
    """
    legal, _not_now = legal_and_not(ACCESSES, request.user, access, request.at)
    own = access.by_id == request.user.pk
    children = permits.children_of(access)
    page = page_of(request, children) if own and access.running else None
    return {
        "own": own, "page": page, "n": None if own and not access.running else len(children), "told": access.told.order_by("name"),
        "moves": [(one.words, reverse(f"registry:{one.name}", args=[access.pk]), "quiet" if one.aside else one.tone) for one in legal],
    }  # fmt: skip


@page("access/<uuid:access_id>/files/<uuid:person_id>/", *rules.ASKS, template="registry/people/file.html", of=ACCESSES, fresh=True)
def file_by_access(request, access, person_id):
    """A child's file by a leave: the reading is journalled with the leave that it goes by, then the page is sent."""
    try:
        child = commands.read_by_access(access_id=access.pk, child_id=person_id, by=request.user, at=request.at)
    except NotFound:
        raise Http404 from None
    except Refused as refusal:
        say(request, refusal.reason)
        return redirect("registry:access_one", access.pk)
    shown = file_of(child, request.day)
    return {**shown, "may_keep": False, "access": access}
