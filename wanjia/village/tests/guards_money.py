"""Each CHECK and each unique constraint of the collective's money, met by name: the row that it refuses."""

from wanjia.kernel.tests.tried import MONDAY

from ..models import (
    CollectiveDeal,
    DealDue,
    DeclaredIncome,
    DividendRun,
    DividendShare,
    MoneyAccount,
    MoneyLine,
    MoneyVoucher,
    PlotYield,
    ShareHolding,
)
from ..money_states import DealState, RunState, VoucherState
from .guards_points import _again, _of
from .money_factories import DAY, deal, holding, income, plot, run, share, voucher


def _booked(world):
    return voucher(world, VoucherState.BOOKED)


def _in_force(world):
    return deal(world, DealState.IN_FORCE)


def _adopted(world):
    return run(world, RunState.ADOPTED)


def _due(world):
    return deal(world).dues.first()


def _line(world):
    return _booked(world).lines.first()


def _account(world, purse):
    _adopted(world)
    return MoneyAccount.objects.get(purse=purse)


def _reversal(world):
    one = _booked(world)
    given = {"village": world.datong, "kind": "money_reversal", "fen": 1, "day": DAY, "year": 2026, "words": "写错了", "reverses": one, "drawn_at": MONDAY}
    MoneyVoucher.objects.create(**given)
    return MoneyVoucher(**given)


CHECKS = {
    "collective_deal_ends_after_start": lambda w: CollectiveDeal.objects.filter(pk=deal(w).pk).update(to_on="2025-01-01"),
    "collective_deal_checked_by_another": lambda w: CollectiveDeal.objects.filter(pk=_in_force(w).pk).update(checked_by=w.register.yang),
    "collective_deal_ended_whole": _of(CollectiveDeal, _in_force, ended_on=DAY),
    "collective_due_is_something": _of(DealDue, _due, fen=0),
    "collective_cash_not_below_nought": lambda w: MoneyAccount.objects.filter(pk=_account(w, "cash").pk).update(fen=-1),
    "collective_owes_or_owes_nothing": lambda w: MoneyAccount.objects.filter(pk=_account(w, "payable").pk).update(fen=1),
    "money_voucher_moves_something": _of(MoneyVoucher, _booked, fen=0),
    "money_voucher_booked_by_another": lambda w: MoneyVoucher.objects.filter(pk=_booked(w).pk).update(booked_by=w.register.yang),
    "money_voucher_booked_whole": _of(MoneyVoucher, _booked, serial=None),
    "money_voucher_says_what_for": _of(MoneyVoucher, _booked, paper=""),
    "a_money_line_moves_something": lambda w: MoneyLine.objects.filter(pk=_line(w).pk).update(fen=0),
    "holding_ends_after_start": _of(ShareHolding, holding, to_on="2024-01-01"),
    "dividend_no_more_than_there_is": _of(DividendRun, run, total_fen=660_001),
    "dividend_adopted_by_another": lambda w: DividendRun.objects.filter(pk=_adopted(w).pk).update(adopted_by=w.register.yang),
    "dividend_adopted_whole": _of(DividendRun, run, adopted_on=DAY),
    "dividend_of_a_home_is_something": _of(DividendShare, share, fen=0),
    "dividend_paid_whole": _of(DividendShare, share, paid_on=DAY),
    "plot_yield_of_some_land": _of(PlotYield, plot, mu=0),
}
ONCE = {
    "collective_deal_numbered_once": _again(CollectiveDeal, deal, "village", "serial", "kind", "what", "party", "from_on", "to_on", "fen", "drawn_at"),
    "collective_due_once_a_day": _again(DealDue, _due, "deal", "due_on", "fen"),
    "collective_purse_once": lambda w: _booked(w) and MoneyAccount(village=w.datong, purse="cash"),
    "money_voucher_numbered_once": _again(MoneyVoucher, _booked, "village", "serial", "kind", "category", "fen", "day", "year", "paper", "state", "drawn_at", "booked_at"),
    "money_voucher_reversed_once": _reversal,
    "money_line_once_an_account": _again(MoneyLine, _line, "voucher", "account", "fen"),
    "one_holding_of_a_home": _again(ShareHolding, holding, "village", "home", "hundredths", "from_on", "basis", "set_at"),
    "one_dividend_a_year": _again(
        DividendRun, run, "village", "year", "day", "item", "told_on", "reserve_parts", "income_fen", "cost_fen", "carried_fen", "reserve_fen", "total_fen", "hundredths", "homes", "drawn_at",
    ),
    "dividend_of_a_home_once": _again(DividendShare, share, "run", "home", "hundredths", "fen", serial=99),
    "dividend_receipt_numbered_once": lambda w: _again(DividendShare, share, "run", "serial", "hundredths", "fen", home=w.register.home)(w),
    "plot_yield_told_once": _again(PlotYield, plot, "village", "home", "plot", "mu", "year", "season", "crop", "jin", "fen", "method", "told_at"),
    "income_of_a_home_told_once": _again(DeclaredIncome, income, "village", "home", "year", "fen", "method", "told_at"),
}  # fmt: skip
