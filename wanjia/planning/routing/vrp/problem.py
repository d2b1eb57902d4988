"""A capacitated routing problem, with or without time windows, and the two public file formats it is read from."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from wanjia.planning.contract import BadInput

FOREVER = float("inf")


@dataclass(frozen=True, eq=False)
class Problem:
    """Visit every client once; node 0 is the depot, client i is node i (the numbering of both files' solutions).

    xy: float64 (n, 2); demand: float64 (n,); ready, due, service: float64 (n,) in the file's time unit, which equals its
    distance unit; rounded: distances are rounded to integers (X) or up (`ceil`), or stay real (Solomon).
    """

    name: str
    xy: np.ndarray
    demand: np.ndarray
    capacity: float
    vehicles: int
    ready: np.ndarray
    due: np.ndarray
    service: np.ndarray
    rounding: str

    @property
    def timed(self) -> bool:
        """Tell whether time windows matter."""
        return bool(np.isfinite(self.due).any())

    def distances(self) -> np.ndarray:
        """Return float64 (n, n) distances in the file's own convention."""
        delta = self.xy[:, None, :] - self.xy[None, :, :]
        real = np.sqrt((delta**2).sum(axis=2))
        if self.rounding == "nearest":
            return np.floor(real + 0.5)
        return np.ceil(real) if self.rounding == "up" else real


@dataclass(frozen=True)
class Plan:
    """routes: client numbers in visiting order; cost: in the file's own convention."""

    routes: tuple[tuple[int, ...], ...]
    cost: float
    provenance: str = "straight lines of the file's coordinates / 文件坐标的直线距离"


def read_problem(path: str | Path) -> Problem:
    """Read a CVRPLIB `.vrp` file or a Solomon text file; raises BadInput naming the line."""
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(str(path), "读不了这个文件,请检查路径和编码。", f"cannot read this file: {error}") from error
    lines = text.splitlines()
    if any("NODE_COORD_SECTION" in line for line in lines):
        return _read_cvrplib(lines)
    if any(line.strip().upper().startswith("CUST") for line in lines):
        return _read_solomon(lines)
    raise BadInput(
        "line 1",
        "认不出格式:既不是 CVRPLIB(.vrp),也不是 Solomon 文本。",
        "unknown format: neither CVRPLIB (.vrp) nor a Solomon text",
    )


def _numbers(line: str, number: int, count: int) -> list[float]:
    """Read `count` finite numbers from one line, or say which line is wrong."""
    try:
        values = [float(word) for word in line.split()]
    except ValueError:
        values = []
    if len(values) != count or not np.isfinite(values).all():
        raise BadInput(f"line {number}", f"这一行应当是 {count} 个数字:「{line.strip()[:40]}」。", f"expected {count} numbers")
    return values


def _sections(lines: list[str]) -> tuple[dict[str, str], dict[str, list[tuple[int, str]]]]:
    """Split a CVRPLIB file into its headers and its numbered section lines."""
    headers: dict[str, str] = {}
    sections: dict[str, list[tuple[int, str]]] = {}
    current = None
    for number, line in enumerate(lines, 1):
        words = line.strip()
        if not words or words == "EOF":
            continue
        if words.split()[0].rstrip(":").endswith("_SECTION"):
            current = sections.setdefault(words.split()[0].rstrip(":"), [])
        elif current is None or ":" in words:
            key, _, value = words.partition(":")
            headers[key.strip()] = value.strip().strip('"')
        else:
            current.append((number, line))
    return headers, sections


def _read_cvrplib(lines: list[str]) -> Problem:
    headers, sections = _sections(lines)
    kind = headers.get("EDGE_WEIGHT_TYPE", "EUC_2D")
    if kind not in ("EUC_2D", "CEIL_2D"):
        raise BadInput("EDGE_WEIGHT_TYPE", f"不支持 {kind},只支持 EUC_2D 和 CEIL_2D。", f"{kind} is not supported")
    capacity, size = (_header(headers, key) for key in ("CAPACITY", "DIMENSION"))
    nodes = [_numbers(line, number, 3) for number, line in sections.get("NODE_COORD_SECTION", [])]
    demands = [_numbers(line, number, 2) for number, line in sections.get("DEMAND_SECTION", [])]
    if len(nodes) != size or [n[0] for n in nodes] != [d[0] for d in demands]:
        raise BadInput("DEMAND_SECTION", "坐标、需求与 DIMENSION 的个数对不上。", "coordinates, demands and DIMENSION differ")
    depots = sections.get("DEPOT_SECTION", [])
    depot = _numbers(depots[0][1], depots[0][0], 1)[0] if depots else nodes[0][0]
    if depot != nodes[0][0]:
        raise BadInput("DEPOT_SECTION", "车场必须是第一个点。", "the depot must be the first node")
    table = np.array([[node[1], node[2], demand[1], 0.0, FOREVER, 0.0] for node, demand in zip(nodes, demands, strict=True)])
    rounding = "nearest" if kind == "EUC_2D" else "up"
    return _problem(headers.get("NAME", ""), table, float(capacity), len(nodes) - 1, rounding)


def _header(headers: dict[str, str], key: str) -> int:
    try:
        return int(headers[key])
    except (KeyError, ValueError) as error:
        raise BadInput(key, f"缺少 {key},或不是整数。", f"{key} is missing or no whole number") from error


def _read_solomon(lines: list[str]) -> Problem:
    start = next(i for i, line in enumerate(lines) if line.strip().upper().startswith("CUST"))
    head = [(i + 1, line) for i, line in enumerate(lines[:start]) if line.split() and line.split()[0].isdigit()]
    if not head:
        raise BadInput("VEHICLE", "缺少车辆数和载量。", "the number of vehicles and their capacity are missing")
    vehicles, capacity = _numbers(head[0][1], head[0][0], 2)
    body = [(i + 1, line) for i, line in enumerate(lines) if i > start and line.strip() and not line.upper().startswith("CUST")]
    rows = [_numbers(line, number, 7) for number, line in body]
    for (number, _), row, expected in zip(body, rows, range(len(rows)), strict=True):
        if row[0] != expected:
            raise BadInput(f"line {number}", f"客户编号应为 {expected}。", f"customer number should be {expected}")
    return _problem(lines[0].strip(), np.array([row[1:] for row in rows]), capacity, int(vehicles), "none")


def _problem(name: str, table: np.ndarray, capacity: float, vehicles: int, rounding: str) -> Problem:
    """table: (n, 6) x, y, demand, ready, due, service."""
    if len(table) < 2:
        raise BadInput("CUSTOMER", "文件里没有客户。", "the file has no client")
    too_big = np.flatnonzero(table[:, 2] > capacity)
    if len(too_big):
        where = f"client {too_big[0]}"
        raise BadInput(where, "需求超过一辆车的载量。", "demand exceeds a vehicle's capacity")
    if (table[:, 2] < 0).any() or (table[:, 3] > table[:, 4]).any() or (table[:, 5] < 0).any():
        raise BadInput("CUSTOMER", "需求、服务时间为负,或时间窗倒置。", "negative demand or service, or an inverted window")
    ready, due, service = table[:, 3], table[:, 4], table[:, 5]
    return Problem(name, table[:, :2], table[:, 2], capacity, vehicles, ready, due, service, rounding)
