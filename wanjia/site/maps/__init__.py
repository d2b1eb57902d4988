"""Schematic maps: each child area one tile, placed roughly as on the ground. Our own drawing, no official boundary.

An installer may put an official GeoJSON of the same shape (features with properties `code` and `name`) as
<WANJIA_VAR>/maps/<six digits>.geojson; it is drawn instead.
"""

import json
import math
import re
from functools import cache
from pathlib import Path

from django.conf import settings

HERE = Path(__file__).resolve().parent
SHADES = 5
WIDTH, HEIGHT = 600, 460
MARGIN = 6


def drawing(code, values):
    """Return {"tiles": [{d, x, y, name, shown, heat, url}], "steps": [(heat, from, to)], "box": of the drawing}; no tiles without a map.

    code: area code whose first six digits name the map; values: {child code: {"value", "shown", "url"}}.
    """
    shapes = _shapes(code[:6].ljust(6, "0"))
    top = max((entry["value"] or 0 for entry in values.values()), default=0)
    tiles = []
    for shape in shapes:
        entry = values.get(shape["code"]) or _by_stem(values, shape["code"]) or {"value": None, "shown": "", "url": ""}
        tiles.append({**shape, "shown": entry["shown"], "url": entry["url"], "heat": _heat(entry["value"], top)})
    return {"tiles": tiles, "steps": _steps(top), "box": _box(shapes)}


def _box(shapes):
    """Return the viewBox that holds the shapes and nothing beside them: on a phone each tile is as wide as it can be."""
    points = [tuple(map(float, point.split())) for shape in shapes for point in re.findall(r"-?[\d.]+ -?[\d.]+", shape["d"])]
    if not points:
        return f"0 0 {WIDTH} {HEIGHT}"
    (left, right), (top, foot) = ((min(axis), max(axis)) for axis in zip(*points, strict=True))
    return f"{left - 1:.1f} {top - 1:.1f} {right - left + 2:.1f} {foot - top + 2:.1f}"


def _by_stem(values, code):
    return next((entry for other, entry in values.items() if other.rstrip("0") == code.rstrip("0")), None)


def _heat(value, top):
    return math.ceil(SHADES * value / top) if value and top else 0


def _steps(top):
    edges = [top * step // SHADES for step in range(SHADES + 1)]  # the inverse of _heat: a tile and its legend bear one shade
    steps = [(step, edges[step - 1] + 1, edges[step]) for step in range(1, SHADES + 1)]
    return [(heat, first, last) for heat, first, last in steps if first <= last and top]


def _shapes(six):
    own = Path(settings.VAR) / "maps" / f"{six}.geojson"
    file = own if own.exists() else HERE / f"{six}.geojson"
    return _read(file, file.stat().st_mtime_ns) if file.exists() else []


@cache
def _read(file, _changed):
    features = json.loads(file.read_text())["features"]
    points = [point for feature in features for ring in _rings(feature["geometry"]) for point in ring]
    fit = _fit(points)
    return [_shape(feature, fit) for feature in features]


def _rings(geometry):
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [part[0] for part in parts]


def _fit(points):
    """Return a function from longitude and latitude to the page, keeping shape at the map's middle latitude."""
    west, east = min(x for x, _y in points), max(x for x, _y in points)
    south, north = min(y for _x, y in points), max(y for _x, y in points)
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = min((WIDTH - 2 * MARGIN) / ((east - west) * squeeze), (HEIGHT - 2 * MARGIN) / (north - south))
    left = (WIDTH - (east - west) * squeeze * scale) / 2
    upper = (HEIGHT - (north - south) * scale) / 2
    return lambda x, y: (round(left + (x - west) * squeeze * scale, 1), round(upper + (north - y) * scale, 1))


def _shape(feature, fit):
    rings = [[fit(x, y) for x, y, *_height in ring] for ring in _rings(feature["geometry"])]
    widest = max(rings, key=len)
    return {
        "code": feature["properties"]["code"],
        "name": feature["properties"]["name"],
        "d": " ".join("M" + "L".join(f"{x} {y}" for x, y in ring) + "Z" for ring in rings),
        "x": round((min(x for x, _y in widest) + max(x for x, _y in widest)) / 2, 1),
        "y": round((min(y for _x, y in widest) + max(y for _x, y in widest)) / 2, 1),
    }
