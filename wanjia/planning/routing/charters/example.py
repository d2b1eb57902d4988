"""A made-up season for benches, demos and tests: invented people, place names as numbers, no real data."""

from typing import Any

import numpy as np


def season(
    people: int = 162_700, *, hubs: int = 11, cities: int = 30, days: int = 28, seed: int = 1, window: int = 6
) -> dict[str, Any]:
    """Return a document in the format of `wire`: hubs in a mountain prefecture, cities along five corridors.

    window: mean length of the windows in days. Cities differ in size as places do (a few take most).
    """
    dice = np.random.default_rng(seed)
    hub_rows = [
        {"id": f"县{n + 1}", "lat": 27.4 + 1.4 * dice.random(), "lon": 103.2 + 1.6 * dice.random(), "mountain_s": 5400}
        for n in range(hubs)
    ]
    angles = np.array([0.0, 12.0, 28.0, -14.0, 60.0])
    city_rows = []
    for n in range(cities):
        bearing = np.radians(angles[n % 5] + dice.normal(0, 2.5))
        far = 500 + 1200 * (n // 5 + dice.random()) / max(1, cities // 5)
        lat, lon = 27.9 + far / 111 * np.sin(bearing), 104.0 + far / 98 * np.cos(bearing)
        city_rows.append({"id": f"市{n + 1}", "lat": float(lat), "lon": float(lon)})
    towns = [
        {"id": f"乡{n + 1}", "hub": f"县{n % hubs + 1}", "feeder_s": int(dice.integers(600, 7200))} for n in range(hubs * 14)
    ]
    weight = 1.0 / np.arange(1, cities + 1) ** 0.9
    city = dice.choice(cities, people, p=weight / weight.sum())
    size = dice.dirichlet(np.full(hubs, 3.0))
    hub = dice.choice(hubs, people, p=size)
    town = hub + hubs * dice.integers(0, 14, people)
    first = np.minimum(days - 1, dice.gamma(3.0, days / 9.0, people).astype(int))
    last = np.minimum(days - 1, first + dice.poisson(window - 1, people))
    workers = {
        "id": [f"w{n}" for n in range(people)],
        "township": [f"乡{n + 1}" for n in town.tolist()],
        "destination": [f"市{n + 1}" for n in city.tolist()],
        "earliest_day": first.tolist(),
        "latest_day": last.tolist(),
    }
    return {"days": days, "seats": 50, "hubs": hub_rows, "cities": city_rows, "townships": towns, "workers": workers}
