"""A roster problem as a linear programme: one column per (seat, guard, day), one row per limit that can bind.

The caps nest (slot, day, week, month), so without the rest rule this is a network flow; with it the relaxation is
still nearly always whole. That is why the relaxation is solved first and a search is added only where it is not.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from wanjia.planning.rostering.grid import Grid, Ints


@dataclass(frozen=True)
class Programme:
    """min cost·z, row_low ≤ A z ≤ row_high, 0 ≤ z ≤ upper; A is given as (row, column, value) triples.

    The first `n_duties` columns are duties and must become whole; open seats and deviations follow.
    """

    cost: NDArray[np.float64]
    upper: NDArray[np.float64]
    row_low: NDArray[np.float64]
    row_high: NDArray[np.float64]
    rows: Ints
    columns: Ints
    values: NDArray[np.float64]

    def cut(self, columns: Ints, rows: Ints | None = None) -> Programme:
        """Return the programme of some columns, and of some rows (all when None)."""
        rows = np.arange(len(self.row_low)) if rows is None else rows
        column_at, row_at = np.full(len(self.cost), -1), np.full(len(self.row_low), -1)
        column_at[columns], row_at[rows] = np.arange(len(columns)), np.arange(len(rows))
        inside = (column_at[self.columns] >= 0) & (row_at[self.rows] >= 0)
        return Programme(
            self.cost[columns],
            self.upper[columns],
            self.row_low[rows],
            self.row_high[rows],
            row_at[self.rows[inside]],
            column_at[self.columns[inside]],
            self.values[inside],
        )

    def freed(self, columns: Ints, still: NDArray[np.float64]) -> tuple[Programme, float]:
        """Return the programme of some columns while all others stand at `still`, and what those cost."""
        free = np.zeros(len(self.cost), dtype=bool)
        free[columns] = True
        still = np.where(free, 0.0, still)
        load = np.bincount(self.rows, weights=self.values * still[self.columns], minlength=len(self.row_low))
        rows = np.unique(self.rows[free[self.columns]])
        small = replace(self, row_low=self.row_low - load, row_high=self.row_high - load).cut(columns, rows)
        return small, float(self.cost @ still)

    def reduced(self, prices: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the reduced cost of each column when the rows have these prices."""
        return self.cost - np.bincount(self.columns, weights=self.values * prices[self.rows], minlength=len(self.cost))


def programme(grid: Grid) -> Programme:
    """Build the linear programme of a grid."""
    n, n_open, n_guards = len(grid.seat), len(grid.open_seat), len(grid.problem.guards)
    every = np.arange(n)
    cover = np.full(grid.free.shape, -1)
    cover[grid.open_seat, grid.open_day] = np.arange(n_open)
    rows, columns = [cover[grid.seat, grid.day], np.arange(n_open)], [every, n + np.arange(n_open)]
    low, high = [np.ones(n_open)], [np.ones(n_open)]
    n_rows = n_open
    for keys, room in grid.limits():
        kept = np.flatnonzero(room >= 0)
        number = np.full(len(room), -1)
        number[kept] = n_rows + np.arange(len(kept))
        n_rows += len(kept)
        low.append(np.full(len(kept), -np.inf))
        high.append(room[kept].astype(float))
        for key in keys:
            row = np.where(key >= 0, number[key], -1)
            rows.append(row[row >= 0])
            columns.append(every[row >= 0])
    return _with_targets(grid, rows, columns, low, high, n + n_open, n_rows, n_guards)


def _with_targets(
    grid: Grid,
    rows: list[Ints],
    columns: list[Ints],
    low: list[NDArray[np.float64]],
    high: list[NDArray[np.float64]],
    n_columns: int,
    n_rows: int,
    n_guards: int,
) -> Programme:
    """Add, for each guard, duties − over + under = target, with a gentle and a steep part each way."""
    weights, n = grid.problem.weights, len(grid.seat)
    goal = np.array([g.target - g.carried for g in grid.problem.guards], dtype=float) - grid.served()
    rows.append(n_rows + grid.guard)
    columns.append(np.arange(n))
    values = [np.ones(sum(map(len, rows)))]
    gentle, steep = weights.per_duty_off_target, weights.per_duty_off_target + weights.steeper_extra_per_duty
    costs, uppers = [grid.cost, grid.open_cost], [np.ones(n + len(grid.open_seat))]
    for sign in (-1.0, 1.0):
        for price, room in ((gentle, weights.steeper_beyond), (steep, np.inf)):
            rows.append(n_rows + np.arange(n_guards))
            columns.append(n_columns + np.arange(n_guards))
            values.append(np.full(n_guards, sign))
            costs.append(np.full(n_guards, price))
            uppers.append(np.full(n_guards, float(room)))
            n_columns += n_guards
    return Programme(
        np.concatenate(costs).astype(float),
        np.concatenate(uppers),
        np.concatenate([*low, goal]),
        np.concatenate([*high, goal]),
        np.concatenate(rows),
        np.concatenate(columns),
        np.concatenate(values),
    )
