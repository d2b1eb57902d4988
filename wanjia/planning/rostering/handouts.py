"""What is handed out, as files for a folder: gate tables by school and week, month cards and calendars by guard.

Each file is made from the schools concerned alone, so that a county of a thousand schools takes a thousand times as
long as one school, not a million times.
"""

from __future__ import annotations

import dataclasses
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from wanjia.planning.contract import BadInput
from wanjia.planning.rostering.check import iso_week
from wanjia.planning.rostering.ical import icalendar
from wanjia.planning.rostering.paper import gate_table, month_card
from wanjia.planning.rostering.problem import Cell, Problem

Handout = tuple[str, str]  # file name, content


def gate_tables(problem: Problem, plan: Mapping[Cell, str | None]) -> Iterator[Handout]:
    """Yield the A4 week tables as HTML: one for each school with seats and each ISO week, such as S0-2026-W36.html."""
    schools = _Schools(problem, plan)
    stems = file_stems(schools.cells)
    first_day = {iso_week(day): day for day in reversed(problem.days)}
    for school in sorted(schools.cells):
        small, part = schools.around([school])
        for week in sorted(first_day):
            yield f"{stems[school]}-{week}.html", gate_table(small, part, school, first_day[week])


def month_cards(problem: Problem, plan: Mapping[Cell, str | None]) -> Iterator[Handout]:
    """Yield the cards as HTML: one for each guard and month in which he serves, such as G7-2026-09.html."""
    schools = _Schools(problem, plan)
    stems = file_stems(schools.served)
    for guard in sorted(schools.served):
        small, part = schools.around(schools.served[guard])
        for month in sorted({day[:7] for (_, day), who in part.items() if who == guard}):
            yield f"{stems[guard]}-{month}.html", month_card(small, part, guard, month=month)


def calendars(problem: Problem, plan: Mapping[Cell, str | None], *, made_at: datetime) -> Iterator[Handout]:
    """Yield a calendar for each guard who serves, such as G7.ics; made_at: when the roster was made, with its time zone."""
    schools = _Schools(problem, plan)
    stems = file_stems(schools.served)
    for guard in sorted(schools.served):
        small, part = schools.around(schools.served[guard])
        yield f"{stems[guard]}.ics", icalendar(small, part, guard, made_at=made_at)


def folder(path: str | None) -> None:
    """Refuse a folder that cannot be made or written to, before the work."""
    if not path:
        return
    target = Path(path).absolute()
    place = target if target.exists() else target.parent
    if not place.is_dir() or not os.access(place, os.W_OK):
        raise BadInput(path, "写不了这个文件夹。", "cannot write to this folder: it is a file, or lies in no folder of yours.")


def file_stems(codes: Iterable[str]) -> dict[str, str]:
    """Return a file name for each code: safe anywhere, short, and no two alike even where capitals count for nothing."""
    stems: dict[str, str] = {}
    taken: set[str] = set()
    for code in sorted(codes):
        stem = plain = re.sub(r"[^\w-]", "_", code)[:60] or "_"
        number = 1
        while stem.casefold() in taken:
            number += 1
            stem = f"{plain}_{number}"
        taken.add(stem.casefold())
        stems[code] = stem
    return stems


class _Schools:
    """A problem and plan by school. cells: each school's cells; served: each guard's schools."""

    def __init__(self, problem: Problem, plan: Mapping[Cell, str | None]) -> None:
        self.problem, self.plan, self.guards = problem, plan, problem.guard_named()
        school_of_post = problem.school_of_post()
        self.posts, self.seats = defaultdict(list), defaultdict(list)
        self.cells: dict[str, list[Cell]] = defaultdict(list)
        self.served: dict[str, set[str]] = defaultdict(set)
        for post in problem.posts:
            self.posts[post.school].append(post)
        for seat in problem.seats:
            school = school_of_post[seat.post]
            self.seats[school].append(seat)
            self.cells[school] += [(seat.id, day) for day in problem.days]
            for day in problem.days:
                if (who := plan[seat.id, day]) is not None:
                    self.served[who].add(school)

    def around(self, schools: Iterable[str]) -> tuple[Problem, dict[Cell, str | None]]:
        """Return the problem and plan of these schools and of whoever serves there; wall names stay as they are."""
        names = sorted(schools)
        part = {cell: self.plan[cell] for school in names for cell in self.cells[school]}
        people = sorted({who for who in part.values() if who is not None})
        small = dataclasses.replace(
            self.problem,
            posts=tuple(post for school in names for post in self.posts[school]),
            seats=tuple(seat for school in names for seat in self.seats[school]),
            guards=tuple(self.guards[who] for who in people),
        )
        return small, part
