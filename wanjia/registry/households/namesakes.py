"""Children of a workbook who bear the name of a registered child: asked about before anything is written."""

from collections import defaultdict

from wanjia.orgs.scope import covers

from ..models import Membership, Person
from .keeping import among
from .rules import ROWS


def of_plan(plan):
    """Return [(home's number, child's name, where the registered one is)] of the children that a plan would write as new.

    Registered is one of the same name in the same home, or born in the same month in a village of the actor's reach; there two with
    two numbers are two. The answer tells of a birth month: whom it tells of is noted as met; whose births are tried, hit or
    miss, as tried.
    """
    children = {person.pk: person for person in plan.new[Person] if person.is_protected}
    homes = {row.person_id: row.household for row in plan.new[Membership] if row.person_id in children}
    known = defaultdict(list)
    names = {child.name for child in children.values()}
    rows = Person.objects.filter(merged_into=None).values_list("pk", "name", "birth_on", "village_id", "village__name", "citizen_last4")
    for pk, name, born, code, village, last4 in among(rows, "name", names):
        known[name].append((pk, born, code, village, bool(last4)))
    lived = _homes_of([one[0] for alike in known.values() for one in alike])
    found = []
    for pk, child in children.items():
        home = homes[pk]
        inside = [one for one in known[child.name] if home.pk in lived[one[0]]]
        beyond = [one for one in known[child.name] if one not in inside and not (one[4] and child.citizen_last4)]
        near = [one for one in beyond if covers(plan.actor, one[2] or "", duty=ROWS)]
        alike = inside + [one for one in near if _same_month(child, one[1])]
        plan.met |= {str(one[0]) for one in alike}
        for one in inside + near:
            plan.tried.setdefault(one[0], set()).add(child.birth_on)
        if alike:
            found.append((home.number, child.name, alike[0][3] or ""))
    return found


def _homes_of(people):
    lived = defaultdict(set)
    for person, home in among(Membership.objects.values_list("person_id", "household_id"), "person_id", people):
        lived[person].add(home)
    return lived


def _same_month(child, born):
    return born is not None and child.birth_on is not None and (born.year, born.month) == (child.birth_on.year, child.birth_on.month)
