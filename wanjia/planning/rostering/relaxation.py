"""The one door to HiGHS: solve a programme with shares allowed, or search for the best whole answer."""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from wanjia.planning.contract import Control
from wanjia.planning.rostering.model import Programme

_SLICE = 20_000  # simplex steps between two looks at the clock
_WHOLE = 1e-6


@dataclass(frozen=True)
class Answer:
    """z: value of each column; objective: its cost; bound: proven floor; reduced: reduced cost of each column."""

    z: NDArray[np.float64]
    objective: float
    bound: float
    reduced: NDArray[np.float64] | None
    finished: bool

    def is_whole(self, count: int) -> bool:
        """Tell whether the first `count` columns are whole numbers."""
        z = self.z[:count]
        return bool(np.all(np.abs(z - np.round(z)) < _WHOLE))


def relax(programme: Programme, control: Control) -> Answer:
    """Solve with shares allowed. Without presolve: the slack basis is nearly right and simplex is quick from there."""
    solver = _loaded(programme, None)
    solver.setOptionValue("presolve", "off")
    solver.setOptionValue("solver", "simplex")
    steps = _SLICE
    while True:
        solver.setOptionValue("simplex_iteration_limit", steps)
        solver.run()
        status = solver.getModelStatus()
        if status != highspy.HighsModelStatus.kIterationLimit or control.should_stop():
            break
        steps += _SLICE
    solution = solver.getSolution()
    optimal = status == highspy.HighsModelStatus.kOptimal
    value = solver.getInfo().objective_function_value
    reduced = np.array(solution.col_dual) if optimal else None
    return Answer(np.array(solution.col_value), value, value if optimal else -np.inf, reduced, optimal)


def inner_point(programme: Programme, control: Control) -> Answer:
    """Solve with shares allowed from within: several times quicker than simplex when columns hang on one another."""
    solver = _loaded(programme, None)
    solver.setOptionValue("solver", "ipm")
    solver.setOptionValue("time_limit", min(control.remaining(), 1e9))
    solver.run()
    done = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    value = solver.getInfo().objective_function_value
    return Answer(np.array(solver.getSolution().col_value), value, value if done else -np.inf, None, done)


class Repriced:
    """One programme solved again and again as its prices change; each time from where the last one ended."""

    def __init__(self, programme: Programme) -> None:
        self.programme, self.solver = programme, _loaded(programme, None)
        self.solver.setOptionValue("presolve", "off")
        self.solver.setOptionValue("solver", "simplex")

    def solve(self, cost: NDArray[np.float64], control: Control) -> Answer:
        """Solve with the cost of the first columns replaced."""
        self.solver.changeColsCost(len(cost), np.arange(len(cost), dtype=np.int32), cost)
        self.solver.setOptionValue("time_limit", min(self.solver.getRunTime() + control.remaining(), 1e9))
        self.solver.run()
        self.solver.setOptionValue("simplex_strategy", 4)  # primal: the last answer stays allowed under new prices
        done = self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        solution, value = self.solver.getSolution(), self.solver.getInfo().objective_function_value
        return Answer(np.array(solution.col_value), value, value, np.array(solution.col_dual) if done else None, done)


def search(
    programme: Programme,
    whole: int,
    control: Control,
    *,
    start: NDArray[np.float64] | None = None,
    gap: float = 0.0,
    nodes: int | None = None,
) -> Answer:
    """Find the best answer with the first `whole` columns whole; all costs being whole, a gap below one is none.

    start: a known answer to better; nodes: branches to try at most (a limit that, unlike time, repeats exactly).
    """
    solver = _loaded(programme, whole)
    solver.setOptionValue("mip_rel_gap", gap)
    solver.setOptionValue("mip_abs_gap", 0.99)
    solver.setOptionValue("time_limit", min(control.remaining(), 1e9))
    if nodes is not None:
        solver.setOptionValue("mip_max_nodes", nodes)
    if start is not None:
        guess = highspy.HighsSolution()
        guess.col_value = start
        guess.value_valid = True
        solver.setSolution(guess)
    solver.run()
    info, found = solver.getInfo(), np.array(solver.getSolution().col_value)
    good = info.primal_solution_status == 2
    done = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    value = info.objective_function_value if good else np.inf
    return Answer(found if good else np.array([]), value, info.mip_dual_bound, None, done)


class _Quiet(highspy.Highs):
    """HiGHS without its callbacks, whose setting up prints a banner on standard output."""

    def __init__(self) -> None:
        super(highspy.Highs, self).__init__()
        self.setOptionValue("output_flag", False)


def _loaded(programme: Programme, whole: int | None) -> highspy.Highs:
    solver = _Quiet()
    for option, value in (("threads", 1), ("parallel", "off"), ("random_seed", 1)):
        solver.setOptionValue(option, value)
    order = np.argsort(programme.columns, kind="stable")
    model, n = highspy.HighsLp(), len(programme.cost)
    model.num_col_, model.num_row_ = n, len(programme.row_low)
    model.col_cost_, model.col_lower_, model.col_upper_ = programme.cost, np.zeros(n), programme.upper
    model.row_lower_, model.row_upper_ = programme.row_low, programme.row_high
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    starts = np.searchsorted(programme.columns[order], np.arange(n + 1))
    model.a_matrix_.start_ = starts.astype(np.int32)
    model.a_matrix_.index_ = programme.rows[order].astype(np.int32)
    model.a_matrix_.value_ = programme.values[order]
    if whole is not None:
        kinds = [highspy.HighsVarType.kInteger] * whole + [highspy.HighsVarType.kContinuous] * (n - whole)
        model.integrality_ = kinds
    solver.passModel(model)
    return solver
