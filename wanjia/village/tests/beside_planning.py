"""One of everything that a village's plan keeps, for who walks all addresses (tests/fuzz, tests/journeys)."""

from ..models import PlanWork, VillageAsset, VillagePlan
from ..plan_states import PlanState
from . import plan_factories as made

KNOWN = {"village_plan_id": VillagePlan, "plan_work_id": PlanWork, "village_asset_id": VillageAsset}


def plant(world):
    """Make them: a plan with an item that is late and has a note, a draft, an asset to be checked."""
    made.note(world)
    made.plan(world, PlanState.DRAFT)
    made.asset(world)
