"""`wanjia plan roster`: make, check, explain and mend a guard roster from the command line."""

from __future__ import annotations

import argparse
import gzip
import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from wanjia.planning.contract import BadInput, Control, write_whole
from wanjia.planning.terminal import progress_bar

_EXAMPLES = """examples:
  wanjia plan roster county.json.gz --out roster.json
  wanjia plan roster county.json.gz --stability 10 --seconds 120 --processes 2 --json --out roster.json.gz
  wanjia plan roster county.json.gz --roster roster.json --check
  wanjia plan roster county.json.gz --roster roster.json --explain Q1 2026-09-04
  wanjia plan roster county.json.gz --roster roster.json --absences ill.json --option fewest --out mended.json
"""


def add_commands(subparsers: Any) -> None:
    """Add `roster` to the subcommands of `wanjia plan`."""
    parser = subparsers.add_parser(
        "roster",
        help="排护学岗 / make a guard roster",
        description="Make, check, explain or mend a guard roster (护学岗排班).",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", metavar="FILE", help="the problem, .json or .json.gz")
    parser.add_argument("--json", action="store_true", help="print exactly one JSON object on standard output")
    parser.add_argument("--out", metavar="FILE", help="write the roster here, whole or not at all (.gz is packed)")
    parser.add_argument("--seconds", type=float, help="wall-clock limit; the best roster so far is returned")
    parser.add_argument("--seed", type=int, default=0, help="same seed, same roster")
    parser.add_argument("--processes", type=int, default=1, help="parts are solved side by side")
    parser.add_argument("--stability", type=int, metavar="POINTS", help="points for each different person per seat and week")
    parser.add_argument("--roster", metavar="FILE", help="an existing roster, for the three options below")
    parser.add_argument("--check", action="store_true", help="list every broken rule of --roster")
    parser.add_argument("--explain", nargs=2, metavar=("SEAT", "DAY"), help="why whoever stands there does")
    parser.add_argument("--absences", metavar="FILE", help="JSON [[guard, day, slot], …]: mend --roster after them")
    parser.add_argument("--option", choices=("fewest", "best"), default="fewest", help="which mended roster to write")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Do what was asked; return the exit code: 0 done, 1 the roster breaks rules, 2 bad input."""
    try:
        answer, words, code = _answer(args)
        if args.out:
            write_whole(args.out, _packed(answer, args.out))
    except BadInput as error:
        return _refuse(args, error.place, error.zh, error.en)
    except OSError as error:
        return _refuse(args, f"file {args.out}", "写不进这个文件,请核对路径和权限。", f"cannot be written ({error.strerror}).")
    try:
        print(json.dumps(answer, ensure_ascii=False) if args.json else words, flush=True)
    except BrokenPipeError:  # the reader has seen enough
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115
    return code


def _refuse(args: argparse.Namespace, place: str, zh: str, en: str) -> int:
    if args.json:
        print(json.dumps({"error": {"place": place, "zh": zh, "en": en}}, ensure_ascii=False))
    else:
        print(f"{place}: {zh}\n{place}: {en}", file=sys.stderr)
    return 2


def _packed(answer: dict[str, Any], path: str) -> bytes:
    raw = json.dumps(answer, ensure_ascii=False).encode()
    return gzip.compress(raw, mtime=0) if path.endswith(".gz") else raw


def _answer(args: argparse.Namespace) -> tuple[dict[str, Any], str, int]:
    from wanjia.planning.rostering.reading import problem_from_file

    problem = problem_from_file(args.file)
    if args.stability is not None:
        if args.stability < 0:
            raise BadInput("--stability", "不能为负数。", "must not be negative.")
        problem = problem.weighing(per_person_week=args.stability)
    if args.processes < 1:
        raise BadInput("--processes", "至少为 1。", "must be at least 1.")
    if args.check or args.explain or args.absences:
        return _about_a_roster(args, problem)
    return _solve(args, problem)


def _solve(args: argparse.Namespace, problem: Any) -> tuple[dict[str, Any], str, int]:
    from wanjia.planning.rostering.reading import roster_to_json
    from wanjia.planning.rostering.solve import solve

    with progress_bar("排班 rostering") as progress, _stopping() as stopped:
        control = Control(args.seconds, cancel=stopped, progress=progress)
        roster = solve(problem, seed=args.seed, processes=args.processes, control=control)
    opened = sum(who is None for who in roster.plan.values())
    words = (
        f"{len(roster.plan)} 岗,空缺 {opened},{roster.objective} 分,距最优不超过 {roster.gap:.2%},{roster.cpu_s:.1f} 秒 CPU\n"
        f"{roster.summary()}, {roster.cpu_s:.1f} CPU s"
    )
    return roster_to_json(problem, roster), words, 0


def _about_a_roster(args: argparse.Namespace, problem: Any) -> tuple[dict[str, Any], str, int]:
    from wanjia.planning.rostering.reading import json_from_file, roster_from_json

    if not args.roster:
        raise BadInput("--roster", "请用 --roster 给出现有名册。", "give the existing roster with --roster.")
    plan = roster_from_json(problem, json_from_file(args.roster))
    if args.check:
        return _check(problem, plan)
    return _explain(args, problem, plan) if args.explain else _repair(args, problem, plan)


def _check(problem: Any, plan: Any) -> tuple[dict[str, Any], str, int]:
    from wanjia.planning.rostering.check import breaches, score

    found, points = breaches(problem, plan), score(problem, plan)
    words = "\n".join(f"{breach.place}: {breach.zh} {breach.en}" for breach in found)
    words += f"\n违规 {len(found)} 处,{points.total} 分 / {len(found)} breaches, {points.total} points"
    return {"breaches": [asdict(breach) for breach in found], "score": asdict(points)}, words.strip(), 1 if found else 0


def _explain(args: argparse.Namespace, problem: Any, plan: Any) -> tuple[dict[str, Any], str, int]:
    from wanjia.planning.rostering.explain import Standing, explain
    from wanjia.planning.rostering.swap import substitutes

    standing, (seat, day) = Standing(problem, plan), args.explain
    told = explain(standing, seat, day)
    stand_ins = [asdict(one) for one in substitutes(standing, seat, day)]
    return asdict(told) | {"substitutes": stand_ins}, f"{told.zh}\n\n{told.en}", 0


def _repair(args: argparse.Namespace, problem: Any, plan: Any) -> tuple[dict[str, Any], str, int]:
    from wanjia.planning.rostering.reading import json_from_file, roster_to_json
    from wanjia.planning.rostering.repair import repair

    rows = json_from_file(args.absences)
    right = isinstance(rows, list) and all(isinstance(row, list) and len(row) == 3 for row in rows)
    if not right or not all(isinstance(part, str) for row in rows for part in row):
        raise BadInput(f"file {args.absences}", "应为 [[人员, 日期, 时段], …]。", "should be [[guard, day, slot], …].")
    mended = repair(problem, plan, [tuple(row) for row in rows], control=Control(args.seconds))
    options = {"fewest": mended.fewest, "best": mended.best}
    figures = {
        name: {"changes": len(one.changed), "open_seats": one.open_seats, "objective": one.roster.objective}
        for name, one in options.items()
    }
    words = f"失去 {len(mended.lost)} 岗 / {len(mended.lost)} duties lost\n" + "\n".join(
        f"{name}: 改动 {row['changes']},空缺 {row['open_seats']},{row['objective']} 分 / "
        f"{row['changes']} changes, {row['open_seats']} open, {row['objective']} points"
        for name, row in figures.items()
    )
    chosen = roster_to_json(problem, options[args.option].roster)
    return chosen | {"lost": len(mended.lost), "options": figures}, words, 0


@contextmanager
def _stopping() -> Iterator[Any]:
    """Turn the first interrupt into a wish to stop with the best roster so far; a second one ends at once."""
    wish: list[int] = []
    try:
        old = signal.signal(signal.SIGINT, lambda *_: wish.append(1) if not wish else signal.default_int_handler(*_))
    except ValueError:  # not the main thread: the caller stops us his own way
        yield lambda: False
        return
    try:
        yield lambda: bool(wish)
    finally:
        signal.signal(signal.SIGINT, old)
