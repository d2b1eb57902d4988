"""Solve an allocation: the best plan in the time, with a bound that says how far it may be from the best."""

from collections.abc import Callable

from numpy.typing import ArrayLike

from wanjia.planning.allocation.plain import Plan, solve_plain
from wanjia.planning.allocation.problem import FREE, Problem
from wanjia.planning.allocation.rules import solve_with_rules
from wanjia.planning.contract import Control

SILENT: Callable[[float, str], None] = lambda share, words: None  # noqa: E731


def solve(
    problem: Problem,
    *,
    gap: float = 1e-3,
    time_limit: float | None = None,
    seed: int = 0,
    threads: int = 1,
    progress: Callable[[float, str], None] = SILENT,
    cancel: Callable[[], bool] | None = None,
    exact: bool = False,
    prices: ArrayLike | None = None,
    keep: bool = False,
) -> Plan:
    """Return a plan within `gap` of the bound, or the best when time_limit (seconds) is up or `cancel()` says stop.

    The same seed and number of threads give the same plan unless time ran out. exact: prove optimality where it can be;
    `plan.words` says where not. prices: yuan per lot from an earlier plan, to start from. keep: hold what `replan` needs.
    """
    control = Control(time_limit, cancel or (lambda: False), progress)
    if problem.plain:
        return solve_plain(problem, gap, control, seed, threads, exact, prices, keep)
    return solve_with_rules(problem, gap, control, seed, threads, exact, prices)


__all__ = ["FREE", "SILENT", "Plan", "solve"]
