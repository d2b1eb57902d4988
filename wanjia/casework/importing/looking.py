"""What the register does not know of a ledger row is told before anything is written: a unit, a home in the village."""

from functools import cache

from wanjia.orgs.models import Area
from wanjia.registry.models import Household

from .queries import unit_named
from .reading import units_named


def begin(actor, day):
    """Return (values, village code) → [(code, column, detail)]; what is asked once is remembered for the whole file."""

    @cache
    def village_of(code):
        return Area.objects.get(pk=code)

    @cache
    def has_unit(name, code):
        return unit_named(name, village_of(code), day) is not None

    @cache
    def homes_of(code):
        return frozenset(Household.objects.filter(village__code__startswith=code[:12]).values_list("number", flat=True))

    def look(values, code):
        for column in ("牵头单位", "配合单位"):
            names = [str(values.get(column) or "").strip()] if column == "牵头单位" else units_named(values.get(column))
            for name in filter(None, names):
                if not has_unit(name, code):
                    yield "warn.unit.unknown", column, name
        number = values.get("户编号")
        if number and number not in homes_of(code):
            yield "warn.household.unknown", "户编号", number

    return look
