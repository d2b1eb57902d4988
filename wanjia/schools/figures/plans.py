"""Schools as figures count them: those that stand on a day, and whether a signed plan holds on it."""

from pathlib import Path

from django.db.models import Exists, Q

from wanjia.orgs import scope
from wanjia.reporting.figures.population import Population

from ..models import School
from ..plans.queries import holding
from ..year.rules import visible_schools


def counted_schools(actor, *, duty=None):
    """Return the schools that an actor counts: those of the places where the duty is; without a duty those that the actor may open."""
    if duty is None:
        return visible_schools(actor)
    return School.objects.filter(scope.in_place(actor, area="area_id", duty=duty))


def schools_on(rows, day, today):
    """Return the schools that stand on `day` (None: now, which is on `today`), with whether a version of a plan holds on it."""
    day = day or today
    return rows.filter(Q(to_on=None) | Q(to_on__gt=day), from_on__lte=day).annotate(f_planned=Exists(holding(day)))


SCHOOLS = Population("schools", Path(__file__).with_suffix(".toml"), School, counted_schools, "area_id", few=("planned",), facts={"planned": ("planned", "")}, as_of=schools_on)
