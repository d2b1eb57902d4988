"""Duties of care. Which role carries which is said here too; orgs.carried gathers both."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanjia.orgs.roles import Role
from wanjia.registry.duties import Duty as Register
from wanjia.solving.duties import Duty as Plans


class Duty(TextChoices):
    """One thing a post may do."""

    SEE_CARE = "see_care", _("查看关爱服务")
    ACCOMPANY = "accompany", _("联系结对的孩子")
    KEEP_LINES = "keep_lines", _("照联系卡代录联系和关注")
    READ_CARE_NOTES = "read_care_notes", _("阅读孩子的帮扶记录")
    KEEP_HELPERS = "keep_helpers", _("登记帮扶人和志愿队")
    VET_HELPERS = "vet_helpers", _("登记背景审查结果")
    DRAW_PAIRS = "draw_pairs", _("测算、调整结对方案")
    ACTIVATE_PAIRS = "activate_pairs", _("启用结对方案")
    GATHER_WISHES = "gather_wishes", _("征集、送达微心愿")
    JUDGE_WISHES = "judge_wishes", _("审核、发布微心愿")
    HOLD_EVENTS = "hold_events", _("举办关爱活动")
    COVER_FACES = "cover_faces", _("处理活动照片")
    KEEP_GIFTS = "keep_gifts", _("登记物资发放")
    KEEP_CLASSES = "keep_classes", _("办四点半课堂、周末课堂")
    KEEP_CANTEEN = "keep_canteen", _("办爱心食堂")


_NEAR = {Duty.SEE_CARE, Duty.ACCOMPANY, Duty.KEEP_LINES, Duty.GATHER_WISHES, Duty.HOLD_EVENTS, Duty.KEEP_GIFTS, Duty.KEEP_CLASSES, Duty.KEEP_CANTEEN}

CARRIES = {
    Role.VILLAGE_WORKER: _NEAR | {Duty.READ_CARE_NOTES},
    Role.TOWNSHIP_WORKER: _NEAR | {Duty.KEEP_HELPERS, Duty.JUDGE_WISHES, Duty.COVER_FACES},
    Role.TOWNSHIP_LEADER: {Duty.SEE_CARE, Duty.ACCOMPANY},
    Role.STATION_WORKER: {Duty.ACCOMPANY},
    Role.BUREAU_WORKER: {Duty.ACCOMPANY, Duty.HOLD_EVENTS},
    Role.BUREAU_HEAD: {Duty.ACCOMPANY},
    Role.LEADER: {Duty.SEE_CARE, Duty.ACCOMPANY},
    Role.PROTECTION_OFFICER: {Duty.SEE_CARE, Duty.READ_CARE_NOTES, Duty.VET_HELPERS, Duty.ACTIVATE_PAIRS},
    Role.SCHOOL_WORKER: {Duty.SEE_CARE, Duty.ACCOMPANY, Duty.KEEP_LINES, Duty.GATHER_WISHES, Duty.HOLD_EVENTS, Duty.KEEP_GIFTS, Duty.KEEP_CLASSES},
    Role.CARE_OFFICER: {Duty.SEE_CARE, Duty.KEEP_LINES, Duty.KEEP_HELPERS, Duty.DRAW_PAIRS, Duty.ACTIVATE_PAIRS, Duty.JUDGE_WISHES, Duty.HOLD_EVENTS, Duty.COVER_FACES,
                        Duty.KEEP_GIFTS, Plans.WORK_PLANS, Register.IMPORT},
    Role.HELPER: {Duty.ACCOMPANY},
}  # fmt: skip

# Who says that somebody may be alone with a child protects somebody: such a post is given by two people (ADR 0053).
PROTECTIVE = {Duty.VET_HELPERS}
