"""Who is kin of whom (亲属回避): of one home, a parent, or the adult who cares for the child."""

from wanjia.registry.models import CareEntrustment, Membership, Parentage


def kin_rows(children, helpers, day):
    """Return {child row × helpers + helper row} of pairs that are kin: of one home, parent, or the adult who cares for the child (亲属回避)."""
    of = {one.person_id: row for row, one in enumerate(helpers) if one.person_id}
    if not of:
        return set()
    homes = dict(Membership.objects.on(day).filter(person__in=of).values_list("household", "person"))
    related = list(Membership.objects.on(day).filter(household__in=homes).values_list("person", "household"))
    pairs = [(child, homes[home]) for child, home in related]
    pairs += list(Parentage.objects.filter(parent__in=of, ended_on=None).values_list("child", "parent"))
    pairs += list(CareEntrustment.objects.filter(carer__in=of, to_on=None).values_list("child", "carer"))
    at = {key: row for row, key in enumerate(children)}
    return {at[child] * len(helpers) + of[person] for child, person in pairs if child in at and child != person}


def kin_of(helper, child, day):
    """Tell whether a helper is kin of a child (亲属回避)."""
    return bool(kin_rows([child.pk], [helper], day))
