"""The plain deadline rule, our yardstick: a hub sends everybody who waits for a city on the day somebody's window ends."""

import numpy as np

from wanjia.planning.arrays import Array

from .problem import Problem


def waiting_table(problem: Problem, hub: Array | None = None) -> Array:
    """Return int32 (hubs, cities, days, days): workers by hub, city, first and last day."""
    hub = problem.hub() if hub is None else hub
    table = np.zeros((len(problem.hubs), len(problem.cities), problem.days, problem.days), np.int32)
    np.add.at(table, (hub, problem.city, problem.first, problem.last), 1)
    return table


def plain_rule_coaches(problem: Problem) -> int:
    """Return the coaches that the rule needs, each hub and city by itself."""
    table = waiting_table(problem).astype(np.int64)
    waiting = np.zeros(table.shape[:2] + (problem.days,), np.int64)
    total = 0
    for day in range(problem.days):
        waiting += table[:, :, day, :]
        forced = waiting[:, :, day] > 0
        sent = np.where(forced, waiting.sum(axis=2), 0)
        total += int((-(-sent // problem.seats)).sum())
        waiting[forced] = 0
    return total
