"""The referee itself: each rule has a plan that breaks it and nothing else."""

import pytest

from wanjia.planning.rostering.check import breaches, score
from wanjia.planning.rostering.reading import problem_from_json

DAYS = ["2026-09-03", "2026-09-04", "2026-09-07", "2026-09-08"]


def world(**changes):
    guards = [
        {"id": "li", "name": "李安", "kind": "teacher", "target": 2, "km": {"S": 1}},
        {"id": "wang", "name": "王宁", "kind": "police", "target": 2, "km": {"S": 3}, "qualifications": ["traffic"]},
    ]
    for guard in guards:
        guard.update(changes.pop(guard["id"], {}))
    data = {
        "days": DAYS,
        "posts": [{"id": "P", "school": "S", "place": "gate"}],
        "seats": [
            {
                "id": "early",
                "post": "P",
                "slot": "07:30",
                "kinds": ["teacher", "police"],
                "allowed": ["li", "wang"],
                "fixed_person": "li",
            },
            {
                "id": "early2",
                "post": "P",
                "slot": "07:30",
                "kinds": ["police"],
                "qualifications": ["traffic"],
                "fixed_person": "wang",
            },
            {"id": "late", "post": "P", "slot": "17:40", "kinds": [], "allowed": ["li"]},
        ],
        "guards": guards,
        "rules": {"no_three_days_running_with_both_ends": ["teacher"]},
        "weights": {},
    }
    return problem_from_json(data | changes)


def plan(*filled):
    return {(seat, day): None for seat in ("early", "early2", "late") for day in DAYS} | dict(filled)


def both(days):
    return [((seat, day), "li") for seat in ("early", "late") for day in days]


@pytest.mark.parametrize(
    ("problem", "filled", "rule"),
    [
        pytest.param(world(), [(("early2", DAYS[0]), "li")], {"kind", "qualification", "allowed"}, id="kind and qualification"),
        pytest.param(world(), [(("late", DAYS[0]), "wang")], {"allowed"}, id="allowed"),
        pytest.param(world(absent=[["li", DAYS[0], "07:30"]]), [(("early", DAYS[0]), "li")], {"absent"}, id="absent"),
        pytest.param(world(locks=[["early", DAYS[0], None]]), [(("early", DAYS[0]), "li")], {"lock"}, id="lock"),
        pytest.param(world(), [(("early", DAYS[0]), "wang"), (("early2", DAYS[0]), "wang")], {"slot"}, id="two places"),
        pytest.param(world(li={"cap_per_day": 1}), both(DAYS[:1]), {"day_cap"}, id="day cap"),
        pytest.param(world(li={"cap_per_week": 3}), both(DAYS[:2]), {"week_cap"}, id="week cap"),
        pytest.param(world(li={"cap_per_month": 3}), both([DAYS[0], DAYS[2]]), {"month_cap"}, id="month cap"),
        pytest.param(world(), both(DAYS[:3]), {"rest"}, id="three roster days over a weekend"),
        pytest.param(
            world(
                days_before=["2026-09-01", "2026-09-02"],
                served_before=[["li", f"2026-09-0{d}", s] for d in (1, 2) for s in ("07:30", "17:40")],
            ),
            both(DAYS[:1]),
            {"rest"},
            id="rest across the month's edge",
        ),
        pytest.param(world(), [(("early", "2026-10-01"), "li")], {"unknown"}, id="unknown day"),
        pytest.param(world(), [(("early", DAYS[0]), "zhao")], {"unknown"}, id="unknown guard"),
    ],
)
def test_each_rule_is_seen(problem, filled, rule):
    assert {breach.rule for breach in breaches(problem, plan(*filled))} == rule


def test_what_is_allowed_is_let_through():
    assert breaches(world(), plan(*both([DAYS[0], DAYS[1], DAYS[3]]), (("early2", DAYS[0]), "wang"))) == []
    missing = plan()
    del missing["early", DAYS[0]]
    assert [breach.rule for breach in breaches(world(), missing)] == ["missing"]


def test_the_score_is_counted_as_by_hand():
    problem = world(weights={"per_person_week": 10, "steeper_beyond": 1})
    points = score(problem, plan(*both([DAYS[0], DAYS[2], DAYS[3]]), (("early", DAYS[1]), "wang")))
    assert points.open_seats == 5
    assert points.cover == 5000
    assert points.fixed == 4 * (3 + 1)  # late has no fixed person; Wang stands in for Li once
    assert points.km == 6 * 1 + 3
    assert points.fairness == (4 * 3 + 3 * 6) + 1 * 3  # Li serves 6 of 2, Wang 1 of 2
    assert points.people == 5  # early: Li and Wang, then Li; late: Li, Li
    assert points.total == 5000 + 16 + 9 + 33 + 50
