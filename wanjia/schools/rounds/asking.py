"""What the form of a team asks: up to eight units, how many each sends, how many of them are licensed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wanjia.orgs.units.fields import UnitField
from wanjia.verdict import Refused

from . import queries

ROWS = range(1, 9)
MOST = 99


def rows_of_units(row, _actor, day):
    """Return {name: form field}: unit1, people1, licensed1, …"""
    found = {}
    for n in ROWS:
        field = UnitField(label=_("单位 %(n)s") % {"n": n}, required=n == 1)
        field.offer_units(queries.units_to_send(row, day))
        found[f"unit{n}"] = field
        found[f"people{n}"] = forms.IntegerField(label=_("派几人"), min_value=1, max_value=MOST, required=False)
        found[f"licensed{n}"] = forms.IntegerField(label=_("其中持执法证"), min_value=0, max_value=MOST, required=False)
    return found


def read(units):
    """Yield (unit, people, licensed) of each row that names a unit. Raises Refused for counts that do not fit, or a unit named twice."""
    seen = set()
    for n in ROWS:
        unit = units.get(f"unit{n}")
        if unit is None:
            continue
        people, licensed = units.get(f"people{n}") or 1, units.get(f"licensed{n}") or 0
        if licensed > people:
            raise Refused(_("持执法证的人数不能多于派的人数。"))
        if unit.pk in seen:
            raise Refused(_("同一个单位在一个组里只写一行。"))
        seen.add(unit.pk)
        yield unit, people, licensed
