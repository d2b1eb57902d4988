"""Which unit sponsors an area today, and where there is none, or more than one."""

from collections import defaultdict
from dataclasses import dataclass

from wanjia.orgs.duties import Duty

from ..models import STEM_DIGITS, Area, Level, Sponsorship, Tier
from ..units.rules import visible_organisations

LOOKS = (Duty.MANAGE_AREAS, Duty.SEE_FIGURES)  # either shows the bonds


def sponsors_of(code, day):
    """List the bonds in force for an area code: those of the nearest area upward that has any (village, township, county)."""
    above = [code[:digits].ljust(12, "0") for digits in STEM_DIGITS.values() if digits <= 12] + [code]
    bonds = defaultdict(list)
    for bond in Sponsorship.objects.on(day).filter(area_id__in=above).select_related("organisation", "area"):
        bonds[len(bond.area.stem)].append(bond)
    return bonds[max(bonds)] if bonds else []


@dataclass(frozen=True)
class Coverage:
    """Who sponsors what below one area on a day. `by_village`: [(village, [bonds])], for the table."""

    by_village: list
    gaps: list  # living villages that nobody sponsors
    overlaps: list  # (village, [bonds]) that more than one unit sponsors


def coverage(area, day):
    """Return the Coverage below an area: three queries for any number of villages."""
    first, end = area.span()
    villages = Area.objects.filter(code__gte=first, code__lt=end, level=Level.VILLAGE).on(day).select_related("parent")
    bonds = defaultdict(list)
    for bond in Sponsorship.objects.on(day).select_related("organisation", "area"):
        bonds[bond.area.stem].append(bond)
    table = [(village, _nearest(village.code, bonds)) for village in villages]
    return Coverage(
        by_village=table,
        gaps=[village for village, found in table if not found],
        overlaps=[(village, found) for village, found in table if len({bond.organisation_id for bond in found}) > 1],
    )


def _nearest(code, bonds):
    for digits in (12, 9, 6, 4):
        if found := bonds.get(code[:digits]):
            return found
    return []


def bonds_under(area, day):
    """The bonds in force below an area, by area."""
    first, end = area.span()
    found = Sponsorship.objects.on(day).filter(area_id__gte=first, area_id__lt=end)
    return found.select_related("organisation__area", "area__parent").order_by("area_id", "from_on")


def offered(actor):
    """The units of the county that may sponsor: the living ones that the actor sees."""
    return visible_organisations(actor, duty=LOOKS).filter(to_on=None, tier=Tier.COUNTY)


def held(leaving):
    """Return the bonds that a unit leaves behind when it ends; moved elsewhere it goes on with them."""
    if leaving.person is not None or leaving.moved:
        return Sponsorship.objects.none()
    return Sponsorship.objects.not_ended(leaving.day).filter(organisation=leaving.unit)


def adrift(day):
    """Return {(None, unit)} of the bonds in force of units that have ended."""
    return {(None, unit) for unit in Sponsorship.objects.on(day).filter(organisation__to_on__lte=day).order_by().values_list("organisation", flat=True)}
