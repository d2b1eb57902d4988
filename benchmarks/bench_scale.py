"""make bench-scale: a market in one process, in shards in one process, and in shards held by Ray.

    python -m benchmarks.bench_scale [--people 100000 500000] [--shards 2] [--lots 20000] [--ratio 0.8 1.2] [--ways one,shards,ray] [--workers 2]

Each way is a process of its own, which reads Parquet as an office would; kernels are loaded before the clock begins. CPU seconds
are of all processes together: of reading, and of solving (Ray: the actors' and this process's, without Ray's own servers).
Peak memory is of whole processes, Python, numba and Ray included. The referee then judges each plan by its own rules: every pair,
every place; the bound over all lots by brute force for some rows only, and by one process's sweep for all. Invented data only.
Wall time says something on a quiet machine only: the load is printed beside it.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WAYS = ("one", "shards", "ray")
HEAD = ("people", "places", "way", "gap %", "value", "CPU read", "CPU solve", "wall solve", "load", "bids each", "asked", "MB down", "MB up", "MB here", "MB a shard")
JUDGED_ROWS = 300  # claimants whose every pair is judged by brute force


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, nargs="*", default=[100_000])
    parser.add_argument("--shards", type=int, default=2)
    parser.add_argument("--lots", type=int, default=20_000)
    parser.add_argument("--ratio", type=float, nargs="*", default=[0.8])
    parser.add_argument("--ways", default=",".join(WAYS))
    parser.add_argument("--workers", type=int, default=2, help="processors of Ray's cluster on this machine")
    parser.add_argument("--child", nargs=2, metavar=("WAY", "FOLDER"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        way, folder = args.child
        print(json.dumps(judge(folder) if way == "judge" else measure(way, folder, args.shards, args.workers)))
        return
    print("| " + " | ".join(HEAD) + " |\n" + "|---" * len(HEAD) + "|", flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        for n in args.people:
            for ratio in args.ratio:
                folder = f"{scratch}/{n}-{ratio}"
                written = child("write", folder, args, json.dumps([n, args.lots, ratio]))
                if written:
                    sys.exit(str(written))
                for way in args.ways.split(","):
                    print(row(n, ratio, way, child(way, folder, args)), flush=True)
                    said = child("judge", folder, args)
                    if "note" in said or said["breaches"]:
                        print(f"THE REFEREE: {said}", flush=True)


def row(n: int, ratio: float, way: str, m: dict) -> str:
    """Return one line of the table."""
    if "note" in m:
        return f"| {n:,} | {ratio:g} | {way} | {m['note']} |" + " |" * (len(HEAD) - 4)
    cells = [
        f"{n:,}", f"{ratio:g}", way, f"{100 * m['gap']:.4f}", f"{m['value']:,.0f}", f"{m['read']:.1f}", f"{m['cpu']:.1f}", f"{m['wall']:.1f}",
        f"{m['load']:.0f}", f"{m['bids'] / n:.1f}", m.get("asked", ""), *(f"{m[way] / 1e6:.0f}" if way in m else "" for way in ("down", "up")),
        f"{m['here']:.0f}", " ".join(f"{mb:.0f}" for mb in m.get("each", [])),
    ]  # fmt: skip
    return "| " + " | ".join(map(str, cells)) + " |"


def child(way: str, folder: str, args: argparse.Namespace, world: str = "") -> dict:
    """Run one way in a process of its own."""
    if world:
        os.makedirs(folder)
        Path(folder, "world.json").write_text(world)
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.bench_scale", "--child", way, folder, "--shards", str(args.shards), "--workers", str(args.workers)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        return {"note": "failed: " + (done.stderr.strip().splitlines() or ["killed (memory?)"])[-1][:150]}
    return json.loads(done.stdout.strip().splitlines()[-1])


def measure(way: str, folder: str, shards: int, workers: int) -> dict:
    """Read and solve."""
    if way == "write":
        return write(folder)
    import numpy as np

    from wanjia.planning.allocation.warming import warm_up_market, warm_up_shards

    tables = f"{folder}/claimants.parquet", f"{folder}/lots.parquet"
    warm_up_market() if way == "one" else warm_up_shards()
    clock = time.process_time()
    if way == "one":
        from wanjia.planning.allocation.columns import read_market
        from wanjia.planning.allocation.market import solve_market

        market = read_market(*tables)
        read = time.process_time()
        wall = time.perf_counter()
        plan = solve_market(market)
        found = {"read": read - clock, "cpu": time.process_time() - read}
    else:
        crew, sources = crew_of(way, tables, shards, workers)
        if crew is None:
            return {"note": "Ray is not installed (wanjia[scale])"}
        from wanjia.planning.allocation.shard_market import solve_shards

        loaded = sum(cpu for _, cpu, _ in crew.used()) if way == "ray" else 0.0  # the actors' Python, imports and kernels
        crew.begin()
        before = crew.used() if way == "ray" else []
        read = time.process_time()
        wall = time.perf_counter()
        plan = solve_shards(crew, anybody=sources[0].__class__(sources[0].claimants, sources[0].lots, 0, 1, sources[0].scoring))
        after = crew.used() if way == "ray" else []
        found = {
            "read": read - clock + sum(cpu for _, cpu, _ in before) - loaded,
            "cpu": time.process_time() - read + sum(b[1] - a[1] for a, b in zip(before, after, strict=True)),
            "coordinator": time.process_time() - read, "asked": crew.traffic.asked, "down": crew.traffic.down, "up": crew.traffic.up,
            "each": [peak / 2**20 for _, _, peak in after],
        }  # fmt: skip
    found |= {"wall": time.perf_counter() - wall, "load": os.getloadavg()[0]}
    if way == "ray":
        crew.close()
    np.savez(f"{folder}/plan.npz", choice=plan.choice, price=plan.price, figures=[plan.value, plan.bound])
    return found | {"gap": plan.gap, "value": plan.value, "bids": plan.bids, "here": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def crew_of(way: str, tables: tuple[str, str], shards: int, workers: int):
    """Return (crew, its sources), (None, ()) where Ray is missing."""
    from wanjia.planning.allocation.crew import Here
    from wanjia.planning.allocation.ray_market import RayCrew, has_ray
    from wanjia.planning.allocation.shards import sources_of

    sources = sources_of(*tables, shards)
    if way == "shards":
        return Here(sources), sources
    if not has_ray():
        return None, ()
    crew = RayCrew(sources, workers=workers)
    for k in range(len(sources)):
        crew.make(k)
    return crew, sources


def judge(folder: str) -> dict:
    """Let the referee judge the joined plan over the whole market."""
    import numpy as np

    from wanjia.planning.allocation.check_market import check_market, scores_at
    from wanjia.planning.allocation.columns import read_market
    from wanjia.planning.allocation.core import Hands, bound_money
    from wanjia.planning.allocation.kernels import CLOSED
    from wanjia.planning.allocation.market import MarketCore
    from wanjia.planning.allocation.plain import Plan

    market = read_market(f"{folder}/claimants.parquet", f"{folder}/lots.parquet")
    with np.load(f"{folder}/plan.npz") as held:
        choice, price, (value, bound) = held["choice"], held["price"], held["figures"]
    rows = np.random.default_rng(0).choice(market.n_claimants, JUDGED_ROWS, replace=False)
    breaches = list(check_market(market, Plan(choice, price, value, bound, 0.0), rows).breaches)
    has = np.flatnonzero(choice >= 0)
    score, fits = scores_at(market, has, choice[has])
    if not fits.all():
        breaches.append(f"{(~fits).sum()} hold what they may not take")
    if abs(score.sum() * market.unit - value) > 1e-6 * value:
        breaches.append(f"worth {score.sum() * market.unit}, not {value}")
    core = MarketCore(market)
    money = np.where(core.places > 0, np.rint(price / market.unit * core.mul), CLOSED).astype(np.int32)
    proven = bound_money(core, Hands(1), money) / core.mul * market.unit
    if abs(proven - bound) > 1e-9 * bound:
        breaches.append(f"its prices prove {proven}, not {bound}")
    return {"breaches": breaches}


def write(folder: str) -> dict:
    """Write an invented market as the two tables of an office."""
    import numpy as np
    import polars as pl
    import pyarrow as pa

    from wanjia.planning.allocation.worlds import invented_market

    market = invented_market(*json.loads(Path(folder, "world.json").read_text()), seed=5)
    p, j = market.people, market.lots

    def lists(start, flat, names: str):
        words = pa.array([f"{names}{k}" for k in range(40)]).take(pa.array(flat.astype(np.int32)))
        return pl.Series(pa.LargeListArray.from_arrays(pa.array(start), words))

    clock = np.array([f"{k // 60:02d}:{k % 60:02d}" for k in range(24 * 60)])
    people = pl.DataFrame({
        "regions": lists(p.region_start, p.region, "county "), "skills": lists(p.skill_start, p.skill, "trade "), "age": p.age,
        "certificates": lists(np.concatenate([[0], np.cumsum(p.certificates)]), np.zeros(int(p.certificates.sum())), "licence "),
        "pay_floor": p.pay_floor, "home": np.array([f"county {k}" for k in range(40)])[p.home],
        "home_by": pl.Series(["17:40"]).new_from_index(0, len(p.age)).set(pl.Series(p.home_by == 32767), None), "within_county": p.within,
    })  # fmt: skip
    people.write_parquet(f"{folder}/claimants.parquet", row_group_size=50_000)
    lots = pl.DataFrame({
        "region": np.array([f"county {k}" for k in range(40)])[j.region], "pay": j.pay, "places": j.places,
        "skill": pl.Series(np.array([f"trade {k}" for k in range(40)])[j.skill]).set(pl.Series(j.skill == 0), None),
        "certificate": pl.Series(["licence 0"]).new_from_index(0, len(j.pay)).set(pl.Series(j.certificate == 0), None), "age_min": j.age_min, "age_max": j.age_max,
        "ends": clock[j.ends], "unsafe": j.unsafe,
    })  # fmt: skip
    lots.write_parquet(f"{folder}/lots.parquet")
    return {}


if __name__ == "__main__":
    main()
