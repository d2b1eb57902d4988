"""The peers of the rostering bench: the same problem given whole to other solvers."""

from __future__ import annotations

import importlib.util
from collections import defaultdict
from typing import Any

from wanjia.planning.rostering.clerk import greedy
from wanjia.planning.rostering.problem import Problem, week_of
from wanjia.planning.rostering.reading import problem_from_file


def _hopeless(problem: Problem, rows: dict) -> int:
    """Return the points of the seats and days for which nobody is there at all, which the models leave out."""
    covered = sum(key[0] == "cover" for key in rows)
    return problem.weights.open_seat * (len(problem.seats) * len(problem.days) - covered)


def _answer(problem: Problem, plan: dict, bound: float | None = None) -> dict[str, Any]:
    cells = [[seat.id, day, plan.get((seat.id, day))] for seat in problem.seats for day in problem.days]
    return {"assignments": cells, "bound": bound}


def clerk(path: str, options: dict) -> dict:
    """The greedy clerk, by hand."""
    problem = problem_from_file(path)
    return _answer(problem, greedy(problem))


def _whole_model(problem: Problem) -> tuple[list, dict, list]:
    """Write the whole model plainly: duties (seat, day, guard, price), rows of duties with their limits, targets."""
    school, guards, rules = problem.school_of_post(), problem.guard_named(), problem.rules
    duties, rows = [], defaultdict(list)
    for seat in problem.seats:
        for t, day in enumerate(problem.days):
            for who in seat.allowed:
                if (who, day, seat.slot) in problem.absent:
                    continue
                x, guard = len(duties), guards[who]
                price = problem.weights.per_km * guard.km[school[seat.post]] + problem.weights.not_fixed_person * (
                    seat.fixed_person != who
                )
                duties.append((seat.id, day, who, price))
                rows["cover", seat.id, day, 1].append(x)
                rows["slot", who, day, seat.slot, 1].append(x)
                for span, cap in ((day, guard.cap_per_day), (week_of(day), guard.cap_per_week), (day[:7], guard.cap_per_month)):
                    if cap is not None:
                        rows["cap", who, span, cap].append(x)
                rows["all", who, guard.target - guard.carried].append(x)
                if guard.kind in rules.no_three_days_with_both_ends and seat.slot in (rules.first_slot, rules.last_slot):
                    for start in range(max(0, t - 2), min(len(problem.days) - 2, t + 1)):
                        rows["rest", who, start, 5].append(x)
    return duties, rows, [seat.id for seat in problem.seats]


def highs(path: str, options: dict) -> dict:
    """Plain HiGHS on the whole model, to proven optimality."""
    import highspy
    import numpy as np

    problem = problem_from_file(path)
    duties, rows, _ = _whole_model(problem)
    weights = problem.weights
    costs, uppers = [price for *_, price in duties], [1.0] * len(duties)
    index, starts, values, low, high = [], [0], [], [], []
    for (kind, *_, limit), members in rows.items():
        extra = []
        if kind == "cover":
            extra = [(weights.open_seat, 1.0, 1.0)]
        if kind == "all":
            steep = weights.per_duty_off_target + weights.steeper_extra_per_duty
            extra = [(weights.per_duty_off_target, s, weights.steeper_beyond) for s in (1.0, -1.0)] + [
                (steep, s, 1e9) for s in (1.0, -1.0)
            ]
        index += members + list(range(len(costs), len(costs) + len(extra)))
        values += [1.0] * len(members) + [sign for _, sign, _ in extra]
        costs += [cost for cost, _, _ in extra]
        uppers += [upper for _, _, upper in extra]
        starts.append(len(index))
        low.append(limit if extra else -highspy.kHighsInf)
        high.append(limit)
    whole = highspy.Highs()
    whole.setOptionValue("output_flag", False)
    whole.setOptionValue("threads", 1)
    whole.setOptionValue("mip_rel_gap", 0.0)
    whole.setOptionValue("time_limit", float(options.get("limit", 1e9)))
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(costs), len(low)
    model.col_cost_, model.col_lower_, model.col_upper_ = np.array(costs, float), np.zeros(len(costs)), np.array(uppers, float)
    model.row_lower_, model.row_upper_ = np.array(low, float), np.array(high, float)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = np.array(starts), np.array(index), np.array(values)
    model.integrality_ = [highspy.HighsVarType.kInteger] * len(duties) + [highspy.HighsVarType.kContinuous] * (
        len(costs) - len(duties)
    )
    whole.passModel(model)
    whole.run()
    z, served = whole.getSolution().col_value, {who for _, _, who, _ in duties}
    idle = [abs(guard.target - guard.carried) for guard in problem.guards if guard.id not in served]
    rest = sum(
        weights.per_duty_off_target * t + weights.steeper_extra_per_duty * max(0, t - weights.steeper_beyond) for t in idle
    )
    plan = {(seat, day): who for x, (seat, day, who, _) in enumerate(duties) if z[x] > 0.5}
    return _answer(problem, plan, whole.getInfo().mip_dual_bound + rest + _hopeless(problem, rows))


def cpsat(path: str, options: dict) -> dict:
    """CP-SAT with two workers, from the clerk's roster as a hint."""
    from ortools.sat.python import cp_model

    problem = problem_from_file(path)
    duties, rows, _ = _whole_model(problem)
    weights, model, hint = problem.weights, cp_model.CpModel(), greedy(problem)
    xs = [model.new_bool_var("") for _ in duties]
    price = [x * cost for x, (*_, cost) in zip(xs, duties, strict=True) if cost]
    for (kind, *_, limit), members in rows.items():
        if kind == "all":
            off, steep = model.new_int_var(0, 10_000, ""), model.new_int_var(0, 10_000, "")
            total = sum(xs[x] for x in members)
            model.add(off >= total - limit)
            model.add(off >= limit - total)
            model.add(steep >= off - weights.steeper_beyond)
            price += [off * weights.per_duty_off_target, steep * weights.steeper_extra_per_duty]
        elif limit == 1:
            model.add_at_most_one(xs[x] for x in members)
        else:
            model.add(sum(xs[x] for x in members) <= limit)
        if kind == "cover":
            price.append(weights.open_seat * (1 - sum(xs[x] for x in members)))
    for x, (seat, day, who, _) in zip(xs, duties, strict=True):
        model.add_hint(x, hint[seat, day] == who)
    model.minimize(sum(price))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers, solver.parameters.max_time_in_seconds = 2, float(options.get("seconds", 60.0))
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return {"skipped": "no roster in time"}
    plan = {(seat, day): who for x, (seat, day, who, _) in zip(xs, duties, strict=True) if solver.value(x)}
    return _answer(problem, plan, solver.best_objective_bound + _hopeless(problem, rows))


def timefold(path: str, options: dict) -> dict:
    """Timefold for Python, which its makers have discontinued and which needs Java: only where it is installed."""
    if importlib.util.find_spec("timefold") is None:
        return {"skipped": "not installed"}
    from benchmarks.rostering_timefold import solve_with_timefold

    problem = problem_from_file(path)
    return _answer(problem, solve_with_timefold(problem, float(options.get("seconds", 60.0))))


PEERS = {"highs": highs, "cpsat": cpsat, "clerk": clerk, "timefold": timefold}
