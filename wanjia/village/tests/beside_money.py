"""One of everything that the collective's money keeps, for who walks all addresses (tests/fuzz, tests/journeys)."""

from ..models import CollectiveDeal, DeclaredIncome, DividendRun, DividendShare, MoneyVoucher, PlotYield, ShareHolding
from ..money_states import DealState, VoucherState
from . import money_factories as made

KNOWN = {
    "collective_deal_id": CollectiveDeal, "money_voucher_id": MoneyVoucher, "dividend_run_id": DividendRun, "dividend_share_id": DividendShare, "share_holding_id": ShareHolding,
    "plot_yield_id": PlotYield, "declared_income_id": DeclaredIncome,
}  # fmt: skip


def plant(world):
    """Make them: a contract that is overdue and one to be checked, a book with a voucher that waits, a dividend of which a home was paid, a plot and an income."""
    made.deal(world, DealState.IN_FORCE)
    made.deal(world)
    made.paid(world)
    made.voucher(world, VoucherState.DRAWN, category="in_other", yuan="88", day=made.DAY)
    made.plot(world)
    made.income(world)
