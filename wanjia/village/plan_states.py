"""The words of a village's plan, and the tables of moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.machine import Machine, Move


class PlanState(TextChoices):
    """Where a version of a village's plan stands (村庄规划)."""

    DRAFT = "plan_draft", _("待启用")
    IN_FORCE = "plan_in_force", _("现行")
    ENDED = "plan_ended", _("已被替代")
    DROPPED = "plan_dropped", _("不用")


class WorkState(TextChoices):
    """Where an item of a plan stands (规划事项)."""

    PLANNED = "work_planned", _("在办")
    REPORTED = "work_reported", _("报完工,等验收")
    ACCEPTED = "work_accepted", _("验收合格")


class Unit(TextChoices):
    """In what something of a plan is measured (计量单位)."""

    MU = "mu", _("亩")
    KM = "km", _("公里")
    PIECE = "piece", _("处(个)")
    HOME = "home_unit", _("户")


class ZoneKind(TextChoices):
    """What a zone is on the village's sketch (廊、区): a way with both its sides, or a piece of land."""

    CORRIDOR = "zone_corridor", _("廊")
    AREA = "zone_area", _("区")


class ZoneColour(TextChoices):
    """In which colour a zone is drawn: six that eyes which tell no red from green tell apart; on grey paper its number does."""

    BLUE = "zone_blue", _("蓝")
    ORANGE = "zone_orange", _("橙")
    GREEN = "zone_green", _("绿")
    PURPLE = "zone_purple", _("紫")
    GOLD = "zone_gold", _("金黄")
    GREY = "zone_grey", _("灰")


class AssetState(TextChoices):
    """Where an asset stands (资产): it counts when another hand has looked at it."""

    TOLD = "asset_told", _("待核对")
    THERE = "asset_there", _("在用")
    GONE = "asset_gone", _("已核销")


class Belongs(TextChoices):
    """Whose an asset is (权属)."""

    COLLECTIVE = "collective", _("村集体")
    HOMES = "of_homes", _("农户")
    FIRM = "firm", _("企业、合作社")


P, W, A = PlanState, WorkState, AssetState
PLAN = Machine("village_plan", initial=[P.DRAFT], moves=[
    Move("adopt", (P.DRAFT,), P.IN_FORCE, _("启用")),
    Move("drop", (P.DRAFT,), P.DROPPED, _("不用")),
    Move("end", (P.IN_FORCE,), P.ENDED, _("被新规划替代")),
])  # fmt: skip
WORK = Machine("plan_work", initial=[W.PLANNED], moves=[
    Move("report", (W.PLANNED,), W.REPORTED, _("报完工")),
    Move("accept", (W.REPORTED,), W.ACCEPTED, _("验收合格")),
    Move("back", (W.REPORTED,), W.PLANNED, _("退回再办")),
])  # fmt: skip
ASSET = Machine("village_asset", initial=[A.TOLD], moves=[
    Move("check", (A.TOLD,), A.THERE, _("核对入册")),
    Move("end", (A.TOLD, A.THERE), A.GONE, _("核销")),
])  # fmt: skip
