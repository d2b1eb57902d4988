"""What the tables of a month count besides: what happened at gates, lessons of law; each as of a day."""

from pathlib import Path

from django.db.models import Q

from wanjia.reporting.figures.dated import counted, facts, holds
from wanjia.reporting.figures.population import Population

from ..dating import of_year
from ..lesson_states import LESSONS
from ..lessons.queries import is_own, known
from ..lessons.rules import visible_lessons
from ..models import GateTrouble, LawLesson
from ..year.rules import visible_schools

HERE = Path(__file__).parent


def _own_troubles(actor):
    return GateTrouble.objects.filter(school__in=visible_schools(actor))


def troubles_on(rows, day, today):
    """Return what happened at gates in the year up to a day."""
    day = day or today
    return rows.filter(day__year=day.year, day__lte=day)


def lessons_on(rows, day, today):
    """Return what was told of in the year up to a day and not taken back by then (a lesson of December that is told in January is of the new year): whether it was a lesson, and held by whoever was the school's vice-principal that day; as schools' hours are."""
    day = day or today
    return rows.filter(of_year(day, "recorded_at"), known(day), day__lte=day).annotate(f_lesson=holds(Q(occasion__in=LESSONS)), f_by_vice=is_own(day))


POPULATIONS = [
    Population("gate_troubles", HERE / "gate_troubles.toml", GateTrouble, counted(GateTrouble, _own_troubles, "school__area_id"), "school__area_id", as_of=troubles_on),
    Population("law_lessons", HERE / "law_lessons.toml", LawLesson, counted(LawLesson, visible_lessons, "school__area_id"), "school__area_id", few=("lesson", "by_vice"),
               facts=facts("lesson", "by_vice"), as_of=lessons_on),
]  # fmt: skip
