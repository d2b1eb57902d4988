"""What may be chosen in the forms of this room, and where they lead."""

from django.shortcuts import redirect

from wanjia.orgs import scope
from wanjia.orgs.models import Organisation, User

from ..duties import Duty
from . import queries, rules


def to_outpost(_request, _row, outpost):
    """To the unit that was entered."""
    return redirect("labour:outpost", outpost.pk)


def to_list(_request, _worker, _answer):
    """To the list of workers whose station is noted."""
    return redirect("labour:away")


def to_station(_request, _worker, _answer):
    """To the station's own workers, where the number of the need stands."""
    return redirect("labour:station")


def claim_words(claim):
    """Return how a claim stands in a choice: its number, its days, its sum."""
    return f"{claim.number} {claim.from_on:%Y-%m-%d}–{claim.last_on:%Y-%m-%d} {claim.owes}"


def first_owed(worker, _actor, day):
    """Return the first day of the newest work whose wages may be claimed."""
    return _newest(worker, day).from_on


def last_owed(worker, _actor, day):
    """Return the last day of it that was worked, today where it runs."""
    return rules.last_day(_newest(worker, day), day)


def _newest(worker, day):
    return rules.works_paid(worker, worker.belongings.get(to_on=None).outpost, day)[0]


def units(_row, actor, day):
    """Return the units of the house in whose name a station may sign in: of the actor's reach, of no other station."""
    return Organisation.objects.on(day).filter(scope.in_place(actor, area="area_id", duty=Duty.KEEP_AGREEMENTS), outpost=None).order_by("name")


def people(_row, actor, day):
    """Return who may answer for a unit away: whoever holds a post in the actor's reach."""
    held = scope.in_place(actor, area="posts__organisation__area_id", duty=Duty.KEEP_AGREEMENTS)
    return User.objects.filter(held, is_active=True).distinct().order_by("name", "pk")


def stations(worker, _actor, day):
    """Return the stations where the worker's work lies."""
    return queries.of_worker(worker, day)


def who(user):
    """Return how somebody is called in the choice."""
    return user.name
