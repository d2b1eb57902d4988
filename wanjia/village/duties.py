"""Duties of village self-governance. Which role carries which is said here too; orgs.carried gathers both."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanjia.orgs.roles import Role


class Duty(TextChoices):
    """One thing a post may do."""

    SEE_VILLAGE = "see_village", _("查看村民自治")
    KEEP_MEETINGS = "keep_meetings", _("登记自治组织、会议、公示和异议")
    FILE_DECISIONS = "file_decisions", _("查看、答复决定备案")
    KEEP_POINTS = "keep_points", _("拟积分办法、申报积分、办爱心超市")
    REVIEW_POINTS = "review_points", _("启用积分办法、审核积分、核对积分月结")
    KEEP_POLLS = "keep_polls", _("发起户表决、发票、开票公布")
    COUNT_POLLS = "count_polls", _("录入、核对纸票")
    KEEP_MONEY = "keep_money", _("登记集体合同、收支、份额,拟分红、发放")
    REVIEW_MONEY = "review_money", _("审批集体收支、核对合同和分红")
    KEEP_PLANS = "keep_plans", _("拟村庄规划,登记进度、资产")
    REVIEW_PLANS = "review_plans", _("启用村庄规划、验收、核对资产")


CARRIES = {
    Role.VILLAGE_WORKER: {Duty.SEE_VILLAGE, Duty.KEEP_MEETINGS, Duty.KEEP_POLLS, Duty.COUNT_POLLS, Duty.KEEP_POINTS, Duty.REVIEW_POINTS, Duty.KEEP_MONEY, Duty.REVIEW_MONEY, Duty.KEEP_PLANS, Duty.REVIEW_PLANS},
    Role.TOWNSHIP_WORKER: {Duty.SEE_VILLAGE, Duty.FILE_DECISIONS, Duty.COUNT_POLLS, Duty.REVIEW_POINTS, Duty.REVIEW_MONEY, Duty.REVIEW_PLANS},
    Role.TOWNSHIP_LEADER: {Duty.SEE_VILLAGE, Duty.FILE_DECISIONS},
    Role.LEADER: {Duty.SEE_VILLAGE},
}

PROTECTIVE: set[Duty] = set()
