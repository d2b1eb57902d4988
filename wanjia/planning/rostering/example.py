"""Made-up counties with schools, posts and guards, for tests, benchmarks and demonstrations. Nobody in them is real."""

from __future__ import annotations

import math
import random
from datetime import date, timedelta
from typing import Any

_REACH_KM = {"police": 24, "teacher": 8, "security": 10, "parent": 4}
_SHARE = (("police", 0.15), ("teacher", 0.45), ("security", 0.20), ("parent", 0.20))
_WEEK_CAP = {"police": 8, "teacher": 8, "security": 15, "parent": 4}
_TARGET_PER_DAY = {"police": 1.0, "teacher": 1.2, "security": 1.7, "parent": 1.0}
_FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
_GIVEN = "安宁和平明远思源青山若水嘉禾云川"


def county(seed: int, *, schools: int = 60, guards: int = 400, days: int = 22, start: str = "2026-09-01") -> dict[str, Any]:
    """Return the JSON data of a county's roster problem with about eight seats a school, five days a week."""
    rng = random.Random(seed)
    where = _places(rng, schools)
    roster_days = working_days(start, days)
    people = _people(rng, where, guards, days)
    posts, seats = _posts_and_seats(rng, schools, people)
    return {
        "days": roster_days,
        "posts": posts,
        "seats": seats,
        "guards": people,
        "absent": _absences(rng, people, roster_days),
        "rules": {
            "one_place_per_slot": True,
            "no_three_days_running_with_both_ends": ["police", "teacher", "parent"],
        },
        "weights": {
            "open_seat": 1000,
            "not_fixed_person": 4,
            "per_km": 1,
            "per_duty_off_target": 3,
            "steeper_beyond": 4,
            "steeper_extra_per_duty": 6,
        },
    }


def together(counties: list[dict[str, Any]]) -> dict[str, Any]:
    """Return one problem that holds several counties; codes are prefixed with the county's number."""
    one: dict[str, Any] = {key: counties[0][key] for key in ("days", "rules", "weights")}
    one |= {"posts": [], "seats": [], "guards": [], "absent": []}
    for number, data in enumerate(counties):
        mark = f"C{number}-"
        for post in data["posts"]:
            one["posts"].append(post | {"id": mark + post["id"], "school": mark + post["school"]})
        for guard in data["guards"]:
            km = {mark + school: distance for school, distance in guard["km"].items()}
            one["guards"].append(guard | {"id": mark + guard["id"], "km": km})
        for seat in data["seats"]:
            fixed = seat["fixed_person"] and mark + seat["fixed_person"]
            own = {"id": mark + seat["id"], "post": mark + seat["post"], "fixed_person": fixed}
            one["seats"].append(seat | own | {"allowed": [mark + code for code in seat["allowed"]]})
        one["absent"] += [[mark + guard, day, slot] for guard, day, slot in data["absent"]]
    return one


def working_days(start: str, count: int) -> list[str]:
    """Return the first `count` days from `start` on that fall on Monday to Friday."""
    found: list[str] = []
    day = date.fromisoformat(start)
    while len(found) < count:
        if day.isoweekday() <= 5:
            found.append(day.isoformat())
        day += timedelta(days=1)
    return found


def _places(rng: random.Random, schools: int) -> list[tuple[float, float]]:
    """Scatter schools around townships, some of which lie close together."""
    side = 15.0 * math.sqrt(schools)
    towns = [(rng.uniform(0, side), rng.uniform(0, side)) for _ in range(max(1, schools * 2 // 5))]
    near = [rng.choice(towns) for _ in range(schools)]
    return [(rng.gauss(x, 3.0), rng.gauss(y, 3.0)) for x, y in near]


def _people(rng: random.Random, where: list[tuple[float, float]], guards: int, days: int) -> list[dict[str, Any]]:
    people: list[dict[str, Any]] = []
    for kind, share in _SHARE:
        for turn in range(round(guards * share)):
            home = turn % len(where) if kind == "security" else rng.randrange(len(where))
            km = {f"S{i}": round(math.dist(where[home], spot)) for i, spot in enumerate(where)}
            name = rng.choice(_FAMILY) + rng.choice(_GIVEN) + rng.choice(("", rng.choice(_GIVEN)))
            people.append(
                {
                    "id": f"G{len(people)}",
                    "name": name,
                    "kind": kind,
                    "cap_per_week": _WEEK_CAP[kind],
                    "target": round(days * _TARGET_PER_DAY[kind]),
                    "km": {school: distance for school, distance in km.items() if distance <= _REACH_KM[kind]},
                }
            )
    return people


def _posts_and_seats(
    rng: random.Random, schools: int, people: list[dict[str, Any]]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    posts = [{"id": f"P{i}", "school": f"S{i}", "place": "gate"} for i in range(schools)]
    for i in range(schools, schools * 5 // 2):
        posts.append({"id": f"P{i}", "school": f"S{rng.randrange(schools)}", "place": "crossing"})
    seats: list[dict[str, Any]] = []
    for i, post in enumerate(posts):
        for slot, kinds in _needs(i, schools):
            allowed = [who["id"] for who in people if who["kind"] in kinds and post["school"] in who["km"]]
            near = [who["id"] for who in people if who["id"] in allowed and who["km"][post["school"]] == 0] or allowed
            fixed = rng.choice(near) if near else None
            seat = {"id": f"Q{len(seats)}", "post": post["id"], "slot": slot, "kinds": kinds}
            seats.append(seat | {"allowed": allowed, "fixed_person": fixed})
    return posts, seats


def _needs(post: int, schools: int) -> list[tuple[str, list[str]]]:
    if post >= schools:
        return [(slot, ["teacher", "parent"]) for slot in (["07:30", "17:40"] if post * 9 < schools * 17 else [])]
    needs = []
    for slot in ("07:30", "12:00", "17:40"):
        if slot != "12:00" or post % 4 == 0:
            needs += [(slot, ["security"]), (slot, ["teacher"])]
        if slot != "12:00" and post % 2 == 0:
            needs.append((slot, ["police"]))
    return needs


def _absences(rng: random.Random, people: list[dict[str, Any]], days: list[str]) -> list[list[str]]:
    """Police rest every fourth or fifth day, parents are often at work, the others seldom away."""
    absent = []
    for number, who in enumerate(people):
        for i, day in enumerate(days):
            for slot in ("07:30", "12:00", "17:40"):
                if who["kind"] == "parent" and rng.random() < 0.4:
                    absent.append([who["id"], day, slot])
            off = (i + number) % 6 == 0 or (i + number) % 20 == 3 if who["kind"] == "police" else rng.random() < 0.05
            if off and who["kind"] != "parent":
                absent += [[who["id"], day, slot] for slot in ("07:30", "12:00", "17:40")]
    return absent
