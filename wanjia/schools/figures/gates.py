"""Seats at gates as figures count them: those of the year up to a day that were rostered and are counted on; held or not, by somebody who stood there before or not, and whether an open one was told before it began."""

from pathlib import Path

from django.db.models import Exists, OuterRef, Q

from wanjia.orgs import scope
from wanjia.reporting.figures.dated import facts, holds
from wanjia.reporting.figures.population import Population

from ..models import Attendance, GateAlarm, GateDuty
from ..plan_states import Party
from ..year.rules import visible_schools

COUNTED = Q(plan__standing__isnull=False) & ~Q(party=Party.PARENT)  # also where rows are asked of a whole area: the drafts and versions before hold the same seats again


def counted_duties(actor, *, duty=None):
    """Return the duties of rosters that stand which an actor counts: of the places where the duty is; without a duty of the schools that he may open."""
    rows = GateDuty.objects.filter(COUNTED)
    return rows.filter(school__in=visible_schools(actor)) if duty is None else rows.filter(scope.in_place(actor, area="school__area_id", duty=duty))


def duties_on(rows, day, today):
    """Return the duties of the year up to a day, with whether somebody took each, whether he had stood at that post in that year before, and whether an alarm was raised for it."""
    last = day or today
    told = GateAlarm.objects.filter(day=OuterRef("day"), place=OuterRef("place"), party=OuterRef("party"), n=OuterRef("n"), from_at=OuterRef("from_at"))
    before = GateDuty.objects.filter(plan__standing__isnull=False, guard=OuterRef("guard"), place=OuterRef("place"), going=OuterRef("going"), day__year=last.year, day__lt=OuterRef("day"))
    marks = Attendance.objects.filter(guard=OuterRef("guard"), day=OuterRef("day"), from_at=OuterRef("from_at"), place=OuterRef("place"))
    return rows.filter(COUNTED, day__year=last.year, day__lte=last).annotate(
        f_held=holds(Q(guard__isnull=False)), f_told=Exists(told), f_known=Exists(before), f_marked=Exists(marks), f_came=Exists(marks.filter(came=True)),
        f_stood_in=Exists(told.filter(covered_at__isnull=False)),
    )  # fmt: skip


FACTS = ("held", "told", "known", "marked", "came", "stood_in")
GATES = Population("gates", Path(__file__).with_suffix(".toml"), GateDuty, counted_duties, "school__area_id", few=FACTS, facts=facts(*FACTS), as_of=duties_on)
