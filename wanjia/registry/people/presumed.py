"""Who a child's parents probably are, by their relations to the head of the home, while nobody has said so. Pure over loaded rows.

A son's or daughter's parents are the head and the head's spouse; a grandchild's are the only son and the only daughter-in-law
(or the only daughter and the only son-in-law). With two sons at home nothing is presumed. Every reason that rests on this says so.
"""

YOUNGEST_PARENT = 14
CHILDREN = ("儿子", "女儿", "长子", "次子", "三子", "长女", "次女", "三女", "子", "女")
GRANDCHILDREN = {
    "孙子": ("儿子", "儿媳"),
    "孙女": ("儿子", "儿媳"),
    "外孙": ("女婿", "女儿"),
    "外孙女": ("女婿", "女儿"),
    "外孙子": ("女婿", "女儿"),
}
LINES = {"男": "father", "女": "mother"}


def presumed_parents(child, home, members):
    """Return {"father"/"mother": person} for a child's membership `home`, among the home's other `members` of the day."""
    if home.relation in CHILDREN:
        found = [m.person for m in members if m.relation in ("户主", "配偶", "妻子", "丈夫")]
    elif home.relation in GRANDCHILDREN:
        groups = [
            [m.person for m in members if m.relation == relation and _elder(m.person, child)]
            for relation in GRANDCHILDREN[home.relation]
        ]
        found = [group[0] for group in groups if group] if all(len(group) <= 1 for group in groups) else []
    else:
        return {}
    parents = {}
    for person in found:
        line = LINES.get(person.sex)
        if line and _elder(person, child):
            parents[line] = None if line in parents else person
    return {line: person for line, person in parents.items() if person}


def _elder(person, child):
    """Whether somebody is old enough to be a parent; an unknown birth date does not speak against it."""
    if person.birth_on is None or child.birth_on is None:
        return person.pk != child.pk
    return child.birth_on.year - person.birth_on.year >= YOUNGEST_PARENT
