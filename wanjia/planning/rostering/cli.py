"""`wanjia plan roster`: make, check, explain, mend and hand out a guard roster.

Exit code 0: done; 1: `--check` found broken rules; 2: bad input, named; 130: stopped by hand, with the best roster so far.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import json
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wanjia.planning.contract import BadInput, Control
from wanjia.planning.terminal import progress_bar, refuse, stoppable, writable, write
from wanjia.policy.glyphs import named, unprintable

if TYPE_CHECKING:
    from wanjia.planning.rostering.answers import Answer
    from wanjia.planning.rostering.problem import Problem

_EXAMPLES = """examples:
  wanjia plan roster county.json.gz --out roster.json --gate gates --cards cards --calendars calendars
  wanjia plan roster county.json.gz --stability 10 --seconds 120 --processes 2 --json --out roster.json.gz
  wanjia plan roster county.json.gz --roster roster.json --check
  wanjia plan roster county.json.gz --roster roster.json --shortfalls
  wanjia plan roster county.json.gz --roster roster.json --explain Q1 2026-09-04
  wanjia plan roster county.json.gz --roster roster.json --substitutes Q1 2026-09-04
  wanjia plan roster county.json.gz --roster roster.json --swap Q1 2026-09-04 Q2 2026-09-07
  wanjia plan roster county.json.gz --roster roster.json --absences ill.json --option fewest --out mended.json
"""
_QUESTIONS = ("check", "explain", "substitutes", "swap", "absences")
_FOLDERS = ("gate", "cards", "calendars")


def add_commands(subparsers: Any) -> None:
    """Add `roster` to the subcommands of `wanjia plan`."""
    parser = subparsers.add_parser(
        "roster",
        help="排护学岗 / make a guard roster",
        description="Make, check, explain, mend or hand out a guard roster (护学岗排班).",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", metavar="FILE", help="the problem, .json or .json.gz")
    parser.add_argument("--json", action="store_true", help="print exactly one JSON object on standard output")
    parser.add_argument("--out", metavar="FILE", help="write the answer here, whole or not at all (.gz is packed)")
    parser.add_argument("--seconds", type=float, help="wall-clock limit; the best roster so far is returned")
    parser.add_argument("--seed", type=int, default=0, help="same seed, same roster")
    parser.add_argument("--processes", type=int, default=1, help="parts are solved side by side")
    parser.add_argument("--stability", type=int, metavar="POINTS", help="points for each different person per seat and week")
    parser.add_argument("--roster", metavar="FILE", help="take this roster instead of making one")
    _add_questions(parser.add_argument_group("questions about --roster, one at a time"))
    more = parser.add_argument_group("with --roster or with the roster just made")
    more.add_argument("--shortfalls", action="store_true", help="空缺与办法 / what stays open, each with the cheapest remedy")
    more.add_argument("--gate", metavar="DIR", help="校门周表 / A4 week tables, by school and week, HTML")
    more.add_argument("--cards", metavar="DIR", help="上岗卡 / month cards, by guard, HTML")
    more.add_argument("--calendars", metavar="DIR", help="手机日历 / calendars, by guard, iCalendar")
    parser.set_defaults(run=run)


def _add_questions(group: Any) -> None:
    cell = ("SEAT", "DAY")
    group.add_argument("--check", action="store_true", help="违规 / list every broken rule")
    group.add_argument("--explain", "--why", nargs=2, metavar=cell, help="为何是他 / why whoever stands there does")
    group.add_argument("--substitutes", nargs=2, metavar=cell, help="谁能替岗 / who may stand in, the cheapest first")
    group.add_argument("--swap", nargs=4, metavar=cell * 2, help="能否对换 / may these two exchange, and the price")
    group.add_argument("--absences", metavar="FILE", help="请假后修补 / JSON [[guard, day, slot], …]: mend after them")
    group.add_argument("--option", choices=("fewest", "best"), default="fewest", help="which mended roster is the answer")


def run(args: argparse.Namespace) -> int:
    """Do what was asked; return the exit code."""
    # A roster of a million duties is millions of small tuples that all stay and none of which points back: the
    # collector walks them again and again, for nothing, and would take 30 % of the time to read, check and write.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _run(args)
    except BadInput as error:
        return refuse(args, error)
    finally:
        if collecting:
            gc.enable()


def _run(args: argparse.Namespace) -> int:
    _possible(args)
    with stoppable() as stopped, progress_bar("排班 rostering") as progress:
        problem = _problem(args)
        answer = _answer(args, problem, Control(args.seconds, cancel=lambda: bool(stopped), progress=progress))
    text = json.dumps(answer.document, ensure_ascii=False) if args.json or args.out else ""
    if args.out:
        write(args.out, gzip.compress(text.encode(), mtime=0) if args.out.endswith(".gz") else text.encode())
    written, lacking = _hand_out(args, answer)
    if args.json:
        more = {"written": written} | ({"unprintable": lacking} if lacking else {})
        _say(json.dumps(answer.document | more, ensure_ascii=False) if written else text)
    else:
        lines = [f"{getattr(args, name)}: {count} 个文件 / files" for name, count in written.items()]
        lines += [f"这台机器的字库里没有 {'、'.join(lacking)},打印时请用笔补写。 / no font here bears these characters"] if lacking else []
        _say("\n".join([answer.words, *lines, *([f"→ {args.out}"] if args.out else [])]).strip())
    return 130 if stopped else answer.code


def _say(text: str) -> None:
    try:
        print(text, flush=True)
    except BrokenPipeError:  # the reader has seen enough
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115


def _possible(args: argparse.Namespace) -> None:
    """Refuse before the work what could only fail after it."""
    from wanjia.planning.rostering.handouts import folder

    asked = [name for name in _QUESTIONS if getattr(args, name)]
    if len(asked) > 1:
        raise BadInput(" ".join(f"--{name}" for name in asked), "一次只能问一个问题。", "ask one question at a time.")
    if asked and not args.roster:
        raise BadInput("--roster", "请用 --roster 给出现有名册。", "give the existing roster with --roster.")
    if args.roster and not (asked or args.shortfalls or any(getattr(args, name) for name in _FOLDERS)):
        raise BadInput("--roster", "请说明要问什么,例如 --check。", "say what you want of it, such as --check.")
    if args.processes < 1:
        raise BadInput("--processes", "至少为 1。", "must be at least 1.")
    if args.stability is not None and args.stability < 0:
        raise BadInput("--stability", "不能为负数。", "must not be negative.")
    writable(args.out)
    for name in _FOLDERS:
        folder(getattr(args, name))


def _problem(args: argparse.Namespace) -> Problem:
    from wanjia.planning.rostering.ical import window
    from wanjia.planning.rostering.reading import problem_from_file

    problem = problem_from_file(args.file)
    if args.calendars:
        for slot in sorted({seat.slot for seat in problem.seats}):
            window(problem.days[0], slot)  # refuses a slot without hours, before the work
    return problem if args.stability is None else problem.weighing(per_person_week=args.stability)


def _answer(args: argparse.Namespace, problem: Problem, control: Control) -> Answer:
    from wanjia.planning.rostering.answers import Answer, short

    found = _about_a_roster(args, problem, control) if args.roster else _solved(args, problem, control)
    if not args.shortfalls:
        return found
    more = short(found.problem, found.plan)
    words = "\n".join(filter(None, (found.words, more.words)))
    return Answer(found.problem, found.plan, found.document | more.document, words, found.code)


def _solved(args: argparse.Namespace, problem: Problem, control: Control) -> Answer:
    from wanjia.planning.rostering import importance
    from wanjia.planning.rostering.answers import Answer
    from wanjia.planning.rostering.reading import roster_to_json
    from wanjia.planning.rostering.solve import solve

    roster = solve(problem, seed=args.seed, processes=args.processes, control=control)
    opened, weighing = sum(who is None for who in roster.plan.values()), importance.words(problem.weights)
    words = [
        f"{len(roster.plan)} 岗,空缺 {opened},{roster.objective} 分,距最优不超过 {roster.gap:.2%},{roster.cpu_s:.1f} 秒 CPU",
        f"{roster.summary()}, {roster.cpu_s:.1f} CPU s",
        *(f"· {zh} / {en}" for zh, en in zip(weighing["zh"], weighing["en"], strict=True)),
    ]
    document = roster_to_json(problem, roster) | {"weights_in_words": weighing}
    return Answer(problem, roster.plan, document, "\n".join(words))


def _about_a_roster(args: argparse.Namespace, problem: Problem, control: Control) -> Answer:
    from wanjia.planning.rostering import answers
    from wanjia.planning.rostering.reading import json_from_file, roster_from_json

    plan = roster_from_json(problem, json_from_file(args.roster))
    if args.check:
        return answers.checked(problem, plan)
    if args.explain:
        return answers.explained(problem, plan, *args.explain)
    if args.substitutes:
        return answers.standing_in(problem, plan, *args.substitutes)
    if args.swap:
        seat, day, other_seat, other_day = args.swap
        return answers.swapped(problem, plan, (seat, day), (other_seat, other_day))
    if args.absences:
        return answers.mended(problem, plan, args.absences, args.option, control)
    return answers.Answer(problem, plan)


def _hand_out(args: argparse.Namespace, answer: Answer) -> tuple[dict[str, int], list[str]]:
    """Write what is handed out; return the number of files by option, and the characters that no font here could print."""
    written, sheets = {}, []
    for name in _FOLDERS:
        if path := getattr(args, name):
            try:
                os.makedirs(path, exist_ok=True)
            except OSError as error:
                raise BadInput(
                    path, f"建不了这个文件夹:{error.strerror}。", f"cannot make this folder: {error.strerror}."
                ) from error
            written[name] = 0
            for file, text in _handouts(args, name, answer):
                write(os.path.join(path, file), text.encode())
                written[name] += 1
                sheets += [text] if name != "calendars" else []
    return written, [named(char) for char in unprintable("".join(sheets))] if sheets else []


def _handouts(args: argparse.Namespace, name: str, answer: Answer) -> Iterator[tuple[str, str]]:
    from wanjia.planning.rostering.handouts import calendars, gate_tables, month_cards

    if name == "calendars":
        old = args.roster and not args.absences  # then the same file gives the same bytes
        made_at = datetime.fromtimestamp(Path(args.roster).stat().st_mtime, UTC) if old else datetime.now(UTC)
        return calendars(answer.problem, answer.plan, made_at=made_at)
    return gate_tables(answer.problem, answer.plan) if name == "gate" else month_cards(answer.problem, answer.plan)
