"""JSON → Problem and Roster → JSON; whatever is wrong is named by its place."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from wanjia.planning.contract import FOR_PEOPLE, BadInput, refuse_strangers, strangers
from wanjia.planning.rostering.check import breaches
from wanjia.planning.rostering.problem import Guard, Post, Problem, Roster, Rules, Seat, Weights, slot_order

# Every field of a problem's JSON, by where it stands; `name` and `note` may stand anywhere, for people.
TOP = ("days", "posts", "guards", "seats", "absent", "rules", "weights", "days_before", "served_before", "locks", "published")
ROWS = {
    "posts": ("id", "school", "place"),
    "guards": ("id", "kind", "target", "km", "cap_per_day", "cap_per_week", "cap_per_month", "carried", "qualifications"),
    "seats": ("id", "post", "slot", "kinds", "qualifications", "allowed", "fixed_person"),
}
RULES = ("one_place_per_slot", "no_three_days_running_with_both_ends", "ends")
_WEIGHTS = Weights.__dataclass_fields__
_LIMIT = 10**7


def problem_from_file(path: str) -> Problem:
    """Read a problem from `.json` or `.json.gz`. Raises BadInput naming the place."""
    return problem_from_json(json_from_file(path))


def json_from_file(path: str) -> Any:
    """Read JSON, plain or gzipped. Raises BadInput when the file is absent or torn."""
    try:
        raw = Path(path).read_bytes()
        return json.loads(gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw)
    except OSError as error:
        raise BadInput(f"file {path}", "读不到这个文件,请核对路径。", f"cannot be read ({error.strerror}).") from error
    except (ValueError, EOFError, zlib.error, RecursionError) as error:
        raise BadInput(f"file {path}", "不是完整的 JSON 文件,请重新导出。", "is not whole JSON; export it again.") from error


def problem_from_json(raw: Any) -> Problem:
    """Turn the parsed JSON of an instance into a Problem. Raises BadInput naming the place."""
    top = _object(raw, "top level")
    refuse_strangers(_strangers(top))
    days = _days(top.get("days"), "days")
    posts = tuple(_post(row, f"posts[{i}]") for i, row in enumerate(_list(top.get("posts"), "posts")))
    guards = tuple(_guard(row, f"guards[{i}]") for i, row in enumerate(_list(top.get("guards"), "guards")))
    _distinct([post.id for post in posts], "posts")
    _distinct([guard.id for guard in guards], "guards")
    world = _World({post.id: post for post in posts}, {guard.id: guard for guard in guards})
    seats = tuple(world.seat(row, f"seats[{i}]") for i, row in enumerate(_list(top.get("seats"), "seats")))
    _distinct([seat.id for seat in seats], "seats")
    before = _days(top.get("days_before", []), "days_before", may_be_empty=True)
    if before and days and before[-1] >= days[0]:
        raise _bad("days_before", "必须早于排班的第一天。", "must lie before the first day of the roster.")
    problem = Problem(
        days,
        posts,
        seats,
        guards,
        absent=frozenset(world.duties(top.get("absent", []), "absent")),
        rules=_rules(top.get("rules", {}), seats),
        weights=_weights(top.get("weights", {})),
        days_before=before,
        served_before=frozenset(world.duties(top.get("served_before", []), "served_before")),
    )
    published = cells_from_json(problem, top.get("published", []), "published")
    return problem.changed(locks=_locks(problem, top.get("locks", [])), published=published)


def _strangers(top: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    yield from strangers(top, TOP, "top level, field {}")
    for table, known in ROWS.items():
        rows = top.get(table)
        for i, row in enumerate(rows if isinstance(rows, list) else ()):
            if isinstance(row, dict):
                yield from strangers(row, known, f"{table}[{i}], field {{}}")
    if isinstance(top.get("rules"), dict):
        yield from strangers(top["rules"], RULES, "rules, field {}")


def cells_from_json(problem: Problem, rows: Any, place: str) -> dict[tuple[str, str], str | None]:
    """Turn [[seat, day, guard or null], …] into a plan; each seat and day at most once."""
    seats, guards, days = problem.seat_named(), problem.guard_named(), set(problem.days)
    cells: dict[tuple[str, str], str | None] = {}
    for i, row in enumerate(_list(rows, place)):
        here = f"{place}[{i}]"
        if not isinstance(row, list) or len(row) != 3:
            raise _bad(here, "应为 [岗次, 日期, 人员或 null]。", "should be [seat, day, guard or null].")
        seat, day, guard = row
        _known(seat, seats, here, "岗次", "seat")
        _known(day, days, here, "日期", "day")
        if guard is not None:
            _known(guard, guards, here, "人员", "guard")
        if (seat, day) in cells:
            raise _bad(here, "同一岗次同一天出现两次。", "names the same seat and day twice.")
        cells[seat, day] = guard
    return cells


def roster_from_json(problem: Problem, raw: Any) -> dict[tuple[str, str], str | None]:
    """Read the plan out of a roster file; cells it does not mention are open."""
    rows = _object(raw, "roster").get("assignments")
    cells = cells_from_json(problem, rows, "assignments")
    return {(seat.id, day): cells.get((seat.id, day)) for seat in problem.seats for day in problem.days}


def roster_to_json(problem: Problem, roster: Roster) -> dict[str, Any]:
    """Return the roster as plain JSON data, seats and days in the problem's order."""
    cells = [[seat.id, day, roster.plan[seat.id, day]] for seat in problem.seats for day in problem.days]
    return {
        "assignments": cells,
        "objective": roster.objective,
        "bound": roster.bound,
        "finished": roster.finished,
        "cpu_s": round(roster.cpu_s, 3),
    }


def _bad(place: str, zh: str, en: str) -> BadInput:
    return BadInput(place, zh, en)


def _object(raw: Any, place: str) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise _bad(place, "应为 JSON 对象 {…}。", "should be a JSON object {…}.")
    return raw


def _list(raw: Any, place: str) -> list[Any]:
    if not isinstance(raw, list):
        raise _bad(place, "缺少,或不是列表 […]。", "is missing or not a list […].")
    return raw


def _text(row: dict[str, Any], key: str, place: str, default: str | None = None) -> str:
    value = row.get(key, default)
    if not isinstance(value, str) or (not value and default is None):
        raise _bad(f"{place}, field {key}", "应填写文字。", "should be text.")
    return value


def _texts(row: dict[str, Any], key: str, place: str) -> tuple[str, ...]:
    values = row.get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise _bad(f"{place}, field {key}", "应为文字列表。", "should be a list of texts.")
    return tuple(dict.fromkeys(values))


def _whole(value: Any, place: str, low: int = 0) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= _LIMIT:
        raise _bad(place, f"应为不小于 {low} 的数。", f"should be a number from {low} to {_LIMIT}.")
    if value != round(value):
        raise _bad(place, "应为整数。", "should be a whole number.")
    return int(value)


def _cap(row: dict[str, Any], key: str, place: str) -> int | None:
    return None if row.get(key) is None else _whole(row[key], f"{place}, field {key}")


def _distinct(codes: list[str], place: str) -> None:
    seen: set[str] = set()
    for i, code in enumerate(codes):
        if code in seen:
            raise _bad(f"{place}[{i}], field id", f"编号 {code} 重复。", f"code {code} is used twice.")
        seen.add(code)


def _known(value: Any, among: Any, place: str, zh: str, en: str) -> None:
    if not isinstance(value, str) or value not in among:
        raise _bad(place, f"没有这个{zh}:{value}。", f"no such {en}: {value}.")


def _days(raw: Any, place: str, *, may_be_empty: bool = False) -> tuple[str, ...]:
    days = _list(raw, place)
    for i, day in enumerate(days):
        try:
            right = isinstance(day, str) and date.fromisoformat(day).isoformat() == day
        except ValueError:
            right = False
        if not right:
            raise _bad(f"{place}[{i}]", f"不是日期(年-月-日):{day}。", f"is not a date (YYYY-MM-DD): {day}.")
        if i and days[i - 1] >= day:
            raise _bad(f"{place}[{i}]", "日期应从早到晚,不能重复。", "dates must rise and not repeat.")
    if not days and not may_be_empty:
        raise _bad(place, "至少要有一天。", "needs at least one day.")
    return tuple(days)


def _post(raw: Any, place: str) -> Post:
    row = _object(raw, place)
    return Post(_text(row, "id", place), _text(row, "school", place), _text(row, "place", place, "gate"))


def _guard(raw: Any, place: str) -> Guard:
    row = _object(raw, place)
    km = {
        school: _kilometres(value, f"{place}, field km, {school}")
        for school, value in _object(row.get("km", {}), f"{place}, field km").items()
    }
    return Guard(
        id=_text(row, "id", place),
        kind=_text(row, "kind", place),
        target=_whole(row.get("target", 0), f"{place}, field target"),
        km=km,
        cap_per_day=_cap(row, "cap_per_day", place),
        cap_per_week=_cap(row, "cap_per_week", place),
        cap_per_month=_cap(row, "cap_per_month", place),
        carried=_whole(row.get("carried", 0), f"{place}, field carried", -_LIMIT),
        name=_text(row, "name", place, ""),
        qualifications=_texts(row, "qualifications", place),
    )


def _kilometres(value: Any, place: str) -> int:
    """Return whole kilometres. Raises BadInput when it is not a distance."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 10_000:
        raise _bad(place, "公里数应在 0 到 10000 之间。", "kilometres should lie between 0 and 10,000.")
    return round(value)


def _rules(raw: Any, seats: Iterable[Seat]) -> Rules:
    rules = _object(raw, "rules")
    if rules.get("one_place_per_slot", True) is not True:
        raise _bad("rules, one_place_per_slot", "一人同一时段只能在一处,不能关闭。", "cannot be switched off.")
    kinds = _texts(rules, "no_three_days_running_with_both_ends", "rules")
    slots = sorted({seat.slot for seat in seats}, key=slot_order) or [""]
    ends = _texts(rules, "ends", "rules") or (slots[0], slots[-1])
    if len(ends) != 2:
        if len(slots) > 1 or "ends" in rules:
            raise _bad("rules, field ends", "应为一天的首、末两个时段。", "should be the first and the last slot of a day.")
        ends = ("", "")
    return Rules(frozenset(kinds if ends[0] != ends[1] else ()), ends[0], ends[1])


def _weights(raw: Any) -> Weights:
    given = _object(raw, "weights")
    for key in given:
        if key in FOR_PEOPLE:
            continue
        if key not in _WEIGHTS:
            raise _bad(f"weights, field {key}", "不认识这一权重。", f"unknown; known are {', '.join(_WEIGHTS)}.")
    return Weights(**{key: _whole(value, f"weights, field {key}") for key, value in given.items() if key in _WEIGHTS})


def _locks(problem: Problem, raw: Any) -> dict[tuple[str, str], str | None]:
    """Read the locks and refuse those that no rule-abiding roster can honour, one by one."""
    locks = cells_from_json(problem, raw, "locks")
    if not locks:
        return {}
    seats = problem.seat_named()
    taken: dict[tuple[str, str, str], int] = {}
    for i, ((code, day), guard) in enumerate(locks.items()):
        if guard is None:
            continue
        duty, here = (guard, day, seats[code].slot), f"locks[{i}]"
        if guard not in seats[code].allowed:
            raise _bad(here, f"{guard} 不能担任岗次 {code}。", f"{guard} may not take seat {code}.")
        if duty in problem.absent:
            raise _bad(here, f"{guard} 当天该时段请假。", f"{guard} is absent in that slot.")
        if duty in taken:
            raise _bad(here, f"与 locks[{taken[duty]}] 同一时段,一人不能在两处。", f"clashes with locks[{taken[duty]}].")
        taken[duty] = i
    for breach in breaches(problem, locks):
        if breach.rule != "missing":
            raise _bad(f"locks, {breach.place}", f"锁定的岗次合起来违规:{breach.zh}", f"together they break a rule: {breach.en}")
    return locks


class _World:
    """What seats and duties may refer to."""

    def __init__(self, posts: dict[str, Post], guards: dict[str, Guard]) -> None:
        self.posts, self.guards = posts, guards

    def seat(self, raw: Any, place: str) -> Seat:
        row = _object(raw, place)
        post, slot = _text(row, "post", place), _text(row, "slot", place)
        _known(post, self.posts, f"{place}, field post", "岗位", "post")
        kinds, needs = _texts(row, "kinds", place), _texts(row, "qualifications", place)
        school = self.posts[post].school
        allowed = self._allowed(row, place, school, kinds, needs)
        fixed = row.get("fixed_person")
        if fixed is not None:
            _known(fixed, self.guards, f"{place}, field fixed_person", "人员", "guard")
        return Seat(_text(row, "id", place), post, slot, kinds, allowed, fixed, needs)

    def _allowed(
        self, row: dict[str, Any], place: str, school: str, kinds: tuple[str, ...], needs: tuple[str, ...]
    ) -> tuple[str, ...]:
        if "allowed" not in row:
            return tuple(g.id for g in self.guards.values() if school in g.km and fits(g, kinds, needs))
        named = _texts(row, "allowed", place)
        for code in named:
            here = f"{place}, field allowed, {code}"
            _known(code, self.guards, here, "人员", "guard")
            if not fits(self.guards[code], kinds, needs):
                raise _bad(here, "类别或资格不符合本岗次。", "has not the kind or qualification of this seat.")
            if school not in self.guards[code].km:
                raise _bad(here, f"缺少到学校 {school} 的公里数。", f"has no distance to school {school}.")
        return named

    def duties(self, raw: Any, place: str) -> Iterable[tuple[str, str, str]]:
        """Read (guard, day, slot) triples; days outside the roster are kept and never matter."""
        for i, row in enumerate(_list(raw, place)):
            if not isinstance(row, list) or len(row) != 3 or not all(isinstance(part, str) for part in row):
                raise _bad(f"{place}[{i}]", "应为 [人员, 日期, 时段]。", "should be [guard, day, slot].")
            _known(row[0], self.guards, f"{place}[{i}]", "人员", "guard")
            yield row[0], row[1], row[2]


def fits(guard: Guard, kinds: tuple[str, ...], needs: tuple[str, ...]) -> bool:
    """Tell whether a guard's kind and qualifications suit a seat."""
    return (not kinds or guard.kind in kinds) and set(needs) <= set(guard.qualifications)
