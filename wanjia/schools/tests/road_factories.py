"""A small world of the road: an operation of the gates' police that waits for its counts, or was told; a patrol of this morning, of two forces after a notice, or on an evening route."""

from datetime import time, timedelta

from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import User
from wanjia.orgs.roles import Role
from wanjia.schools.models import Patrol, PatrolForce, PatrolPlan, RoadCount, RoadForce, RoadOperation, RoadReport
from wanjia.schools.road_states import PatrolState, RoadKind, RoadState

from .inspection_factories import DAY, lead, person, police
from .notice_factories import notice, receipt

SETS_OUT, BACK = time(8), time(9, 30)  # before MONDAY's nine o'clock: it may be told


def gates(world):
    """Who counts on the road, afresh."""
    return User.objects.get(pk=world.gates.pk)


def traffic(world):
    """Who counts on the road for another unit."""
    return person("jiaojing", "车交警", police(world), Role.GATE_OFFICER)


def counted(**found):
    """All kinds, nought but for those that are named."""
    return {kind: found.get(kind.value, 0) for kind in RoadKind}


def operation(world, state=RoadState.PLANNED, **facts):
    """An operation of this morning at the village's road; told, it has its counts."""
    given = {
        "area": world.datong, "place": "中心学校门前路段", "sort": "safe_school", "unit": world.office, "day": DAY, "from_at": time(7), "to_at": time(8, 30), "made_at": MONDAY,
    } | facts  # fmt: skip
    one = RoadOperation.objects.filter(place=given["place"], day=given["day"], state=state).first()
    if one is not None:
        return one
    one = RoadOperation.objects.create(**given)
    RoadForce.objects.create(operation=one, force="traffic_police", people=4)
    if state == RoadState.HELD:
        telling(one, stopped=40, overload=2, drink=1, educated=5, punished=2)
        RoadOperation.objects.filter(pk=one.pk).update(state=state, reported=1)
        one.refresh_from_db()
    return one


def telling(one, number=1, reason="", **found):
    """What was told of an operation."""
    report = RoadReport.objects.create(operation=one, number=number, reason=reason, told_at=MONDAY)
    RoadCount.objects.bulk_create([RoadCount(report=report, kind=kind, n=n) for kind, n in counted(**found).items()])
    return report


def plan(world, **facts):
    """A plan of evenings over the county."""
    given = {
        "area": world.county, "name": "考试晚间巡查", "route": "校门口至江边广场", "unit": lead(world), "from_on": DAY, "until_on": DAY + timedelta(days=4), "weekdays": "1234567", "from_at": SETS_OUT,
        "to_at": BACK, "made_at": MONDAY,
    } | facts  # fmt: skip
    return PatrolPlan.objects.filter(name=given["name"]).first() or PatrolPlan.objects.create(**given)


def patrol(world, **facts):
    """Today's patrol of the bureau and the police after the notice over KTVs."""
    given = {
        "area": world.county, "notice": notice(world), "route": "校门口至江边广场", "unit": lead(world), "day": DAY, "from_at": SETS_OUT, "to_at": BACK, "made_at": MONDAY, "plan": plan(world),
    } | facts  # fmt: skip
    one = Patrol.objects.filter(route=given["route"], day=given["day"]).first()
    if one is None:
        one = Patrol.objects.create(**given)
        for sent in (lead(world), police(world)):
            PatrolForce.objects.create(patrol=one, unit=sent, people=2)
    return one


def walked(world, **facts):
    """It was walked."""
    one = patrol(world, **facts)
    Patrol.objects.filter(pk=one.pk, state=PatrolState.PLANNED).update(state=PatrolState.WALKED, told_at=MONDAY, people=4, places=3)
    one.refresh_from_db()
    return one


__all__ = ["BACK", "DAY", "SETS_OUT", "counted", "gates", "operation", "patrol", "plan", "receipt", "telling", "traffic", "walked"]
