"""Cut a roster into parts that share no guard: a county falls into some forty, each solved by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TypeVar

from wanjia.planning.rostering.problem import Problem

T = TypeVar("T")


def parts(problem: Problem) -> list[Problem]:
    """Return the independent parts, most seats first; guards without a seat form a last part of their own."""
    root: dict[str, str] = {}
    for seat in problem.seats:
        for guard in seat.allowed:
            _join(root, guard, seat.allowed[0])
    groups: dict[str, list[str]] = defaultdict(list)
    for seat in problem.seats:
        groups[_top(root, seat.allowed[0]) if seat.allowed else f"nobody for {seat.id}"].append(seat.id)
    guards: dict[str, list[str]] = defaultdict(list)
    for person in problem.guards:
        guards[_top(root, person.id) if person.id in root else ""].append(person.id)
    idle = guards.pop("", [])
    ordered = sorted(groups, key=lambda top: (-len(groups[top]) * len(guards.get(top, ())), groups[top][0]))
    pieces = [(groups[top], guards.get(top, [])) for top in ordered] + ([([], idle)] if idle else [])
    return _cut(problem, pieces)


def part_of(problem: Problem, seats: Iterable[str]) -> Problem:
    """Return the union of the parts that hold these seats."""
    wanted = set(seats)
    touched = [piece for piece in parts(problem) if any(seat.id in wanted for seat in piece.seats)]
    names = {seat.id for piece in touched for seat in piece.seats}
    people = {guard.id for piece in touched for guard in piece.guards}
    return _cut(problem, [(sorted(names), sorted(people))])[0]


def _top(root: dict[str, str], item: str) -> str:
    while root.setdefault(item, item) != item:
        root[item] = root[root[item]]
        item = root[item]
    return item


def _join(root: dict[str, str], one: str, other: str) -> None:
    root[_top(root, one)] = _top(root, other)


def _cut(problem: Problem, pieces: list[tuple[list[str], list[str]]]) -> list[Problem]:
    """Deal everything that belongs to a seat or guard to its piece, in one pass over each list."""
    by_seat = {seat: i for i, (seats, _) in enumerate(pieces) for seat in seats}
    by_guard = {guard: i for i, (_, guards) in enumerate(pieces) for guard in guards}
    seats = _deal(problem.seats, lambda seat: by_seat.get(seat.id), len(pieces))
    guards = _deal(problem.guards, lambda guard: by_guard.get(guard.id), len(pieces))
    absent = _deal(sorted(problem.absent), lambda duty: by_guard.get(duty[0]), len(pieces))
    before = _deal(sorted(problem.served_before), lambda duty: by_guard.get(duty[0]), len(pieces))
    locks = _deal(problem.locks.items(), lambda item: by_seat.get(item[0][0]), len(pieces))
    published = _deal(problem.published.items(), lambda item: by_seat.get(item[0][0]), len(pieces))
    posts = {post.id: post for post in problem.posts}
    return [
        problem.changed(
            posts=tuple(posts[name] for name in sorted({seat.post for seat in seats[i]})),
            seats=tuple(seats[i]),
            guards=tuple(guards[i]),
            absent=frozenset(absent[i]),
            served_before=frozenset(before[i]),
            locks=dict(locks[i]),
            published=dict(published[i]),
        )
        for i in range(len(pieces))
    ]


def _deal(items: Iterable[T], place: Callable[[T], int | None], count: int) -> list[list[T]]:
    dealt: list[list[T]] = [[] for _ in range(count)]
    for item in items:
        where = place(item)
        if where is not None:
            dealt[where].append(item)
    return dealt
