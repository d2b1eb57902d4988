"""What loading a list of areas shows before it is done, and where it leads."""

from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from wanjia.orgs.duties import Duty
from wanjia.verdict import Refused

from .. import scope
from . import listing


def widest(actor):
    """The area that the actor's list covers."""
    return scope.areas(actor, duty=Duty.MANAGE_AREAS)[0]


def within(request, _row):
    """The place whose list it is."""
    return {"within": widest(request.user)}


def would_change(request, _row, form):
    """What the list would change, until that is confirmed."""
    if "confirm" in request.POST:
        return None
    try:
        found = listing.compare(listing.read(form.cleaned_data["text"]), widest(request.user))
    except Refused as refusal:
        form.add_error("text", str(refusal.reason))
        found = None
    return "orgs/areas/load.html", {"found": found}


def loaded(counts):
    """How many areas a list has changed."""
    return _("已导入:新增 %(new)s 个,改名 %(renamed)s 个,撤并 %(ended)s 个。") % counts


def to_widest(request, _row, _counts):
    """To the place whose list it was."""
    return redirect("orgs:area", widest(request.user).code)
