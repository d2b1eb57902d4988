"""Fewer stops: let households walk a little, so that a bus stands less and detours less (上车点).

The law asks for marked stops or bus stands (条例第三十二条). A stop is another household's door or any place of the matrix.
"""

import dataclasses

from wanjia.planning.contract import BadInput

from .problem import Household, Problem


def gather(problem: Problem, *, walk_m: int, allowed: tuple[int, ...] | None = None, saved_s: int = 0) -> Problem:
    """Return the problem with each household boarding at a stop within `walk_m` metres of its home (0: door to door).

    allowed: places that may be stops (default: every home). A greedy cover: the place that most households can reach first,
    the shorter walk on ties. saved_s: seconds saved for each household after the first at a stop (never below 10 s each).
    """
    if walk_m < 0:
        raise BadInput("walk_m", "步行距离不能为负。", "a walking distance is not negative")
    doors = sorted({home.home for home in problem.households})
    spots = sorted(allowed) if allowed is not None else doors
    reach = {spot: _within(problem, spot, walk_m) for spot in spots}
    waiting, chosen = set(range(len(problem.households))), {}
    while reach:
        spot = max(reach, key=lambda s: (len(reach[s] & waiting), -_walks(problem, s, reach[s] & waiting), -s))
        taken = reach.pop(spot) & waiting
        if not taken:
            break
        chosen.update(dict.fromkeys(taken, spot))
        waiting -= taken
    return dataclasses.replace(problem, households=_moved(problem, chosen, saved_s))


def _within(problem: Problem, spot: int, walk_m: int) -> set[int]:
    return {n for n, h in enumerate(problem.households) if int(problem.metres[h.home][spot]) <= walk_m}


def _walks(problem: Problem, spot: int, homes: set[int]) -> int:
    return sum(int(problem.metres[problem.households[n].home][spot]) for n in homes)


def _moved(problem: Problem, chosen: dict[int, int], saved_s: int) -> tuple[Household, ...]:
    """A household that no stop reaches keeps its own door."""
    met: set[tuple[int, int]] = set()
    moved = []
    for number, home in enumerate(problem.households):
        spot = chosen.get(number, home.home)
        standing = home.boarding_s
        if (spot, home.school) in met:
            standing = max(min(10, standing), standing - saved_s)
        met.add((spot, home.school))
        moved.append(dataclasses.replace(home, place=spot, boarding_s=standing))
    return tuple(moved)
