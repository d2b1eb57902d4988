"""The words of a school's plan: where a version stands, who signs, who stands at a post, what its map shows."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.machine import Machine, Move


class PlanState(TextChoices):
    """Where a version of a plan stands (护学方案的版本)."""

    DRAFT = "plan_draft", _("起草中")
    HANDED = "plan_handed_in", _("已送签")
    STANDS = "plan_stands", _("现行")
    REPLACED = "plan_replaced", _("已被新版代替")


PLAN = Machine("plan", initial=[PlanState.DRAFT], moves=[
    Move("hand_in", (PlanState.DRAFT,), PlanState.HANDED, _("送签")),
    Move("send_back", (PlanState.HANDED,), PlanState.DRAFT, _("退回修改")),
    Move("stand", (PlanState.HANDED,), PlanState.STANDS, _("三方签完,生效")),
    Move("replace", (PlanState.STANDS,), PlanState.REPLACED, _("被新版代替")),
])  # fmt: skip
UNDER_WAY = (PlanState.DRAFT, PlanState.HANDED)
SIGNED = (PlanState.STANDS, PlanState.REPLACED)  # of these the dates say on which days they hold


class SignsFor(TextChoices):
    """For whom a plan is signed (签署方)."""

    SCHOOL = "plan_school", _("学校")
    POLICE = "plan_police", _("公安")
    EDUCATION = "plan_education", _("教体")


class Party(TextChoices):
    """Who stands at a post (四方联动)."""

    POLICE = "police", _("民警")
    GUARD = "guard", _("保安")
    TEACHER = "teacher", _("教师")
    PARENT = "parent", _("家长志愿者")


class AtBell(TextChoices):
    """At which bells a post is held."""

    BOTH = "both_bells", _("上学和放学")
    COME = "come_bell", _("只是上学")
    GO = "go_bell", _("只是放学")


class Mark(TextChoices):
    """What a map of a plan shows (示意图图例)."""

    SCHOOL = "mark_school", _("校园")
    GATE = "mark_gate", _("校门")
    POST = "mark_post", _("岗位")
    ROAD = "mark_road", _("道路")
    ONE_WAY = "mark_one_way", _("单行")
    CROSSING = "mark_crossing", _("斑马线")
    DROP_OFF = "mark_drop_off", _("接送区")
    BUS_STOP = "mark_bus_stop", _("校车站点")
    NO_PARKING = "mark_no_parking", _("禁停")
    BLIND = "mark_blind", _("视线盲区")


LINES = (Mark.ROAD, Mark.ONE_WAY, Mark.NO_PARKING)  # drawn from one point to another; the others stand at one
