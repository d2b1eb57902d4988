"""make bench-allocation: the allocation engine against its peers, one table, one run.

CPU seconds (not wall time) and peak memory, each measure in a process of its own, medians of 5. Reading the instance, importing
libraries and compiling kernels are not counted; building the peer's network is, as the engine's own preparation is.

    python -m benchmarks.bench_allocation [--quick] [--repeat 5] [--instances FOLDER] [--only edges,kinds,given,lists,markets,threads]

The whole takes some 45 minutes and 10 GB (the flow peer alone 4 CPU minutes a run at 3.01 M). --quick: 10 k and 100 k only, 3
repeats. A method that has used PATIENCE CPU seconds is not repeated; its line then says how many runs it had. Given instances
(allocation_*.npz) are added from --instances or WANJIA_INSTANCES. Invented data only.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LOTS = {10_000: 500, 100_000: 2_000, 500_000: 5_000, 3_010_900: 20_000}
OURS = ("ours 0.1 %", "ours 0.01 %", "ours exact", "ours re-plan 1 %")
PEERS = ("SimpleMinCostFlow", "greedy", "SciPy", "HiGHS")
CANNOT = {
    "SciPy": (20_000, "not tried: one column a place"), "HiGHS": (100_000, "not tried above 100,000"),
}  # fmt: skip
PATIENCE = 100.0  # CPU seconds after which a method is not repeated
LIST_WAYS = ("lists: ours", "lists: brute force", "lists: polars", "lists: DuckDB")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--sizes", type=int, nargs="*", help="only these numbers of claimants")
    parser.add_argument("--only", default="edges,kinds,given,lists,markets,threads")
    parser.add_argument("--no-peers", action="store_true", help="only this engine")
    parser.add_argument("--repeat", type=int, default=0)
    parser.add_argument("--instances", default=os.environ.get("WANJIA_INSTANCES", ""))
    parser.add_argument("--child", nargs=2, metavar=("METHOD", "FOLDER"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        print(json.dumps(measure(*args.child)))
        return
    repeat = args.repeat or (3 if args.quick else 5)
    sizes = args.sizes or ([10_000, 100_000] if args.quick else list(LOTS))
    peers = () if args.no_peers else PEERS
    print(f"{'instance':28} {'method':20} {'CPU s':>9} {'peak MB':>8} {'gap %':>9} {'bids/cl':>8} {'passes':>7} {'vs flow':>8}  note")
    with tempfile.TemporaryDirectory() as scratch:
        benches = {
            "edges": lambda: edges(scratch, sizes, repeat, peers),
            "kinds": lambda: kinds(scratch, 10_000 if args.quick else 100_000, repeat, peers[:2]),
            "given": lambda: given(scratch, args.instances, repeat, peers[:2]),
            "lists": lambda: lists(scratch, 20_000 if args.quick else 100_000, repeat),
            "markets": lambda: markets(scratch, [n for n in sizes if n >= 100_000], repeat),
            "threads": lambda: threads(scratch, [n for n in sizes if n >= 500_000], repeat),
        }
        for name in args.only.split(","):
            benches[name]()


def edges(scratch: str, sizes: list[int], repeat: int, peers: tuple) -> None:
    """Explicit edges, scarce and slack, small to large."""
    for n in sizes:
        for ratio in (0.8, 1.2):
            table(scratch, f"{n} {'scarce' if ratio < 1 else 'slack'}", (n, LOTS.get(n, n // 100), ratio, "plain"), repeat, peers)


def kinds(scratch: str, n: int, repeat: int, peers: tuple) -> None:
    """Families of scores that are hard for an auction, and the price war."""
    for kind in ("product", "local", "flat"):
        table(scratch, f"{n} {kind}", (n, LOTS[n], 0.8, kind), repeat, peers)
    table(scratch, "price war 10001 x 40", (10_001, 40, 0, "war"), repeat, peers)


def given(scratch: str, folder: str, repeat: int, peers: tuple) -> None:
    """Add the instances that were given."""
    import numpy as np

    files = sorted(Path(folder).glob("allocation_*.npz")) if folder else []
    if not files:
        print("given instances: none passed (--instances or WANJIA_INSTANCES), skipped")
    for file in files:
        with np.load(file) as held:
            where = save(scratch, held["idx"], held["sc"], held["cap"])
        rows(where, file.stem, repeat, peers)


def table(scratch: str, name: str, world: tuple, repeat: int, peers: tuple) -> None:
    """Measure every method on one invented instance."""
    import numpy as np

    from wanjia.planning.allocation.worlds import invented_rows

    n, m, ratio, kind = world
    if kind == "war":
        lot = np.tile(np.arange(m, dtype=np.uint16), (n, 1))
        where = save(scratch, lot, np.full(lot.shape, 5000, np.int16), np.full(m, 250, np.int32))
    else:
        where = save(scratch, *invented_rows(n, m, ratio, seed=11, kind=kind))
    rows(where, name, repeat, peers)


def save(scratch: str, lot, score, places) -> str:
    """Write one instance where the children find it."""
    import numpy as np

    folder = tempfile.mkdtemp(dir=scratch)
    for field, array in (("idx", lot), ("sc", score), ("cap", places)):
        np.save(f"{folder}/{field}.npy", array)
    return folder


def rows(folder: str, name: str, repeat: int, peers: tuple) -> None:
    """Print one line per method, ratios to the flow peer."""
    import numpy as np

    n = len(np.load(f"{folder}/idx.npy", mmap_mode="r"))
    found = {}
    for method in (*peers, *OURS):
        limit, words = CANNOT.get(method, (10**9, ""))
        found[method] = {"note": words} if n > limit else median(method, folder, repeat)
    flow = found.get("SimpleMinCostFlow", {}).get("cpu")
    for method, m in found.items():
        if "cpu" not in m:
            print(f"{name:28} {method:20} {'-':>9} {'':>8} {'':>9} {'':>8} {'':>7} {'':>8}  {m['note']}", flush=True)
            continue
        ratio = f"{flow / m['cpu']:.1f}x" if flow else ""
        if "re-plan" in method and "cpu" in found["ours 0.1 %"]:
            m["note"] = f"{100 * m['cpu'] / found['ours 0.1 %']['cpu']:.1f} % of ours 0.1 %"
        gap = f"{100 * m['gap']:.4f}" if m.get("gap") is not None else ""
        bids = f"{m['bids'] / n:.2f}" if "bids" in m else ""
        passes = f"{m['cpu'] / m['pass']:.1f}" if "pass" in m else ""
        print(
            f"{name:28} {method:20} {m['cpu']:9.3f} {m['mb']:8.0f} {gap:>9} {bids:>8} {passes:>7} {ratio:>8}  {m.get('note', '')}",
            flush=True,
        )


def median(method: str, folder: str, repeat: int) -> dict:
    """Run a method in up to `repeat` processes; return the run of median CPU time, whose note says so when there were fewer."""
    runs: list[dict] = []
    while len(runs) < repeat and sum(run.get("cpu", 0.0) for run in runs) < PATIENCE:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.bench_allocation", "--child", method, folder],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            return {"note": "failed: " + (done.stderr.strip().splitlines() or ["killed (memory?)"])[-1][:60]}
        runs.append(json.loads(done.stdout))
        if "cpu" not in runs[-1]:
            break
    runs.sort(key=lambda run: run.get("cpu", 0.0))
    middle = runs[len(runs) // 2]
    if "cpu" in middle:
        middle["cpu"] = statistics.median(run["cpu"] for run in runs)
        middle["note"] = middle.get("note", "") + (f" ({len(runs)} run{'s' * (len(runs) > 1)})" if len(runs) < repeat else "")
    return middle


def measure(method: str, folder: str) -> dict:
    """Measure one method in this process."""
    import numpy as np

    if method.startswith("lists"):
        found = measure_lists(method, folder)
    elif method.startswith("market"):
        found = measure_market(folder)
    elif method.startswith("threads"):
        found = measure_threads(int(method.split()[1]), *(np.load(f"{folder}/{field}.npy") for field in ("idx", "sc", "cap")))
    else:
        data = tuple(np.load(f"{folder}/{field}.npy") for field in ("idx", "sc", "cap"))
        found = (measure_ours if method in OURS else measure_peer)(method, *data)
    return found | {"mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def measure_ours(method: str, idx, sc, cap) -> dict:
    """The engine: from arrays to a certified plan, input checks included; then one dual pass."""
    import numpy as np

    from wanjia.planning.allocation.core import Hands, bound_money
    from wanjia.planning.allocation.plain import core_of
    from wanjia.planning.allocation.problem import from_rows
    from wanjia.planning.allocation.replan import replan
    from wanjia.planning.allocation.solve import solve
    from wanjia.planning.allocation.warming import warm_up
    from wanjia.planning.allocation.worlds import invented_rows

    gap = 1e-4 if "0.01" in method else 1e-3
    warm_up()
    if "re-plan" in method:
        lot, score, places = invented_rows(8000, 100, 0.8, k=8)
        replan(from_rows(lot, score, places), solve(from_rows(lot, score, places), keep=True), np.arange(9))
        last = solve(from_rows(idx, sc, cap), gap=gap, keep=True)
        rows_ = np.random.default_rng(0).choice(len(idx), len(idx) // 100, replace=False)
        idx[rows_], sc[rows_] = idx[rows_[::-1]], sc[rows_[::-1]]
        problem = from_rows(idx, sc, cap)
        cpu, wall = time.process_time(), time.perf_counter()
        plan = replan(problem, last, rows_, gap=gap)
    else:
        cpu, wall = time.process_time(), time.perf_counter()
        problem = from_rows(idx, sc, cap)
        plan = solve(problem, gap=gap, exact="exact" in method)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    core, hands = core_of(problem), Hands(1)
    price = np.where(core.places > 0, plan.price / problem.unit * core.mul, 1 << 30).astype(np.int32)
    bound_money(core, hands, price)
    passed = time.process_time()
    bound_money(core, hands, price)
    note = f"wall {wall:.2f} s" + (" proven" if plan.proven else "")
    return {"cpu": cpu, "gap": plan.gap, "bids": plan.bids, "pass": time.process_time() - passed, "value": plan.value, "note": note}


def measure_peer(method: str, idx, sc, cap) -> dict:
    """A peer on the same arrays, network building included."""
    import numpy as np

    n, k = idx.shape
    owner = np.repeat(np.arange(n, dtype=np.int32), k)
    if method == "SimpleMinCostFlow":
        from wanjia.planning.allocation.exact import flow

        flow(np.array([0]), np.array([0]), np.array([1]), np.array([1]), 1)
        cpu = time.process_time()
        choice = flow(owner, idx.reshape(-1), sc.reshape(-1), cap, n)
    elif method == "greedy":
        _greedy(owner[:1], idx.reshape(-1)[:1], sc.reshape(-1)[:1], cap, n)
        cpu = time.process_time()
        choice = _greedy(owner, idx.reshape(-1), sc.reshape(-1), cap, n)
    elif method == "SciPy":
        from scipy.sparse import csr_matrix
        from scipy.sparse.csgraph import min_weight_full_bipartite_matching as matching

        cpu = time.process_time()
        seat = np.concatenate([[0], np.cumsum(cap)])
        per = cap[idx.reshape(-1)]
        row = np.repeat(owner, per)
        col = np.repeat(seat[idx.reshape(-1)] - np.concatenate([[0], np.cumsum(per)[:-1]]), per) + np.arange(per.sum())
        weight = np.repeat(sc.reshape(-1).astype(float), per)
        row, col = np.concatenate([row, np.arange(n)]), np.concatenate([col, seat[-1] + np.arange(n)])
        graph = csr_matrix((np.concatenate([weight, np.full(n, 1e-6)]), (row, col)), shape=(n, seat[-1] + n))
        _, got = matching(graph, maximize=True)
        choice = np.where(got < seat[-1], np.searchsorted(seat, got, side="right") - 1, -1)
    else:
        from scipy.optimize import linprog
        from scipy.sparse import coo_matrix, vstack

        cpu = time.process_time()
        e = np.arange(n * k)
        a = vstack(
            [coo_matrix((np.ones(n * k), (owner, e))), coo_matrix((np.ones(n * k), (idx.reshape(-1), e)), shape=(len(cap), n * k))]
        ).tocsr()
        done = linprog(
            -sc.reshape(-1).astype(float), A_ub=a, b_ub=np.concatenate([np.ones(n), cap]), bounds=(0, 1), method="highs",
            options={"time_limit": 300},
        )  # fmt: skip
        if done.x is None or done.status != 0:
            return {"note": "no plan in 5 min"}
        return {"cpu": time.process_time() - cpu, "value": -done.fun}
    cpu = time.process_time() - cpu
    value = int((sc.astype(np.int64) * (idx == choice[:, None])).sum())
    return {"cpu": cpu, "value": value, "note": f"worth {value}"}


_take = None


def _greedy(owner, lot, score, places, n: int):
    """Take the dearest pair that is still possible, one after another."""
    import numpy as np
    from numba import njit

    global _take
    if _take is None:

        @njit
        def take(order, owner, lot, left, choice):
            for e in order:
                if choice[owner[e]] < 0 and left[lot[e]] > 0:
                    choice[owner[e]] = lot[e]
                    left[lot[e]] -= 1

        _take = take
    choice = np.full(n, -1, np.int32)
    _take(np.argsort(-score.astype(np.int32), kind="stable"), owner, lot, places.astype(np.int64), choice)
    return choice


def lists(scratch: str, n: int, repeat: int) -> None:
    """Candidate generation: the 30 best eligible lots by score, from columns."""
    folder = tempfile.mkdtemp(dir=scratch)
    Path(folder, "world.json").write_text(json.dumps([n, 20_000]))
    found = {way: median(way, folder, repeat if way == LIST_WAYS[0] else 1) for way in LIST_WAYS}
    best = found[LIST_WAYS[0]]
    for way, m in found.items():
        if "cpu" in m:
            same = "same score lists" if m["sum"] == best["sum"] else "OTHER SCORE LISTS"
            print(f"{n} x 20000{'':13} {way:20} {m['cpu']:9.3f} {m['mb']:8.0f}  ours is {m['cpu'] / best['cpu']:.1f}x  {same}", flush=True)
        else:
            print(f"{n} x 20000{'':13} {way:20} {m['note']}", flush=True)


def measure_lists(way: str, folder: str) -> dict:
    """One way to list the 30 best; `sum` is a digest of the sorted score lists."""
    import numpy as np

    from wanjia.planning.allocation.market import list_best
    from wanjia.planning.allocation.worlds import invented_market

    n, m = json.loads(Path(folder, "world.json").read_text())
    market, most = invented_market(n, m, seed=5), 30
    if way == LIST_WAYS[0]:
        list_best(invented_market(200, 20), None, most)
        cpu = time.process_time()
        start, _, score = list_best(market, None, most)
        cpu = time.process_time() - cpu
        owner = np.repeat(np.arange(n), np.diff(start))
        return {"cpu": cpu, "sum": digest(owner, np.arange(len(score)) - start[owner], score)}
    from benchmarks import allocation_lists

    return allocation_lists.WAYS[way](market, most, digest)


def digest(owner, rank, score) -> int:
    """Return a number that differs when any score list differs."""
    import numpy as np

    mixed = (owner.astype(np.uint64) * np.uint64(31) + rank.astype(np.uint64) + np.uint64(1)) * (score.astype(np.uint64) + np.uint64(7))
    return int((mixed ^ (mixed >> np.uint64(7))).sum(dtype=np.uint64))


def markets(scratch: str, sizes: list[int], repeat: int) -> None:
    """From columns to assignment; the gap is against all eligible lots."""
    for n in sizes:
        for ratio in (0.8, 1.2):
            folder = tempfile.mkdtemp(dir=scratch)
            Path(folder, "world.json").write_text(json.dumps([n, 20_000, ratio]))
            m = median("market", folder, repeat)
            words = m["note"]
            if "cpu" in m:
                words = f"{m['cpu']:9.3f} {m['mb']:8.0f} {100 * m['gap']:9.4f} {m['bids'] / n:8.2f}  gap against all eligible lots{words}"
            print(f"{f'{n} x 20000 {ratio:g}':28} {'columns to plan':20} {words}", flush=True)


def measure_market(folder: str) -> dict:
    """Solve one invented market."""
    from wanjia.planning.allocation.market import solve_market
    from wanjia.planning.allocation.warming import warm_up_market
    from wanjia.planning.allocation.worlds import invented_market

    n, m, ratio = json.loads(Path(folder, "world.json").read_text())
    market = invented_market(n, m, ratio, seed=5)
    warm_up_market()
    cpu = time.process_time()
    plan = solve_market(market, gap=1e-3)
    return {"cpu": time.process_time() - cpu, "gap": plan.gap, "bids": plan.bids, "note": ""}


def threads(scratch: str, sizes: list[int], repeat: int) -> None:
    """Wall time on one thread and on two, taken in turns in one process: it says something on a quiet machine only."""
    from wanjia.planning.allocation.worlds import invented_rows

    for n in sizes:
        where = save(scratch, *invented_rows(n, LOTS[n], 0.8, seed=11))
        m = median(f"threads {repeat}", where, 1)
        if "cpu" not in m:
            print(f"{n} scarce: two threads: {m['note']}")
            continue
        print(
            f"{f'{n} scarce':28} one thread {m['one']:.3f} s, two threads {m['two']:.3f} s of wall time: {m['one'] / m['two']:.2f} times "
            f"shorter; gaps {100 * m['gaps'][0]:.4f} and {100 * m['gaps'][1]:.4f} %; load average {os.getloadavg()[0]:.1f}",
            flush=True,
        )


def measure_threads(repeat: int, idx, sc, cap) -> dict:
    """Medians of wall time at a gap of 0.1 %."""
    from wanjia.planning.allocation.problem import from_rows
    from wanjia.planning.allocation.solve import solve
    from wanjia.planning.allocation.warming import warm_up

    problem, walls, gaps = from_rows(idx, sc, cap), {1: [], 2: []}, {}
    for count in walls:
        warm_up(threads=count)
    for _ in range(repeat):
        for count, times in walls.items():
            began = time.perf_counter()
            gaps[count] = solve(problem, gap=1e-3, threads=count).gap
            times.append(time.perf_counter() - began)
    return {"cpu": 0.0, "one": statistics.median(walls[1]), "two": statistics.median(walls[2]), "gaps": [gaps[1], gaps[2]]}


if __name__ == "__main__":
    main()
