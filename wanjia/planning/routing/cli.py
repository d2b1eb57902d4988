"""`wanjia plan buses | vrp | charters`: JSON in, JSON out. Exit code 0: a plan; 2: bad input, named; 130: stopped by hand."""

import argparse
import json
import time
from collections.abc import Callable
from typing import Any

from wanjia.planning.contract import BadInput, Control
from wanjia.planning.terminal import progress_bar, refuse, stoppable, writable, write

Planner = Callable[[argparse.Namespace, Control], dict[str, Any]]


def add_commands(subparsers: Any) -> None:
    """Add the three routing commands to the subparsers of `wanjia plan`."""
    buses = _command(subparsers, "buses", "校车线路 / school escort buses", plan_buses, 60.0)
    buses.add_argument("--one-school", action="store_true", help="每趟只送一所学校 / no mixed loads")
    buses.add_argument("--walk", type=int, default=0, metavar="M", help="步行到上车点的米数 / metres to walk to a stop")
    buses.add_argument("--osrm", metavar="URL", help="OSRM 路网服务 / road server for the file's points")
    buses.add_argument("--valhalla", metavar="URL", help="Valhalla 路网服务 / road server for the file's points")
    buses.add_argument("--explain", action="store_true", help="说明未安排的原因 / why households are not served")
    buses.add_argument("--plan", metavar="PLAN", help="不求解,用已有方案 / take this plan instead of searching")
    late = "某段路多用的秒数,序号从 1 起 / seconds lost on the way to a stop, counted from 1"
    buses.add_argument("--late", type=_leg, metavar="BUS,TRIP,STOP,SECONDS", help=late)
    vrp = _command(subparsers, "vrp", "车辆路径基准文件 / benchmark routing files", plan_vrp, 60.0)
    vrp.add_argument("--start", metavar="PLAN", help="从已有方案继续 / continue from an earlier plan")
    charters = _command(subparsers, "charters", "点对点包车 / charter departures", plan_charters, 30.0)
    charters.add_argument("--why", metavar="WORKER", help="此人为何不乘别的车 / why this worker takes no other departure")


def _command(subparsers: Any, name: str, words: str, plan: Planner, seconds: float) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = subparsers.add_parser(name, help=words, description=words)
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--json", action="store_true", help="标准输出只有一个 JSON / one JSON object on standard output")
    parser.add_argument("--out", metavar="FILE", help="写入文件 / write the plan to a file, whole or not at all")
    parser.add_argument("--seconds", type=_positive, default=seconds, help="CPU 秒 / CPU seconds of this process")
    parser.add_argument("--iterations", type=_steps, help="步数上限,结果可重复 / steps, for a repeatable plan")
    parser.add_argument("--seed", type=int, default=0, help="随机种子 / seed")
    parser.set_defaults(run=lambda args: run(args, plan))
    return parser


def _positive(text: str) -> float:
    value = float(text)
    if not 0 < value < 1e6:
        raise argparse.ArgumentTypeError("应为正数 / expected a positive number")
    return value


def _steps(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("应为正整数 / expected a positive whole number")
    return value


def _leg(text: str) -> tuple[int, int, int, int]:
    words = text.split(",")
    if len(words) != 4 or not all(word.strip().isdecimal() and len(word) < 9 for word in words):
        raise argparse.ArgumentTypeError("应为 车,趟,站,秒 四个整数 / expected four whole numbers: bus,trip,stop,seconds")
    bus, trip, stop, seconds = map(int, words)
    return bus, trip, stop, seconds


def run(args: argparse.Namespace, plan: Planner) -> int:
    """Plan, write, print; a signal stops the search and keeps the best plan so far."""
    try:
        writable(args.out)
        with stoppable() as stopped, progress_bar(args.file) as progress:
            # On a crowded machine CPU seconds come slowly: past four times the time asked, the clock ends it.
            wall = args.seconds * 4 + 30
            document = plan(args, Control(seconds=wall, cancel=lambda: bool(stopped), progress=progress))
        text = json.dumps(document, ensure_ascii=False)
        if args.out:
            write(args.out, (text + "\n").encode())
    except BadInput as error:
        return refuse(args, error)
    if args.json:
        print(text)
    else:
        print(_summary(document, args.out))
    return 130 if stopped else 0


def _summary(document: dict[str, Any], out: str | None) -> str:
    """Return a few lines for a person."""
    lines = list(document.get("summary", []))
    lines += [document["provenance"]] if document.get("provenance") else []
    return "\n".join([*lines, *([f"→ {out}"] if out else [])])


def plan_buses(args: argparse.Namespace, control: Control) -> dict[str, Any]:
    """Plan the school buses of an instance file."""
    from .buses import answers, check, solve, stops, wire
    from .documents import read_json
    from .effort import Effort
    from .matrix import Osrm, Valhalla

    roads = Osrm(args.osrm) if args.osrm else Valhalla(args.valhalla) if args.valhalla else None
    problem = wire.read_problem(read_json(args.file), mixed=not args.one_school, roads=roads)
    if args.walk:
        problem = stops.gather(problem, walk_m=args.walk)
    effort = Effort(None if args.iterations else args.seconds, args.iterations, 0.0)
    if args.plan:
        plan = answers.lawful_plan(problem, read_json(args.plan))
    else:
        plan = solve.solve(problem, control=control, effort=effort, seed=args.seed)
    broken = check.breaches(problem, plan)
    if broken:
        raise RuntimeError(f"the plan breaks its own rules: {broken[0]}")
    document = wire.write_plan(problem, plan)
    served, total = document["served"], len(problem.households)
    zh = f"安排 {served}/{total} 户(上限 {plan.most_servable}),{document['km']:.1f} 公里"
    document["summary"] = [f"{zh} / {served} of {total} households served, {document['km']:.1f} km"]
    if args.explain:
        document["why"] = answers.why_not_served(problem, plan)
    if args.late:
        document["late"] = answers.why_late(problem, plan, args.late)
        document["summary"] += [f"{document['late']['zh']} / {document['late']['en']}"]
    return document


def plan_vrp(args: argparse.Namespace, control: Control) -> dict[str, Any]:
    """Solve a CVRPLIB or Solomon file; `cost` and client numbers follow the file's own convention."""
    from .effort import Effort
    from .vrp import check, files, solve
    from .vrp.wire import read_plan

    given = files.read_problem(args.file)
    start = read_plan(given, args.start) if args.start else None
    effort = Effort(None if args.iterations else args.seconds, args.iterations, 0.0)
    plan = solve.solve(given, control=control, effort=effort, seed=args.seed, start=start)
    broken = check.breaches(given, plan)
    if broken:
        raise RuntimeError(f"the plan breaks its own rules: {broken[0]}")
    summary = f"{given.name}: {plan.cost:g},{len(plan.routes)} 条路线 / {len(plan.routes)} routes"
    routes = [list(route) for route in plan.routes]
    return {"cost": plan.cost, "routes": routes, "provenance": plan.provenance, "summary": [summary]}


def plan_charters(args: argparse.Namespace, control: Control) -> dict[str, Any]:
    """Plan the charter departures of a season."""
    from .charters import check, explain, solve, wire
    from .documents import read_json

    problem = wire.read_problem(read_json(args.file))
    if args.why is not None and args.why not in problem.ids:
        raise BadInput(f"--why {args.why}", "名册上没有这个人。", "no such worker")
    limit = time.process_time() + args.seconds
    plan = solve.solve(problem, control=control, cpu_until=limit, seed=args.seed)
    broken = check.breaches(problem, plan)
    if broken:
        raise RuntimeError(f"the plan breaks its own rules: {broken[0]}")
    document = wire.write_plan(problem, plan)
    if args.why is not None:
        worker = problem.ids.index(args.why)
        others = [vars(other) for other in explain.why_here(problem, plan, worker)]
        document["why"] = {"departure": explain.departure_of(plan, worker), "others": others}
    return document
