"""Each CHECK and each unique constraint of operations and patrols, met by name: the row that it refuses."""

from datetime import timedelta

from wanjia.schools.models import Patrol, PatrolFinding, PatrolForce, PatrolPlan, RoadCount, RoadForce, RoadOperation, RoadReport
from wanjia.schools.road_states import RoadState

from .guards_inspections import _another
from .notice_factories import step
from .road_factories import DAY, SETS_OUT, operation, patrol, plan


def _operation(world, **facts):
    return RoadOperation.objects.filter(pk=operation(world).pk).update(**facts)


def _told(world):
    return operation(world, RoadState.HELD)


def _plan(world, **facts):
    return PatrolPlan.objects.filter(pk=plan(world).pk).update(**facts)


def _patrol(world, **facts):
    return Patrol.objects.filter(pk=patrol(world).pk).update(**facts)


CHECKS = {
    "road_operation_lasts": lambda w: _operation(w, to_at=operation(w).from_at),
    "road_operation_held_with_counts": lambda w: _operation(w, reported=1),
    "road_operation_off_with_a_reason": lambda w: _operation(w, closing="暴雨"),
    "force_sends_somebody": lambda w: RoadForce.objects.create(operation=operation(w), force="transport", people=0),
    "road_report_corrected_with_a_reason": lambda w: RoadReport.objects.create(operation=_told(w), number=2, told_at=_told(w).made_at),
    "patrol_plan_has_an_end": lambda w: _plan(w, until_on=DAY - timedelta(days=1)),
    "patrol_plan_lasts": lambda w: _plan(w, to_at=SETS_OUT),
    "patrol_plan_ended_with_a_reason": lambda w: _plan(w, ended_on=DAY),
    "patrol_lasts": lambda w: _patrol(w, to_at=SETS_OUT),
    "patrol_walked_or_why_not": lambda w: _patrol(w, reason="暴雨"),
    "patrol_unit_sends_somebody": lambda w: PatrolForce.objects.create(patrol=patrol(w), unit=w.office, people=0),
}
ONCE = {
    "road_operation_once": lambda w: _another(operation(w)),
    "force_once_on_the_road": lambda w: _another(operation(w).forces.get()),
    "road_report_numbered_once": lambda w: _another(_told(w).reports.get()),
    "road_kind_counted_once": lambda w: _another(RoadCount.objects.filter(report__operation=_told(w)).first()),
    "patrol_once": lambda w: _another(patrol(w)),
    "unit_once_on_a_patrol": lambda w: _another(patrol(w).forces.first()),
}


def _found(world):
    return PatrolFinding.objects.filter(patrol=patrol(world)).first() or PatrolFinding.objects.create(patrol=patrol(world), step=step(world))
