"""Small made-up worlds: a valley of homes and schools, a routing file, a season of departures."""

from typing import Any

import numpy as np


def valley(homes: int = 24, schools: int = 2, buses: int = 3, seats: int = 12, seed: int = 1, **more: Any) -> dict[str, Any]:
    """Return a school-bus document; homes lie around their schools, the yard near the first."""
    dice = np.random.default_rng(seed)
    gates = dice.normal(0, 4_000, (schools, 2))
    belongs = dice.integers(0, schools, homes)
    doors = gates[belongs] + dice.normal(0, 2_500, (homes, 2))
    points = np.vstack([gates[:1] + 300.0, gates, doors])
    line = np.sqrt(((points[:, None] - points[None]) ** 2).sum(axis=2))
    metres = np.rint(line * 1.4).astype(int)
    children = dice.integers(1, 4, homes)
    return {
        "places": ["yard", *(f"school{s}" for s in range(schools)), *(f"home{h}" for h in range(homes))],
        "metres": metres.tolist(),
        "seconds": np.ceil(metres / 7.0).astype(int).tolist(),
        "households": [
            {"id": f"home{h}", "school": f"school{belongs[h]}", "children": int(children[h]), "boarding_seconds": 50}
            for h in range(homes)
        ],
        "fleet": [{"buses": buses, "seats": seats}],
        "earliest_departure_s": 22_500,
        "school_opens_s": 25_200,
        "bell_s": 28_800,
        "max_ride_s": 3_000,
    } | more


def solomon(clients: int = 20, vehicles: int = 8, seed: int = 1) -> str:
    """Return a text in Solomon's layout with windows that a tour of a few clients can keep."""
    dice = np.random.default_rng(seed)
    lines = ["TINY", "", "VEHICLE", "NUMBER     CAPACITY", f"  {vehicles}   60", "", "CUSTOMER"]
    lines += ["CUST NO.  XCOORD.  YCOORD.  DEMAND  READY TIME  DUE DATE  SERVICE TIME", "", "0 50 50 0 0 400 0"]
    for n in range(clients):
        x, y = dice.integers(20, 80, 2)
        ready = int(dice.integers(40, 200))
        lines.append(f"{n + 1} {x} {y} {dice.integers(1, 20)} {ready} {ready + 100} 10")
    return "\n".join(lines) + "\n"


def cvrp(clients: int = 30, capacity: int = 50, seed: int = 1) -> str:
    """Return a text in CVRPLIB's layout."""
    dice = np.random.default_rng(seed)
    nodes = [f"{n + 1}\t{x}\t{y}" for n, (x, y) in enumerate(dice.integers(0, 1000, (clients + 1, 2)))]
    demands = [f"{n + 1}\t{0 if n == 0 else dice.integers(1, 15)}" for n in range(clients + 1)]
    head = ["NAME : tiny", "TYPE : CVRP", f"DIMENSION : {clients + 1}", "EDGE_WEIGHT_TYPE : EUC_2D", f"CAPACITY : {capacity}"]
    return "\n".join([*head, "NODE_COORD_SECTION", *nodes, "DEMAND_SECTION", *demands, "DEPOT_SECTION", "1", "-1", "EOF"]) + "\n"
