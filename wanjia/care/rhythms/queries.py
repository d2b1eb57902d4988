"""Which class of rhythm children are in, and which are to be looked at anew."""

from datetime import timedelta

from django.db.models import Q

from wanjia.policy import contacts
from wanjia.registry.models import Parentage, Person

from ..children.queries import eligible
from ..line_states import Pace
from ..models import Pair, Rhythm


def derived(ids, day):
    """Return {child id: its Pace on `day`} of children: in no group of the priority ones, every quarter."""
    rule = contacts.in_force(day)
    groups = {one.child.pk: one.groups for one in eligible(Person.objects.filter(pk__in=ids), day)}
    return {pk: Pace(rule.class_of(groups.get(pk, ()))) for pk in ids}


def in_company(day):
    """Return the ids of the children of pairs that stand on `day`, as a query."""
    return Pair.objects.on(day).filter(child__merged_into=None).order_by().values_list("child", flat=True)


def followed(people, day):
    """Return the ids of the children in company, or whose class is kept from a company that ended, who are among these people (ids) or have a parent among them."""
    of = Q(child__in=people) | Q(child__in=Parentage.objects.filter(parent__in=people, ended_on=None).values("child"))
    kept = Rhythm.objects.filter(of, child__merged_into=None, to_on=None).order_by().values_list("child", flat=True)
    return in_company(day).filter(of).union(kept)


def to_look_at(day):
    """Return the ids of children in company whose class was not borne out of late, in the order of their keys."""
    since = day - timedelta(days=contacts.in_force(day).look_days)
    fresh = Rhythm.objects.filter(to_on=None, looked_on__gt=since).values("child")
    return in_company(day).exclude(child__in=fresh).order_by("child")


def faults(day):
    """Yield (rhythm, column, is, should) where a class that is kept is not what the register says today; a child's key stands nowhere."""
    rows = list(Rhythm.objects.filter(to_on=None, child__in=in_company(day)).values_list("pk", "child", "pace"))
    for start in range(0, len(rows), 500):
        part = rows[start : start + 500]
        should = derived([child for _pk, child, _pace in part], day)
        yield from ((str(pk), "pace", pace, str(should[child])) for pk, child, pace in part if pace != should[child])
