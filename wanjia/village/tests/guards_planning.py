"""Each CHECK and each unique constraint of a village's plan, met by name: the row that it refuses."""

from wanjia.kernel.tests.tried import MONDAY

from ..models import PlanAspect, PlanSketch, PlanWork, PlanZone, VillageAsset, VillagePlan
from ..plan_states import AssetState, PlanState, WorkState
from .guards_points import _again, _of
from .plan_factories import DAY, aspect, asset, plan, sketch, work, zone


def _draft(world):
    return plan(world, PlanState.DRAFT)


def _accepted(world):
    return work(world, WorkState.ACCEPTED)


def _there(world):
    return asset(world, AssetState.THERE)


CHECKS = {
    "plan_zone_off_says_nothing": _of(PlanZone, zone, off_on=DAY),
    "village_plan_adopted_by_another": lambda w: VillagePlan.objects.filter(pk=plan(w).pk).update(adopted_by=w.register.yang),
    "plan_work_accepted_by_another": lambda w: PlanWork.objects.filter(pk=_accepted(w).pk).update(accepted_by=w.register.yang),
    "plan_work_done_whole": _of(PlanWork, work, done_on=DAY),
    "plan_work_sized_in_a_unit": _of(PlanWork, work, unit=""),
    "plan_sketch_whole": _of(PlanSketch, sketch, width=300),
    "village_asset_of_some_size": _of(VillageAsset, asset, size=0),
    "village_asset_checked_by_another": lambda w: VillageAsset.objects.filter(pk=_there(w).pk).update(checked_by=w.register.yang),
    "village_asset_gone_whole": _of(VillageAsset, asset, gone_on=DAY),
}
ONCE = {
    "village_plan_numbered_once": _again(VillagePlan, plan, "village", "serial", "name", "item", "drawn_at", state=PlanState.DROPPED),
    "one_village_plan_in_force": _again(VillagePlan, plan, "village", "name", "item", "drawn_at", "state", serial=7),
    "one_village_plan_drafted": _again(VillagePlan, _draft, "village", "name", "item", "drawn_at", "state", serial=7),
    "plan_aspect_once": _again(PlanAspect, aspect, "plan", "n", "name"),
    "plan_zone_once": _again(PlanZone, zone, "plan", "name", "bounds", "use"),
    "plan_work_numbered_once": _again(PlanWork, work, "plan", "aspect", "n", "words", "owner", "due_on"),
    "village_asset_once": _again(VillageAsset, asset, "village", "name", "size", "unit", "belongs", "fen", "from_on", told_at=MONDAY),
}
