"""The words of village meetings, and the tables of moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.machine import Machine, Move


class BodyKind(TextChoices):
    """What a body of the village is (自治组织): each has its row in policy/meetings.toml."""

    COUNCIL = "council", _("村民协商议事会")
    REPRESENTATIVES = "representatives", _("村民代表会议")
    VILLAGERS = "villagers", _("村民会议")
    GROUP = "group", _("村民小组会议")
    COMMITTEE = "committee", _("村民委员会")
    GOVERNANCE = "governance", _("乡村治理委员会")
    SUPERVISION = "supervision", _("村务监督委员会")
    BRANCH = "branch", _("村党组织")
    COLLECTIVE = "collective", _("集体经济组织成员大会")
    COLLECTIVE_REPS = "collective_reps", _("集体经济组织成员代表大会")
    MEDIATION = "mediation", _("人民调解委员会")


class Office(TextChoices):
    """What somebody is in a body (职务)."""

    HEAD = "head", _("主任(召集人、组长)")
    DEPUTY = "deputy", _("副主任")
    MEMBER = "member", _("成员(代表)")
    EX_OFFICIO = "ex_officio", _("村民委员会成员(参加)")


class Counting(TextChoices):
    """By what a meeting's quorum is counted (到会计算)."""

    SEATS = "seats", _("按成员名单")
    ADULTS = "adults", _("按十八周岁以上村民")
    HOMES = "homes", _("按户的代表")
    MEMBERS = "members", _("按集体成员名册")


class MeetingState(TextChoices):
    """Where a meeting stands (会议)."""

    CALLED = "meeting_called", _("已通知")
    OPENED = "meeting_opened", _("正在开")
    CLOSED = "meeting_closed", _("已散会")
    FAILED = "meeting_failed", _("人数不足,没开成")
    CANCELLED = "meeting_cancelled", _("取消")


class Came(TextChoices):
    """Whether somebody came to a meeting (到会)."""

    AWAY = "away", _("未到")
    PRESENT = "present", _("到会")
    EXCUSED = "excused", _("请假")


class ItemKind(TextChoices):
    """The page's five kinds of what is put to the council (议题类别)."""

    MAJOR = "major", _("重大事项")
    KEY_WORK = "key_work", _("重点工作")
    INDUSTRY = "industry", _("产业发展")
    SURROUNDINGS = "surroundings", _("人居环境")
    HOT = "hot", _("热点难点")


class ItemSource(TextChoices):
    """Where an item comes from (议题来源)."""

    VILLAGER = "villager", _("村民提出")
    REPRESENTATIVE = "representative", _("村民代表提出")
    COMMITTEE = "committee", _("村民委员会提出")
    BRANCH = "branch", _("村党组织提出")
    SUPERVISION = "supervision", _("村务监督委员会提出")
    OTHER_BODY = "other_body", _("其他会议转来")
    BACK = "back", _("暂缓、退回后再议")


class ItemState(TextChoices):
    """Where an item stands (议题)."""

    PROPOSED = "item_proposed", _("等待上会")
    ON_AGENDA = "item_on_agenda", _("已列入议程")
    PASSED = "item_passed", _("通过")
    AMENDED = "item_amended", _("修改后通过")
    REJECTED = "item_rejected", _("未通过")
    DEFERRED = "item_deferred", _("暂缓")
    SENT_ON = "item_sent_on", _("转其他会议")
    WITHDRAWN = "item_withdrawn", _("联名撤回")


class Opinion(TextChoices):
    """What the township says to a decision that was filed (备案意见)."""

    AGREED = "agreed", _("同意备案")
    CORRECTED = "corrected", _("责令改正")


class Told(TextChoices):
    """How an objection came (怎么提的)."""

    PAPER = "paper", _("书面")
    SPOKEN = "spoken", _("当面说")
    PHONE = "phone", _("电话")


class Outcome(TextChoices):
    """What became of an objection (异议处理)."""

    UPHELD = "upheld", _("采纳,退回再议")
    EXPLAINED = "explained", _("不采纳,已说明理由")


M, ITEM = MeetingState, ItemState
MEETING = Machine("meeting", initial=[M.CALLED], moves=[
    Move("open", (M.CALLED,), M.OPENED, _("开会")),
    Move("close", (M.OPENED,), M.CLOSED, _("散会")),
    Move("fail", (M.OPENED,), M.FAILED, _("人数不足散会")),
    Move("cancel", (M.CALLED,), M.CANCELLED, _("取消会议")),
])  # fmt: skip
AGENDA = Machine("agenda_item", initial=[ITEM.PROPOSED], moves=[
    Move("put", (ITEM.PROPOSED,), ITEM.ON_AGENDA, _("列入议程")),
    Move("take_off", (ITEM.ON_AGENDA,), ITEM.PROPOSED, _("撤出议程")),
    Move("pass", (ITEM.ON_AGENDA,), ITEM.PASSED, _("通过")),
    Move("amend", (ITEM.ON_AGENDA,), ITEM.AMENDED, _("修改后通过")),
    Move("reject", (ITEM.ON_AGENDA,), ITEM.REJECTED, _("不通过")),
    Move("defer", (ITEM.ON_AGENDA,), ITEM.DEFERRED, _("暂缓")),
    Move("send_on", (ITEM.PROPOSED, ITEM.ON_AGENDA), ITEM.SENT_ON, _("转其他会议")),
    Move("withdraw", (ITEM.PROPOSED,), ITEM.WITHDRAWN, _("联名撤回")),
])  # fmt: skip
DECIDED = (ItemState.PASSED, ItemState.AMENDED)
VOTED = (*DECIDED, ItemState.REJECTED)
SETTLED = (*VOTED, ItemState.DEFERRED)


class Ruling(TextChoices):
    """What a meeting says to an item (表决结论); each is the move of the item."""

    PASS = "pass", _("通过")
    AMEND = "amend", _("修改后通过")
    REJECT = "reject", _("不通过")
    DEFER = "defer", _("暂缓")
