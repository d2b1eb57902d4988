"""`wanjia plan allocate` and `wanjia plan market`."""

from __future__ import annotations

import argparse
import dataclasses
import io
import json
import math
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from wanjia.planning.contract import BadInput, refuse_strangers, strangers
from wanjia.planning.terminal import progress_bar, refuse, stoppable, writable, write

if TYPE_CHECKING:
    from wanjia.planning.allocation.explain import Option
    from wanjia.planning.allocation.market import Market, Scoring
    from wanjia.planning.allocation.problem import Problem
    from wanjia.planning.allocation.solve import Plan

Reasons: TypeAlias = "Callable[[Plan, int], list[Option]]"
Parsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_commands(subparsers: Parsers) -> None:
    """Add `allocate` and `market` to the `wanjia plan` parser."""
    allocate = subparsers.add_parser("allocate", help="谁得到什么：按组合表分配 / allocate an NPZ of edges")
    allocate.add_argument("file", help="NPZ: idx, sc (n, k) and cap (m,); or start, idx, sc (edges) and cap")
    allocate.add_argument("--exact", action="store_true", help="证明最优 / prove optimality")
    _shared(allocate)
    allocate.set_defaults(run=allocate_command)
    market = subparsers.add_parser("market", help="谁得到什么：按人员表和岗位表分配 / allocate claimants to lots given as columns")
    market.add_argument("claimants", help="Parquet")
    market.add_argument("lots", help="Parquet")
    for name, default in (("pay-weight", 1.0), ("region-step", 300.0), ("skill-step", 200.0), ("home-bonus", 500.0)):
        market.add_argument(f"--{name}", type=float, default=default, metavar="YUAN")
    market.add_argument("--shards", type=int, metavar="N", help="把人员分成 N 片，每片只读自己的人员 / cut the claimants (a file, or a folder of them) into N shards")
    market.add_argument("--ray", action="store_true", help="各片由 Ray 进程保存（RAY_ADDRESS 指定集群） / shards in Ray processes; RAY_ADDRESS names a cluster")
    _shared(market)
    market.set_defaults(run=market_command)


def _shared(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--gap", type=float, default=1e-3, help="允许的差距 / wished gap, default 0.001")
    parser.add_argument("--seconds", type=float, help="时间上限 / time limit")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--explain", type=int, nargs="*", default=[], metavar="ROW", help="为什么：这些人员的去向和理由 / why these claimants got what they got")
    parser.add_argument("--out", help="NPZ: choice int32 (n,), -1 for none, and price in yuan (m,)")
    parser.add_argument("--json", action="store_true", help="只输出一个 JSON / print one JSON object")


def allocate_command(args: argparse.Namespace) -> int:
    """Allocate the edges of a file."""
    return _guarded(args, lambda: _allocate(args))


def market_command(args: argparse.Namespace) -> int:
    """Allocate claimants to lots."""
    return _guarded(args, lambda: _market(args))


def _allocate(args: argparse.Namespace) -> int:
    from wanjia.planning.allocation.solve import solve
    from wanjia.planning.allocation.warming import warm_up

    problem = read_npz(args.file)
    warm_up(problem.score.dtype.itemsize == 2, args.threads)
    return _report(args, _why(problem), lambda **how: solve(problem, exact=args.exact, **_wishes(args), **how))


def _market(args: argparse.Namespace) -> int:
    from wanjia.planning.allocation.columns import read_market
    from wanjia.planning.allocation.market import Scoring, solve_market
    from wanjia.planning.allocation.plain import SMALL
    from wanjia.planning.allocation.warming import warm_up, warm_up_market

    rule = Scoring(args.pay_weight, args.region_step, args.skill_step, args.home_bonus)
    if args.shards is not None or args.ray:
        return _market_in_shards(args, rule)
    market = read_market(args.claimants, args.lots, rule)
    # loads the kernels, so that cpu_s is the work itself
    warm_up_market(args.threads) if market.n_claimants > SMALL else warm_up(market.narrow, args.threads)
    return _report(args, _why(market), lambda **how: solve_market(market, **_wishes(args), **how))


def _market_in_shards(args: argparse.Namespace, rule: Scoring) -> int:
    import os

    from wanjia.planning.allocation.shard_cli import sharded
    from wanjia.planning.allocation.warming import warm_up_shards

    shards = (os.cpu_count() or 1) if args.shards is None else args.shards
    if shards < 1 or args.threads > 1:
        raise BadInput("--shards", "分片数至少为 1；分片时不用 threads。", "at least 1 shard, and no --threads beside shards")
    wishes = _wishes(args)
    del wishes["threads"]
    warm_up_shards()
    with sharded(args.claimants, args.lots, rule, shards, args.ray) as (solve, why, crew):

        def figures() -> dict[str, Any]:
            return {"shards": len(crew.sources), **dataclasses.asdict(crew.traffic)}

        return _report(args, why, lambda **how: solve(**wishes, **how), figures)


def _wishes(args: argparse.Namespace) -> dict[str, Any]:
    return {"gap": args.gap, "time_limit": args.seconds, "seed": args.seed, "threads": args.threads}


def _report(args: argparse.Namespace, why: Reasons, work: Callable[..., Plan], more: Callable[[], dict[str, Any]] = dict) -> int:
    import numpy as np

    started = time.process_time()
    with stoppable() as stopped, progress_bar("allocation") as progress:
        plan = work(progress=progress, cancel=lambda: bool(stopped))
    figures = plan.summary() | {"cpu_s": round(time.process_time() - started, 4)} | more()
    if args.out:
        held = io.BytesIO()
        np.savez(held, choice=plan.choice.astype(np.int32), price=plan.price)
        write(args.out, held.getvalue())
    reasons = {row: why(plan, row) for row in args.explain}
    if args.json:
        told = {row: [_as_json(option) for option in options] for row, options in reasons.items()}
        print(json.dumps(figures | ({"explain": told} if told else {}), ensure_ascii=False))
    else:
        print(
            f"已安排 {figures['placed']} / {figures['claimants']} 人，合计 {figures['value']:,.2f} 元，"
            f"与最好方案的差距不超过 {figures['gap']:.4%}（{figures['cpu_s']} 秒）。"
        )
        print(f"{figures['placed']} of {figures['claimants']} placed; worth {figures['value']:,.2f} yuan; gap at most {figures['gap']:.4%}.")
        for row, options in reasons.items():
            lines = [f"  岗位 lot {o.lot}: {o.zh} / {o.en}" for o in options] or ["  没有可以去的岗位。 / there is no lot this claimant may take"]
            print("\n".join([f"{row}:", *lines]))
    return 130 if stopped else 0


def _as_json(option: Option) -> dict[str, Any]:
    """Return an option for JSON, which has no word for the infinite sum that a lock lacks: null."""
    row = dataclasses.asdict(option)
    return row | {"short_by": row["short_by"] if math.isfinite(row["short_by"]) else None}


def _why(given: Problem | Market) -> Reasons:
    def why(plan: Plan, row: int) -> list[Option]:
        from wanjia.planning.allocation.explain import explain_claimant

        if not 0 <= row < given.n_claimants:
            raise BadInput("--explain", f"没有编号为 {row} 的人员。", f"there is no claimant {row}")
        return explain_claimant(given, plan, row)

    return why


def read_npz(path: str) -> Problem:
    """Read a problem from an NPZ file; raises BadInput with the field that is missing or wrong."""
    import zipfile

    import numpy as np

    from wanjia.planning.allocation.problem import from_edges, from_rows

    try:
        with np.load(path, allow_pickle=False) as held:
            refuse_strangers(strangers(held.files, ("idx", "sc", "cap", "start"), "field {}"))
            missing = [name for name in ("idx", "sc", "cap") if name not in held]
            if missing:
                raise BadInput(f"field {missing[0]}", f"文件里缺少 {missing[0]}。", f"the file has no {missing[0]}")
            lot, score, places = held["idx"], held["sc"], held["cap"]
            start = held.get("start")
    except (OSError, zipfile.BadZipFile, EOFError, ValueError) as error:
        if isinstance(error, BadInput):
            raise
        raise BadInput("file", f"读不出文件：{path}", f"the file cannot be read as NPZ: {path}") from error
    if start is None:
        return from_rows(lot, score, places)
    if start.ndim != 1 or len(start) < 2 or start[0] != 0 or start[-1] != len(lot) or (np.diff(start) < 0).any():
        raise BadInput("field start", "start 必须从 0 递增到组合总数。", "start must rise from 0 to the number of edges")
    owner = np.repeat(np.arange(len(start) - 1), np.diff(start))
    return from_edges(owner, lot, score, places, len(start) - 1)


def _guarded(args: argparse.Namespace, work: Callable[[], int]) -> int:
    try:
        if not args.gap >= 0 or (args.seconds is not None and not args.seconds >= 0) or args.threads < 1:
            raise BadInput("options", "gap、seconds 不能为负，threads 至少为 1。", "gap and seconds must not be negative, threads at least 1")
        writable(args.out)
        return work()
    except BadInput as error:
        return refuse(args, error)
    except FileNotFoundError as error:
        return refuse(args, BadInput("file", f"找不到文件：{error.filename}", f"no such file: {error.filename}"))
