"""A definition's condition as the database asks it: the other half of `indicators.conditions`, which judges rows.

Facts bear the names of a need's columns, so live needs are asked as they stand; whoever counts a past day passes what the
facts are called there.
"""

from django.db.models import Q

from wanjia.indicators.conditions import All, Any, Atom
from wanjia.indicators.definitions import definition


def condition(id_, day, column=str):
    """Return the Q of one definition on `day`. column: fact → the name it has in the query."""
    return q_of(definition(id_).tree, day, column)


def q_of(tree, day, column=str):
    """Return the Q of a tree of atoms; Q() when it asks nothing."""
    if isinstance(tree, Atom):
        return _asked(tree, day, column(tree.fact))
    asked = [q_of(part, day, column) for part in tree.parts]
    if isinstance(tree, Any):
        return _any(asked)
    assert isinstance(tree, All)
    together = Q()
    for one in asked:
        together &= one
    return together


def _any(asked):
    if not all(asked):  # one part asks nothing: it always holds
        return Q()
    either = Q()
    for one in asked:
        either |= one
    return either if asked else Q(pk__in=[])


def _asked(atom, day, name):
    match atom.op:
        case "in":
            return Q(**{f"{name}__in": atom.values(day)})
        case "out":
            return ~Q(**{f"{name}__in": atom.values(day)})
        case "none" | "some":
            return Q(**{f"{name}__isnull": atom.op == "none"})
        case "before":
            return Q(**{f"{name}__isnull": False, f"{name}__lt": day})
        case "on":
            return Q(**{name: day})
        case "not_on":
            return Q(**{f"{name}__isnull": True}) | ~Q(**{name: day})
        case "not_before":
            return Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": day})
        case "for":
            return Q(**{f"{name}__lte": atom.since(day)})
        case "not_for":
            return Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gt": atom.since(day)})
        case _:
            youngest, oldest = atom.days(day)
            aged = Q(**{f"{name}__lte": youngest, f"{name}__gte": oldest})
            return aged if atom.op == "aged" else Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gt": youngest}) | Q(**{f"{name}__lt": oldest})
