"""How far a guard goes to a school: whole kilometres from the school where he is based, as the crow flies; where a place is not known, a number for near and one for far."""

from math import asin, cos, radians, sin, sqrt

from wanjia.orgs.models.areas import STEM_DIGITS, Level

EARTH_KM = 6371


def km_of(guard, school, edition):
    """Return the kilometres from the guard's base to a school; edition: policy.guarding."""
    base = guard.school
    if base is not None and base.pk == school.pk:
        return 0
    if base is not None and None not in (base.lat, school.lat):
        return round(crow(base.lat, base.lon, school.lat, school.lon))
    town = STEM_DIGITS[Level.TOWNSHIP]
    near = (base.area_id if base is not None else guard.unit.area_id)[:town] == school.area_id[:town]
    return edition.near_km if near else edition.far_km


def crow(lat, lon, lat2, lon2):
    """Return the kilometres between two points of the earth."""
    north, east = radians(lat2 - lat) / 2, radians(lon2 - lon) / 2
    return 2 * EARTH_KM * asin(sqrt(sin(north) ** 2 + cos(radians(lat)) * cos(radians(lat2)) * sin(east) ** 2))
