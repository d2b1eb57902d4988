"""The words of inspections: kinds of places, why a round is held and where it stands, what is answered of each item, where a hazard stands."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.machine import Machine, Move


class VenueKind(TextChoices):
    """What kind of place is inspected (场所类别)."""

    NETBAR = "netbar", _("网吧")
    KTV = "ktv", _("KTV、歌舞厅")
    BOOKSHOP = "bookshop", _("书店")
    PRINTER = "printer", _("印刷、打印店")
    CINEMA = "cinema", _("电影院")
    HOTEL = "hotel", _("宾馆、旅社")
    SHOP = "shop", _("商店、文具店")
    FOOD = "food", _("餐饮、小吃")
    CAMPUS = "campus", _("校园")
    EXAM_SITE = "exam_site", _("考点")


CAMPUS_KINDS = (VenueKind.CAMPUS, VenueKind.EXAM_SITE)  # a place of these may be the grounds of a school


class RoundKind(TextChoices):
    """How places are looked at (检查方式)."""

    JOINT = "joint", _("联合检查")
    SWEEP = "sweep", _("地毯式排查")
    SPOT = "spot", _("不定期检查")


class Calls(TextChoices):
    """What calls for a round (为什么查)."""

    TERM_START = "term_start", _("开学前")
    BEFORE_HOLIDAYS = "before_holidays", _("放假前")
    FESTIVAL = "festival", _("节假日前")
    EXAM = "exam", _("考试前")
    OTHER = "other_call", _("其他")


class RoundState(TextChoices):
    """Where a round stands (检查轮次)."""

    DRAFT = "round_draft", _("待组织")
    RUNNING = "round_running", _("进行中")
    CLOSED = "round_closed", _("已完成")
    CALLED_OFF = "round_called_off", _("不办")


class Answer(TextChoices):
    """What is said of one item at a place."""

    OK = "ok", _("合格")
    FIXED = "fixed", _("当场改正")
    BAD = "bad", _("不合格")
    NONE = "none", _("不涉及")


class Signed(TextChoices):
    """Whether the place signed what was written down (当事人签字)."""

    SIGNED = "signed", _("已签字")
    REFUSED = "refused_to_sign", _("拒绝签字")
    ABSENT = "nobody_there", _("负责人不在场")


class Grade(TextChoices):
    """How grave a hazard is (隐患等级)."""

    ORDINARY = "ordinary", _("一般隐患")
    MAJOR = "major", _("重大隐患")


class HazardState(TextChoices):
    """Where a hazard stands (隐患). Overdue is no state: it is worked out from its day."""

    FIXED = "hazard_fixed", _("当场改正")
    FOUND = "hazard_found", _("待开通知书")
    ORDERED = "hazard_ordered", _("整改中")
    RECHECK = "hazard_recheck", _("待复查")
    PASSED = "hazard_passed", _("已销号")
    TRANSFERRED = "hazard_transferred", _("已移送")


class When(TextChoices):
    """When a picture of a place was taken (整改前后)."""

    BEFORE = "before_mending", _("整改前")
    AFTER = "after_mending", _("整改后")


R, H = RoundState, HazardState
ROUND = Machine("inspection_round", initial=[R.DRAFT], moves=[
    Move("begin", (R.DRAFT,), R.RUNNING, _("开始")),
    Move("close", (R.RUNNING,), R.CLOSED, _("完成")),
    Move("call_off", (R.DRAFT,), R.CALLED_OFF, _("不办")),
])  # fmt: skip
HAZARD = Machine("hazard", initial=[H.FOUND, H.FIXED], moves=[
    Move("order", (H.FOUND,), H.ORDERED, _("开通知书")),
    Move("mend", (H.ORDERED,), H.RECHECK, _("登记整改情况")),
    Move("pass", (H.ORDERED, H.RECHECK), H.PASSED, _("复查合格")),
    Move("fail", (H.ORDERED, H.RECHECK), H.ORDERED, _("复查不合格")),
    Move("transfer", (H.FOUND, H.ORDERED, H.RECHECK), H.TRANSFERRED, _("移送")),
])  # fmt: skip
OPEN = (H.FOUND, H.ORDERED, H.RECHECK)
UNDER_WAY = (R.DRAFT, R.RUNNING)
