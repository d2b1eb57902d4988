"""The relaxation of a long roster (a term): first each fortnight by itself, then the whole from where these end.

Simplex time grows far faster than the number of days, and days hang together only by targets, rest and monthly caps.
So each guard's target row is split: duties − over + under = share for each fortnight, and one row that ties the
fortnights. Solved by themselves, their bases side by side are a basis of the whole. Of the duties only those enter that the
fortnights' prices hold promising; the others are priced and join when they would help (sifting: Bixby, Gregory,
Lustig, Marsten and Shanno 1992). What comes out is the optimum of the whole relaxation, not an estimate.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from wanjia.planning.contract import Control
from wanjia.planning.rostering.grid import Grid, Ints
from wanjia.planning.rostering.model import Programme
from wanjia.planning.rostering.relaxation import BASIC, LOWER, UPPER, Answer, Basis, Simplex

_DAYS = 10  # roster days solved by themselves
_PROMISING = 1.0  # points of reduced cost below which a duty enters from the start
_LONG = 50  # roster days from which on this pays
_LARGE = 40_000  # duties likewise
_ROUNDING = 1e-7


def pays(grid: Grid) -> bool:
    """Tell whether a roster is long and large enough for fortnights to be quicker than the whole at once."""
    return grid.n_days >= _LONG and len(grid.seat) >= _LARGE


def relax_term(grid: Grid, model: Programme, control: Control) -> Answer:
    """Solve the relaxation of `model`, the programme of `grid`, and return it in the columns of `model`."""
    term = _Term(grid, model)
    if term.solve_fortnights(control):
        term.tie_guards()
        return term.sift(control)
    return Answer(np.array([]), np.inf, -np.inf, None, False)


class _Term:
    """A programme with split target rows, where its columns and rows stand, and the rows' prices so far.

    The columns of the whole come first, then `over` and `under` of each (guard, fortnight); its rows come first too,
    with those of the targets (`ties`) now tying the fortnights, then one of each (guard, fortnight).
    """

    def __init__(self, grid: Grid, model: Programme) -> None:
        self.grid, self.whole = grid, model
        self.n_guards, self.n_duties = len(grid.problem.guards), len(grid.seat)
        span = np.arange(grid.n_days) // _DAYS
        self.n_spans = int(span.max()) + 1
        self.ties = np.arange(len(model.row_low) - self.n_guards, len(model.row_low))
        self.shares = self._shares(np.cumsum(np.bincount(span)) / grid.n_days)
        self.model = self._split(span)
        each = np.tile(np.arange(self.n_spans), self.n_guards)
        deviations = np.full(len(model.cost) - self.n_duties - len(grid.open_seat), -1)
        self.span_of_column = np.concatenate([span[grid.day], span[grid.open_day], deviations, each, each])
        self.span_of_row = self._span_of_rows()
        self.columns, self.rows = np.full(len(self.model.cost), LOWER), np.full(len(self.model.row_low), BASIC)
        self.z, self.prices = np.zeros(len(self.columns)), np.zeros(len(self.rows))

    def _shares(self, until: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return each guard's whole share of the target in each fortnight: (guards, spans)."""
        goal = self.whole.row_low[self.ties]
        return np.diff(np.round(np.concatenate([[0.0], until]) * goal[:, None]), axis=1)

    def _split(self, span: Ints) -> Programme:
        grid, whole, n_rows, n_columns = self.grid, self.whole, len(self.whole.row_low), len(self.whole.cost)
        each = np.arange(self.n_guards * self.n_spans)
        one, tie, over = np.ones(len(each)), self.ties[each // self.n_spans], n_columns + each
        under, rows = over + len(each), whole.rows.copy()
        is_target = (rows >= self.ties[0]) & (whole.columns < self.n_duties)
        duty = whole.columns[is_target]
        rows[is_target] = n_rows + grid.guard[duty] * self.n_spans + span[grid.day[duty]]
        low, high = np.append(whole.row_low, self.shares), np.append(whole.row_high, self.shares)
        low[self.ties] = high[self.ties] = whole.row_low[self.ties] - self.shares.sum(axis=1)
        return Programme(
            np.append(whole.cost, np.zeros(2 * len(each))),
            np.append(whole.upper, np.full(2 * len(each), np.inf)),
            low,
            high,
            np.concatenate([rows, n_rows + each, n_rows + each, tie, tie]),
            np.concatenate([whole.columns, over, under, over, under]),
            np.concatenate([whole.values, -one, one, one, -one]),
        )

    def _span_of_rows(self) -> Ints:
        """Return the one fortnight that a row speaks of, -1 for a row that ties several."""
        spans = self.span_of_column[self.model.columns]
        first, last = np.full(len(self.model.row_low), self.n_spans), np.full(len(self.model.row_low), -1)
        np.minimum.at(first, self.model.rows, spans)
        np.maximum.at(last, self.model.rows, spans)
        one = np.where(first == last, first, -1)
        one[self.ties] = -1
        return one

    def solve_fortnights(self, control: Control) -> bool:
        """Solve each fortnight by itself, a duty off the share priced between gentle and steep; False when stopped."""
        weights, cost = self.grid.problem.weights, self.model.cost.copy()
        cost[len(self.whole.cost) :] = weights.per_duty_off_target + weights.steeper_extra_per_duty / 2
        priced = replace(self.model, cost=cost)
        for span in range(self.n_spans):
            columns, rows = np.flatnonzero(self.span_of_column == span), np.flatnonzero(self.span_of_row == span)
            simplex = Simplex(priced.cut(columns, rows))
            if not simplex.run(control):
                return False
            basis = simplex.basis
            self.columns[columns], self.rows[rows] = basis.columns, basis.rows
            self.z[columns], self.prices[rows] = simplex.z, simplex.prices
        return True

    def tie_guards(self) -> None:
        """Let the deviation that a guard's fortnights add up to be basic in the row that ties them."""
        n, gentle = self.n_guards, self.grid.problem.weights.steeper_beyond
        over, under = self.z[len(self.whole.cost) :].reshape(2, n, self.n_spans).sum(axis=2)
        off = over - under - self.model.row_low[self.ties]
        kind = np.where(off > 0, np.where(off <= gentle, 0, 1), np.where(-off <= gentle, 2, 3))
        first = self.n_duties + len(self.grid.open_seat)
        steep = np.flatnonzero(kind % 2)
        self.columns[first + kind * n + np.arange(n)] = BASIC
        self.columns[first + (kind[steep] - 1) * n + steep] = UPPER
        self.rows[self.ties] = LOWER

    def sift(self, control: Control) -> Answer:
        """Solve the whole with the promising duties, adding those that the prices call for until none is."""
        model, n = self.model, len(self.whole.cost)
        kept = (np.arange(len(self.columns)) >= self.n_duties) | (self.columns != LOWER)
        kept |= model.reduced(self.prices) <= _PROMISING
        first = True
        while True:
            inside = np.flatnonzero(kept)
            simplex = Simplex(model.cut(inside), Basis(self.columns[inside], self.rows))
            if not simplex.run(control, primal=not first):
                return Answer(np.array([]), np.inf, -np.inf, None, False)
            reduced, basis, first = model.reduced(simplex.prices), simplex.basis, False
            self.columns[:], self.rows = LOWER, basis.rows
            self.columns[inside] = basis.columns
            wanted = ~kept & (reduced < -_ROUNDING)
            if not wanted.any():
                z = np.zeros(len(kept))
                z[inside] = simplex.z
                return Answer(z[:n], simplex.value, simplex.value, reduced[:n], True)
            kept |= wanted
