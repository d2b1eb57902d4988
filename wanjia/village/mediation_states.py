"""The words of people's mediation, and the table of moves of a case (人民调解法)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.machine import Machine, Move


class DisputeKind(TextChoices):
    """What a dispute is about (纠纷类型)."""

    NEIGHBOURS = "neighbours", _("邻里")
    FAMILY = "marriage", _("婚姻家庭")
    LAND = "land", _("土地山林")
    HOUSE_SITE = "house_site", _("宅基地")
    DAMAGES = "damages", _("赔偿")
    DEBT = "debt", _("债务")
    LABOUR = "labour_pay", _("劳动")
    TAKING = "taking", _("征地")
    ENVIRONMENT = "environment", _("环境")
    OTHER = "other_dispute", _("其他")


class CaseSource(TextChoices):
    """How a dispute came to the committee (来源)."""

    ASKED = "asked", _("当事人申请")
    OWN_MOTION = "own_motion", _("主动调解")
    SENT = "sent_here", _("部门转来")


class CaseState(TextChoices):
    """Where a case stands (调解)."""

    TAKEN = "case_taken", _("调解中")
    AGREED = "case_agreed", _("达成协议")
    FAILED = "case_failed", _("调解不成")
    WITHDRAWN = "case_withdrawn", _("终止")
    HANDED_ON = "case_handed_on", _("转办")


class Side(TextChoices):
    """On which side somebody stands (当事人)."""

    APPLICANT = "side_one", _("甲方")
    OTHER = "side_two", _("乙方")
    THIRD = "side_third", _("第三人")


class Danger(TextChoices):
    """Whether a dispute may turn into worse (激化风险): the second is told to the police (art. 25)."""

    NONE = "danger_none", _("没有")
    WATCH = "danger_watch", _("有激化的苗头,要盯住")
    CRIME = "danger_crime", _("可能引起治安、刑事案件")


class Chosen(TextChoices):
    """By whom the mediator was chosen (art. 19)."""

    PARTIES = "by_parties", _("双方选定")
    COMMITTEE = "by_committee", _("委员会指定,双方同意")


class ToldBy(TextChoices):
    """How somebody was told of the rights (art. 23)."""

    READ_OUT = "read_out", _("当面宣读")
    PAPER = "on_paper", _("给了告知书")


class SignedBy(TextChoices):
    """How somebody signed (art. 29)."""

    HAND = "by_hand", _("签名")
    FINGER = "by_finger", _("按指印")
    STAMP = "by_stamp", _("盖章")


class RecordKind(TextChoices):
    """What a paper of the file records (笔录)."""

    INQUIRY = "inquiry", _("调查笔录")
    SITTING = "sitting", _("调解笔录")
    DANGER = "danger", _("风险报告")
    RECHECK = "recheck", _("回访记录")


class Kept(TextChoices):
    """How an agreement is kept, as seen on a visit (履行情况)."""

    WHOLE = "kept_whole", _("都做到了")
    PART = "kept_part", _("做到一部分")
    NOT = "kept_not", _("没有做")


class WhyEnded(TextChoices):
    """Why a case ends without an agreement and without having failed (终止)."""

    TAKEN_BACK = "taken_back", _("申请人撤回")
    STOPPED = "stopped", _("一方要求终止")
    REFUSED = "one_refuses", _("一方明确拒绝调解")
    SETTLED = "settled_alone", _("双方自己和好了")


class NoCourt(TextChoices):
    """What an agreement touches that no court confirms."""

    STATUS = "status", _("婚姻、亲子、收养关系")
    TITLE = "title", _("东西、权利归谁")


class CourtWord(TextChoices):
    """What the court says to the two who asked it together."""

    CONFIRMED = "court_confirmed", _("裁定有效")
    DISMISSED = "court_dismissed", _("裁定驳回")
    NOT_TAKEN = "court_not_taken", _("不予受理")
    WITHDRAWN = "court_withdrawn", _("双方撤回")


C = CaseState
CASE = Machine("mediation", initial=[C.TAKEN], moves=[
    Move("agree", (C.TAKEN,), C.AGREED, _("协议生效")),
    Move("fail", (C.TAKEN,), C.FAILED, _("调解不成")),
    Move("withdraw", (C.TAKEN,), C.WITHDRAWN, _("终止调解")),
    Move("hand_on", (C.TAKEN,), C.HANDED_ON, _("转办")),
])  # fmt: skip
