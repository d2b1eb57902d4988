"""Each CHECK and each unique constraint of guards and rosters, met by name: the row that it refuses."""

from datetime import time, timedelta

from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import Line, Tier
from wanjia.registry.tests.factories import unit
from wanjia.schools.models import (
    Attendance,
    Busy,
    Consent,
    DutySwap,
    GateAlarm,
    GateDuty,
    Guard,
    GuardAbsence,
    LeaderDay,
    Qualification,
)

from .factories import START, school
from .gate_factories import DAY, duty, guard

BEFORE = START - timedelta(days=1)


def _other(world):
    """Another duty of the same roster, a week on."""
    return duty(world, day=DAY + timedelta(days=9))


def _but(one, **facts):
    """A row as it stands, with facts that are not written: so that saved once more it meets one constraint alone."""
    for name, value in facts.items():
        setattr(one, name, value)
    return one


def _marked(world):
    one = duty(world)
    key = {name: getattr(one, name) for name in ("school", "post", "place", "party", "n", "day", "from_at", "guard")}
    return Attendance.objects.create(**key, came=True, marked_at=MONDAY)


def _alarmed(world):
    one = duty(world)
    key = {name: getattr(one, name) for name in ("school", "post", "place", "party", "n", "day", "from_at")}
    return GateAlarm.objects.create(**key, stage="day", raised_at=MONDAY, why="空", remedy="补")


def _leads(world, **facts):
    one = duty(world)
    return LeaderDay.objects.create(**{"school": one.school, "day": one.day, "guard": guard(world), "proposed_at": MONDAY} | facts)


def _away(world):
    return GuardAbsence.objects.create(guard=guard(world), from_at=MONDAY, until_at=MONDAY, why="ill", way="phone", recorded_at=MONDAY)


def _lost(world):
    gone = GuardAbsence.objects.create(guard=guard(world), from_at=MONDAY, until_at=MONDAY + timedelta(days=1), why="ill", way="phone", recorded_at=MONDAY)
    return GateDuty.objects.filter(pk=duty(world).pk).update(lost=gone)


def _swap(world, **facts):
    one = duty(world)
    return DutySwap.objects.create(**{"one": one, "other": _other(world), "asked_at": MONDAY, "reason": "有事"} | facts)


CHECKS = {
    "guard_of_a_school": lambda w: Guard.objects.filter(pk=guard(w).pk).update(school=None),
    "guard_ends_after_start": lambda w: Guard.objects.filter(pk=guard(w).pk).update(to_on=BEFORE, end_reason="调走"),
    "guard_left_with_reason": lambda w: Guard.objects.filter(pk=guard(w).pk).update(to_on=DAY),
    "qualification_ends_after_start": lambda w: Qualification.objects.create(guard=guard(w), kind="trained", from_on=DAY, until_on=DAY, recorded_at=MONDAY),
    "consent_ends_after_start": lambda w: Consent.objects.create(guard=guard(w), way="paper", from_on=DAY, to_on=BEFORE, recorded_at=MONDAY),
    "busy_ends_after_start": lambda w: Busy.objects.create(guard=guard(w), weekdays="1", starts=time(8), ends=time(8), from_on=DAY),
    "busy_until_after_start": lambda w: Busy.objects.create(guard=guard(w), weekdays="1", starts=time(8), ends=time(9), from_on=DAY, to_on=BEFORE),
    "guard_absence_ends_after_start": _away,
    "gate_duty_ends_after_start": lambda w: GateDuty.objects.filter(pk=duty(w).pk).update(to_at=time(1)),
    "gate_duty_lost_is_open": _lost,
    "swap_of_two": lambda w: _swap(w, other=duty(w)),
}
ONCE = {
    "gate_duty_once": lambda w: _but(duty(w), guard=None),
    "one_gate_at_a_time": lambda w: _but(duty(w), n=9),
    "one_swap_waits": _swap,
    "marked_once": _marked,
    "alarmed_once_a_stage": _alarmed,
    "one_leader_a_day": lambda w: _but(_leads(w), guard=guard(w, "章警官", "police", unit=w.office)),
    "leader_at_one_school": lambda w: _but(_leads(w), school=school(w, unit=unit("细沙乡第二小学", Tier.TOWNSHIP, w.xisha, Line.EDUCATION))),
}
