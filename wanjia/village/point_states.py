"""The words of points and of the shop, and the tables of moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.machine import Machine, Move


class Head(TextChoices):
    """What a clause gives points for (积分类别)."""

    WORKS = "works", _("公益建设")
    PEACE = "peace", _("矛盾化解")
    CUSTOMS = "customs", _("移风易俗")
    PRAISE = "praise", _("评选表彰")
    OTHER = "other_deed", _("其他")


class SchemeState(TextChoices):
    """Where a version of the rules of points stands (积分办法)."""

    DRAFT = "scheme_draft", _("待启用")
    IN_FORCE = "scheme_in_force", _("现行")
    ENDED = "scheme_ended", _("已被替代")
    DROPPED = "scheme_dropped", _("不用")


class ClaimState(TextChoices):
    """Where a claim of points stands (积分申报)."""

    PROPOSED = "claim_proposed", _("待审核")
    POSTED = "claim_posted", _("公示中")
    BOOKED = "claim_booked", _("已记分")
    REFUSED = "claim_refused", _("不记分")


class AppealState(TextChoices):
    """Where an appeal stands (积分申诉)."""

    OPEN = "appeal_open", _("等答复")
    UPHELD = "appeal_upheld", _("申诉成立")
    REJECTED = "appeal_rejected", _("申诉不成立")


class LapseState(TextChoices):
    """Where points that lapse stand (积分过期)."""

    TOLD = "lapse_told", _("已公告")
    BOOKED = "lapse_booked", _("已注销")
    DROPPED = "lapse_dropped", _("不注销")


class EntryKind(TextChoices):
    """Why points move (积分变动)."""

    AWARD = "award", _("记分")
    REVERSAL = "reversal", _("冲正")
    REDEEM = "redeem", _("兑换")
    GIVE_BACK = "give_back", _("退货退分")
    LAPSE = "lapse", _("过期注销")
    RESTORE = "restore", _("过期冲正")


class Purse(TextChoices):
    """Whose points an account holds: a home's, or one of the village's own that every line has its other side in."""

    HOME = "home", _("农户")
    ISSUED = "issued", _("发出")
    SPENT = "spent", _("兑换")
    LAPSED = "lapsed", _("过期注销")


class GoodSource(TextChoices):
    """Who gave what lies in the shop (货源)."""

    VILLAGE = "village", _("村集体购买")
    CIVIL = "civil", _("民政等部门拨付")
    DONATED = "donated", _("捐赠")


class StockKind(TextChoices):
    """Why what lies in the shop grows or shrinks."""

    IN = "stock_in", _("进货")
    OUT = "stock_out", _("兑换")
    BACK = "stock_back", _("退货")
    LOSS = "stock_loss", _("盘亏、过期")


class Way(TextChoices):
    """How a home redeems (兑换方式)."""

    SHOP = "at_shop", _("到店")
    PROXY = "by_proxy", _("别人代领")
    HOME = "at_home", _("送货上门")


class MonthState(TextChoices):
    """Where the close of a month stands (积分月结)."""

    DRAWN = "points_drawn", _("待核对")
    CHECKED = "points_checked", _("已核对")


S, C = SchemeState, ClaimState
SCHEME = Machine("point_scheme", initial=[S.DRAFT], moves=[
    Move("adopt", (S.DRAFT,), S.IN_FORCE, _("启用")),
    Move("drop", (S.DRAFT,), S.DROPPED, _("不用")),
    Move("end", (S.IN_FORCE,), S.ENDED, _("被新办法替代")),
])  # fmt: skip
CLAIM = Machine("point_claim", initial=[C.PROPOSED], moves=[
    Move("post", (C.PROPOSED,), C.POSTED, _("审核通过,公示")),
    Move("refuse", (C.PROPOSED, C.POSTED), C.REFUSED, _("不记分")),
    Move("book", (C.POSTED,), C.BOOKED, _("公示期满,记分")),
])  # fmt: skip
APPEAL = Machine("point_appeal", initial=[AppealState.OPEN], moves=[
    Move("uphold", (AppealState.OPEN,), AppealState.UPHELD, _("成立")),
    Move("reject", (AppealState.OPEN,), AppealState.REJECTED, _("不成立")),
])  # fmt: skip
LAPSE = Machine("point_lapse", initial=[LapseState.TOLD], moves=[
    Move("book", (LapseState.TOLD,), LapseState.BOOKED, _("注销")),
    Move("drop", (LapseState.TOLD,), LapseState.DROPPED, _("不注销")),
])  # fmt: skip
MONTH = Machine("point_month", initial=[MonthState.DRAWN], moves=[Move("check", (MonthState.DRAWN,), MonthState.CHECKED, _("核对签字"))])
