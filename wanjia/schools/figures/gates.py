"""Seats at gates as figures count them: those of the year up to a day that were rostered and are counted on; held or not, by somebody who stood there before or not, and whether an open one was told before it began."""

from pathlib import Path

from django.db.models import Case, Exists, OuterRef, Value, When
from django.db.models.fields import BooleanField

from wanjia.orgs import scope
from wanjia.reporting.figures.population import Population

from ..models import GateAlarm, GateDuty
from ..plan_states import Party
from ..year.rules import visible_schools


def counted_duties(actor, *, duty=None):
    """Return the duties of rosters that stand which an actor counts: of the places where the duty is; without a duty of the schools that he may open."""
    rows = GateDuty.objects.filter(plan__standing__isnull=False).exclude(party=Party.PARENT)
    return rows.filter(school__in=visible_schools(actor)) if duty is None else rows.filter(scope.in_place(actor, area="school__area_id", duty=duty))


def duties_on(rows, day, today):
    """Return the duties of the year up to a day, with whether somebody took each, whether he had stood at that post in that year before, and whether an alarm was raised for it."""
    last = day or today
    told = GateAlarm.objects.filter(day=OuterRef("day"), place=OuterRef("place"), party=OuterRef("party"), n=OuterRef("n"), from_at=OuterRef("from_at"))
    before = GateDuty.objects.filter(plan__standing__isnull=False, guard=OuterRef("guard"), place=OuterRef("place"), going=OuterRef("going"), day__year=last.year, day__lt=OuterRef("day"))
    held = Case(When(guard__isnull=False, then=Value(True)), default=Value(False), output_field=BooleanField())
    return rows.filter(day__year=last.year, day__lte=last).annotate(f_held=held, f_told=Exists(told), f_known=Exists(before))


GATES = Population(
    "gates", Path(__file__).with_suffix(".toml"), GateDuty, counted_duties, "school__area_id", few=("held", "told", "known"), facts={"held": ("held", ""), "told": ("told", ""), "known": ("known", "")},
    as_of=duties_on,
)  # fmt: skip
