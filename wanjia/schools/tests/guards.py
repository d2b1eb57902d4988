"""Each CHECK and each unique constraint of schools, met by name: the row that it refuses (tests/house/test_guards_felt.py gathers them)."""

from datetime import time, timedelta

from wanjia.kernel.tests.tried import MONDAY
from wanjia.schools.models import Bell, Gate, School, SchoolDay, Term

from . import guards_buses, guards_inspections, guards_lessons, guards_notices, guards_plans, guards_roads, guards_roster
from .factories import START, bell, gate, school, term

BEFORE = START - timedelta(days=1)


def _day(world, **facts):
    return SchoolDay.objects.create(**{"area": world.county, "day": START, "kind": "free", "words": "放假", "recorded_at": MONDAY} | facts)


CHECKS = {
    "school_ends_after_start": lambda w: School.objects.filter(pk=school(w).pk).update(to_on=START),
    "school_stands_on_earth": lambda w: School.objects.filter(pk=school(w).pk).update(lat=28.2),
    "term_ends_after_start": lambda w: Term.objects.filter(pk=term(w).pk).update(to_on=START),
    "made_up_by_a_weekday": lambda w: _day(w, kind="makes_up"),
    "bell_ends_after_start": lambda w: Bell.objects.filter(pk=bell(w).pk).update(to_on=BEFORE),
    "bell_rings": lambda w: Bell.objects.filter(pk=bell(w).pk).update(arrives=time(18)),
    "gate_ends_after_start": lambda w: Gate.objects.filter(pk=gate(w).pk).update(to_on=BEFORE),
}
ONCE = {
    "term_named_once": term,
    "school_day_once": lambda w: _day(w, school=school(w)),
    "area_day_once": _day,
    "gate_named_once": gate,
}
CHECKS |= guards_plans.CHECKS | guards_roster.CHECKS | guards_buses.CHECKS | guards_inspections.CHECKS | guards_lessons.CHECKS | guards_notices.CHECKS | guards_roads.CHECKS
ONCE |= guards_plans.ONCE | guards_roster.ONCE | guards_buses.ONCE | guards_inspections.ONCE | guards_lessons.ONCE | guards_notices.ONCE | guards_roads.ONCE
