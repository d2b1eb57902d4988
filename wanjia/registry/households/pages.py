"""What the pages of acts on homes are told, and where they lead on."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wanjia.doors.guard import next_of

from ..fact_forms import asked_facts
from ..lookups.commands import look_up_bearer
from ..memberships import rung_at
from .facts import FACTS


def bearer_looked_up(request, _home):
    """Journal a number that is registered already before anything is answered: whatever else the form says or lacks."""
    look_up_bearer(request.user, request.POST.get("citizen_id"))
    return {}


def asked_of_home(request, _home):
    """Which facts the address asks for."""
    return {"names": asked_facts(request, FACTS)}


def verified(home):
    """The sentence afterwards."""
    return _("%(number)s 已记为今天核实。") % {"number": home.number}


def sealed_shown(request, home, _read):
    """Address and phone, this once."""
    bearer = rung_at([home]).get(home.pk)
    phone = bearer.phone if bearer else ""
    shown = [(_("住址"), home.address), (_("联系电话"), phone)]
    back = next_of(request) or reverse("registry:household", args=[home.pk])
    return render(request, "registry/revealed.html", {"title": home.number, "shown": shown, "dial": phone, "back": back})
