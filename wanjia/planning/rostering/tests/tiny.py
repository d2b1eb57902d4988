"""Tiny problems that exhaustive search can settle, and that search."""

import itertools
import random

from wanjia.planning.rostering.check import breaches, score
from wanjia.planning.rostering.problem import Problem
from wanjia.planning.rostering.reading import problem_from_json

DAYS = ["2026-09-03", "2026-09-04", "2026-09-07"]  # Thursday, Friday, Monday
KINDS = ("teacher", "police")


def tiny(seed: int, *, stable: int = 0) -> Problem:
    """Return two seats of one gate, three days, two or three guards, and now and then every other rule."""
    rng = random.Random(seed)
    guards = [
        {
            "id": f"G{i}",
            "name": f"王{'甲乙丙'[i]}",
            "kind": rng.choice(KINDS),
            "target": rng.randrange(4),
            "carried": rng.choice([0, 0, 1, -1]),
            "km": {"S0": rng.randrange(6)},
            "cap_per_week": rng.choice([None, 1, 2, 3, 4]),
            "cap_per_day": rng.choice([None, None, 1]),
            "cap_per_month": rng.choice([None, None, 3]),
        }
        for i in range(rng.choice([1, 2, 3]))
    ]
    codes = [guard["id"] for guard in guards]
    slots = rng.choice([("07:30", "17:40"), ("07:30", "07:30")])
    seats = [
        {
            "id": f"Q{i}",
            "post": "P0",
            "slot": slot,
            "kinds": list(KINDS),
            "allowed": rng.sample(codes, rng.randint(1, len(codes))),
            "fixed_person": rng.choice([*codes, None]),
        }
        for i, slot in enumerate(slots)
    ]
    data: dict = {
        "days": DAYS,
        "days_before": rng.choice([[], ["2026-09-01", "2026-09-02"]]),
        "posts": [{"id": "P0", "school": "S0", "place": "gate"}],
        "seats": seats,
        "guards": guards,
        "absent": [[rng.choice(codes), rng.choice(DAYS), rng.choice(slots)] for _ in range(rng.randrange(4))],
        "rules": {"no_three_days_running_with_both_ends": rng.choice([[], ["teacher"], list(KINDS)])},
        "weights": {"open_seat": rng.choice([20, 1000]), "per_person_week": stable, "steeper_beyond": rng.choice([0, 1, 4])},
    }
    if data["days_before"]:
        data["served_before"] = [["G0", day, slot] for day in data["days_before"] for slot in dict.fromkeys(slots)][
            : rng.randrange(5)
        ]
    if rng.random() < 0.3:
        data["weights"]["per_change"] = rng.choice([1, 50])
        data["published"] = [[seat["id"], day, rng.choice([*seat["allowed"], None])] for seat in seats for day in DAYS]
    if rng.random() < 0.3:
        data["locks"] = [["Q1", DAYS[1], None]]
    return problem_from_json(data)


def best_of_all(problem: Problem) -> int:
    """Return the points of the best valid plan, by trying every plan."""
    cells = [(seat, day) for seat in problem.seats for day in problem.days]
    choices = [(*seat.allowed, None) for seat, _ in cells]
    best = None
    for chosen in itertools.product(*choices):
        plan = {(seat.id, day): who for (seat, day), who in zip(cells, chosen, strict=True)}
        points = score(problem, plan).total
        if (best is None or points < best) and not breaches(problem, plan):
            best = points
    assert best is not None
    return best
