"""Load the compiled kernels on a few rows, so that none is compiled, or read from the cache, in measured work."""

import numpy as np

from wanjia.planning.allocation import levels
from wanjia.planning.allocation.crew import Here
from wanjia.planning.allocation.market import MarketCore
from wanjia.planning.allocation.plain import core_of
from wanjia.planning.allocation.problem import from_rows
from wanjia.planning.allocation.shard_market import solve_shards
from wanjia.planning.allocation.shards import cuts, held
from wanjia.planning.allocation.solve import solve
from wanjia.planning.allocation.worlds import invented_market


def warm_up(narrow: bool = True, threads: int = 1) -> None:
    """Compile, or load from the cache, every kernel a solve of this kind of edges uses, on a few rows."""
    random = np.random.default_rng(0)
    lots = np.argsort(random.random((12_000, 40)), axis=1)[:, :6]
    score = random.integers(1, 9_000 if narrow else 90_000, lots.shape)
    places = np.where(np.arange(40) < 20, 1, 400)  # too few for a sample, and some left over: every corner is turned
    tiny = from_rows(lots.astype(np.uint16), score, places)
    solve(tiny, gap=1e-2, threads=threads, exact=True)
    levels.warm_up(core_of(tiny), 4, threads)


def warm_up_market(threads: int = 1) -> None:
    """Compile, or load from the cache, what markets too large to be listed use, on a few rows."""
    levels.warm_up(MarketCore(invented_market(3_000, 60, 1.1)), 1, threads)


def warm_up_shards() -> None:
    """Compile, or load from the cache, what a market in shards uses, on a few rows."""
    market = invented_market(3_000, 60, 1.1)
    solve_shards(Here(held(market, cuts(market.n_claimants, 2))), gap=1e-4)
