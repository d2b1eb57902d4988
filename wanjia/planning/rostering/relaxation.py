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
    solver.setOptionValue("simplex_iteration_limit", _SLICE)
    while True:
        solver.run()
        status = solver.getModelStatus()
        if status != highspy.HighsModelStatus.kIterationLimit or control.should_stop():
            break
        solver.setOptionValue("simplex_iteration_limit", solver.getOptionValue("simplex_iteration_limit")[1] + _SLICE)
    solution = solver.getSolution()
    optimal = status == highspy.HighsModelStatus.kOptimal
    value = solver.getInfo().objective_function_value
    reduced = np.array(solution.col_dual) if optimal else None
    return Answer(np.array(solution.col_value), value, value if optimal else -np.inf, reduced, optimal)


def search(programme: Programme, whole: int, control: Control, *, start=None, gap: float = 0.0, seconds=None) -> Answer:  # noqa: ANN001
    """Find the best answer with the first `whole` columns whole; all costs being whole, a gap below one is none."""
    solver = _loaded(programme, whole)
    solver.setOptionValue("mip_rel_gap", gap)
    solver.setOptionValue("mip_abs_gap", 0.99)
    solver.setOptionValue("time_limit", min(control.remaining(), 1e9 if seconds is None else seconds))
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


def _loaded(programme: Programme, whole: int | None) -> highspy.Highs:
    solver = highspy.Highs()
    for option, value in (("output_flag", False), ("threads", 1), ("parallel", "off"), ("random_seed", 1)):
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
