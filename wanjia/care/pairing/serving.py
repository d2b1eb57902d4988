"""Who serves a village (挂联片区): the helpers whose unit sponsors it or what it lies in, or stands in it or in its township as its own. Never given up."""

from collections import defaultdict

from django.db.models import Q

from wanjia.orgs.models import Organisation, Sponsorship, Tier
from wanjia.orgs.models.areas import STEM_DIGITS, Level

from ..models import Helper

OWN = (Tier.VILLAGE, Tier.TOWNSHIP)  # units that serve the place they stand in, without a bond
LEVELS = (Level.CITY, Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE)


def stems_of(village):
    """Return the stems of a village's code and of everything the village lies in, the widest first."""
    return [village[: STEM_DIGITS[level]] for level in LEVELS]


def _codes(stems):
    return [stem.ljust(STEM_DIGITS[Level.VILLAGE], "0") for stem in stems]


def _units(where, day):
    """Return the keys of the units that have a bond with these areas on `day`, or stand in them as their own."""
    sponsoring = Sponsorship.objects.on(day).filter(where).values_list("organisation", flat=True)
    own = Organisation.objects.on(day).filter(where, tier__in=OWN).values_list("pk", flat=True)
    return {*sponsoring, *own}


def units_for(village, day):
    """Return the keys of the units that serve a village (its code) on `day`; none where somebody is of no village."""
    return _units(Q(area__in=_codes(stems_of(village))), day) if village else set()


def units_around(area, day):
    """Return the keys of the units that serve some village of an area on `day`."""
    first, end = area.span()
    return _units(Q(area__gte=first, area__lt=end) | Q(area__in=_codes(stems_of(area.code))), day)


def helpers_for(child, day):
    """Return the helpers in office on `day` whose units serve the child's village."""
    return Helper.objects.on(day).filter(organisation__in=units_for(child.village_id, day))


def serves(helper, child, day):
    """Tell whether a helper's unit serves the child's village on `day`."""
    return helper.organisation_id in units_for(child.village_id, day)


def rows_by_stem(helpers, day):
    """Return {stem of an area: [rows of the loaded helpers whose unit serves it]}; each helper comes with unit and area."""
    bonds, found = defaultdict(set), defaultdict(list)
    for bond in Sponsorship.objects.on(day).filter(organisation__in={one.organisation_id for one in helpers}).select_related("area"):
        bonds[bond.organisation_id].add(bond.area.stem)
    for row, one in enumerate(helpers):
        own = {one.organisation.area.stem} if one.organisation.tier in OWN else set()
        for stem in bonds[one.organisation_id] | own:
            found[stem].append(row)
    return found
