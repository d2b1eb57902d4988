"""The units, held against the acts that wrote them: who may hold a matter goes by these rows.

A unit's pinyin is not held: no rule reads it. Nor is what a line of an older version does not say: a unit's parent, short name and telephone.
"""

from wanjia.kernel.models import Entry
from wanjia.orgs.models import Organisation

from .reading import against, live_rows

UNIT = ("pk", "name", "short_name", "tier", "line", "area_id", "parent_id", "phone", "from_on", "to_on")


def faults(_day):
    """Yield (unit, column, is, should) for every unit that is otherwise than its lines say.

    Every unit of an office was set up by an act. Only where no line sets up any unit at all, none of them needs one.
    """
    told, set_up = {}, False
    for pk, act, area, detail in _lines():
        one = told.setdefault(pk, {})
        if act == "orgs.end_organisation":
            one["to_on"] = detail["on"]
            continue
        if detail["new"]:
            one |= {"from_on": None, "to_on": None}
            set_up = True
        one |= {"area_id": area} | {name: detail[name] for name in ("name", "tier", "line", "short_name", "parent_id", "phone") if name in detail}
    yield from against("unit", live_rows(Organisation, UNIT), told, lets_be=lambda _pk, _row: not set_up)


def _lines():
    lines = Entry.objects.filter(subject="orgs.organisation", act__in=("orgs.keep_organisation", "orgs.end_organisation")).order_by("seq")
    return lines.values_list("subject_id", "act", "area_code", "detail").iterator(chunk_size=1000)
