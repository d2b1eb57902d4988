"""The words of the party branch, its duties, pledges, recruitment, and of clean-up days; and the tables of moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.machine import Machine, Move


class PartyStanding(TextChoices):
    """Whether a member of the party has a vote (党员类别)."""

    FULL = "full_member", _("正式党员")
    PROBATIONARY = "probationary", _("预备党员")


class PartyOffice(TextChoices):
    """What a member is in the branch (党内职务)."""

    SECRETARY = "secretary", _("书记")
    COMMITTEE = "committee_member", _("支部委员")
    MEMBER = "plain_member", _("党员")


class ActivityKind(TextChoices):
    """What the branch comes together for (组织生活): each has its rhythm in policy/branch.toml."""

    MEMBERS = "members_meeting", _("支部党员大会")
    COMMITTEE = "committee_meeting", _("支部委员会会议")
    GROUP = "group_meeting", _("党小组会")
    CLASS = "secretary_class", _("书记讲党课")
    THEME = "theme_day", _("主题党日")
    LIFE = "life_meeting", _("组织生活会")
    APPRAISAL = "appraisal", _("民主评议党员")


class Setting(TextChoices):
    """Where it is held (在哪里开): in the busy season in the fields."""

    INDOORS = "indoors", _("活动室")
    FIELDS = "in_fields", _("田间地头")
    ELSEWHERE = "elsewhere", _("外出")
    CALL = "on_a_call", _("电话、视频")


class ActivityState(TextChoices):
    """Where an activity of the branch stands (组织生活)."""

    CALLED = "activity_called", _("已通知")
    HELD = "activity_held", _("开了,等核对")
    CHECKED = "activity_checked", _("已核对")
    CANCELLED = "activity_cancelled", _("取消")


class Attended(TextChoices):
    """Whether a member came (参加情况)."""

    MISSED = "missed", _("未到")
    PAPER = "on_paper", _("到会(签到册)")
    PHONE = "by_phone", _("电话参加")
    LEAVE = "on_leave", _("请假")


class DecisionMatter(TextChoices):
    """By which rule the branch decides (表决事项)."""

    ORDINARY = "ordinary", _("一般事项")
    FOUR_STEPS = "four_steps", _("“四议两公开”党员大会审议")


class HoldingState(TextChoices):
    """Where somebody's claim of a duty stands (认领岗位)."""

    CLAIMED = "duty_claimed", _("已认领,等支部确定")
    HELD = "duty_held", _("在岗")
    REFUSED = "duty_refused", _("支部没有同意")
    OVER = "duty_over", _("已卸任")


class PledgeState(TextChoices):
    """Where a pledge stands (承诺)."""

    OPEN = "pledge_open", _("进行中")
    TOLD = "pledge_told", _("报完成,等核实")
    KEPT = "pledge_kept", _("已兑现")
    FAILED = "pledge_failed", _("没有兑现")


class CandidateState(TextChoices):
    """Where the recruitment of somebody stands (发展党员)."""

    OPEN = "candidate_open", _("培养中")
    FULL = "candidate_full", _("已转正归档")
    STOPPED = "candidate_stopped", _("已终止")


class Background(TextChoices):
    """Where somebody who applies comes from (来源)."""

    FARMER = "farmer", _("在家务农")
    VETERAN = "veteran", _("退伍军人")
    RETURNED = "returned", _("返乡人员")
    LEADER = "leads_others", _("致富带头人")
    OTHER = "other_background", _("其他")


class MentorKind(TextChoices):
    """What a full member is to somebody who applies (联系人、介绍人)."""

    MENTOR = "mentor", _("培养联系人")
    INTRODUCER = "introducer", _("入党介绍人")


class Breach(TextChoices):
    """What of a step does not agree with the rules (与细则不符)."""

    NONE = "agrees", _("符合")
    EARLY = "too_early", _("早于最早日期")
    LAPSED = "lapsed", _("超过有效期")
    UNTRAINED = "too_few_hours", _("学时不够")


class CleanUpState(TextChoices):
    """Where a clean-up day stands (清扫日)."""

    PLANNED = "cleanup_planned", _("已安排")
    HELD = "cleanup_held", _("扫完了,等核对")
    CHECKED = "cleanup_checked", _("已核对")
    CANCELLED = "cleanup_cancelled", _("取消")


class SectionBy(TextChoices):
    """Who cleans a section (责任方)."""

    HOME = "by_home", _("农户")
    VOLUNTEERS = "by_volunteers", _("志愿者")


A, H, P, N, C = ActivityState, HoldingState, PledgeState, CandidateState, CleanUpState
ACTIVITY = Machine("branch_activity", initial=[A.CALLED], moves=[
    Move("hold", (A.CALLED,), A.HELD, _("登记开了")),
    Move("check", (A.HELD,), A.CHECKED, _("核对")),
    Move("cancel", (A.CALLED, A.HELD), A.CANCELLED, _("取消")),
])  # fmt: skip
HOLDING = Machine("duty_holding", initial=[H.CLAIMED], moves=[
    Move("decide", (H.CLAIMED,), H.HELD, _("支部确定")),
    Move("refuse", (H.CLAIMED,), H.REFUSED, _("支部没有同意")),
    Move("end", (H.HELD,), H.OVER, _("卸任")),
])  # fmt: skip
PLEDGE = Machine("pledge", initial=[P.OPEN], moves=[
    Move("tell", (P.OPEN,), P.TOLD, _("报完成")),
    Move("keep", (P.TOLD,), P.KEPT, _("核实兑现")),
    Move("give_back", (P.TOLD,), P.OPEN, _("核实没有完成")),
    Move("fail", (P.OPEN,), P.FAILED, _("没有兑现")),
])  # fmt: skip
CANDIDATE = Machine("candidate", initial=[N.OPEN], moves=[
    Move("finish", (N.OPEN,), N.FULL, _("转正归档")),
    Move("stop", (N.OPEN,), N.STOPPED, _("终止")),
])  # fmt: skip
CLEANUP = Machine("clean_up", initial=[C.PLANNED], moves=[
    Move("hold", (C.PLANNED,), C.HELD, _("登记扫完了")),
    Move("check", (C.HELD,), C.CHECKED, _("核对")),
    Move("cancel", (C.PLANNED,), C.CANCELLED, _("取消")),
])  # fmt: skip
