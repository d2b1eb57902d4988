"""A line's stops as people write them, one a line: “07:05 大岩子 18:10 28.2288,103.6378”. Pure."""

from datetime import time
from itertools import pairwise

from django.utils.translation import gettext_lazy as _

from wanjia.verdict import Refused


def point_of(text):
    """Return (latitude, longitude) of “28.2288,103.6378”, (None, None) of nothing. Raises Refused for half of one, or one that does not lie on earth."""
    if not text.strip():
        return None, None
    try:
        lat, lon = (float(part) for part in text.replace(",", ",").split(","))
    except ValueError:
        raise Refused(_("位置写成“28.2288,103.6378”这样;不知道的空着。")) from None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise Refused(_("位置写成“28.2288,103.6378”这样;不知道的空着。"))
    return lat, lon


def stops_of(text):
    """Return [(at, name, back_at or None, lat, lon)] of a written table, in its order. Raises Refused naming the line that says no stop."""
    rows = [_stop(number, line) for number, line in enumerate(filter(None, map(str.strip, text.splitlines())), 1)]
    if not rows:
        raise Refused(_("至少写一个站。"))
    if len({row[1] for row in rows}) < len(rows):
        raise Refused(_("站名不能重复。"))
    if any(later[0] < sooner[0] for sooner, later in pairwise(rows)):
        raise Refused(_("早上的时间要一站比一站晚。"))
    return rows


def _stop(number, line):
    parts = line.split()
    at, rest = _time(parts[0]), parts[1:]
    point = rest.pop() if rest and "," in rest[-1].replace(",", ",") else ""
    back_at = _time(rest[-1]) if len(rest) > 1 else None
    name = " ".join(rest[:-1] if back_at else rest)
    if at is None or not name or len(name) > 40:
        raise Refused(_("第 %(n)s 行写成“07:05 站名 18:10 28.2288,103.6378”这样,后两样没有的不写。") % {"n": number})
    return at, name, back_at, *point_of(point)


def _time(text):
    try:
        found = time.fromisoformat(text)
    except ValueError:
        return None
    return None if found.tzinfo else found


def written(stops):
    """Return stops as people write them: what the form begins with."""
    return "\n".join(
        " ".join(filter(None, [f"{one.at:%H:%M}", one.name, f"{one.back_at:%H:%M}" if one.back_at else "", "" if one.lat is None else f"{one.lat},{one.lon}"])) for one in stops
    )  # fmt: skip
