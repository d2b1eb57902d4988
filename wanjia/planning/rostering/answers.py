"""What `wanjia plan roster` says about an existing roster: each question with its JSON, its words and its exit code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from wanjia.planning.contract import BadInput, Control
from wanjia.planning.rostering.check import breaches, score
from wanjia.planning.rostering.explain import Candidate, Standing, explain, shortfalls
from wanjia.planning.rostering.problem import Cell, Problem
from wanjia.planning.rostering.reading import json_from_file, roster_to_json
from wanjia.planning.rostering.repair import repair
from wanjia.planning.rostering.swap import substitutes, swap

Plan = Mapping[Cell, str | None]


@dataclass(frozen=True)
class Answer:
    """A document for programs, words for people, and the exit code; problem and plan: what is handed out afterwards."""

    problem: Problem
    plan: Plan
    document: dict[str, Any] = field(default_factory=dict)
    words: str = ""
    code: int = 0


def checked(problem: Problem, plan: Plan) -> Answer:
    """List every broken rule; exit code 1 when there is one."""
    found, points = breaches(problem, plan), score(problem, plan)
    words = "\n".join(f"{breach.place}: {breach.zh} {breach.en}" for breach in found)
    words += f"\n违规 {len(found)} 处,{points.total} 分 / {len(found)} breaches, {points.total} points"
    document = {"breaches": [asdict(breach) for breach in found], "score": asdict(points)}
    return Answer(problem, plan, document, words.strip(), 1 if found else 0)


def explained(problem: Problem, plan: Plan, seat: str, day: str) -> Answer:
    """Say why whoever stands at a seat on a day does: everybody allowed, each with the rule against him or his price."""
    standing = Standing(problem, plan)
    told = explain(standing, seat, day)
    stand_ins = [asdict(one) for one in substitutes(standing, seat, day)]
    return Answer(problem, plan, asdict(told) | {"substitutes": stand_ins}, f"{told.zh}\n\n{told.en}")


def standing_in(problem: Problem, plan: Plan, seat: str, day: str) -> Answer:
    """Name up to three people who may stand in, the cheapest first."""
    found = substitutes(Standing(problem, plan), seat, day)
    words = "\n".join(map(_stand_in, found)) or "没有人可以替岗。 / Nobody may stand in: a rule keeps everybody else away."
    return Answer(problem, plan, {"seat": seat, "day": day, "substitutes": [asdict(one) for one in found]}, words)


def _stand_in(one: Candidate) -> str:
    return f"{one.name}({one.guard}):{one.price:+d} 分 / {one.price:+d} points"


def swapped(problem: Problem, plan: Plan, one: Cell, other: Cell) -> Answer:
    """Tell whether the people of two seats and days may exchange duties, and what it costs. Nothing is changed."""
    told = swap(Standing(problem, plan), one, other)
    document = {
        "allowed": told.allowed,
        "price": told.price,
        "breaches": [asdict(breach) for breach in told.breaches],
        "zh": told.zh,
        "en": told.en,
        "after": [[*cell, told.plan[cell]] for cell in (one, other)],
    }
    more = [f"{breach.zh} / {breach.en}" for breach in told.breaches[1:]]
    return Answer(problem, plan, document, "\n".join([f"{told.zh} / {told.en}", *more]))


def short(problem: Problem, plan: Plan) -> Answer:
    """List what stays open, day by day, each with its cheapest remedy."""
    found = shortfalls(problem, plan)
    lines = [f"{one.day} {one.seat}: {one.zh} / {one.en}" for one in found]
    lines += [f"空缺 {len(found)} 岗。 / {len(found)} stay open." if found else "没有空缺。 / Nothing stays open."]
    return Answer(problem, plan, {"shortfalls": [asdict(one) for one in found]}, "\n".join(lines))


def mended(problem: Problem, plan: Plan, file: str, option: str, control: Control) -> Answer:
    """Mend the roster after the absences in a file; option: whether "fewest" or "best" is written."""
    rows = json_from_file(file)
    right = isinstance(rows, list) and all(isinstance(row, list) and len(row) == 3 for row in rows)
    if not right or not all(isinstance(part, str) for row in rows for part in row):
        raise BadInput(f"file {file}", "应为 [[人员, 日期, 时段], …]。", "should be [[guard, day, slot], …].")
    found = repair(problem, plan, [tuple(row) for row in rows], control=control)
    options = {"fewest": found.fewest, "best": found.best}
    figures = {
        name: {"changes": len(one.changed), "open_seats": one.open_seats, "objective": one.roster.objective}
        for name, one in options.items()
    }
    words = f"失去 {len(found.lost)} 岗 / {len(found.lost)} duties lost\n" + "\n".join(
        f"{name}: 改动 {row['changes']},空缺 {row['open_seats']},{row['objective']} 分 / "
        f"{row['changes']} changes, {row['open_seats']} open, {row['objective']} points"
        for name, row in figures.items()
    )
    chosen = options[option].roster
    document = roster_to_json(problem, chosen) | {"lost": len(found.lost), "options": figures}
    return Answer(found.problem, chosen.plan, document, words)
