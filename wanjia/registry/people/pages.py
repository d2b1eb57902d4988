"""What the pages of acts on people are told, and where they lead on."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ..fact_forms import asked_facts
from ..lookups.commands import look_up_bearer
from .facts import FACTS


def only_grown_up(_request, person):
    """To the child's file: what is sealed of a child is shown there alone."""
    return redirect("registry:child_file", person.pk) if person.is_protected else None


def asked_of_person(request, _person):
    """Which facts the address asks for; a number that is registered already is journalled before anything is answered."""
    look_up_bearer(request.user, request.POST.get("citizen_id"))
    return {"names": asked_facts(request, FACTS)}


def sealed_shown(request, person, _read):
    """What is sealed of an adult, this once."""
    shown = [
        (_("身份证号"), person.citizen_id), (_("手机号"), person.phone), (_("电话是谁的"), person.phone_owner), (_("健康状况"), person.health),
    ]  # fmt: skip
    return render(request, "registry/revealed.html", {"title": person.name, "shown": shown, "back": reverse("registry:person", args=[person.pk])})
