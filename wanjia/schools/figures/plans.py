"""Schools as figures count them: those that stand on a day, whether a signed plan holds on it, a vice-principal for law serves, a lesson was held, the hours of the year are met."""

from pathlib import Path

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, Value, When

from wanjia.orgs import scope
from wanjia.policy import law_lessons as policy
from wanjia.reporting.figures.population import Population

from ..lessons.queries import held_in_term, hours_until, serving
from ..models import School
from ..plans.queries import holding
from ..year.rules import visible_schools


def counted_schools(actor, *, duty=None):
    """Return the schools that an actor counts: those of the places where the duty is; without a duty those that the actor may open."""
    if duty is None:
        return visible_schools(actor)
    return School.objects.filter(scope.in_place(actor, area="area_id", duty=duty))


def schools_on(rows, day, today):
    """Return the schools that stand on `day` (None: now, which is on `today`), with what of them figures ask: each by the same question that their pages ask."""
    day = day or today
    met = Case(When(hours_of_year__gte=policy.in_force(day).hours_a_year, then=Value(True)), default=Value(False), output_field=BooleanField())
    return rows.filter(Q(to_on=None) | Q(to_on__gt=day), from_on__lte=day).annotate(hours_of_year=hours_until(day)).annotate(
        f_planned=Exists(holding(day)), f_vice=Exists(serving(day).filter(school=OuterRef("pk"))), f_taught=Exists(held_in_term(day).filter(school=OuterRef("pk"))), f_met=met,
    )  # fmt: skip


FACTS = ("planned", "vice", "taught", "met")
SCHOOLS = Population("schools", Path(__file__).with_suffix(".toml"), School, counted_schools, "area_id", few=FACTS, facts={one: (one, "") for one in FACTS}, as_of=schools_on)
