"""What is asked of lessons and drills: which school owes which in its term, until when, and what was held."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from wanjia.policy import school_bus as policy

from ..bus_states import DrillKind
from ..duties import Duty
from ..models import BusDrill, Rider, School, Term
from ..riders.rules import of_schools
from ..year.bells import Year
from ..year.rules import visible_schools


@dataclass
class Owed:
    """What a school whose children ride holds in its term. held: {kind: [BusDrill]}; due_on: the day by which each is to be held."""

    school: School
    term: Term
    due_on: date
    held: dict = field(default_factory=dict)

    @property
    def rows(self):
        """[(kind, its words, [what was held])] in their order."""
        return [(kind, kind.label, self.held.get(kind, [])) for kind in DrillKind]

    @property
    def missing(self):
        """The kinds that were not held yet."""
        return [kind for kind in DrillKind if not self.held.get(kind)]

    def is_late(self, day):
        """Tell whether something is missing after its day."""
        return bool(self.missing) and self.due_on < day

    def is_told(self, day):
        """Tell whether something is missing and its day is near or over."""
        return bool(self.missing) and self.due_on - timedelta(days=policy.in_force(day).drill_warn_days) <= day


def owed(schools, day):
    """Return the Owed of those of these schools whose children ride, in the term of `day`; none in the holidays."""
    schools = list(schools.filter(pk__in=Rider.objects.on(day).values("school")).select_related("unit", "area").order_by("area_id", "unit__name", "pk"))
    year, days = Year(schools, day, day + timedelta(days=1)), policy.in_force(day).drill_days
    found = [Owed(one, term, term.from_on + timedelta(days=days)) for one in schools if (term := year.term_of(one, day)) is not None]
    held = {}
    for row in BusDrill.objects.filter(school__in=schools, term__in={one.term.pk for one in found}, taken_back_at=None).order_by("day"):
        held.setdefault((row.school_id, row.term_id), {}).setdefault(DrillKind(row.kind), []).append(row)
    for one in found:
        one.held = held.get((one.school.pk, one.term.pk), {})
    return found


def of_actor(actor, day):
    """What the schools in reach owe, what is late first."""
    return sorted(owed(visible_schools(actor, duty=Duty.SEE_BUSES).on(day), day), key=lambda one: (not one.missing, one.due_on))


def alarmed(user, day):
    """How many lessons and drills are missing whose day is near or over, for whoever keeps riders: what the desk says."""
    if not user.has_duty(Duty.KEEP_RIDERS):
        return 0
    return sum(len(one.missing) for one in owed(School.objects.on(day).filter(of_schools(user, "")), day) if one.is_told(day))


def beside(school, day):
    """What the page of a school shows, None where no child of it rides."""
    found = owed(School.objects.filter(pk=school.pk), day)
    return {"owed": found[0], "late": found[0].is_late(day)} if found else None
