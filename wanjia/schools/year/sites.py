"""What a day is where somebody else holds something at a school: asked by apps that know no school."""

from django.db.models import Q

from wanjia.orgs.models.areas import STEM_DIGITS, Level

from ..models import School, Term
from .bells import Year

TOWNSHIP = STEM_DIGITS[Level.TOWNSHIP]


def school_days(sites, day):
    """Return {key: whose weekday's bells ring on `day` – 1 is Monday, 0 a made-up day of which nobody said whose, None no school} of the sites that are a school's.

    sites: [(key, unit that holds it, code of its village, its place in words)]. A site is a school's where the school holds it, or where its place begins with
    a name of a school of the same township. Of a school whose terms end before `day` nothing is said: nobody has told its year yet.
    A Sunday on which boarders come is no day of lessons.
    """
    within = Q(unit__in={unit for _key, unit, _village, _place in sites})
    for stem in {village[:TOWNSHIP] for _key, _unit, village, _place in sites}:
        within |= Q(area_id__gte=stem, area_id__lt=str(int(stem) + 1))
    schools = list(School.objects.on(day).filter(within).select_related("area", "unit").prefetch_related("unit__aliases")) if sites else []
    theirs = {key: one for key, unit, village, place in sites if (one := _of(schools, unit, village, place))}
    told = [one.area.stem for one in Term.objects.filter(to_on__gt=day).select_related("area")] if theirs else []
    theirs = {key: one for key, one in theirs.items() if any(one.area_id.startswith(stem) for stem in told)}
    year = Year(theirs.values(), day, day.fromordinal(day.toordinal() + 1)) if theirs else None
    return {key: _rings(year.day(one, day)) for key, one in theirs.items()}


def _rings(found):
    return None if found is None or found.weekday > 5 else found.weekday


def _of(schools, unit, village, place):
    """Return the school that a site belongs to, or None; of several whose names its place begins with, the one that is named the longest, in its own village first."""
    own = next((one for one in schools if one.unit_id == unit), None)
    if own is not None:
        return own
    named = [
        (one.area_id == village, len(name), one) for one in schools if one.area_id[:TOWNSHIP] == village[:TOWNSHIP]
        for name in {one.unit.name, one.unit.short_name, *(alias.name for alias in one.unit.aliases.all())} if name and place.startswith(name)
    ]  # fmt: skip
    return max(named, key=lambda found: found[:2])[2] if named else None
