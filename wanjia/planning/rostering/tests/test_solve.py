"""The engine against exhaustive search, the referee, itself on two processes, and the clock."""

import dataclasses
import json
import signal
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from wanjia.planning.contract import Control
from wanjia.planning.rostering import solve as engine
from wanjia.planning.rostering.check import breaches, score
from wanjia.planning.rostering.clerk import greedy
from wanjia.planning.rostering.example import county, together
from wanjia.planning.rostering.parts import parts
from wanjia.planning.rostering.reading import problem_from_json, roster_to_json
from wanjia.planning.rostering.solve import _begin, solve
from wanjia.planning.rostering.tests.tiny import best_of_all, tiny


@pytest.fixture(scope="module")
def small():
    return problem_from_json(county(5, schools=12, guards=80, days=15))


@pytest.mark.parametrize("seed", range(60))
def test_the_roster_is_the_best_of_all(seed):
    problem = tiny(seed)
    roster = solve(problem)
    assert breaches(problem, roster.plan) == []
    assert roster.objective == score(problem, roster.plan).total == best_of_all(problem)
    assert roster.bound == roster.objective


@pytest.mark.parametrize("seed", range(100, 130))
def test_the_stable_roster_is_bounded_and_close(seed):
    problem = tiny(seed, stable=7)
    roster, best = solve(problem), best_of_all(problem)
    assert breaches(problem, roster.plan) == []
    assert roster.bound <= best <= roster.objective == score(problem, roster.plan).total
    assert roster.objective <= best + 7


def test_the_rest_rule_costs_something_on_some_tiny_problem():
    """Negative control: were the rule dropped, the search above would notice."""
    costs = []
    for seed in range(60):
        problem = tiny(seed)
        free = problem.changed(rules=dataclasses.replace(problem.rules, no_three_days_with_both_ends=frozenset()))
        costs.append(solve(problem).objective - solve(free).objective)
    assert min(costs) == 0
    assert max(costs) > 0


def test_a_county_is_proven_and_keeps_every_rule(small):
    roster = solve(small)
    assert roster.finished
    assert breaches(small, roster.plan) == []
    assert roster.objective - roster.bound <= 2e-4 * roster.objective
    assert roster.objective < score(small, greedy(small)).total


def test_stability_shows_fewer_faces_and_an_honest_bound():
    small = problem_from_json(county(5, schools=5, guards=36, days=8))
    plain = solve(small)
    stable = solve(small.weighing(per_person_week=10), seed=3)
    assert breaches(small, stable.plan) == []
    assert score(small, stable.plan).people < score(small, plain.plan).people
    assert plain.bound < stable.bound <= stable.objective
    assert stable.gap < 0.05


def test_same_seed_same_bytes_on_one_process_and_on_two():
    problem = problem_from_json(together([county(1, schools=3, guards=24, days=5), county(2, schools=3, guards=20, days=5)]))
    stable = problem_from_json(county(1, schools=3, guards=20, days=5)).weighing(per_person_week=5)
    assert solve(stable, seed=4).plan == solve(stable, seed=4).plan
    first, again, two = solve(problem, seed=4), solve(problem, seed=4), solve(problem, seed=4, processes=2)
    lines = [json.dumps(roster_to_json(problem, one)["assignments"]) for one in (first, again, two)]
    assert lines[0] == lines[1] == lines[2]
    assert (first.objective, first.bound) == (two.objective, two.bound)


@pytest.mark.parametrize("stable", [0, 10])
@pytest.mark.parametrize("control", [lambda: Control(seconds=0.0), lambda: Control(cancel=lambda: True)], ids=["time", "cancel"])
def test_a_stopped_solver_returns_a_valid_roster_and_an_honest_bound(small, control, stable):
    problem = small.weighing(per_person_week=stable)
    roster, whole = solve(problem, control=control()), solve(small)
    assert not roster.finished
    assert breaches(problem, roster.plan) == []
    assert 0 < roster.bound <= whole.objective


def test_parts_share_nobody_and_leave_nobody_out(small):
    pieces = parts(small)
    assert len(pieces) > 1
    seats = [seat.id for piece in pieces for seat in piece.seats]
    guards = [guard.id for piece in pieces for guard in piece.guards]
    assert sorted(seats) == sorted(seat.id for seat in small.seats)
    assert sorted(guards) == sorted(guard.id for guard in small.guards)
    assert sum(len(piece.absent) for piece in pieces) == len(small.absent)


def test_locks_and_the_published_base_hold(small):
    base = solve(small).plan
    seat = small.seats[0]
    other = next(
        code
        for code in seat.allowed
        if code != base[seat.id, small.days[0]] and (code, small.days[0], seat.slot) not in small.absent
    )
    locked = small.changed(locks={(seat.id, small.days[0]): other}, published=base).weighing(per_change=100)
    roster = solve(locked)
    assert roster.plan[seat.id, small.days[0]] == other
    assert breaches(locked, roster.plan) == []
    assert sum(base[cell] != who for cell, who in roster.plan.items()) <= 4


def test_progress_reaches_the_end(small):
    told = []
    solve(small, control=Control(progress=lambda share, words: told.append(share)))
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1.0)


@pytest.mark.parametrize("guarded", [True, False])
def test_an_interrupt_at_the_keyboard_is_for_the_first_process_alone(guarded):
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background work ignores it, and so would the children
    context = get_context("spawn")
    begin = {"initializer": _begin, "initargs": (context.Event(),)} if guarded else {}
    with ProcessPoolExecutor(1, mp_context=context, **begin) as pool:
        heeded = pool.submit(signal.getsignal, signal.SIGINT).result()
    signal.signal(signal.SIGINT, before)
    assert (heeded is signal.SIG_IGN) == guarded


@pytest.mark.parametrize("stopped", [True, False])
def test_a_stop_reaches_the_parts_under_way_in_other_processes(small, stopped, monkeypatch):
    stop = get_context("spawn").Event()
    monkeypatch.setattr(engine, "_told", [stop])
    if stopped:
        stop.set()
    piece = max(parts(small), key=lambda part: len(part.seats))
    _, roster = engine._in_child(piece, 1, float("inf"))
    assert roster.finished != stopped
