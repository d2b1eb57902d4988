"""The words of the trade: where somebody works, how it came about, what stands behind it (rules §e.1, §e.2)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.machine import Machine, Move


class Place(TextChoices):
    """Where a labourer works (务工区域). Each day a labourer is in one place and counts once there; the first is no work away from the own farm."""

    NONE = "none", _("未转移就业")
    COUNTY = "county", _("县内")
    CITY = "city", _("县外市内")
    PROVINCE = "province", _("市外省内")
    OUTSIDE = "outside", _("省外")
    ABROAD = "abroad", _("境外")


class How(TextChoices):
    """How somebody came to the work (输出方式)."""

    SELF = "self", _("自发外出")
    KIN = "kin", _("亲友介绍")
    ORGANISED = "organised", _("有组织输出")


class Evidence(TextChoices):
    """What stands behind a spell (佐证). Organised is only what a manifest, a contract or a list of an office bears out."""

    DECLARED = "declared", _("本人或家属自报")
    LISTED = "listed", _("名册导入")
    CONTRACT = "contract", _("劳动合同")
    MANIFEST = "manifest", _("输送花名册")
    INSURANCE = "insurance", _("社保参保记录")


class Left(TextChoices):
    """Why somebody is no longer counted among the labourers (退出原因)."""

    AGE = "age", _("超过劳动年龄")
    SCHOOL = "school", _("在校就读")
    SERVICE = "service", _("参军")
    UNABLE = "unable", _("丧失劳动能力")
    MOVED = "moved", _("户口迁出")
    DIED = "died", _("死亡")
    TWICE = "twice", _("重复登记")


class Care(TextChoices):
    """What the family needs of whoever works (A23 就业与陪伴): it limits which work can be proposed."""

    NONE = "", _("没有")
    COUNTY = "county", _("只能在本县")
    HOME = "home", _("每天要回家照看")


class Answer(TextChoices):
    """What became of a proposal (推荐结果): the labourer decides, and whoever went is followed."""

    PROPOSED = "proposed", _("待告知")
    TOLD = "told", _("已告知,等本人决定")
    ACCEPTED = "accepted", _("本人愿去")
    DECLINED = "declined", _("本人不去")
    STARTED = "started", _("已到岗")
    ABSENT = "absent", _("没有到岗")


class HomeMatter(TextChoices):
    """What somebody away voices for those at home (家里的事): values are kinds of the ledger of needs."""

    ELDERLY = "elderly", _("老人要人照看")
    GUARDIANSHIP = "guardianship", _("孩子要人照看")
    SCHOOLING = "schooling", _("孩子上学")
    MEDICAL = "medical", _("看病")
    INSURANCE = "insurance", _("社保、医保")
    AID = "aid", _("低保救助")
    HOUSING = "housing", _("住房")
    WATER_POWER = "water_power", _("饮水用电")
    LAND = "land", _("土地林权")
    DISPUTE = "dispute", _("矛盾纠纷")
    OTHER = "other", _("其他")


ANSWER = Machine(
    "proposal",
    initial=[Answer.PROPOSED],
    moves=[
        Move("tell", (Answer.PROPOSED,), Answer.TOLD, _("告知本人")),
        Move("accept", (Answer.PROPOSED, Answer.TOLD, Answer.DECLINED), Answer.ACCEPTED, _("本人愿去")),
        Move("decline", (Answer.PROPOSED, Answer.TOLD, Answer.ACCEPTED), Answer.DECLINED, _("不去推荐的岗位")),
        Move("start", (Answer.ACCEPTED,), Answer.STARTED, _("到岗")),
        Move("miss", (Answer.ACCEPTED,), Answer.ABSENT, _("没去成推荐的岗位")),
    ],
)


class Ended(TextChoices):
    """Why a spell ended (结束原因): codes, for whoever looks out for closing firms counts them."""

    BACK = "back", _("回来了")
    OVER = "over", _("合同到期、活干完了")
    CLOSED = "closed", _("用工单位停工、关门")
    UNPAID = "unpaid", _("拖欠工资")
    ILL = "ill", _("生病、受伤")
    FAMILY = "family", _("回家照看老人孩子")
    CHANGED = "changed", _("换了地方")
    OTHER = "other", _("其他")
    DIED = "died", _("去世")
    REGISTER = "register", _("户册登记了返回")
    LEFT = "left", _("退出名册")


BY_HAND = (Ended.BACK, Ended.OVER, Ended.CLOSED, Ended.UNPAID, Ended.ILL, Ended.FAMILY, Ended.OTHER)


class Result(TextChoices):
    """What became of a try to reach a labourer (联系结果): three answers, and four ways of not being reached."""

    THERE = "there", _("还在那里")
    BACK = "back", _("回来了")
    MOVED = "moved", _("换了地方")
    NO_ANSWER = "no_answer", _("没人接")
    WRONG_NUMBER = "wrong_number", _("号码不对")
    OFF = "off", _("停机、关机")
    REFUSED = "refused", _("不愿意说")


UNREACHED = (Result.NO_ANSWER, Result.WRONG_NUMBER, Result.OFF, Result.REFUSED)
OUTSIDE_COUNTY = (Place.CITY, Place.PROVINCE, Place.OUTSIDE, Place.ABROAD)


class LoadState(TextChoices):
    """Where the loading of a file stands (装载状态)."""

    BEGUN = "begun", _("正在核对")
    LOADING = "loading", _("正在写入")
    LOADED = "loaded", _("已装载")


LOAD = Machine(
    "load",
    initial=[LoadState.BEGUN],
    moves=[
        Move("judge", (LoadState.BEGUN,), LoadState.LOADING, _("核对名册文件")),
        Move("finish", (LoadState.LOADING,), LoadState.LOADED, _("名册装载完成")),
    ],
)


class RollState(TextChoices):
    """Where a file of labourers that was sent stands (名册状态)."""

    SENT = "sent", _("等待核对")
    JUDGED = "judged", _("已核对")
    WRITING = "writing", _("正在装载")
    DONE = "done", _("已装载")
    FAILED = "failed", _("没有装载")
    STOPPED = "stopped", _("已停下")


R = RollState
ROLL = Machine(
    "roll",
    initial=[R.SENT],
    moves=[
        Move("judge", (R.SENT,), R.JUDGED, _("核对名册")),
        Move("confirm", (R.JUDGED,), R.WRITING, _("确认装载名册")),
        Move("finish", (R.WRITING,), R.DONE, _("名册装载完成")),
        Move("fail", (R.SENT, R.WRITING), R.FAILED, _("没有装载")),
        Move("stop", (R.SENT, R.JUDGED, R.WRITING), R.STOPPED, _("停下名册装载")),
    ],
)
