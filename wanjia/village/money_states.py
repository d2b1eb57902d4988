"""The words of the collective's money, and the tables of moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.machine import Machine, Move


class Deal(TextChoices):
    """What a contract of the collective is (集体合同)."""

    LAND = "deal_land", _("发包")
    LEASE = "deal_lease", _("出租")
    STAKE = "deal_stake", _("入股")


class DealState(TextChoices):
    """Where a contract stands."""

    DRAWN = "deal_drawn", _("待核对")
    IN_FORCE = "deal_in_force", _("履行中")
    ENDED = "deal_ended", _("已终止")
    DROPPED = "deal_dropped", _("不作数")


class Purse(TextChoices):
    """The accounts of a collective's book (科目): every voucher has a line in two of them."""

    CASH = "cash", _("现金和存款")
    INCOME = "income", _("收入")
    COST = "cost", _("支出")
    RESERVE = "reserve", _("公积公益金")
    PROFIT = "profit", _("收益分配")
    PAYABLE = "payable", _("应付分红")


class VoucherKind(TextChoices):
    """What a voucher moves (凭证)."""

    OPENING = "money_opening", _("期初")
    INCOME = "money_income", _("收入")
    COST = "money_cost", _("支出")
    RESERVE = "money_reserve", _("提取公积公益金")
    USE = "money_use", _("使用公积公益金")
    DIVIDEND = "money_dividend", _("分红")
    PAYOUT = "money_payout", _("发放分红")
    REVERSAL = "money_reversal", _("冲正")


class Category(TextChoices):
    """What money came from or went to (收支类别), as the accounting rules of 2024 have it."""

    OPERATING = "in_operating", _("经营收入(发包、出租、销售)")
    INVESTMENT = "in_investment", _("投资收益(入股)")
    SUBSIDY = "in_subsidy", _("补助收入")
    OTHER_IN = "in_other", _("其他收入")
    RUNNING = "out_operating", _("经营支出")
    TAX = "out_tax", _("税金及附加")
    OFFICE = "out_office", _("管理费用")
    PUBLIC = "out_public", _("公益支出")
    OTHER_OUT = "out_other", _("其他支出")
    RESERVE_USE = "use_reserve", _("使用公积公益金")
    BEFORE = "opening_profit", _("期初未分配收益")
    BEFORE_RESERVE = "opening_reserve", _("期初公积公益金")


class VoucherState(TextChoices):
    """Where a voucher stands: on the book only when another hand approved it."""

    DRAWN = "voucher_drawn", _("待审批")
    BOOKED = "voucher_booked", _("已入账")
    REFUSED = "voucher_refused", _("不入账")


class RunState(TextChoices):
    """Where a dividend stands (分红方案)."""

    DRAWN = "dividend_drawn", _("待核对")
    ADOPTED = "dividend_adopted", _("已核对,发放中")
    DROPPED = "dividend_dropped", _("不用")


class PaidBy(TextChoices):
    """How a home was paid (发放方式)."""

    BANK = "by_bank", _("转账")
    CASH = "by_cash", _("现金")


def kind_of(category):
    """Return what a voucher of a category moves."""
    begins = str(category).split("_", 1)[0]
    return {"in": VoucherKind.INCOME, "out": VoucherKind.COST, "use": VoucherKind.USE, "opening": VoucherKind.OPENING}[begins]


def sides(kind, category=""):
    """Return (the account that money goes to, the one that it comes from) of a voucher that is no reversal."""
    return {
        VoucherKind.OPENING: (Purse.CASH, Purse.RESERVE if category == Category.BEFORE_RESERVE else Purse.PROFIT), VoucherKind.INCOME: (Purse.CASH, Purse.INCOME),
        VoucherKind.COST: (Purse.COST, Purse.CASH), VoucherKind.RESERVE: (Purse.PROFIT, Purse.RESERVE), VoucherKind.DIVIDEND: (Purse.PROFIT, Purse.PAYABLE),
        VoucherKind.PAYOUT: (Purse.PAYABLE, Purse.CASH), VoucherKind.USE: (Purse.RESERVE, Purse.CASH),
    }[kind]  # fmt: skip


D, V, R = DealState, VoucherState, RunState
DEAL = Machine("collective_deal", initial=[D.DRAWN], moves=[
    Move("check", (D.DRAWN,), D.IN_FORCE, _("核对,生效")),
    Move("drop", (D.DRAWN,), D.DROPPED, _("不作数")),
    Move("end", (D.IN_FORCE,), D.ENDED, _("终止")),
])  # fmt: skip
VOUCHER = Machine("money_voucher", initial=[V.DRAWN], moves=[
    Move("book", (V.DRAWN,), V.BOOKED, _("审批,入账")),
    Move("refuse", (V.DRAWN,), V.REFUSED, _("不入账")),
])  # fmt: skip
RUN = Machine("dividend_run", initial=[R.DRAWN], moves=[
    Move("adopt", (R.DRAWN,), R.ADOPTED, _("核对,分红")),
    Move("drop", (R.DRAWN,), R.DROPPED, _("不用")),
])  # fmt: skip


class Season(TextChoices):
    """In which season a plot bore (哪一季)."""

    EARLY = "early", _("春夏(大春)")
    LATE = "late", _("秋冬(小春)")
    YEAR = "all_year", _("全年")


class Crop(TextChoices):
    """What a plot bears (种养什么): the page's three are fish, grain and money."""

    RICE = "rice", _("水稻")
    GRAIN = "grain", _("其他粮食")
    FISH = "fish", _("稻田鱼")
    FRUIT = "fruit", _("水果、花木")
    VEGETABLE = "greens", _("蔬菜、药材")


class Method(TextChoices):
    """How a yield or an income was found out (怎么得来的)."""

    WEIGHED = "weighed", _("过磅、票据")
    SAMPLED = "sampled", _("测产、入户核算")
    TOLD = "told", _("农户自报")
