"""Guard rosters against plain HiGHS on the whole model, CP-SAT, Timefold and a greedy clerk, in one run.

    python -m benchmarks.bench_rostering [--quick] [--only county,variants,stability,repair,term,explain] [--instances DIR]

Each contestant is a process of its own, taken in turns; seconds are CPU seconds of the process and its children (user +
system, imports and reading included), since wall time says little on a shared machine. Without --instances (or
WANJIA_INSTANCES), counties are made up from seeds.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.rostering_peers import PEERS
from benchmarks.rostering_variants import VARIANTS
from wanjia.planning.contract import Control
from wanjia.planning.rostering.check import breaches, score
from wanjia.planning.rostering.example import county, together
from wanjia.planning.rostering.explain import Standing, explain
from wanjia.planning.rostering.parts import parts
from wanjia.planning.rostering.reading import problem_from_file, problem_from_json, roster_to_json
from wanjia.planning.rostering.repair import repair
from wanjia.planning.rostering.solve import solve

SLOTS = ("07:30", "12:00", "17:40")


def ours(path: str, options: dict) -> dict:
    """Solve with this engine."""
    problem = problem_from_file(path).weighing(per_person_week=options.get("stability", 0))
    busy: dict[int, float] = {}
    control = Control(progress=lambda share, words: busy.update(_children_cpu()))
    roster = solve(problem, seed=1, processes=options.get("processes", 1), control=control)
    return roster_to_json(problem, roster) | {"busiest": max(busy.values(), default=0.0)}


def _children_cpu() -> dict[int, float]:
    """Return the CPU seconds of each working process so far, where the system tells."""
    import multiprocessing

    found = {}
    for child in multiprocessing.active_children():
        try:
            fields = Path(f"/proc/{child.pid}/stat").read_text().rsplit(")", 1)[1].split()
            found[child.pid or 0] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        except OSError:
            continue
    return found


def run_child(name: str, path: str, **options: object) -> dict:
    """Run one contestant as a process; return its answer with `cpu` and `wall`."""
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        words = [sys.executable, "-m", "benchmarks.bench_rostering", "--child", name, path, out.name, json.dumps(options)]
        started = time.monotonic()
        child = subprocess.Popen(words, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        answer = json.loads(Path(out.name).read_text() or "{}") if child.returncode == 0 else {}
    return answer | {"cpu": usage.ru_utime + usage.ru_stime, "wall": time.monotonic() - started}


def table(title: str, heads: list[str], rows: list[list[object]]) -> None:
    """Print a table with aligned columns."""
    text = [
        heads,
        *[
            [f"{cell:,.4g}" if isinstance(cell, float) else f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in row]
            for row in rows
        ],
    ]
    wide = [max(len(row[i]) for row in text) for i in range(len(heads))]
    print(f"\n{title}")
    for row in text:
        print(
            "  "
            + "  ".join(
                cell.rjust(size) if i else cell.ljust(size) for i, (cell, size) in enumerate(zip(row, wide, strict=True))
            ),
            flush=True,
        )


def counties(folder: str | None, scratch: Path) -> list[str]:
    """Return the files of the county instances, made up when no folder is given."""
    if folder:
        found = sorted(str(path) for path in Path(folder).glob("guard_county_*.json.gz"))
        if found:
            return found
        print(f"no guard_county_*.json.gz in {folder}: counties are made up")
    return [_written(scratch / f"county_{seed}.json.gz", county(seed)) for seed in (1, 2)]


def _written(path: Path, data: dict) -> str:
    path.write_bytes(gzip.compress(json.dumps(data).encode(), 1))
    return str(path)


def bench_county(files: list[str], rounds: int, seconds: float) -> None:
    """Compare objective and CPU on the county-month."""
    for file in files:
        problem, runs = problem_from_file(file), {}
        for _ in range(rounds):
            for name in ("wanjia", *PEERS):
                slow = name not in ("wanjia", "clerk", "highs")
                if not (slow and name in runs):  # a time-limited contestant takes its limit each time: once is enough
                    runs.setdefault(name, []).append(run_child(name, file, seconds=seconds))
        proven = runs["highs"][0].get("bound")
        rows = []
        for name, answers in runs.items():
            first, cpu = answers[0], statistics.median(answer["cpu"] for answer in answers)
            if "assignments" not in first:
                rows.append([name, first.get("skipped", "no answer"), "", "", "", ""])
                continue
            plan = {(seat, day): who for seat, day, who in first["assignments"]}
            points = score(problem, plan).total
            base = statistics.median(answer["cpu"] for answer in runs["highs"])
            rows.append([name, points, f"{points / proven:.5f}", len(breaches(problem, plan)), cpu, cpu / base])
        table(f"County-month {Path(file).name}: {len(problem.seats) * len(problem.days):,} duties, {rounds} rounds",
              ["", "points", "÷ proven", "breaches", "CPU s", "÷ HiGHS"], rows)  # fmt: skip


def bench_variants(scratch: Path) -> None:
    """Counties unlike the usual one: points and CPU beside plain HiGHS on the whole model."""
    rows = []
    for name, made in VARIANTS.items():
        file = _written(scratch / "variant.json.gz", made())
        problem, ours_, theirs = problem_from_file(file), run_child("wanjia", file), run_child("highs", file, limit=200.0)
        plan = {(seat, day): who for seat, day, who in ours_["assignments"]}
        points, proven = score(problem, plan).total, theirs["bound"]
        cells, pieces = len(problem.seats) * len(problem.days), sum(bool(piece.seats) for piece in parts(problem))
        rows.append([name, cells, pieces, points, ours_["bound"], f"{points / proven:.5f}", len(breaches(problem, plan)),
                     ours_["cpu"], theirs["cpu"], ours_["cpu"] / theirs["cpu"]])  # fmt: skip
    heads = ["", "duties", "parts", "points", "bound", "÷ proven", "breaches", "CPU s", "HiGHS CPU s", "÷ HiGHS"]
    table("Counties unlike the usual one", heads, rows)


def bench_stability(files: list[str], weights: list[int]) -> None:
    """Gap of the weekly-stability objective within 120 CPU seconds."""
    rows = []
    for file in files:
        for weight in weights:
            answer, problem = (
                run_child("wanjia", file, stability=weight),
                problem_from_file(file).weighing(per_person_week=weight),
            )
            plan = {(seat, day): who for seat, day, who in answer["assignments"]}
            points = score(problem, plan)
            gap = points.total - answer["bound"]
            rows.append([Path(file).name, weight, points.total, answer["bound"], f"{gap / points.total:.2%}",
                         f"{gap / max(1, points.total - points.cover):.2%}", points.people, len(breaches(problem, plan)), answer["cpu"]])  # fmt: skip
    table("Weekly stability", ["", "weight", "points", "bound", "gap", "gap less cover", "faces", "breaches", "CPU s"], rows)


def bench_repair(files: list[str], trials: int) -> None:
    """Repair of twelve absences over three days: CPU of both options together, changes per duty lost."""
    rows = []
    for file in files:
        problem = problem_from_file(file)
        plan = solve(problem).plan
        for seed in range(trials):
            rng = random.Random(seed)
            first, ill = rng.randrange(len(problem.days) - 3), rng.sample(sorted({who for who in plan.values() if who}), 12)
            absences = [(who, day, slot) for who in ill for day in problem.days[first : first + 3] for slot in SLOTS]
            mended = repair(problem, plan, absences)
            wrong = len(breaches(mended.problem, mended.fewest.roster.plan)) + len(
                breaches(mended.problem, mended.best.roster.plan)
            )
            few, best = mended.fewest, mended.best
            rows.append([f"{Path(file).name} {seed}", len(mended.lost), len(few.changed), len(few.changed) / len(mended.lost),
                         few.open_seats, len(best.changed), best.open_seats, wrong, mended.cpu_s])  # fmt: skip
    table(
        "Repair of 12 absences over 3 days", ["", "lost", "fewest", "÷ lost", "open", "best", "open", "breaches", "CPU s"], rows
    )


def bench_term(scratch: Path, number: int, schools: int) -> None:
    """Ten counties and a term on one process and on two."""
    data = together([county(seed, schools=schools, guards=schools * 400 // 60, days=100) for seed in range(number)])
    file = _written(scratch / "term.json.gz", data)
    problem, rows, bytes_ = problem_from_json(data), [], set()
    for processes in (1, 2):
        answer = run_child("wanjia", file, processes=processes)
        plan = {(seat, day): who for seat, day, who in answer["assignments"]}
        bytes_.add(json.dumps(answer["assignments"]))
        busiest = answer["busiest"] or answer["cpu_s"]
        rows.append([f"{processes} process", len(plan), answer["objective"], answer["bound"], len(breaches(problem, plan)),
                     answer["cpu"], answer["wall"], answer["cpu_s"], busiest])  # fmt: skip
    table(
        f"{number} counties, 20 weeks",
        ["", "duties", "points", "bound", "breaches", "CPU s", "wall s", "solving CPU s", "busiest CPU s"],
        rows,
    )
    print(f"  wall ratio {rows[0][6] / rows[1][6]:.2f}, solving CPU ÷ busiest process {rows[0][7] / rows[1][8]:.2f}, "
          f"{'same' if len(bytes_) == 1 else 'DIFFERENT'} bytes (load average {os.getloadavg()[0]:.1f})")  # fmt: skip


def bench_explain(files: list[str], count: int) -> None:
    """Random explanations against the referee's verdict on the whole plan of all who share a guard."""
    rng, agree, spent = random.Random(1), 0, 0.0
    pieces = [piece for piece in parts(problem_from_file(files[0])) if piece.seats]
    worlds = [(piece, plan, Standing(piece, plan), sorted(plan)) for piece in pieces for plan in [solve(piece).plan]]
    for problem, plan, standing, cells in rng.choices(worlds, weights=[len(world[3]) for world in worlds], k=count):
        seat, day = rng.choice(cells)
        before = time.process_time()
        one = rng.choice(explain(standing, seat, day).candidates)
        spent += time.process_time() - before
        sent = plan | {(seat, day): one.guard}
        found = breaches(problem, sent)
        right = not found and score(problem, sent).total - score(problem, plan).total == one.price
        agree += one.rule in found if one.rule else right
    table("Explanations", ["", "asked", "agree", "ms each"], [[Path(files[0]).name, count, agree, 1000 * spent / count]])


def main() -> None:
    """Run what was asked for."""
    if sys.argv[1:2] == ["--child"]:
        name, path, out, options = sys.argv[2:]
        gc.disable()  # as the command line does: a million duties are no garbage
        answer = (ours if name == "wanjia" else PEERS[name])(path, json.loads(options))
        Path(out).write_text(json.dumps(answer))
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="one round, one file, a small term")
    parser.add_argument("--only", default="county,variants,repair,explain,stability,term")
    parser.add_argument("--instances", default=os.environ.get("WANJIA_INSTANCES"))
    parser.add_argument("--seconds", type=float, default=60.0, help="limit of the time-limited peers")
    args = parser.parse_args()
    quick, asked = args.quick, args.only.split(",")
    with tempfile.TemporaryDirectory() as folder:
        files = counties(args.instances, Path(folder))
        files = files[:1] if quick else files
        for name, bench in {
            "variants": lambda: bench_variants(Path(folder)),
            "county": lambda: bench_county(files, 1 if quick else 3, 20.0 if quick else args.seconds),
            "repair": lambda: bench_repair(files, 2 if quick else 5),
            "explain": lambda: bench_explain(files, 100 if quick else 1000),
            "stability": lambda: bench_stability(files, [10] if quick else [5, 10]),
            "term": lambda: bench_term(Path(folder), 2 if quick else 10, 60 if quick else 137),
        }.items():
            if name in asked:
                bench()


if __name__ == "__main__":
    main()
