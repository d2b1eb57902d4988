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
    MEDIATE = "mediate", _("受理、调解纠纷,打开调解卷宗")
    KEEP_APPRAISAL = "keep_appraisal", _("办季度评比、私下告知待改进、写典型故事")
    REVIEW_APPRAISAL = "review_appraisal", _("核对红榜、典型故事和小组纸质栏")
    HEAR_TIPS = "hear_tips", _("看交给自己的反映")
    KEEP_FEES = "keep_fees", _("拟收费办法、算应收、记收费和支出")
    REVIEW_FEES = "review_fees", _("启用收费办法、核对应收、决定减免、审批支出")
    KEEP_CUSTOMS = "keep_customs", _("登记门前三包、红白喜事")
    SEE_BRANCH = "see_branch", _("查看党支部工作")
    KEEP_BRANCH = "keep_branch", _("登记组织生活、党员岗位和承诺")
    KEEP_RECRUITS = "keep_recruits", _("查看、登记党员发展")
    KEEP_CLEANUPS = "keep_cleanups", _("登记、核对清扫日")
    KEEP_MONEY = "keep_money", _("登记集体合同、收支、份额,拟分红、发放")
    REVIEW_MONEY = "review_money", _("审批集体收支、核对合同和分红")
    KEEP_PLANS = "keep_plans", _("拟村庄规划,登记进度、资产")
    REVIEW_PLANS = "review_plans", _("启用村庄规划、验收、核对资产")
    KEEP_CRAFTS = "keep_crafts", _("登记乡土人才、帮带、预约、庭院经济")
    REVIEW_CRAFTS = "review_crafts", _("核对乡土人才、庭院经济")
    APPROVE_LEVIES = "approve_levies", _("复审一事一议筹资筹劳方案")


_KEPT = {Duty.KEEP_MEETINGS, Duty.KEEP_POLLS, Duty.KEEP_POINTS, Duty.KEEP_APPRAISAL, Duty.KEEP_FEES, Duty.KEEP_CUSTOMS, Duty.KEEP_CLEANUPS, Duty.KEEP_MONEY, Duty.KEEP_PLANS, Duty.KEEP_CRAFTS}
_REVIEWED = {Duty.COUNT_POLLS, Duty.REVIEW_POINTS, Duty.REVIEW_APPRAISAL, Duty.REVIEW_FEES, Duty.REVIEW_MONEY, Duty.REVIEW_PLANS, Duty.REVIEW_CRAFTS, Duty.HEAR_TIPS}
_BRANCH = {Duty.SEE_VILLAGE, Duty.SEE_BRANCH, Duty.KEEP_BRANCH, Duty.KEEP_RECRUITS, Duty.KEEP_CLEANUPS}
CARRIES = {
    Role.VILLAGE_WORKER: {Duty.SEE_VILLAGE, *_KEPT, *_REVIEWED},
    Role.TOWNSHIP_WORKER: {Duty.SEE_VILLAGE, Duty.FILE_DECISIONS, *_REVIEWED},
    Role.TOWNSHIP_LEADER: {Duty.SEE_VILLAGE, Duty.FILE_DECISIONS, Duty.HEAR_TIPS},
    Role.LEADER: {Duty.SEE_VILLAGE},
    Role.BUREAU_HEAD: {Duty.APPROVE_LEVIES},
    Role.MEDIATOR: {Duty.SEE_VILLAGE, Duty.MEDIATE},
    Role.BRANCH_SECRETARY: _BRANCH,
    Role.BRANCH_ORGANISER: _BRANCH,
}

PROTECTIVE: set[Duty] = set()
