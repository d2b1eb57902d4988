"""Schools as figures count them: those that stand on a day, whether a signed plan holds on it, a vice-principal for law serves, a lesson was held, the hours of the year are met."""

from pathlib import Path

from django.db.models import Exists, OuterRef, Q

from wanjia.policy import law_lessons as policy
from wanjia.reporting.figures.dated import counted, facts, holds
from wanjia.reporting.figures.population import Population

from ..lessons.queries import held_in_term, hours_until, serving
from ..models import School
from ..plans.queries import holding
from ..year.rules import visible_schools


def schools_on(rows, day, today):
    """Return the schools that stand on `day` (None: now, which is on `today`), with what of them figures ask: each by the same question that their pages ask."""
    day = day or today
    met = holds(Q(hours_of_year__gte=policy.in_force(day).hours_a_year))
    return rows.filter(Q(to_on=None) | Q(to_on__gt=day), from_on__lte=day).annotate(hours_of_year=hours_until(day)).annotate(
        f_planned=Exists(holding(day)), f_vice=Exists(serving(day).filter(school=OuterRef("pk"))), f_taught=Exists(held_in_term(day).filter(school=OuterRef("pk"))), f_met=met,
    )  # fmt: skip


FACTS = ("planned", "vice", "taught", "met")
SCHOOLS = Population("schools", Path(__file__).with_suffix(".toml"), School, counted(School, visible_schools, "area_id"), "area_id", few=FACTS, facts=facts(*FACTS), as_of=schools_on)
