"""The one door to HiGHS: solve a programme with shares allowed, or search for the best whole answer."""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from wanjia.planning.contract import Control
from wanjia.planning.rostering.model import Programme

_Status = highspy.HighsBasisStatus
LOWER, BASIC, UPPER = (int(one) for one in (_Status.kLower, _Status.kBasic, _Status.kUpper))
_STATUS = {int(one): one for one in _Status.__members__.values()}
_SLICE = 5_000  # simplex steps between two looks at the clock
_WHOLE = 1e-6


@dataclass(frozen=True)
class Answer:
    """z: value of each column; objective: its cost; bound: proven floor; reduced: reduced cost of each column."""

    z: NDArray[np.float64]
    objective: float
    bound: float
    reduced: NDArray[np.float64] | None
    finished: bool

    def cheap(self, width: float) -> NDArray[np.bool_]:
        """Tell which columns cost at most `width` beyond their price; only a finished relaxation knows."""
        assert self.reduced is not None, "asked of an answer without prices"
        return self.reduced <= width

    def is_whole(self, count: int) -> bool:
        """Tell whether the first `count` columns are whole numbers."""
        z = self.z[:count]
        return bool(np.all(np.abs(z - np.round(z)) < _WHOLE))


@dataclass(frozen=True)
class Basis:
    """Where simplex stands: `LOWER`, `BASIC` or `UPPER` for each column and row (int)."""

    columns: NDArray[np.int64]
    rows: NDArray[np.int64]


class Simplex:
    """One programme, solved with shares allowed. Without presolve: the slack basis is nearly right, simplex quick from it."""

    def __init__(self, programme: Programme, basis: Basis | None = None) -> None:
        self.solver = _loaded(programme, None)
        self.solver.setOptionValue("presolve", "off")
        self.solver.setOptionValue("solver", "simplex")
        if basis is not None:
            start = highspy.HighsBasis()
            start.valid, start.alien = True, False
            start.col_status = [_STATUS[one] for one in basis.columns.tolist()]
            start.row_status = [_STATUS[one] for one in basis.rows.tolist()]
            self.solver.setBasis(start)

    def run(self, control: Control, *, primal: bool = False) -> bool:
        """Solve; return False when stopped before the end. primal: for a start that keeps all rows."""
        self.solver.setOptionValue("simplex_strategy", 4 if primal else 1)
        steps = 0
        while True:
            steps += _SLICE
            self.solver.setOptionValue("simplex_iteration_limit", steps)
            self.solver.run()
            status = self.solver.getModelStatus()
            if status != highspy.HighsModelStatus.kIterationLimit or control.should_stop():
                return status == highspy.HighsModelStatus.kOptimal

    @property
    def value(self) -> float:
        """Return the objective reached."""
        return self.solver.getInfo().objective_function_value

    @property
    def z(self) -> NDArray[np.float64]:
        """Return the value of each column."""
        return np.array(self.solver.getSolution().col_value)

    @property
    def prices(self) -> NDArray[np.float64]:
        """Return the price of each row."""
        return np.array(self.solver.getSolution().row_dual)

    @property
    def basis(self) -> Basis:
        """Return where simplex stands."""
        basis = self.solver.getBasis()
        return Basis(*(np.array([int(one) for one in part]) for part in (basis.col_status, basis.row_status)))


def relax(programme: Programme, control: Control) -> Answer:
    """Solve with shares allowed."""
    simplex = Simplex(programme)
    if not simplex.run(control):
        return Answer(np.array([]), np.inf, -np.inf, None, False)
    return Answer(simplex.z, simplex.value, simplex.value, programme.reduced(simplex.prices), True)


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
