"""How the act of a school's own grounds is done rightly, and how each of its refusals is met."""

from datetime import timedelta

from wanjia.kernel.tests.tried import MONDAY, Felt, Tried
from wanjia.schools.inspection_states import HazardState
from wanjia.schools.models import Hazard, Inspection, RoundVenue, Venue

from .acts_buses import of_a_neighbour
from .factories import school
from .inspection_factories import DAY, hazard, lead, leader, order, round_of


def on_campus(world, state=HazardState.ORDERED):
    """Something found on the school's own grounds, as far as `state`."""
    one = hazard(world, state)
    Venue.objects.filter(pk=one.inspection.stop.venue_id).update(kind="campus", campus=school(world))
    return Hazard.objects.get(pk=one.pk)


def beside(world):
    """Another place of the round, the school's own grounds, where something is ordered: beside what stands at the net bar."""
    place = Venue.objects.create(area=world.datong, kind="campus", name="细沙乡中心学校", address="大同街1号", campus=school(world), from_on=DAY - timedelta(days=90))
    stop = RoundVenue.objects.create(round=round_of(world), venue=place, planned_on=DAY)
    look = Inspection.objects.create(stop=stop, day=DAY, answers={"exits": "bad"}, people=6, licensed=4, signed="signed", recorded_at=MONDAY, recorded_by=leader(world), for_unit=lead(world))
    facts = {"words": "消防通道堆杂物", "basis": "消防法第二十八条", "grade": "ordinary", "owner": lead(world), "measure": "立即清走", "answers": "分管副校长", "due_on": DAY + timedelta(days=15), "found_on": DAY, "code": "exits"}
    one = Hazard.objects.create(inspection=look, county=world.county, year=DAY.year, serial=90, **facts)
    Hazard.objects.filter(pk=one.pk).update(state=HazardState.ORDERED, order=order(world, look, lead(world)))
    return one


def passed(_world, what):
    """It is closed already."""
    one = Hazard.objects.get(pk=what["campus_hazard_id"])
    order_id = one.order_id or order(_world, one.inspection, one.owner).pk
    Hazard.objects.filter(pk=one.pk).update(order=order_id, state=HazardState.PASSED, closed_on=DAY)


ACTS = {
    "schools.report_mended": Tried("headmaster", lambda w: {"campus_hazard_id": on_campus(w).pk, "mended_on": DAY, "words": "锁已拆除"}, {"words": "换了新锁"}, may="", spoil={
        "您的岗位没有报本校整改情况的权限。": Felt(by="caller"), "这条隐患不在您的校园里。": Felt(by=of_a_neighbour), "开了整改通知书、还没有改好的,才能报整改情况。": Felt(before=passed),
        "改好的日子要在发现以后,不晚于今天。": Felt(what={"mended_on": DAY + timedelta(days=1)}),
    }),
}  # fmt: skip
