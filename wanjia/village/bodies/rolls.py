"""Who may come to an assembly of a village or a group: its adults and its homes, as the register has them on a day (花名册).

Adults are 18 on that day. Nobody dead, moved away, or entered twice is counted, nor whoever's birth is not known: how many these are is said. A home counts
where an adult of it lives: somebody must be able to come for it.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from wanjia.kernel.calendar import day_start
from wanjia.policy.meetings import ADULTS, HOMES
from wanjia.registry.models import Household, Membership, Person

OF_AGE = 18


def born_until(day):
    """Return the last birth date of whoever is 18 on a day; born on 29 February, on 1 March."""
    try:
        return day.replace(year=day.year - OF_AGE)
    except ValueError:
        return date(day.year - OF_AGE, 2, 28)


def _lives(area_id, group, day):
    within = Membership.objects.on(day).filter(household__village=area_id, person__merged_into=None).filter(Q(person__died_on=None) | Q(person__died_on__gt=day))
    return within.filter(household__group_name=group) if group else within


def adults(area_id, group, day):
    """The people of 18 and more of a village, or of a group of it, on a day."""
    rows = _lives(area_id, group, day).filter(person__birth_on__lte=born_until(day))
    return Person.objects.filter(pk__in=rows.values("person"))


def homes(area_id, group, day):
    """The homes of a village or group in which an adult lives on a day."""
    rows = _lives(area_id, group, day).filter(person__birth_on__lte=born_until(day))
    return Household.objects.filter(pk__in=rows.values("household"))


def unknown(area_id, group, day):
    """How many have no date of birth in the register, and stand on no roll."""
    return _lives(area_id, group, day).filter(person__birth_on=None).values("person").distinct().count()


def seated(body, day):
    """The seats of a body on a day as they were known on it: one that was ended with a past day afterwards was due then, and still is, at a meeting that is recorded late."""
    known = Q(to_on=None) | Q(to_on__gt=day) | Q(ended_at__gte=day_start(day + timedelta(days=1)))
    return body.seats.filter(known, from_on__lte=day)


def due(body, counting, day):
    """Return how many could come to a body's meeting on a day; None where the register does not know (members of the collective's own list)."""
    if counting == ADULTS:
        return adults(body.area_id, body.group_name, day).count()
    if counting == HOMES:
        return homes(body.area_id, body.group_name, day).count()
    return seated(body, day).count() if counting == "seats" else None


@dataclass(frozen=True)
class Line:
    """One line of the sheet to sign: the home's number and group, the names of its adults. No number of an ID card, no telephone."""

    number: str
    group: str
    names: tuple


def lines(body, day):
    """Return the sheet to sign of an assembly: home by home its adults, in the order of groups and numbers; one query."""
    rows = _lives(body.area_id, body.group_name, day).filter(person__birth_on__lte=born_until(day))
    found = {}
    for home, number, group, name in rows.order_by("household__group_name", "household__number", "person__birth_on", "pk").values_list("household", "household__number", "household__group_name", "person__name"):
        found.setdefault(home, (number, group, []))[2].append(name)
    return [Line(number, group, tuple(dict.fromkeys(names))) for number, group, names in found.values()]
