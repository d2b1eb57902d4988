"""Who is never paired with whom: kin (亲属回避), and a helper whom the child or its guardian asked to be rid of."""

from collections import defaultdict

from wanjia.registry.models import CareEntrustment, Membership, Parentage, Person

from ..children.rules import records_of
from ..models import Pair
from ..states import PairEnd


def kin_rows(children, helpers, day):
    """Return {child row × helpers + helper row} of pairs that are kin: of one home, parent, or the adult who cares for the child (亲属回避).

    Several helpers may live in one home; a helper's record may have been merged into another.
    """
    of = defaultdict(list)
    merged = set(Person.objects.filter(pk__in=[one.person_id for one in helpers if one.person_id]).exclude(merged_into=None).values_list("pk", flat=True))
    for row, one in enumerate(helpers):
        for person in (records_of(one.person_id) if one.person_id in merged else {one.person_id}) - {None}:
            of[person].append(row)
    if not of:
        return set()
    homes = defaultdict(set)
    for home, person in Membership.objects.on(day).filter(person__in=of).values_list("household", "person"):
        homes[home].add(person)
    related = list(Membership.objects.on(day).filter(household__in=homes).values_list("person", "household"))
    pairs = [(child, person) for child, home in related for person in homes[home]]
    pairs += list(Parentage.objects.filter(parent__in=of, ended_on=None).values_list("child", "parent"))
    pairs += list(CareEntrustment.objects.filter(carer__in=of, to_on=None).values_list("child", "carer"))
    at = {key: row for row, key in enumerate(children)}
    return {at[child] * len(helpers) + row for child, person in pairs if child in at and child != person for row in of[person]}


def kin_of(helper, child, day):
    """Tell whether a helper is kin of a child (亲属回避)."""
    return bool(kin_rows([child.pk], [helper], day))


def asked_rows(children, helpers):
    """Return {child row × helpers + helper row} of pairs that ended because the child or its guardian asked: no plan and no hand forgets that word, however often the child's record was put together with another since."""
    at, row_of = {key: row for row, key in enumerate(children)}, {one.pk: row for row, one in enumerate(helpers)}
    said = Pair.objects.filter(end_reason=PairEnd.ASKED).order_by().values_list("child", "child__merged_into", "helper")
    keys = {child: records_of(child) if above else {child} for child, above, helper in said if helper in row_of}
    return {at[key] * len(helpers) + row_of[helper] for child, _above, helper in said if helper in row_of for key in keys[child] if key in at}


def asked_of(helper, child):
    """Tell whether the child or its guardian asked for another than this helper."""
    return bool(asked_rows([child.pk], [helper]))
