"""Proven optimal plans: by the peer when the problem is small, by the auction and a proof when it is not.

Either way the proof is ours: `proof.prove` ends with prices whose dual equals the value to the score step over all edges.
"""

import numpy as np

from wanjia.planning.allocation import core as engine
from wanjia.planning.allocation.core import Core, Hands
from wanjia.planning.allocation.proof import prove
from wanjia.planning.arrays import Array

PEER_EDGES = 60_000  # below this OR-Tools answers before our kernels are loaded
FINE = 1e-6  # the gap from which few improving cycles remain


def flow(owner: Array, lot: Array, score: Array, places: Array, n: int) -> Array:
    """Return the best choice per claimant 0:n (-1 none) by OR-Tools SimpleMinCostFlow on these edges."""
    from ortools.graph.python import min_cost_flow

    m = len(places)
    network = min_cost_flow.SimpleMinCostFlow()
    network.add_arcs_with_capacity_and_unit_cost(
        owner.astype(np.int32), lot.astype(np.int32) + np.int32(n), np.ones(len(lot), np.int64), -score.astype(np.int64)
    )
    everybody, lots, sink = np.arange(n, dtype=np.int32), np.arange(n, n + m, dtype=np.int32), n + m
    network.add_arcs_with_capacity_and_unit_cost(lots, np.full(m, sink, np.int32), places.astype(np.int64), np.zeros(m, np.int64))
    network.add_arcs_with_capacity_and_unit_cost(everybody, np.full(n, sink, np.int32), np.ones(n, np.int64), np.zeros(n, np.int64))
    network.set_nodes_supplies(
        np.arange(n + m + 1, dtype=np.int32), np.concatenate([np.ones(n, np.int64), np.zeros(m, np.int64), [-n]])
    )
    if network.solve() != network.OPTIMAL:
        raise RuntimeError("the flow peer found no plan although staying out is always one")
    used = np.flatnonzero(network.flows(np.arange(len(lot), dtype=np.int32)) > 0)
    choice = np.full(n, -1, np.int32)
    choice[owner[used]] = lot[used]
    return choice


def peer_choice(core: Core) -> Array:
    """Return the peer's choice for the core's claimants."""
    width = np.full(core.n, core.width) if core.width else np.diff(core.start)
    owner = np.repeat(np.arange(core.n), width)
    mine = np.zeros(core.n, bool)
    mine[core.ids] = True
    e = np.flatnonzero(mine[owner])
    return flow(owner[e], core.lot[e], core.score[e], core.places, core.n)


def prove_from(core: Core, choice: Array, money: Array, seconds: float) -> tuple[bool, Array, int]:
    """Improve `choice` (in place) until optimal. Returns (proven, prices in steps, cycles).

    money: prices to start the labels from. Needs staying out to be worth nought. About 30 M edges are read a second.
    """
    label = np.zeros(len(core.places) + 1, np.int64)
    label[:-1] = np.where(core.places > 0, money // core.mul, 0)
    tally = np.zeros(2, np.int64)
    most = int(min(2000.0 * len(core.lot) + 1e7, 3e7 * seconds + 1e6))
    proven = prove(*core.edges, core.places, core.ids, choice, label, most, tally)
    price = np.maximum(label[:-1] - label[-1], 0)
    price[core.places == 0] = np.iinfo(np.int16).max if core.narrow else 1 << 27
    if proven:
        hands = Hands(1)
        proven = engine.bound_money(core, hands, price * core.mul) == engine.value_steps(core, hands, choice) * core.mul
    return bool(proven), price, int(tally[1])
