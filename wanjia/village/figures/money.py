"""The collective's money as figures count it: vouchers of the year, dividends of the year and whether all homes had theirs, plots told; each as of a day."""

from datetime import timedelta
from pathlib import Path

from django.db.models import BigIntegerField, Case, Exists, F, OuterRef, Q, When

from wanjia.kernel.calendar import day_start
from wanjia.reporting.figures.dated import counted, facts, holds
from wanjia.reporting.figures.population import Population

from ..dividends.rules import visible_runs
from ..income.rules import visible_vouchers
from ..models import DividendRun, DividendShare, MoneyVoucher, PlotYield
from ..money_states import Method, RunState, VoucherKind, VoucherState
from ..yields.rules import visible_yields

HERE = Path(__file__).parent


def _end(day):
    return day_start(day + timedelta(days=1))


def vouchers_on(rows, day, today):
    """Return the vouchers of the year up to a day that are on the book: money in or out, and what reversed such; signed: what each adds to its side, in fen, as the year's account has it."""
    day = day or today
    sides = (VoucherKind.INCOME, VoucherKind.COST)
    back = Q(kind=VoucherKind.REVERSAL, reverses__kind__in=sides)
    rows = rows.filter(back | Q(kind__in=sides), year=day.year, day__lte=day, state=VoucherState.BOOKED)
    undone = MoneyVoucher.objects.filter(reverses=OuterRef("pk"), state=VoucherState.BOOKED, day__lte=day)
    return rows.annotate(
        f_income=holds(Q(kind=VoucherKind.INCOME) | Q(reverses__kind=VoucherKind.INCOME)), f_reversal=holds(back), f_reversed=holds(Exists(undone)),
        signed=Case(When(back, then=-F("fen")), default=F("fen"), output_field=BigIntegerField()),
    )  # fmt: skip


def runs_on(rows, day, today):
    """Return the dividends that were adopted in the year up to a day, with whether every home had its part by then."""
    day = day or today
    waits = DividendShare.objects.filter(Q(paid_on=None) | Q(paid_on__gt=day), run=OuterRef("pk"))
    return rows.filter(state=RunState.ADOPTED, adopted_on__year=day.year, adopted_on__lte=day).annotate(f_paid=holds(~Exists(waits)))


def yields_on(rows, day, today):
    """Return the plots of the year that were told by a day, with whether they were weighed."""
    day = day or today
    return rows.filter(year=day.year, told_at__lt=_end(day), struck="").annotate(f_weighed=holds(Q(method=Method.WEIGHED)))


POPULATIONS = [
    Population("collective_vouchers", HERE / "collective_vouchers.toml", MoneyVoucher, counted(MoneyVoucher, visible_vouchers, "village_id"), "village_id", few=("income", "reversal", "reversed"),
               facts=facts("income", "reversal", "reversed"), as_of=vouchers_on),
    Population("dividends", HERE / "dividends.toml", DividendRun, counted(DividendRun, visible_runs, "village_id"), "village_id", few=("paid",), facts=facts("paid"), as_of=runs_on),
    Population("plot_yields", HERE / "plot_yields.toml", PlotYield, counted(PlotYield, visible_yields, "village_id"), "village_id", few=("weighed",), facts=facts("weighed"), as_of=yields_on),
]  # fmt: skip
