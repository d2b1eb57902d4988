"""`wanjia plan market … --shards N [--ray]`: this process reads the lots, and each shard its own claimants."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import numpy as np

from wanjia.planning.allocation.crew import Crew, Here
from wanjia.planning.allocation.explain import Option, explain_claimant
from wanjia.planning.allocation.market import Scoring
from wanjia.planning.allocation.ray_market import RayCrew, need_ray
from wanjia.planning.allocation.shard_market import solve_shards
from wanjia.planning.allocation.shards import sources_of
from wanjia.planning.allocation.solve import Plan
from wanjia.planning.contract import BadInput

Reasons = Callable[[Plan, int], list[Option]]


@contextmanager
def sharded(claimants: str, lots: str, rule: Scoring, shards: int, ray: bool) -> Iterator[tuple[Callable[..., Plan], Reasons, Crew]]:
    """Yield what solves the market of two files in shards, what says why, and the crew, which is let go at the end."""
    if ray:
        need_ray()
    sources = sources_of(claimants, lots, shards, rule)
    crew = RayCrew(sources) if ray else Here(sources)
    anybody = replace(sources[0], past=1)

    def solve(**wishes: Any) -> Plan:
        return solve_shards(crew, anybody=anybody, **wishes)

    def why(plan: Plan, row: int) -> list[Option]:
        if not 0 <= row < len(plan.choice):
            raise BadInput("--explain", f"没有编号为 {row} 的人员。", f"there is no claimant {row}")
        choice = np.array(plan.choice)
        choice[[0, row]] = choice[[row, 0]]  # read alone, a claimant is row 0 of his market
        return explain_claimant(replace(sources[0], first=row, past=row + 1).read(crew.unit), replace(plan, choice=choice), 0)

    try:
        yield solve, why, crew
    finally:
        crew.close()
