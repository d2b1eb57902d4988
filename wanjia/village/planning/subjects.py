"""What the acts of a village's plan are about: a version, an item, an asset."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked

from ..models import PlanWork, VillageAsset, VillagePlan
from . import rules

PLANS = Subject(
    "village_plan", "village.villageplan", "village/plans", seen=lambda actor, duty: rules.visible_plans(actor, duty=duty).select_related("village", "item__meeting__body", "item__body"),
    take=locked(VillagePlan, "village", "item__meeting__body", "item__body"), page="village:village_plan", over=("village:plans", _("村庄规划")), about=lambda one: one.name,
)  # fmt: skip
WORKS = Subject(
    "plan_work", "village.planwork", "village/plans/works", seen=lambda actor, duty: rules.visible_works(actor, duty=duty).select_related("plan__village", "aspect", "zone", "owner"),
    take=locked(PlanWork, "plan__village", "aspect", "owner"), page="village:plan_work", over=("village:plans", _("村庄规划")), about=lambda one: one.words,
)  # fmt: skip
ASSETS = Subject(
    "village_asset", "village.villageasset", "village/assets", seen=lambda actor, duty: rules.visible_assets(actor, duty=duty).select_related("village", "work"),
    take=locked(VillageAsset, "village"), page="village:village_asset", over=("village:village_assets", _("村庄资产")), about=lambda one: one.name,
)  # fmt: skip
