"""A term's plan from rows and back: lessons that schools are still owed, lecturers with room, who comes where by the engine; topics and days by turns.

What the engine decides is who goes where: a school's own vice-principal first, then whoever is based in its township, and everybody evenly. Topics (those that a school heard
least first) and days (evenly over what is left of the term, one school a day) follow by a plain rule that a person can repeat by hand.
"""

import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from wanjia.orgs.models.areas import STEM_DIGITS, Level
from wanjia.policy import law_lessons as policy
from wanjia.registry import bulk
from wanjia.solving.kinds import Answer
from wanjia.verdict import Refused

from ..lesson_states import LESSONS
from ..lessons import checks, queries
from ..models import Lecturer, PlannedLesson, Term
from ..year.bells import Year
from .plans import assigned

KIND = "law_lessons"
OWN, NEAR, FAR = 100, 30, 10  # points: the school's own vice-principal, somebody based in its township, anybody of the county
SUNDAY = 7  # boarders come in the evening: no day for a lesson
LATER = 3  # points less for each lesson more of one lecturer: so that all have about as many
TOWN = STEM_DIGITS[Level.TOWNSHIP]


@dataclass
class Posed:
    """Lessons that are owed [(school, n)], lecturers with how many more each can give; days: {school: its days in order}; taught: {school: Counter of topics of the year}; serves: {(school, lecturer)}."""

    term: Any
    edition: Any
    since: date
    last: date
    owed: list[tuple[Any, int]]
    lecturers: list[Any]
    room: dict[Any, int]
    days: dict[Any, list[date]]
    taught: dict[Any, Counter]
    serves: set[tuple[Any, Any]]
    breaches: tuple[str, ...] = ()
    rows: list["Row"] = field(default_factory=list)


@dataclass
class Row:
    """One lesson of the answer. lecturer, day: None where nobody could be found."""

    school: Any
    n: int
    topic: str
    lecturer: Any = None
    day: date | None = None


def term_of(plan):
    """Return the term that a version plans."""
    return Term.objects.select_related("area").get(pk=plan.about)


def since_of(plan):
    """Return the first day that a version may plan."""
    return date.fromisoformat(plan.settings["since"])


def build(plan):
    """Return the Posed of a version. Raises Refused where no lesson is owed, or nobody may give one."""
    term, since = term_of(plan), since_of(plan)
    edition = policy.in_force(term.from_on)
    last = max(since, term.to_on - timedelta(days=edition.close_from))
    schools = list(queries.owing(term).select_related("area", "unit").order_by("area_id", "pk"))
    given = dict(queries.held().filter(school__in=schools, term=term).order_by().values_list("school").annotate(n=Count("pk")))
    owed = [(one, n) for one in schools for n in range(given.get(one.pk, 0), edition.owed_a_term)]
    if not owed:
        raise Refused(_("这个学期每所学校的法治课都够了,不用再排。"))
    lecturers, room = _lecturers(term, since, edition)
    if not lecturers:
        raise Refused(_("没有可以排的讲师:先登记讲师,查过背景,一学期还有课没讲。"))
    year = Year(schools, since, last)
    days = {one.pk: [day.day for day in year.days(one) if not day.exam and 0 < day.weekday < SUNDAY] for one in schools}
    taught = defaultdict(Counter)
    for key, cells in queries.grid(schools, [term]).items():
        taught[key] = Counter(cells)
    serves = set(queries.serving(since).filter(school__in=schools).values_list("school", "lecturer"))
    return Posed(term, edition, since, last, owed, lecturers, room, days, taught, serves)


def _lecturers(term, since, edition):
    """Return the lecturers of a term's area whose records are clear, and {key: how many more each can give this term}."""
    given = Count("lessons", filter=Q(lessons__taken_back_at=None, lessons__occasion__in=LESSONS, lessons__term=term))
    rows = queries.of_county(term.area).filter(from_on__lte=since, to_on=None).select_related("unit").annotate(given=given).order_by("name", "pk")
    clear = [one for one in rows if checks.is_cleared(one, since)]
    room = {one.pk: max(0, (one.cap or edition.lessons_a_term) - one.given) for one in clear}
    return [one for one in clear if room[one.pk]], room


def solve(posed, control):
    """Return the Answer: who goes where by the engine, topics and days by turns."""
    began = time.perf_counter()
    lots = [one for one in posed.lecturers for _place in range(posed.room[one.pk])]
    tier = [k for one in posed.lecturers for k in range(posed.room[one.pk])]
    most = LATER * max(tier) + 1  # an open lesson is worse than the last lesson of whoever is farthest away
    edges = [(i, j, most + _points(posed, school, one) - LATER * tier[j]) for i, (school, _n) in enumerate(posed.owed) for j, one in enumerate(lots)]
    choice, posed.breaches, gap, stopped = assigned(edges, [1] * len(lots), len(posed.owed), control)
    posed.rows = _spread(posed, [lots[j] if j >= 0 else None for j in choice])
    planned = sum(one.lecturer is not None for one in posed.rows)
    words = {
        "schools": len({one.school.pk for one in posed.rows}), "owed": len(posed.rows), "planned": planned, "uncovered": len(posed.rows) - planned,
        "own": sum(one.lecturer is not None and (one.school.pk, one.lecturer.pk) in posed.serves for one in posed.rows),
        "lecturers": len({one.lecturer.pk for one in posed.rows if one.lecturer}), "seconds": round(time.perf_counter() - began, 2),
    }  # fmt: skip
    return Answer(posed.rows, words, gap=gap, stopped=stopped)


def _points(posed, school, lecturer):
    if (school.pk, lecturer.pk) in posed.serves:
        return OWN
    return NEAR if lecturer.unit.area_id[:TOWN] == school.area_id[:TOWN] else FAR


def _spread(posed, who):
    """Give each lesson its topic and day: topics that the school heard least, then that the plan has least; days evenly, nobody at two schools on one day."""
    often, rows = Counter(), []
    taught = {school.pk: Counter(posed.taught[school.pk]) for school, _n in posed.owed}
    for (school, n), lecturer in zip(posed.owed, who):
        topic = min(posed.edition.topics, key=lambda one, key=school.pk: (taught[key][one], often[one], posed.edition.topics.index(one)))
        taught[school.pk][topic] += 1
        often[topic] += 1
        rows.append(Row(school, n, topic, lecturer))
    by_lecturer = defaultdict(list)
    for row in rows:
        if row.lecturer is not None:
            by_lecturer[row.lecturer.pk].append(row)
    there = defaultdict(set)
    for mine in by_lecturer.values():
        _days(posed, sorted(mine, key=lambda row: (row.n, row.school.area_id, str(row.school.pk))), there)
    return rows


def _days(posed, mine, there):
    """Give the lessons of one lecturer their days; a lesson for which no day is left is given up."""
    span, taken = (posed.last - posed.since).days, set()
    for k, row in enumerate(mine):
        aim = posed.since + timedelta(days=round((k + 0.5) / len(mine) * span))
        free = [day for day in posed.days[row.school.pk] if day not in taken and day not in there[row.school.pk]]
        row.day = min(free, key=lambda day, aim=aim: (abs((day - aim).days), day), default=None)
        if row.day is None:
            row.lecturer = None
        else:
            taken.add(row.day)
            there[row.school.pk].add(row.day)


def judge(posed, answer):
    """Return the rules that a plan breaks, from rows read anew: one school a day, no more than each can give, records clear on the day, a school day without exams, no topic twice."""
    found = list(posed.breaches)
    held = [row for row in answer.plan if row.lecturer is not None]
    year = Year([school for school, _n in posed.owed], posed.since, posed.term.to_on)
    names = {row.lecturer.pk: row.lecturer.name for row in held} | {row.school.pk: row.school.unit.name for row in answer.plan}  # two may bear one name
    for (key, day), n in Counter((row.lecturer.pk, row.day) for row in held).items():
        if n > 1:
            found.append(_("%(name)s %(day)s 排在两所学校。") % {"name": names[key], "day": day})
    for key, n in Counter(row.lecturer.pk for row in held).items():
        one = Lecturer.objects.get(pk=key)
        given = queries.held().filter(lecturer=key, term=posed.term).count()
        if n + given > (one.cap or posed.edition.lessons_a_term):
            found.append(_("%(name)s 一学期排得太多。") % {"name": one.name})
    for row in held:
        told = year.day(row.school, row.day)
        if told is None or told.exam or told.weekday == SUNDAY or not posed.since <= row.day < posed.term.to_on:
            found.append(_("%(school)s %(day)s 不上课或者考试。") % {"school": row.school.unit.name, "day": row.day})
        if not checks.is_cleared(row.lecturer, row.day):
            found.append(_("%(name)s %(day)s 的背景查询已经过期。") % {"name": row.lecturer.name, "day": row.day})
    for (school, topic), n in Counter((row.school.pk, row.topic) for row in answer.plan).items():
        if n > 1 or topic not in posed.edition.topics:
            found.append(_("%(school)s 的专题排重了。") % {"school": names[school]})
    return found


def rows_of(plan, answer):
    """Yield the rows of a version."""
    for row in answer.plan:
        yield bulk.fresh(PlannedLesson, plan_id=plan.pk, school_id=row.school.pk, n=row.n, topic=row.topic, lecturer_id=row.lecturer.pk if row.lecturer else None, day=row.day)
