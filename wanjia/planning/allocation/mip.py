"""Branch and bound by HiGHS, for problems with rules that are small enough."""

from typing import Any

import numpy as np

from wanjia.planning.allocation.problem import FREE, Problem
from wanjia.planning.arrays import Array


def solve_mip(problem: Problem, seconds: float) -> tuple[Array | None, bool]:
    """Return (choice int32 (n,) or None, proven). One 0-1 variable an edge, one for each family and site."""
    import highspy

    n, m, e = problem.n_claimants, problem.n_lots, problem.n_edges
    owner = np.repeat(np.arange(n), np.diff(problem.starts()))
    lot = problem.lot.astype(np.int64)
    gain = problem.score.astype(float)
    if problem.promised is not None and problem.change_cost is not None:
        gain += np.where(lot == problem.promised[owner], problem.change_cost[owner], 0)
    rows = _Rows(e)
    rows.add_groups(owner, np.zeros(n), np.ones(n))
    rows.add_groups(n + lot, np.zeros(m), problem.places.astype(float))
    for floor in problem.floors:
        rows.add(np.flatnonzero(np.isin(owner, floor.members)), floor.least, np.inf)
    site = np.arange(m) if problem.site is None else problem.site
    for family in problem.together:
        rows.add_family(family, owner, site[lot])
    low, high = np.zeros(rows.columns), np.ones(rows.columns)
    if problem.locked is not None:
        lock = problem.locked[owner]
        high[:e][(lock != FREE) & (lock != lot)] = 0
        low[:e][lock == lot] = 1
    solver = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy left its own constructor untyped
    solver.silent()
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("mip_rel_gap", 0.0)
    if np.isfinite(seconds):
        solver.setOptionValue("time_limit", max(0.01, seconds))
    solver.passModel(rows.model(highspy, np.concatenate([gain, np.zeros(rows.columns - e)]), low, high))
    solver.run()
    proven = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    x = np.asarray(solver.getSolution().col_value)
    if len(x) == 0 or not (proven or solver.getInfo().primal_solution_status == 2):
        return None, False
    taken = np.flatnonzero(x[:e] > 0.5)
    choice = np.full(n, -1, np.int32)
    choice[owner[taken]] = lot[taken]
    return choice, proven


class _Rows:
    """Constraint rows gathered as triplets; more columns may be added for families."""

    def __init__(self, columns: int) -> None:
        self.columns = columns
        self.low: list[float] = []
        self.high: list[float] = []
        self.r: list[Array] = []
        self.c: list[Array] = []
        self.v: list[Array] = []

    def add_groups(self, row_of_edge: Array, low: Array, high: Array) -> None:
        """Add one row per group; row_of_edge counts from the first row of all."""
        self.r.append(row_of_edge)
        self.c.append(np.arange(len(row_of_edge)))
        self.v.append(np.ones(len(row_of_edge)))
        self.low += list(low)
        self.high += list(high)

    def add(self, edges: Array, low: float, high: float) -> None:
        self.r.append(np.full(len(edges), len(self.low)))
        self.c.append(edges)
        self.v.append(np.ones(len(edges)))
        self.low.append(float(low))
        self.high.append(float(high))

    def add_family(self, family: tuple[int, ...], owner: Array, site_of_edge: Array) -> None:
        """Every member is at a site exactly when the family is."""
        sites = np.unique(site_of_edge[np.isin(owner, family)])
        for where in sites:
            y = self.columns
            self.columns += 1
            for i in family:
                edges = np.flatnonzero((owner == i) & (site_of_edge == where))
                self.add(edges, 0.0, 0.0)
                self.r.append(np.array([len(self.low) - 1]))
                self.c.append(np.array([y]))
                self.v.append(np.array([-1.0]))

    def model(self, highspy: Any, gain: Array, low: Array, high: Array) -> Any:
        from scipy.sparse import csr_matrix

        a = csr_matrix(
            (np.concatenate(self.v), (np.concatenate(self.r), np.concatenate(self.c))), shape=(len(self.low), self.columns)
        )
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = self.columns, len(self.low)
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = -gain, low, high
        lp.row_lower_, lp.row_upper_ = np.array(self.low, float), np.array(self.high, float)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = a.indptr, a.indices, a.data
        lp.integrality_ = [highspy.HighsVarType.kInteger] * self.columns
        return lp
