"""Read the two public formats of plain routing: CVRPLIB `.vrp` files and Solomon's texts. What we cannot honour is refused by name."""

from pathlib import Path

import numpy as np

from wanjia.planning.arrays import Array
from wanjia.planning.contract import BadInput, refuse_strangers, strangers

from .packing import refuse_too_few
from .problem import Problem

FOREVER = float("inf")
MOST_CLIENTS = 10_000
KNOWN_HEADERS = ("NAME", "COMMENT", "TYPE", "DIMENSION", "CAPACITY", "VEHICLES", "EDGE_WEIGHT_TYPE", "EDGE_WEIGHT_FORMAT", "NODE_COORD_TYPE", "DISPLAY_DATA_TYPE")
UNSUPPORTED = {"EDGE_WEIGHT_SECTION", "TIME_WINDOW_SECTION", "SERVICE_TIME_SECTION", "PICKUP_SECTION", "BACKHAUL_SECTION", "LINEHAUL_SECTION", "STANDTIME_SECTION"}
KNOWN_SECTIONS = {"NODE_COORD_SECTION", "DEMAND_SECTION", "DEPOT_SECTION"}


def read_problem(path: str | Path) -> Problem:
    """Read a CVRPLIB `.vrp` file or a Solomon text file; raises BadInput naming the line."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise BadInput(str(path), "读不了这个文件,请检查路径和编码。", f"cannot read this file: {error}") from error
    lines = text.splitlines()
    starts = [line.strip().upper() for line in lines]
    if any(line.startswith(("NODE_COORD_SECTION", "EDGE_WEIGHT_TYPE", "DIMENSION")) for line in starts):
        return _read_cvrplib(lines)
    if any(line.startswith("CUST") for line in starts):
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
        shown = line.strip()[:40]
        raise BadInput(
            f"line {number}", f"这一行应当是 {count} 个数字:「{shown}」。", f"expected {count} numbers, found {shown!r}"
        )
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
        word = words.split()[0].rstrip(":").upper()
        if word.endswith("_SECTION"):
            current = sections.setdefault(word, [])
        elif current is None or ":" in words:
            key, colon, value = words.partition(":" if ":" in words else " ")
            headers[key.strip().upper()] = value.strip().strip('"')
        else:
            current.append((number, line))
    return headers, sections


def _read_cvrplib(lines: list[str]) -> Problem:
    headers, sections = _sections(lines)
    _only_what_we_honour(headers, sections)
    capacity, size = (_header(headers, key) for key in ("CAPACITY", "DIMENSION"))
    nodes = [_numbers(line, number, 3) for number, line in sections.get("NODE_COORD_SECTION", [])]
    demands = [_numbers(line, number, 2) for number, line in sections.get("DEMAND_SECTION", [])]
    if not nodes or len(nodes) != size:
        raise BadInput(
            "NODE_COORD_SECTION",
            f"DIMENSION 是 {size},坐标却有 {len(nodes)} 行。",
            f"DIMENSION is {size}, but there are {len(nodes)} lines of coordinates",
        )
    if [n[0] for n in nodes] != [d[0] for d in demands]:
        raise BadInput("DEMAND_SECTION", "需求的编号与坐标的编号对不上。", "its node numbers are not those of the coordinates")
    _first_is_depot(nodes, sections.get("DEPOT_SECTION", []))
    table = np.array([[node[1], node[2], demand[1], 0.0, FOREVER, 0.0] for node, demand in zip(nodes, demands, strict=True)])
    vehicles = _header(headers, "VEHICLES") if "VEHICLES" in headers else len(nodes) - 1
    rounding = "nearest" if headers.get("EDGE_WEIGHT_TYPE", "EUC_2D") == "EUC_2D" else "up"
    return _problem(headers.get("NAME", ""), table, float(capacity), vehicles, rounding)


def _only_what_we_honour(headers: dict[str, str], sections: dict[str, list[tuple[int, str]]]) -> None:
    """Refuse distances, limits and sections that would otherwise be passed over in silence."""
    kind = headers.get("EDGE_WEIGHT_TYPE", "EUC_2D")
    if kind not in ("EUC_2D", "CEIL_2D"):
        raise BadInput(
            "EDGE_WEIGHT_TYPE",
            f"不支持 {kind},只支持 EUC_2D 和 CEIL_2D(由坐标计算距离)。",
            f"{kind} is not supported, only EUC_2D and CEIL_2D (distances from coordinates)",
        )
    if headers.get("TYPE", "CVRP").split()[:1] != ["CVRP"]:
        raise BadInput("TYPE", f"不支持 {headers['TYPE']},只支持 CVRP。", f"{headers['TYPE']} is not supported, only CVRP")
    limits = [key for key in ("DISTANCE", "SERVICE_TIME") if key in headers]
    strange = limits + sorted(set(sections) & UNSUPPORTED)
    if strange:
        raise BadInput(
            strange[0], "不支持这一项,忽略它会得到错误的路线。", "not supported; passing over it would give wrong routes"
        )
    refuse_strangers([*strangers(headers, KNOWN_HEADERS, "{}"), *strangers(sections, KNOWN_SECTIONS, "{}")])


def _first_is_depot(nodes: list[list[float]], lines: list[tuple[int, str]]) -> None:
    depots = []
    for number, line in lines:
        depots.append(_numbers(line, number, 1)[0])
    depots = [depot for depot in depots if depot != -1]
    if len(depots) > 1:
        raise BadInput("DEPOT_SECTION", "只支持一个车场。", "only one depot is supported")
    if depots and depots[0] != nodes[0][0]:
        raise BadInput("DEPOT_SECTION", "车场必须是第一个点。", "the depot must be the first node")


def _header(headers: dict[str, str], key: str) -> int:
    try:
        value = float(headers[key])
    except (KeyError, ValueError):
        value = float("nan")
    if not 0 < value < 2**31 or value != int(value):
        raise BadInput(key, f"缺少 {key},或不是正整数。", f"{key} is missing or no positive whole number")
    return int(value)


def _read_solomon(lines: list[str]) -> Problem:
    start = next(i for i, line in enumerate(lines) if line.strip().upper().startswith("CUST"))
    head = [(i + 1, line) for i, line in enumerate(lines[:start]) if i and line.split() and line.split()[0].isdigit()]
    if not head:
        raise BadInput("VEHICLE", "缺少车辆数和载量。", "the number of vehicles and their capacity are missing")
    vehicles, capacity = _numbers(head[-1][1], head[-1][0], 2)
    if vehicles < 1 or vehicles != int(vehicles) or capacity <= 0:
        raise BadInput(f"line {head[-1][0]}", "车辆数应为正整数,载量应为正数。", "expected whole vehicles and a capacity above 0")
    body = [(i + 1, line) for i, line in enumerate(lines) if i > start and line.strip()]
    body = [(number, line) for number, line in body if not line.strip().upper().startswith("CUST")]
    rows = [_numbers(line, number, 7) for number, line in body]
    for (number, _), row, expected in zip(body, rows, range(len(rows)), strict=True):
        if row[0] != expected:
            raise BadInput(f"line {number}", f"客户编号应为 {expected}。", f"customer number should be {expected}")
    return _problem(lines[0].strip(), np.array([row[1:] for row in rows]), capacity, int(vehicles), "none")


def _problem(name: str, table: Array, capacity: float, vehicles: int, rounding: str) -> Problem:
    """table: (n, 6) x, y, demand, ready, due, service."""
    if not 2 <= len(table) <= MOST_CLIENTS + 1:
        raise BadInput("CUSTOMER", f"客户应有 1 到 {MOST_CLIENTS} 个。", f"expected 1 to {MOST_CLIENTS} clients")
    xy, (demand, ready, due, service) = table[:, :2], table[:, 2:].T
    if np.abs(xy).max() > 1e6 or np.nanmax(np.where(np.isfinite(due), due, 0)) > 1e9:
        raise BadInput("CUSTOMER", "坐标或时间太大。", "coordinates or times are too large")
    _each_client(
        (demand > capacity, "需求超过一辆车的载量。", "its demand exceeds a vehicle's capacity"),
        ((demand < 0) | (service < 0) | (ready < 0), "需求、服务时间或时间窗为负。", "a negative demand, service or window"),
        (ready > due, "时间窗倒置。", "its window ends before it begins"),
        (
            _too_far(xy, ready, due, service, rounding),
            "即使直接往返也赶不上时间窗。",
            "even alone it cannot be served within the windows",
        ),
    )
    refuse_too_few(demand[1:], capacity, vehicles)
    return Problem(name, xy, demand, capacity, vehicles, ready, due, service, rounding)


def _each_client(*rules: tuple[Array, str, str]) -> None:
    for broken, zh, en in rules:
        if broken.any():
            raise BadInput(f"client {int(np.argmax(broken))}", zh, en)


def _too_far(xy: Array, ready: Array, due: Array, service: Array, rounding: str) -> Array:
    """Tell which clients no route could serve: out, served and home again after the depot closes."""
    way = np.hypot(*(xy - xy[0]).T) - (0.5 if rounding == "nearest" else 0.0)
    start = np.maximum(ready, ready[0] + way)
    late: Array = (start > due + 1e-6) | (start + service + way > due[0] + 1e-6)
    late[0] = False
    return late
