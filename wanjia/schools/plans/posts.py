"""Which seats at which posts are due between two days: the one definition (A46, A47).

A seat is one person's place at a post around the bells of one day. It comes from the version in force on that day and from the rings of the year, so a new version changes
seats from its first day on and nothing before.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q

from wanjia.policy import schools as policy

from ..models import PlanVersion, Post
from ..plan_states import SIGNED, Party
from ..year.bells import Year

PARTIES = ((Party.POLICE, "police"), (Party.GUARD, "guards"), (Party.TEACHER, "teachers"), (Party.PARENT, "parents"))
FIRST, LAST = time(0, 0), time(23, 59)


@dataclass(frozen=True)
class Seat:
    """One person's place at a post on a day. n: the how-maniest of its party there, from 1; going: pupils leave; reinforced: leaders stand with them.

    from_at, to_at: times of the day, Beijing; where grades come or go so far apart that the windows do not touch, each window is a seat of its own.
    """

    school: Any
    post: Any
    party: str
    n: int
    day: date
    from_at: time
    to_at: time
    going: bool
    reinforced: bool

    @property
    def needed(self) -> bool:
        """Whether it must be held: parents stand there of their own will, never as one who is counted on."""
        return self.party != Party.PARENT

    @property
    def key(self) -> tuple[str, str, int, date, time]:
        """What tells it from every other, through the versions of a plan: the post that stays itself, party, n, day, when it begins."""
        return (str(self.post.same_as), str(self.party), self.n, self.day, self.from_at)


def seats(schools: Any, first: date, end: date, year: Year | None = None) -> Iterator[Seat]:
    """Yield the Seats of schools that are due from `first` to before `end`, by school and day. Reads the year and three tables once, however many schools and days.

    schools: School rows with their area; year: where the caller has read it already, of these schools and days at least.
    """
    schools = list(schools)
    year = year or Year(schools, first, end)
    held = plans_between(schools, first, end)
    for school in schools:
        for offset in range((end - first).days if held[school.pk] else 0):
            day = first + timedelta(days=offset)
            plan = next((one for one in held[school.pk] if one.holds(day)), None)
            if plan is not None and school.from_on <= day and (school.to_on is None or day < school.to_on):
                yield from _of_day(school, plan, day, year)


def plans_between(schools: Any, first: date, end: date) -> dict[Any, list[PlanVersion]]:
    """Return the signed versions of each school that hold on some day of the span, with their posts."""
    rows = PlanVersion.objects.filter(Q(to_on=None) | Q(to_on__gt=first), school__in=[one.pk for one in schools], state__in=SIGNED, from_on__lt=end).prefetch_related("posts__gate")
    found = defaultdict(list)
    for one in rows:
        found[one.school_id].append(one)
    return found


def _of_day(school: Any, plan: PlanVersion, day: date, year: Year) -> Iterator[Seat]:
    told = year.day(school, day)
    rings = year.rings(school, day) if told else ()
    if not rings:
        return
    reinforced = is_reinforced(told, year.term_of(school, day))
    for post in plan.posts.all():
        if post.gate.from_on <= day and (post.gate.to_on is None or day < post.gate.to_on):
            for from_at, to_at in windows(post, rings):
                for party, field in PARTIES:
                    for n in range(1, getattr(post, field) + 1):
                        yield Seat(school, post, party, n, day, from_at, to_at, post.going, reinforced)


def is_reinforced(told: Any, term: Any) -> bool:
    """Tell whether a Day at school is held with leaders: as the calendar says, at exams, on the first days of a term."""
    return told.reinforced or told.exam or told.day < term.from_on + timedelta(days=policy.in_force(told.day).first_days)


def windows(post: Post, rings: Any) -> list[tuple[time, time]]:
    """Return when a post is held, from the Rings of a day: around each bell of its grades, those that touch being one."""
    grades = set(map(int, post.grades.split()))
    spans: list[tuple[time, time]] = []
    for ring in rings:
        if ring.going != post.going or (grades and grades.isdisjoint(ring.grades)):
            continue
        from_at, to_at = _moved(ring.at, -post.before), _moved(ring.at, post.after)
        if spans and from_at <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], to_at))
        else:
            spans.append((from_at, to_at))
    return spans


def _moved(at: time, minutes: int) -> time:
    """Return a time of the same day so many minutes away; the day's own ends are not passed."""
    moved = datetime.combine(date(2000, 1, 2), at) + timedelta(minutes=minutes)
    return FIRST if moved.day < 2 else LAST if moved.day > 2 else moved.time()
