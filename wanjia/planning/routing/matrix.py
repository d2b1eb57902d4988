"""Distances and their provenance: how many seconds and metres between places, and who says so.

A plan is only as good as its distances, so each matrix carries a sentence that every plan prints.
"""

import json
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from wanjia.planning.arrays import Array
from wanjia.planning.contract import BadInput

EARTH_METRES = 6_371_008.8
# Mean winding factors and speeds by road class; starting values, to be calibrated from logged trips.
WINDING = {"motorway": 1.2, "main": 1.35, "county": 1.5, "mountain": 1.9}
SPEED_KMH = {"motorway": 80.0, "main": 50.0, "county": 35.0, "mountain": 20.0}


@dataclass(frozen=True, eq=False)
class Matrix:
    """seconds, metres: int32 (n, n), row = from, column = to; provenance: one sentence in Chinese and English."""

    seconds: Array
    metres: Array
    provenance: str

    def capped(self, kmh: float) -> "Matrix":
        """Return the matrix with no leg faster than `kmh` (条例第三十五条: 60 on roads, 20 on bends, steep or icy stretches)."""
        slowest = np.ceil(self.metres * 3.6 / kmh).astype(np.int32)
        if (slowest <= self.seconds).all():
            return self
        seconds = np.maximum(self.seconds, slowest)
        return Matrix(seconds, self.metres, f"{self.provenance}; 限速 {kmh:g} km/h / capped at {kmh:g} km/h")


class MatrixProvider(Protocol):
    """Anything that measures between points given as (latitude, longitude) in degrees."""

    def measure(self, points: list[tuple[float, float]]) -> Matrix:
        """Return the matrix among the points; raises BadInput naming the point or server at fault."""
        ...


def checked(points: list[tuple[float, float]]) -> Array:
    """Return float64 (n, 2) or say which point is wrong."""
    for number, point in enumerate(points):
        if not (len(point) == 2 and abs(point[0]) <= 90 and abs(point[1]) <= 180):  # false for NaN too
            raise BadInput(f"point {number}", "坐标应为(纬度, 经度)。", "a point is (latitude, longitude) in degrees")
    return np.array(points, float).reshape(-1, 2)


def great_circle(points: Array) -> Array:
    """Return float64 (n, n) metres over the sphere (haversine)."""
    lat, lon = np.radians(points[:, 0]), np.radians(points[:, 1])
    a = np.sin((lat[:, None] - lat) / 2) ** 2
    a += np.cos(lat)[:, None] * np.cos(lat) * np.sin((lon[:, None] - lon) / 2) ** 2
    metres: Array = 2 * EARTH_METRES * np.arcsin(np.sqrt(np.clip(a, 0.0, 1.0)))
    return metres


@dataclass(frozen=True)
class Winding:
    """Straight line × winding factor, at one speed: an estimate, never a driven time."""

    factor: float = WINDING["mountain"]
    kmh: float = SPEED_KMH["mountain"]

    @classmethod
    def calibrated(cls, trips: list[tuple[tuple[float, float], tuple[float, float], float, float]]) -> "Winding":
        """Fit factor and speed to logged trips (from, to, metres, seconds); the median resists a wrong log."""
        if not trips:
            raise BadInput("trips", "没有行车记录,无法校准。", "no logged trips to calibrate from")
        lines = np.array([great_circle(checked([a, b]))[0, 1] for a, b, _, _ in trips])
        metres, seconds = (np.array([trip[k] for trip in trips], float) for k in (2, 3))
        good = (lines > 100.0) & (metres > 0) & (seconds > 0)
        if not good.any():
            raise BadInput("trips", "行车记录都太短或无效。", "all logged trips are too short or invalid")
        factor = float(np.median(metres[good] / lines[good]))
        return cls(max(1.0, factor), float(np.median(metres[good] / seconds[good]) * 3.6))

    def measure(self, points: list[tuple[float, float]]) -> Matrix:
        """Return estimated seconds and metres."""
        metres = great_circle(checked(points)) * self.factor
        seconds = np.ceil(metres * 3.6 / self.kmh).astype(np.int32)
        words = f"估算,未实测:直线×{self.factor:g},时速 {self.kmh:g} / estimated, not driven: line × {self.factor:g}"
        return Matrix(seconds, np.rint(metres).astype(np.int32), f"{words} at {self.kmh:g} km/h")


def uploaded(seconds: Any, metres: Any, size: int, name: str = "") -> Matrix:
    """Accept a matrix somebody measured; raises BadInput naming table, row and column of the first fault."""
    tables = [_table(table, word, size) for table, word in ((seconds, "seconds"), (metres, "metres"))]
    words = f"上传的矩阵{name and ' ' + name} / uploaded matrix{name and ' ' + name}"
    return Matrix(tables[0], tables[1], words)


def _table(table: Any, word: str, size: int) -> Array:
    if not isinstance(table, list) or len(table) != size:
        raise BadInput(word, f"应有 {size} 行。", f"expected {size} rows")
    for number, row in enumerate(table):
        if not isinstance(row, list) or len(row) != size:
            raise BadInput(f"{word}[{number}]", f"应有 {size} 个数。", f"expected {size} numbers")
        for column, value in enumerate(row):
            good = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 2**30
            if not good:
                raise BadInput(f"{word}[{number}][{column}]", "应为不小于 0 的数。", "expected a number of at least 0")
    numbers: Array = np.ceil(np.array(table, float).reshape(size, size)).astype(np.int32)
    return numbers


@dataclass(frozen=True)
class Osrm:
    """A road server that speaks OSRM's table service. url: such as http://roads.example:5000."""

    url: str
    profile: str = "driving"
    timeout_s: float = 30.0
    block: int = 100

    def measure(self, points: list[tuple[float, float]]) -> Matrix:
        """Ask in blocks of sources × destinations, so that servers with a size limit answer too."""
        return _in_blocks(self, checked(points), "OSRM")

    def ask(self, points: Array, sources: range, targets: range) -> tuple[Any, Any]:
        """Return (seconds, metres) of one block."""
        rows = [*sources, *targets]
        where = ";".join(f"{points[i, 1]:.6f},{points[i, 0]:.6f}" for i in rows)
        cut = len(sources)
        asked = {
            "annotations": "duration,distance",
            "sources": ";".join(map(str, range(cut))),
            "destinations": ";".join(map(str, range(cut, len(rows)))),
        }
        query = urllib.parse.urlencode(asked, safe=";,")
        answer = _fetch(f"{self.url.rstrip('/')}/table/v1/{self.profile}/{where}?{query}", None, self.timeout_s)
        if answer.get("code") != "Ok":
            raise BadInput(self.url, f"路网服务答复:{answer.get('code')}。", f"the road server said {answer.get('code')}")
        return answer.get("durations"), answer.get("distances")


@dataclass(frozen=True)
class Valhalla:
    """A road server that speaks Valhalla's sources_to_targets. costing: bus, auto, truck …"""

    url: str
    costing: str = "bus"
    timeout_s: float = 30.0
    block: int = 50

    def measure(self, points: list[tuple[float, float]]) -> Matrix:
        """Ask in blocks of sources × targets."""
        return _in_blocks(self, checked(points), "Valhalla")

    def ask(self, points: Array, sources: range, targets: range) -> tuple[Any, Any]:
        """Return (seconds, metres) of one block."""
        place = [{"lat": float(lat), "lon": float(lon)} for lat, lon in points]
        body = {"sources": [place[i] for i in sources], "targets": [place[i] for i in targets], "costing": self.costing}
        url = f"{self.url.rstrip('/')}/sources_to_targets"
        rows = _fetch(url, json.dumps(body).encode(), self.timeout_s).get("sources_to_targets")
        if not isinstance(rows, list):
            raise BadInput(self.url, "路网服务的答复里没有矩阵。", "the road server's answer has no matrix")
        cells = [[cell if isinstance(cell, dict) else {} for cell in row] for row in rows]
        seconds = [[cell.get("time") for cell in row] for row in cells]
        metres = [[None if cell.get("distance") is None else cell["distance"] * 1000 for cell in row] for row in cells]
        return seconds, metres


def _fetch(url: str, body: bytes | None, timeout: float) -> dict[str, Any]:
    head = {"Accept": "application/json", "Content-Type": "application/json"}
    if not url.startswith(("http://", "https://")):
        raise BadInput(url, "地址应以 http:// 或 https:// 开头。", "the address must begin with http:// or https://")
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, head), timeout=timeout) as answer:
            read = json.loads(answer.read())
    except (OSError, ValueError, urllib.error.URLError) as error:
        place = url.split("?")[0][:120]
        raise BadInput(place, "路网服务没有给出可用的答复,请检查地址或改用估算。", f"no usable answer: {error}") from error
    return read if isinstance(read, dict) else {}


def _in_blocks(server: Osrm | Valhalla, points: Array, kind: str) -> Matrix:
    size, step = len(points), max(1, server.block)
    tables = np.zeros((2, size, size))
    for top in range(0, size, step):
        for left in range(0, size, step):
            rows, columns = range(top, min(size, top + step)), range(left, min(size, left + step))
            for number, block in enumerate(server.ask(points, rows, columns)):
                tables[number, top : rows.stop, left : columns.stop] = _block(server.url, block, rows, columns)
    whole = np.ceil(tables).astype(np.int32)
    return Matrix(whole[0], whole[1], f"路网计算({kind},{server.url}) / road network ({kind}, {server.url})")


def _block(url: str, block: Any, rows: range, columns: range) -> Array:
    """Return one block as numbers; a pair without a road is named."""
    try:
        table = np.array([[np.nan if cell is None else float(cell) for cell in row] for row in block])
    except (TypeError, ValueError):
        table = np.zeros((0, 0))
    if table.shape != (len(rows), len(columns)):
        raise BadInput(url, "路网服务给出的矩阵大小不对。", "the road server's matrix has the wrong size")
    lost = np.argwhere(~np.isfinite(table))
    if len(lost):
        a, b = rows[lost[0][0]], columns[lost[0][1]]
        raise BadInput(f"point {a} to point {b}", "两点之间没有道路,请检查坐标。", "no road between these points")
    return table
