"""What several rooms of care ask alike: a child or an elder by the name that people say."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.verdict import NotFound, Refused


def called(people, name, last4):
    """Return the one of `people` who bears this whole name; of several, the one whose number ends so.

    Raises NotFound where there is none (alike for unknown and elsewhere), Refused where several are called so and the four digits decide nothing.
    """
    named = people.filter(name=name.strip())
    found = list(named[:2])
    if len(found) > 1 and last4.strip():
        found = list(named.filter(citizen_last4=last4.strip().upper())[:2])  # asked of the register: among the first so many the right one may not be
    if not found:
        raise NotFound(_("在您管的名单里没有找到这个名字。请核对全名;还没有登记的,先在家庭户里登记。"))
    if len(found) > 1:
        raise Refused(_("有几个人叫这个名字,请再填身份证后四位。"))
    return found[0]


LONGEST = 40  # signs of what is looked for


def sought(rows, text, *fields):
    """Keep the rows of which one of `fields` holds every word that somebody looks for; no words keep all."""
    for word in text[:LONGEST].split():
        asked = Q()
        for name in fields:
            asked |= Q(**{f"{name}__contains": word})
        rows = rows.filter(asked)
    return rows
