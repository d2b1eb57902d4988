"""Made-up mornings of school buses, of a dozen kinds: where fleets are short, rides long, seats scarce or hamlets close together.

Invented from a seed: no real places or people. The format is that of `wanjia plan buses`.
"""

from typing import Any

import numpy as np

METRES_A_SECOND = 7.5
OPENS_S, BELL_S = 25_200, 28_800

KINDS: dict[str, dict[str, Any]] = {
    "like the samples": {},
    "another valley": {"seed": 7, "main_share": 0.6},
    "short fleet": {"fleet": ((6, 17), (3, 31))},
    "very short fleet": {"fleet": ((3, 17), (2, 31))},
    "one school": {"schools": 1, "fleet": ((6, 17), (3, 31))},
    "equal schools": {"main_share": 0.2},
    "long roads": {"reach_m": 4_000, "max_ride_s": 3_600, "fleet": ((12, 17), (5, 31))},
    "short rides": {"max_ride_s": 1_800},
    "scarce seats": {"fleet": ((16, 9),)},
    "slow boarding": {"boarding_s": 120, "fleet": ((10, 17), (4, 31))},
    "hamlets": {"hamlets": 30},
    "a bell for each school": {"staggered": True, "fleet": ((10, 17), (5, 31))},
    "twenty minutes of gate": {"opens_s": 27_600},
    "small township": {"homes": 60, "schools": 2, "fleet": ((3, 17),)},
    "large county": {"homes": 500, "schools": 8, "fleet": ((15, 17), (8, 31))},
}


def morning(
    *,
    homes: int = 260,
    schools: int = 5,
    fleet: tuple[tuple[int, int], ...] = ((8, 17), (4, 31)),
    seed: int = 3,
    main_share: float = 0.8,
    reach_m: float = 2_500,
    hamlets: int = 0,
    max_ride_s: int = 4_500,
    boarding_s: int = 40,
    opens_s: int = OPENS_S,
    staggered: bool = False,
) -> dict[str, Any]:
    """Return an instance. fleet: (buses, seats) of each kind; main_share: pupils of the first school; reach_m: how far homes
    lie from their school in the mean; hamlets: how many clusters homes stand in (0: scattered); staggered: gates of 20 minutes, one
    school after another."""
    points, belongs, children = ground(homes=homes, schools=schools, seed=seed, main_share=main_share, reach_m=reach_m, hamlets=hamlets)
    line = np.sqrt(((points[:, None] - points[None]) ** 2).sum(axis=2))
    metres = np.rint(line * 1.4).astype(int)
    document = {
        "places": ["yard", *(f"school{s}" for s in range(schools)), *(f"home{h}" for h in range(homes))],
        "metres": metres.tolist(),
        "seconds": np.ceil(metres / METRES_A_SECOND).astype(int).tolist(),
        "households": [
            {
                "id": f"home{h}",
                "school": f"school{belongs[h]}",
                "children": int(children[h]),
                "boarding_seconds": boarding_s + 10 * int(children[h]),
            }
            for h in range(homes)
        ],
        "fleet": [{"buses": buses, "seats": seats} for buses, seats in fleet],
        "earliest_departure_s": 22_500,
        "school_opens_s": opens_s,
        "bell_s": BELL_S,
        "max_ride_s": max_ride_s,
    }
    if staggered:
        opens = {f"school{s}": 25_200 + 600 * s for s in range(schools)}
        document["schools"] = {name: {"school_opens_s": at, "bell_s": at + 1_200} for name, at in opens.items()}
    return document


def ground(
    *, homes: int = 260, schools: int = 5, seed: int = 3, main_share: float = 0.8, reach_m: float = 2_500, hamlets: int = 0
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return where everything lies: float64 (1 + schools + homes, 2) metres of yard, gates, doors; int (homes,) which school each
    home belongs to; int (homes,) how many children ride from it."""
    dice = np.random.default_rng(seed)
    gates = np.vstack([np.zeros((1, 2)), dice.normal(0, 6_000, (schools - 1, 2))])
    share = np.array([1.0]) if schools == 1 else np.array([main_share] + [(1 - main_share) / (schools - 1)] * (schools - 1))
    belongs = dice.choice(schools, homes, p=share)
    if hamlets:
        own = dice.choice(schools, hamlets, p=share)
        centres, lives = gates[own] + _around(dice, hamlets, reach_m), dice.integers(0, hamlets, homes)
        belongs, doors = own[lives], centres[lives] + dice.normal(0, 150, (homes, 2))
    else:
        doors = gates[belongs] + _around(dice, homes, reach_m)
    return np.vstack([gates[:1] + 400.0, gates, doors]), belongs, dice.choice([1, 2, 3], homes, p=[0.7, 0.26, 0.04])


def _around(dice: np.random.Generator, count: int, reach_m: float) -> np.ndarray:
    """Return float64 (count, 2): most near the middle, a few up to four times as far as the mean."""
    far, way = np.minimum(dice.exponential(reach_m, count), 4 * reach_m), dice.uniform(0, 2 * np.pi, count)
    return np.stack([far * np.cos(way), far * np.sin(way)], axis=1)
