"""The table of moves of a need, and the closed lists of the trade."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wanjia.kernel.machine import Machine, Move


class NeedState(TextChoices):
    """Where a need stands (诉求状态)."""

    REGISTERED = "registered", _("待判定")
    ADMITTED = "admitted", _("待研判")
    TRIAGED = "triaged", _("待交办")
    ASSIGNED = "assigned", _("待签收")
    ACCEPTED = "accepted", _("已签收")
    IN_PROGRESS = "in_progress", _("办理中")
    DONE_REPORTED = "done_reported", _("待回访")
    VERIFIED = "verified", _("待销号")
    CLOSED = "closed", _("已销号")
    DECLINED = "declined", pgettext_lazy("state", "不予受理")
    RETURNED = "returned", _("申请退回")
    REOPENED = "reopened", pgettext_lazy("state", "重新办理")
    WITHDRAWN = "withdrawn", _("已撤回")


S = NeedState
OPEN = (S.REGISTERED, S.ADMITTED, S.TRIAGED, S.ASSIGNED, S.ACCEPTED, S.IN_PROGRESS, S.DONE_REPORTED, S.VERIFIED, S.RETURNED,
        S.REOPENED)  # fmt: skip
REPORTED = (S.DONE_REPORTED, S.VERIFIED, S.CLOSED)
ENDED = (S.CLOSED, S.DECLINED, S.WITHDRAWN)
# With a unit that is to settle it. From here it is handed on only where nobody of that unit can sign any more.
IN_HANDS = (S.ASSIGNED, S.ACCEPTED, S.IN_PROGRESS, S.REOPENED)
# Where a joint session finds a need that it may decide on; besides, what its holder asks about, and what lies where nobody can sign.
DECIDABLE = (S.ADMITTED, S.TRIAGED, S.RETURNED)
BEFORE_DONE = (S.REGISTERED, S.ADMITTED, S.TRIAGED, S.ASSIGNED, S.ACCEPTED, S.IN_PROGRESS, S.RETURNED, S.REOPENED)

NEED = Machine(
    "need",
    initial=[S.REGISTERED],
    moves=[
        Move("admit", (S.REGISTERED,), S.ADMITTED, _("受理")),
        Move("decline", (S.REGISTERED,), S.DECLINED, _("不予受理")),
        Move("appeal", (S.DECLINED,), S.REGISTERED, _("申请复核")),
        Move("triage", (S.ADMITTED,), S.TRIAGED, _("研判")),
        Move("regrade", (S.TRIAGED, S.RETURNED, S.REOPENED), S.TRIAGED, _("重新研判")),
        Move("assign", (S.TRIAGED, S.RETURNED, *IN_HANDS), S.ASSIGNED, _("交办")),
        Move("recall", (S.ASSIGNED,), S.TRIAGED, _("收回交办")),
        Move("arbitrate", (S.ASSIGNED, S.ACCEPTED), S.TRIAGED, _("会商裁定")),
        Move("raise", IN_HANDS, S.TRIAGED, _("提级")),
        Move("accept", (S.ASSIGNED, S.REOPENED), S.ACCEPTED, _("签收")),
        Move("return", (S.ASSIGNED, S.ACCEPTED), S.RETURNED, _("退回")),
        Move("hand_to", (S.ACCEPTED,), S.ACCEPTED, _("派给责任人")),
        Move("hand_on", (S.IN_PROGRESS,), S.IN_PROGRESS, _("换责任人")),
        Move("start", (S.ACCEPTED,), S.IN_PROGRESS, _("开始办理")),
        Move("report_done", (S.ACCEPTED, S.IN_PROGRESS), S.DONE_REPORTED, _("报办结")),
        Move("verify", (S.DONE_REPORTED,), S.VERIFIED, _("回访")),
        Move("give_up_callback", (S.DONE_REPORTED,), S.VERIFIED, _("回访未果")),
        # From struck off too: the tier above looked again and found it not so.
        Move("dispute", (S.DONE_REPORTED, S.VERIFIED, S.CLOSED), S.REOPENED, _("群众说没有解决")),
        Move("resume", (S.VERIFIED,), S.IN_PROGRESS, _("计划到期,继续办理")),
        Move("close", (S.VERIFIED,), S.CLOSED, _("销号")),
        Move("reopen", (S.CLOSED, S.WITHDRAWN), S.REOPENED, _("重新办理")),
        Move("withdraw", BEFORE_DONE, S.WITHDRAWN, _("撤回")),
    ],
)

# Five steps that a household and a leader can both read.
FIVE_STEPS = (
    (_("已登记"), (S.REGISTERED, S.ADMITTED)),
    (_("已研判"), (S.TRIAGED, S.RETURNED)),
    (_("已交办"), (S.ASSIGNED, S.REOPENED)),
    (_("办理中"), (S.ACCEPTED, S.IN_PROGRESS)),
    (_("回访销号"), (S.DONE_REPORTED, S.VERIFIED, S.CLOSED)),
)
# The same way as its household reads it, on the slip alone.
SLIP_STEPS = (
    (_("听到了"), (S.REGISTERED, S.ADMITTED, S.TRIAGED, S.RETURNED)),
    (_("定了谁办"), (S.ASSIGNED, S.REOPENED)),
    (_("正在办"), (S.ACCEPTED, S.IN_PROGRESS)),
    (_("办好了"), (S.DONE_REPORTED,)),
    (_("您确认"), (S.VERIFIED, S.CLOSED)),
)


class Channel(TextChoices):
    """How a need reached us (来源渠道)."""

    VISIT = "visit", _("入户走访")
    PAIRING = "pairing", _("结对联系")
    FOUR_DOWN = "four_down", _("四下基层接访")
    HOTLINE = "hotline", _("12345/96128 转办")
    PETITION = "petition", _("信访转办")
    CALL = "call", _("来电")
    WALK_IN = "walk_in", _("来访")
    LETTER = "letter", _("来信")
    ONLINE = "online", _("网络/公众号")
    SCHOOL = "school", _("学校报送")
    DEPARTMENT = "department", _("部门转交")
    MEETING = "meeting", _("会议反映")
    SLIP = "slip", _("小条(在外家人)")


class Category(TextChoices):
    """What a need is about (诉求类别)."""

    SCHOOLING = "schooling", _("就学")
    WORK = "work", _("就业务工")
    MEDICAL = "medical", _("医疗")
    HOUSING = "housing", _("住房")
    WATER_POWER = "water_power", _("饮水用电")
    ROAD = "road", _("道路交通")
    AID = "aid", _("低保救助")
    DISABILITY = "disability", _("残疾保障")
    ELDERLY = "elderly", _("养老照护")
    GUARDIANSHIP = "guardianship", _("儿童监护")
    INSURANCE = "insurance", _("社保")
    LAND = "land", _("土地林权")
    INDUSTRY = "industry", _("产业发展")
    ENVIRONMENT = "environment", _("人居环境")
    DISPUTE = "dispute", _("矛盾纠纷")
    CAMPUS = "campus", _("校园安全")
    RIGHTS = "rights", _("权益维护(欠薪)")
    PAPERS = "papers", _("证照户籍")
    OTHER = "other", _("其他")


class Reasonable(TextChoices):
    """Whether a need is reasonable (是否合理)."""

    YES = "yes", _("合理")
    PARTLY = "partly", _("部分合理")
    NO = "no", _("不合理")


class DeclineGround(TextChoices):
    """Why a need is declined (不合理依据)."""

    NO_BASIS = "no_basis", _("没有政策依据")
    NOT_TRUE = "not_true", _("与事实不符")
    ALREADY_HAS = "already_has", _("已经享受同类政策")
    LEGAL_WAY = "legal_way", _("应走诉讼、仲裁、复议等法定途径")
    OTHER_BODY = "other_body", _("不属于本县职责,已告知承办机关")
    OTHER = "other", _("其他")


class Urgency(TextChoices):
    """How urgent (轻重缓急)."""

    CRITICAL = "critical", _("特急")
    URGENT = "urgent", _("急")
    ORDINARY = "ordinary", _("一般")


class Difficulty(TextChoices):
    """How hard (难易程度)."""

    EASY = "easy", _("易")
    MEDIUM = "medium", _("中")
    HARD = "hard", _("难")
    POLICY = "policy", _("政策性")


class Outcome(TextChoices):
    """What the handler says came out (办理结果)."""

    SOLVED = "solved", _("已解决")
    PARTLY = "partly", _("部分解决")
    EXPLAINED = "explained", _("已解释说明")
    PLANNED = "planned", _("列入计划")
    REFERRED = "referred", _("转法定途径")
    AID_GIVEN = "aid_given", _("已救助")
    UNREACHABLE = "unreachable", _("无法联系")
    UNSUPPORTED = "unsupported", _("不予支持")


# What counts as settled in the handler's word (解决, as against explained, planned or referred).
SETTLED = (Outcome.SOLVED, Outcome.AID_GIVEN)


class Word(TextChoices):
    """The household's own word: is it solved (是否解决,诉求人确认)."""

    SOLVED = "solved", _("已经解决")
    PARTLY = "partly", _("解决了一部分")
    UNSOLVED = "unsolved", _("没有解决")


class ConfirmedBy(TextChoices):
    """Through whom the household's word came (由谁确认); the two are counted apart."""

    CALLBACK = "callback", _("别的单位回访")
    SLIP = "slip", _("小条")


class Satisfaction(TextChoices):
    """How satisfied, if the household says so (满意度); never filled by default."""

    SATISFIED = "satisfied", _("满意")
    FAIRLY = "fairly", _("基本满意")
    NOT = "not", _("不满意")


class WordsReason(TextChoices):
    """Why somebody reads the household's sealed words (查看原话的理由): chosen, not typed."""

    RECHECK = "recheck", _("抽查复核")
    CALL_AGAIN = "call_again", _("再次回访前了解")
    REWORK = "rework", _("督办重新办理")
    SAFETY = "safety", _("核实有没有人身安全问题")
    COMPLAINT = "complaint", _("处理投诉或违纪线索")


class RecheckFor(TextChoices):
    """Why a need stands on the list of rechecks (为什么抽查)."""

    CHILD = "child", _("涉及未成年人")
    DRAWN = "drawn", _("随机抽中")
    LEAST = "least", _("单位当月至少一件")
    COMPLAINT = "complaint", _("销号后又反映")
    PATTERN = "pattern", _("发现疑点")


class Again(TextChoices):
    """Whether a need says that an earlier one of its home, struck off, is not settled (是不是上次没解决)."""

    YES = "yes", _("就是上次那件没有解决")
    NO = "no", _("是另一件事")


class Pattern(TextChoices):
    """What looks like closing for the sake of closing (疑点); the rules stand in policy/honesty.toml."""

    SLIPS_AT_ONCE = "slips_at_once", _("刚报办结,小条就说解决")
    WORDS_COPIED = "words_copied", _("结果说明是同一段话")
    CALLS_AT_ONCE = "calls_at_once", _("回访挤在一刻钟里")
    SAME_PAPER = "same_paper", _("几件诉求用同一份佐证")
    DONE_AT_ONCE = "done_at_once", _("难办的事刚签收就报办结")
    SAME_PHONE = "same_phone", _("几户确认用同一个电话")


class Way(TextChoices):
    """How somebody was told or asked (方式)."""

    FACE = "face", _("当面")
    PHONE = "phone", _("电话")
    PAPER = "paper", _("书面")
    SLIP = "slip", _("小条")


# What may be asked of the tier above besides a stopped clock.
EXTENSION = "extension"


class StopReason(TextChoices):
    """Why a need's own clock stands still (挂起原因). Only the first may begin without the tier above, and once."""

    PAPERS = "papers", _("等待诉求人材料")
    AWAY = "away", _("诉求人外出,没有他办不成")
    SEASON = "season", _("天气、季节原因不能施工")
    PROCEDURE = "procedure", _("等待上级或法定程序")


class Level(IntegerChoices):
    """The rungs of the ladder (督办阶梯), from the lowest."""

    REMIND = 1, _("临期提醒")
    URGE = 2, _("催办")
    SUPERVISE = 3, _("督办")
    RAISE = 4, _("提级")
    RAISE_AGAIN = 5, _("再提级")


class Climbs(TextChoices):
    """Whose clock climbs the ladder (哪个时限)."""

    NEED = "need", _("办理时限")
    STEP = "step", _("本环节时限")
    ASKED = "asked", _("延期、挂起的审批")
    SESSION = "session", _("会商的议题")
    PLAN = "plan", _("计划兑现日期")
    HELP = "help", _("协办事项的期限")
    AGREE = "agree", _("协办单位确认协商的时限")


# Clocks of a part that another unit was asked for: they climb from the helper over the lead.
OF_PARTS = (Climbs.HELP, Climbs.AGREE)


class PaperKind(TextChoices):
    """The papers that needs bring (文书)."""

    ASSIGNMENT = "assignment", _("交办单")
    RETURN = "return", _("退回单")
    EXTENSION = "extension", _("延期审批单")
    CONFERENCE = "conference", _("单件会商记录单")
    REMINDER = "reminder", _("催办通知")
    SUPERVISION = "supervision", _("督办函")
    RAISE = "raise", _("提级办理单")
    REPLY = "reply", _("办理情况答复")
    CALLBACK = "callback", _("回访记录")
    CLOSING = "closing", _("销号审批表")
    MONTHLY = "monthly", _("月度通报")
    BOARD = "board", _("村(社区)诉求公示")


class SessionState(TextChoices):
    """Where a joint triage session stands (会商研判)."""

    CALLED = "called", _("已召集")
    HELD = "held", _("待签发")
    SIGNED = "signed", _("已签发")
    CALLED_OFF = "called_off", _("已取消")


SESSION = Machine(
    "session",
    initial=[SessionState.CALLED],
    moves=[
        Move("hold", (SessionState.CALLED,), SessionState.HELD, _("结束会商")),
        Move("sign", (SessionState.HELD,), SessionState.SIGNED, _("签发纪要")),
        Move("call_off", (SessionState.CALLED,), SessionState.CALLED_OFF, _("取消会商")),
    ],
)


class ItemState(TextChoices):
    """What became of one need on an agenda (议题)."""

    OPEN = "open", _("待议")
    DECIDED = "decided", _("已议定")
    PUT_OFF = "put_off", _("改到下次")
    LAPSED = "lapsed", _("不用再议")
    BACK = "back", _("会商取消,退回等候")


ITEM = Machine(
    "sessionitem",
    lines=False,
    initial=[ItemState.OPEN],
    moves=[
        Move("decide", (ItemState.OPEN,), ItemState.DECIDED, _("议定")),
        Move("put_off", (ItemState.OPEN,), ItemState.PUT_OFF, _("改到下次")),
        Move("lapse", (ItemState.OPEN,), ItemState.LAPSED, _("不用再议")),
        Move("give_back", (ItemState.OPEN,), ItemState.BACK, _("退回等候")),
    ],
)


class TaskState(TextChoices):
    """Where a sub-task of a helping unit stands (协办事项)."""

    ASKED = "asked", _("待接")
    TAKEN = "taken", _("协办中")
    SENT_BACK = "sent_back", _("退给主办单位")
    DONE = "done", _("已办完")
    OFF = "off", _("已取消")


# With the helping unit; what the lead unit still waits for.
WITH_HELPER = (TaskState.ASKED, TaskState.TAKEN)
STILL = (*WITH_HELPER, TaskState.SENT_BACK)

TASK = Machine(
    "task",
    lines=False,
    initial=[TaskState.ASKED],
    moves=[
        Move("take", (TaskState.ASKED,), TaskState.TAKEN, _("接下")),
        Move("send_back", WITH_HELPER, TaskState.SENT_BACK, _("退给主办单位")),
        Move("give_again", STILL, TaskState.ASKED, _("改请别的单位")),
        Move("report", WITH_HELPER, TaskState.DONE, _("报协办完成")),
        Move("call_off", STILL, TaskState.OFF, _("取消协办")),
    ],
)


class MatterKind(TextChoices):
    """How needs that somebody put together belong together (同一事项、相关事项)."""

    SAME = "same", _("同一事项")
    RELATED = "related", _("相关事项")


class Waiting(TextChoices):
    """What an agenda is drawn from (等着会商的)."""

    RETURNED = "returned", _("退回过两次,要定主办单位的")
    CONTESTED = "contested", _("主办单位提请裁定的")
    UNGRADED = "ungraded", _("受理了还没有研判的")
    HARD = "hard", _("研判为难、政策性,还没有交办的")


class ExportKind(TextChoices):
    """What casework lets out (导出什么)."""

    NEEDS = "needs", _("困难诉求台账")
    HOMES = "homes", _("家庭户名单")
