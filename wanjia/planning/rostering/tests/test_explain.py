"""A thousand answers, each compared with the referee's verdict on the whole plan."""

import random

import pytest

from wanjia.planning.contract import BadInput
from wanjia.planning.rostering.check import breaches, score
from wanjia.planning.rostering.example import county
from wanjia.planning.rostering.explain import Standing, explain, shortfalls
from wanjia.planning.rostering.reading import problem_from_json
from wanjia.planning.rostering.solve import solve
from wanjia.planning.rostering.swap import substitutes, swap


@pytest.fixture(scope="module")
def told():
    problem = problem_from_json(county(9, schools=6, guards=40, days=5)).weighing(per_person_week=6)
    roster = solve(problem)
    return problem, roster.plan, Standing(problem, roster.plan), roster.objective - roster.bound


def test_a_thousand_explanations_agree_with_the_referee(told):
    problem, plan, standing, _ = told
    rng, cells, asked = random.Random(1), sorted(plan), 0
    now = score(problem, plan).total
    while asked < 1000:
        seat, day = rng.choice(cells)
        one = rng.choice(explain(standing, seat, day).candidates or (None,))
        if one is None:
            continue
        sent = plan | {(seat, day): one.guard}
        found = breaches(problem, sent)
        asked += 1
        if one.rule is None:
            assert found == []
            assert score(problem, sent).total - now == one.price
        else:
            assert one.rule in found


def test_everybody_allowed_is_named_once(told):
    problem, _, standing, _ = told
    for seat in problem.seats:
        answer = explain(standing, seat.id, problem.days[0])
        assert sorted(one.guard for one in answer.candidates) == sorted(seat.allowed)
        assert [one.guard for one in answer.candidates if one.stands_here] == [w for w in [answer.guard] if w]
        assert answer.zh
        assert answer.en


def test_nobody_who_could_save_points_was_left_out(told):
    """The engine's roster is nearly best: no single replacement gains more than its gap."""
    problem, _, standing, gap = told
    prices = [
        one.price
        for seat in problem.seats
        for one in explain(standing, seat.id, problem.days[1]).candidates
        if one.price is not None
    ]
    assert min(prices) >= -gap


def test_substitutes_are_three_at_most_valid_and_ranked(told):
    problem, plan, standing, _ = told
    for seat in problem.seats:
        named = substitutes(standing, seat.id, problem.days[2])
        assert len(named) <= 3
        assert [one.price for one in named] == sorted(one.price for one in named)
        for one in named:
            assert one.guard != plan[seat.id, problem.days[2]]
            assert breaches(problem, plan | {(seat.id, problem.days[2]): one.guard}) == []


def test_swaps_agree_with_the_referee(told):
    problem, plan, standing, _ = told
    rng, cells, verdicts = random.Random(2), sorted(plan), []
    now = score(problem, plan).total
    for _ in range(150):
        day = rng.choice(problem.days)
        one, other = rng.sample([cell for cell in cells if cell[1] == day], 2)
        answer = swap(standing, one, other)
        verdicts.append(answer.allowed)
        assert answer.allowed == (breaches(problem, answer.plan) == [])
        if answer.allowed:
            assert answer.price == score(problem, answer.plan).total - now
    assert True in verdicts
    assert False in verdicts


def test_every_open_seat_has_a_remedy():
    problem = problem_from_json(county(7, schools=8, guards=30, days=6))
    plan = solve(problem).plan
    opened = sorted(plan, key=lambda cell: (cell[1], cell[0]))[::29]
    plan |= dict.fromkeys(opened)
    found = shortfalls(problem, plan)
    assert [(one.day, one.seat) for one in found] == sorted((day, seat) for (seat, day), who in plan.items() if who is None)
    for one in found:
        assert one.zh
        assert one.en
        if one.guard:
            broken = breaches(problem, plan | {(one.seat, one.day): one.guard})
            assert {breach.rule for breach in broken} >= ({one.rule} - {"free"})
            assert one.rule != "free" or broken == []
    assert {"free", "week_cap"} < {one.rule for one in found}


def test_a_seat_locked_open_asks_for_its_lock_to_be_lifted():
    problem = problem_from_json(county(7, schools=8, guards=30, days=6))
    cell = (problem.seats[0].id, problem.days[0])
    plan = dict.fromkeys((seat.id, day) for seat in problem.seats for day in problem.days)
    found = {(one.seat, one.day): one.rule for one in shortfalls(problem.changed(locks={cell: None}), plan)}
    assert [locked for locked, rule in found.items() if rule == "lock"] == [cell]
    assert found.keys() == plan.keys()


def test_an_unknown_seat_or_day_is_refused_by_name(told):
    standing = told[2]
    with pytest.raises(BadInput, match="seat Q999"):
        explain(standing, "Q999", standing.problem.days[0])
    with pytest.raises(BadInput, match="day 2020-01-01"):
        explain(standing, standing.problem.seats[0].id, "2020-01-01")
    with pytest.raises(BadInput, match="swap"):
        swap(standing, ("Q0", standing.problem.days[0]), ("Q0", standing.problem.days[0]))
