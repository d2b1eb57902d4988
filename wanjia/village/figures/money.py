"""The collective's money as figures count it: vouchers of the year, dividends of the year and whether all homes had theirs, plots told; each as of a day."""

from datetime import timedelta
from pathlib import Path

from django.db.models import Exists, OuterRef, Q

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
    """Return the vouchers of the year that were on the book by a day: money in or out, with whether each was reversed by then."""
    day = day or today
    rows = rows.filter(year=day.year, state=VoucherState.BOOKED, booked_at__lt=_end(day), kind__in=(VoucherKind.INCOME, VoucherKind.COST))
    back = MoneyVoucher.objects.filter(reverses=OuterRef("pk"), state=VoucherState.BOOKED, booked_at__lt=_end(day))
    return rows.annotate(f_income=holds(Q(kind=VoucherKind.INCOME)), f_reversed=holds(Exists(back)))


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
    Population("collective_vouchers", HERE / "collective_vouchers.toml", MoneyVoucher, counted(MoneyVoucher, visible_vouchers, "village_id"), "village_id", few=("income", "reversed"),
               facts=facts("income", "reversed"), as_of=vouchers_on),
    Population("dividends", HERE / "dividends.toml", DividendRun, counted(DividendRun, visible_runs, "village_id"), "village_id", few=("paid",), facts=facts("paid"), as_of=runs_on),
    Population("plot_yields", HERE / "plot_yields.toml", PlotYield, counted(PlotYield, visible_yields, "village_id"), "village_id", few=("weighed",), facts=facts("weighed"), as_of=yields_on),
]  # fmt: skip
