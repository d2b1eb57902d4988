"""The sketch of a plan with its zones as it is drawn: shapes, where their numbers stand, what lies under them."""

from django.template.loader import render_to_string
from django.urls import reverse

from wanjia.reporting.documents.drawing import INLINE

from ...models import PlanSketch
from ...plan_states import ZoneColour, ZoneKind
from .. import queries

WIDE = queries.EDGE
ROOM = 60  # a number stands no nearer to the edge
SIGN = 17  # half of what a character of a name is wide
HUES = {
    ZoneColour.BLUE: "#0072b2", ZoneColour.ORANGE: "#c75300", ZoneColour.GREEN: "#007f5c", ZoneColour.PURPLE: "#96307d", ZoneColour.GOLD: "#9a6f00", ZoneColour.GREY: "#4b5563",
}  # fmt: skip


def drawn(plan, zones, picture="", *, paper=False, chosen=None):
    """Return what the template of the sketch draws, None of a plan without one. picture: the address of the drawing; paper: it stands in the sheet itself; chosen: a zone that is being drawn, left to the page."""
    rows = PlanSketch.objects.filter(plan=plan)
    sketch = (rows if paper else rows.defer("body")).first()
    if sketch is None:
        return None
    high = round(WIDE * sketch.height / sketch.width) if sketch.width else WIDE
    under = "" if not sketch.width else INLINE + sketch.body if paper else picture
    shapes = [_shape(one, high) for one in zones if one.points and one != chosen]
    return {"wide": WIDE, "high": high, "under": under, "shapes": shapes, "lines": [(n, n * high // WIDE) for n in range(100, WIDE, 100)], "pictured": bool(sketch.width)}


def address(plan):
    """Return where everybody finds the drawing of a plan in force: another address for each version and whenever it was put right, for a browser keeps what it was given."""
    return f"{reverse('village:public_sketch', args=[plan.village_id])}?v={plan.serial}.{plan.version}"


def html(plan, zones, picture="", *, paper=False):
    """Return the sketch as it stands on a page of another room, "" of a plan without one."""
    found = drawn(plan, zones, picture, paper=paper)
    return render_to_string("village/planning/sketch.html", {"map": found}) if found else ""


def spelt(zone, high=WIDE):
    """Return the points of a zone as a shape has them."""
    return " ".join(f"{x},{y * high // WIDE}" for x, y in zone.points)


def _shape(zone, high):
    x, y = _middle(zone)
    x, y = min(max(x, ROOM), WIDE - ROOM), min(max(y * high // WIDE, ROOM), high - ROOM)
    half = max(SIGN * len(zone.name), 1)
    across = min(max(x, half + 10), WIDE - half - 10)
    return {"zone": zone, "n": zone.n, "hue": HUES[zone.colour], "points": spelt(zone, high), "corridor": zone.kind == ZoneKind.CORRIDOR, "x": x, "y": y, "across": across}


def _middle(zone):
    """Return where the number of a zone stands: amid the corners of an area, at the middle turn of a corridor or halfway along its one stretch."""
    points = zone.points
    if zone.kind == ZoneKind.CORRIDOR:
        middle = len(points) // 2
        points = points[middle - 1 : middle + 1] if len(points) % 2 == 0 else [points[middle]]
    return sum(x for x, _y in points) // len(points), sum(y for _x, y in points) // len(points)
