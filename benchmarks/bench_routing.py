"""Routing against its peers, in one run: each run a process of its own, measured in CPU seconds, peers taking turns.

    python -m benchmarks.bench_routing [--quick] [--seconds 60] [--seeds 1] [--vrplib DIR] [--buses DIR]
                                       [--only vrp,buses,mornings,charters,explain] [--files X-n101-k25,R104] [--peers wanjia,vroom]

--vrplib (or WANJIA_VRPLIB): a folder of X-*.vrp with .sol files and Solomon texts; --buses (or WANJIA_BUSES): a folder of
school_bus_*.json.gz. Without them these files are skipped with a word. mornings: made-up school buses of fifteen kinds; explain:
a thousand random explanations, each held against the referee.
"""

import argparse
import gzip
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.bus_mornings import KINDS, morning

# Best known distances of Solomon's set as published (real distances, up to 25 vehicles).
SOLOMON_BEST = {"R104": 976.61, "R208": 705.45, "RC106": 1381.23, "RC208": 779.31}
VRP_PEERS = ("wanjia", "pyvrp", "vroom", "ortools")
_WORLDS: dict[int, Any] = {}  # of this process's one instance
BUS_PEERS = ("wanjia", "vroom tight", "pyvrp tight", "ortools tight")  # tight: no pick-up so early that a ride could be too long


def main() -> None:
    """Run the benches asked for and print their tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="10 CPU seconds, two files of each kind")
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--vrplib", default=os.environ.get("WANJIA_VRPLIB"))
    parser.add_argument("--buses", default=os.environ.get("WANJIA_BUSES"))
    parser.add_argument("--only", default="vrp,buses,mornings,charters,explain")
    parser.add_argument("--files", default="", help="names of routing files or kinds of mornings; all unless given")
    parser.add_argument("--peers", default=",".join(VRP_PEERS), help="engines for the routing files, ours first")
    parser.add_argument("--one", nargs=5, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        print(json.dumps(_one(*args.one)))
        return
    seconds = args.seconds or (10.0 if args.quick else 60.0)
    for name in args.only.split(","):
        BENCHES[name](args, seconds)


def measured(kind: str, peer: str, path: str, seconds: float, seed: int) -> dict[str, Any]:
    """Run one peer in a child; returns its answer and the child's CPU seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    words = [sys.executable, "-m", "benchmarks.bench_routing", "--one", kind, peer, path, str(seconds), str(seed)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if done.returncode:
        print(f"  {peer} failed: {done.stderr.strip().splitlines()[-1:]}", flush=True)
        return {"cpu": cpu}
    return {**json.loads(done.stdout.splitlines()[-1]), "cpu": cpu}


def _one(kind: str, peer: str, path: str, seconds: str, seed: str) -> dict[str, Any]:
    """Do one run in this process; the referee judges every answer."""
    return {"vrp": _one_vrp, "bus": _one_bus}[kind](peer, path, float(seconds), int(seed))


def _one_vrp(peer: str, path: str, seconds: float, seed: int) -> dict[str, Any]:
    from benchmarks import routing_peers
    from wanjia.planning.routing.effort import Effort
    from wanjia.planning.routing.vrp import check, files, problem, solve

    given = files.read_problem(path)
    if peer == "wanjia":
        routes = solve.solve(given, effort=Effort(seconds, cpu_from=0.0), seed=seed).routes
    else:
        routes = tuple(map(tuple, getattr(routing_peers, f"vrp_{peer}")(given, seconds, seed)))
    plan = problem.Plan(routes, check.cost_of(given, routes))
    return {"cost": plan.cost, "broken": check.breaches(given, plan)[:1]}


def _one_bus(peer: str, path: str, seconds: float, seed: int) -> dict[str, Any]:
    from benchmarks import routing_peers
    from wanjia.planning.routing.buses import bound, check, schedule, solve, wire
    from wanjia.planning.routing.documents import read_json
    from wanjia.planning.routing.effort import Effort

    given = wire.read_problem(read_json(path))
    if peer == "wanjia":
        plan, dropped = solve.solve(given, effort=Effort(seconds, cpu_from=0.0), seed=seed), 0
    else:
        name, _, tight = peer.partition(" ")
        days = getattr(routing_peers, f"bus_{name}")(given, seconds, seed, bool(tight))
        carried = len({call for day in days for call in day if call < len(given.households)})
        plan = schedule.plan_of(given, [_legal(given, bus, day) for bus, day in enumerate(days)], bound.most_servable(given))
        dropped = carried - (len(given.households) - len(plan.not_served))
    broken = [b.kind for b in check.breaches(given, plan)]
    return {"not_served": len(plan.not_served), "km": plan.metres / 1000, "dropped": dropped, "broken": broken}


def _legal(given: Any, bus: int, calls: list[int]) -> list[int]:
    """Turn a peer's calls into codes, a school once where calls follow one another, and leave out whom it carries unlawfully.

    Three readings of the same day are tried and the one that carries most is kept: a peer is never charged for more than that.
    """
    homes = len(given.households)
    codes: list[int] = []
    for call in calls:
        code = call if call < homes else homes + given.households[call - homes].school
        if not (codes and codes[-1] == code):
            codes.append(code)
    codes = _needed(given, codes)
    if _runs(given, bus, codes):
        return codes
    readings = [_thinned(given, bus, codes), _rebuilt(given, bus, codes, 1), _rebuilt(given, bus, codes, -1)]
    return max(readings, key=lambda day: sum(code < homes for code in day))


def _thinned(given: Any, bus: int, codes: list[int]) -> list[int]:
    """Drop one household after the other, one that mends the day if there is one, until the day is lawful."""
    while not _runs(given, bus, codes):
        shorter = [_needed(given, [c for c in codes if c != home]) for home in codes if home < len(given.households)]
        codes = next((day for day in shorter if _runs(given, bus, day)), shorter[0])
    return codes


def _rebuilt(given: Any, bus: int, codes: list[int], step: int) -> list[int]:
    """Take households one by one in the peer's order, or backwards, and keep whoever fits."""
    homes, kept, day = len(given.households), set(), []
    for home in [code for code in codes if code < homes][::step]:
        tried = _needed(given, [code for code in codes if code >= homes or code in kept or code == home])
        if _runs(given, bus, tried):
            kept.add(home)
            day = tried
    return day


def _runs(given: Any, bus: int, codes: list[int]) -> bool:
    """Tell whether a day keeps every rule."""
    import numpy as np

    from wanjia.planning.routing.buses.kernel import walk
    from wanjia.planning.routing.buses.solve import world_of

    if id(given) not in _WORLDS:
        _WORLDS[id(given)] = world_of(given)
    return not codes or walk(_WORLDS[id(given)], bus, np.array(codes, np.int32), len(codes)) >= 0


def _needed(given: Any, codes: list[int]) -> list[int]:
    from wanjia.planning.routing.buses.choose import tidy

    return tidy(given, codes)


def bench_vrp(args: argparse.Namespace, seconds: float) -> None:
    """Mean gap to the best known."""
    if not args.vrplib or not Path(args.vrplib).is_dir():
        print("vrp: no folder of benchmark files given (--vrplib), skipped")
        return
    files = sorted([*Path(args.vrplib).glob("X-*.vrp"), *Path(args.vrplib).glob("R*.txt")])
    best = {path.stem: _best(path) for path in files}
    files = [path for path in files if best[path.stem]]
    files = [path for path in files if not args.files or path.stem in args.files.split(",")]
    files = [files[0], files[-1]] if args.quick and len(files) > 2 else files
    peers = args.peers.split(",")
    gaps: dict[str, list[float]] = {peer: [] for peer in peers}
    print(f"\nPlain routing, gap to the best known in %, {seconds:g} CPU s each, one thread")
    print(f"{'file':<14}" + "".join(f"{peer:>18}" for peer in peers))
    for path in files:
        line = f"{path.stem:<14}"
        for peer in peers:
            runs = [measured("vrp", peer, str(path), seconds, seed) for seed in range(1, args.seeds + 1)]
            costs = [run["cost"] for run in runs if "cost" in run and not run["broken"]]
            gap = (statistics.median(costs) / best[path.stem] - 1) * 100 if costs else float("nan")
            gaps[peer].append(gap)
            line += f"{gap:>9.2f} ({statistics.median(run['cpu'] for run in runs):4.0f} s)"
        print(line, flush=True)
    means = {peer: statistics.fmean(values) for peer, values in gaps.items()}
    print(f"{'mean':<14}" + "".join(f"{means[peer]:>9.2f}{'':9}" for peer in peers))
    print("ours / peer: " + ", ".join(f"{peer} {means['wanjia'] / (means[peer] or float('nan')):.2f}" for peer in peers[1:]))


def _best(path: Path) -> float | None:
    """Return the best known length: from the .sol file beside it, or from the table above."""
    beside = path.with_suffix(".sol")
    if beside.exists():
        found = re.search(r"^Cost\s+([\d.]+)", beside.read_text(), re.MULTILINE)
        return float(found.group(1)) if found else None
    return SOLOMON_BEST.get(path.stem)


def bench_buses(args: argparse.Namespace, seconds: float) -> None:
    """Households not served, then km, on the instances of a folder."""
    files = sorted(Path(args.buses).glob("school_bus_*.json.gz")) if args.buses else []
    if not files:
        print("buses: no folder of instances given (--buses), skipped")
        return
    _buses_head(seconds)
    for path in files[:1] if args.quick else files:
        _buses_table(path, seconds)


def bench_mornings(args: argparse.Namespace, seconds: float) -> None:
    """Households not served, then km, on made-up mornings of many kinds."""
    kinds = [kind for kind in KINDS if not args.files or kind in args.files.split(",")]
    _buses_head(seconds)
    with tempfile.TemporaryDirectory() as folder:
        for kind in kinds[:2] if args.quick else kinds:
            path = Path(folder) / kind
            path.write_bytes(gzip.compress(json.dumps(morning(**KINDS[kind])).encode()))
            _buses_table(path, seconds)


def _buses_head(seconds: float) -> None:
    print(f"\nSchool buses, {seconds:g} CPU s each, one thread, riders = seats less the attendant; interleaved, one run")
    print("dropped: whom a peer carried against the ride limit or another rule, counted as not served; breaches: by check")
    print(f"{'file':<26}{'who':<14}{'not served':>12}{'dropped':>9}{'km':>8}{'CPU s':>8}{'breaches':>10}")


def _buses_table(path: Path, seconds: float) -> None:
    """One line per engine, then ours against the best peer."""
    runs = {}
    for peer in BUS_PEERS:
        run = runs[peer] = measured("bus", peer, str(path), seconds, 1)
        line = f"{path.name:<26}{peer:<14}"
        if "km" in run:
            line += f"{run['not_served']:>12}{run['dropped']:>9}{run['km']:>8.0f}{run['cpu']:>8.1f}{len(run['broken']):>10}"
        else:
            line += f"{'failed':>12}"
        print(line, flush=True)
    others = [runs[peer]["not_served"] for peer in BUS_PEERS[1:] if "km" in runs[peer]]
    print(f"  ours {runs['wanjia'].get('not_served')}, the best peer {min(others, default=None)}", flush=True)


def bench_charters(args: argparse.Namespace, seconds: float) -> None:
    """Coaches against the plain deadline rule at equal windows."""
    from wanjia.planning.routing.charters import check, example, solve, wire

    solve.solve(wire.read_problem(example.season(500)))  # compile
    people = 20_000 if args.quick else 162_700
    print(f"\nCharters: {people:,} people in 28 days, coaches of 50, no trains")
    print(f"{'mean window':<12}{'ours':>8}{'bound':>8}{'plain rule':>12}{'ratio':>8}{'CPU s':>8}{'broken':>8}")
    for window in (3, 4, 6, 8):
        problem = wire.read_problem(example.season(people, window=window))
        begun = time.process_time()
        plan = solve.solve(problem)
        cpu = time.process_time() - begun
        broken = len(check.breaches(problem, plan))
        ratio = plan.coaches() / plan.plain
        print(f"{window:<12}{plan.coaches():>8}{plan.bound:>8}{plan.plain:>12}{ratio:>8.2f}{cpu:>8.1f}{broken:>8}", flush=True)


def bench_explain(args: argparse.Namespace, seconds: float) -> None:
    """A thousand explanations of late buses and of households not served; the referee judges each."""
    from benchmarks.routing_explanations import late, not_served

    print("\nExplanations held against the referee")
    print(f"{'question':<34}{'asked':>8}{'agree':>8}")
    for question, ask in (("why is this bus late?", late), ("why is this household not served?", not_served)):
        answers = ask(500)
        print(f"{question:<34}{len(answers):>8}{sum(answers):>8}", flush=True)


BENCHES = {
    "vrp": bench_vrp,
    "buses": bench_buses,
    "mornings": bench_mornings,
    "charters": bench_charters,
    "explain": bench_explain,
}

if __name__ == "__main__":
    main()
