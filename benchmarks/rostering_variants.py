"""Counties unlike the usual one, for the rostering bench: short of people, with people to spare, joined up, oddly ruled."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from wanjia.planning.rostering.example import county

Data = dict[str, Any]


def _with_guards(data: Data, change: Callable[[int, dict], None]) -> Data:
    for number, guard in enumerate(data["guards"]):
        change(number, guard)
    return data


def _joined(data: Data) -> Data:
    """Let six teachers serve at every seat of the county, so that it is one part."""
    everywhere = [guard for guard in data["guards"] if guard["kind"] == "teacher"][:6]
    schools = sorted({post["school"] for post in data["posts"]})
    for guard in everywhere:
        guard["km"] = {school: guard["km"].get(school, 20) for school in schools}
    for seat in data["seats"]:
        seat["kinds"] = sorted({*seat["kinds"], "teacher"})
        seat["allowed"] += [guard["id"] for guard in everywhere if guard["id"] not in seat["allowed"]]
    return data


def _nights(data: Data) -> Data:
    """Add a night watch at every gate; who may have watched is absent the morning after, every other day."""
    nights = [
        seat | {"id": f"N{seat['id']}", "slot": "22:00"}
        for seat in data["seats"]
        if seat["kinds"] == ["security"] and seat["slot"] == "07:30"
    ]
    data["seats"] += nights
    data["rules"]["ends"] = ["07:30", "22:00"]
    watch = [guard["id"] for guard in data["guards"] if guard["kind"] == "security"]
    data["absent"] += [[who, day, "07:30"] for n, who in enumerate(watch) for t, day in enumerate(data["days"]) if (n + t) % 2]
    return data


def _emptied(data: Data) -> Data:
    """Leave every ninth seat with nobody to fill it, and a day on which all police are away."""
    for seat in data["seats"][::9]:
        seat["allowed"], seat["fixed_person"] = [], None
    police = [guard["id"] for guard in data["guards"] if guard["kind"] == "police"]
    data["absent"] += [[who, data["days"][3], slot] for who in police for slot in ("07:30", "12:00", "17:40")]
    return data


def _unfixed(data: Data) -> Data:
    for seat in data["seats"]:
        seat["fixed_person"] = None
    return data


def _many_kinds(data: Data) -> Data:
    """Split the kinds in three each; a seat takes two of its three."""
    _with_guards(data, lambda n, guard: guard.update(kind=f"{guard['kind']}-{n % 3}"))
    kind = {guard["id"]: guard["kind"] for guard in data["guards"]}
    for n, seat in enumerate(data["seats"]):
        seat["kinds"] = [f"{one}-{(n + k) % 3}" for one in seat["kinds"] for k in (0, 1)]
        seat["allowed"] = [who for who in seat["allowed"] if kind[who] in seat["kinds"]]
    data["rules"]["no_three_days_running_with_both_ends"] = sorted(set(kind.values()))
    return data


def _odd_caps(data: Data) -> Data:
    def change(n: int, guard: dict) -> None:
        guard["cap_per_week"] = [None, 1, 3, 7, 0][n % 5]
        guard["cap_per_day"] = [None, 1, 2][n % 3]
        guard["cap_per_month"] = [None, 12, 19, 5][n % 4]
        guard["carried"] = n % 7 - 3

    return _with_guards(data, change)


def _weighed(data: Data, **weights: int) -> Data:
    data["weights"] |= weights
    return data


def _shuffled(data: Data) -> Data:
    rng = random.Random(7)
    for key in ("posts", "seats", "guards", "absent"):
        rng.shuffle(data[key])
    return data


VARIANTS: dict[str, Callable[[], Data]] = {
    "usual": lambda: county(11),
    "short of people": lambda: county(12, guards=260),
    "people to spare": lambda: county(13, guards=640),
    "many small parts": lambda: county(14, schools=90, guards=420),
    "one part": lambda: _joined(county(15, schools=40, guards=280)),
    "nobody fixed": lambda: _unfixed(county(16)),
    "many kinds": lambda: _many_kinds(county(17)),
    "odd caps": lambda: _odd_caps(county(18)),
    "night watches": lambda: _nights(county(19)),
    "empty seats": lambda: _emptied(county(20)),
    "fairness first": lambda: _weighed(county(21), per_duty_off_target=20, steeper_beyond=1, steeper_extra_per_duty=40, per_km=0),
    "no rest rule": lambda: county(22) | {"rules": {"one_place_per_slot": True}},
    "one week": lambda: county(23, days=5),
    "two months": lambda: county(24, schools=30, guards=200, days=44),
    "in no order": lambda: _shuffled(county(25)),
}
