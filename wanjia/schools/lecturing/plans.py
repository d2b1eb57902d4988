"""The door to the engine: lecturers as lots, lessons that schools are owed as claimants."""

from wanjia.planning.allocation.check import check
from wanjia.planning.allocation.problem import from_edges
from wanjia.planning.allocation.solve import solve


def assigned(edges, places, n, control):
    """Return (lot of each claimant, −1 for none; sentences of the engine's referee; gap; whether it was stopped). edges: [(claimant, lot, points)]; places: of each lot."""
    claimant, lot, points = zip(*edges)
    problem = from_edges(claimant, lot, points, places, n)
    plan = solve(problem, gap=0.0, time_limit=control.remaining() if control.seconds is not None else None, cancel=control.cancel, progress=control.progress, exact=True)
    return [int(one) for one in plan.choice], check(problem, plan).breaches, plan.gap, plan.stopped
