"""What is true of a labourer as it is written down: the spell that runs, what the home holds, where somebody may be enrolled."""

from collections import defaultdict
from datetime import date, timedelta

from django.db.models import Q

from wanjia.policy.labour import fresh_on, groups
from wanjia.policy.provinces import PROVINCES
from wanjia.registry.models import DatedStatus, Membership
from wanjia.registry.people.queries import live_statuses

from ..models import Spell
from ..states import Place

SCHEMES = {scheme: column for column, schemes in groups().items() for scheme in schemes}  # of homes → columns of a labourer
NOTHING = dict.fromkeys(groups(), False)
SOON = Q(lifted=True) | Q(watched=True) | Q(relocated=True)
AT_HOME = {"place": Place.NONE, "since_on": None, "how": "", "carried": False}


def standings(people, day):
    """Return {person id: {"lifted", "watched", "relocated": bool}} of people on `day`, by what their homes hold then: two queries."""
    found = {person: dict(NOTHING) for person in people}
    homes = defaultdict(set)
    for person, home in Membership.objects.on(day).filter(person__in=found).values_list("person_id", "household_id"):
        homes[home].add(person)
    held = DatedStatus.objects.filter(household__in=homes, scheme__in=SCHEMES)
    for status in live_statuses(held, day):
        for person in homes[status.household_id]:
            found[person][SCHEMES[status.scheme]] = True
    return found


def held_late(people, day, at):
    """Return {person id: the first day that is known otherwise} of homes whose past a status changes, though today the home holds what it held: one query.

    Such is a status written down at the moment `at` with a day that is past; and one that ended before another of its kind began, for nobody says when that was heard of.
    """
    names = ("person_id", "household__statuses__scheme", "household__statuses__from_on", "household__statuses__to_on", "household__statuses__recorded_at")
    held = defaultdict(list)
    for person, scheme, from_on, to_on, told_at in Membership.objects.on(day).filter(person__in=people, household__statuses__scheme__in=SCHEMES).values_list(*names):
        held[person, SCHEMES[scheme]].append((from_on or date.min, to_on or date.max, told_at))
    found = {}
    for (person, _column), rows in held.items():
        days = [from_on for from_on, _to_on, told_at in rows if told_at == at]
        if any(from_on <= day < to_on for from_on, to_on, _told in rows):
            days += [end for _from, end, _told in rows if end <= day and not any(from_on <= end < to_on for from_on, to_on, _at in rows)]
        if days:
            found[person] = min(*days, found.get(person, date.max))
    return found


def running(worker):
    """Return the spell of a labourer that runs, or None."""
    return Spell.objects.filter(worker=worker, to_on=None).first()


def as_of(spell):
    """Return what a labourer's row says of the spell that runs (None: none does)."""
    return {"place": spell.place, "since_on": spell.from_on, "how": spell.how, "carried": spell.carried} if spell else dict(AT_HOME)


def overlapping(worker, from_on, to_on, but=None):
    """Return the first spell of a labourer that shares a day with [from_on, to_on), or None; a spell that ended on its first day shares none.

    to_on: None for one that runs on.
    """
    for spell in Spell.objects.filter(worker=worker).exclude(pk=but and but.pk).order_by("from_on"):
        begins_before = to_on is None or spell.from_on < to_on
        ends_after = spell.to_on is None or spell.to_on > from_on
        if begins_before and ends_after and spell.from_on != spell.to_on and from_on != to_on:
            return spell
    return None


def where_in_words(place, area):
    """Return where a spell is as the register's absence says it: 浙江省外务工 is nobody's word, so the province alone, else the class."""
    province = f"{area[:2]}0000"
    return PROVINCES[province][0] if province in PROVINCES and place != Place.CITY else str(Place(place).label)


def due(day):
    """Return the Q of labourers of whom what is known is no longer fresh on a day: sooner for homes lifted out of poverty, watched or relocated."""
    rule = fresh_on(day)
    return Q(verified_on__lte=day - timedelta(days=rule.days)) | SOON & Q(verified_on__lte=day - timedelta(days=rule.soon_days))
