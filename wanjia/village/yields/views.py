"""Pages of yields: what a mu bore and how incomes grew, in means with of how many; the rows for whoever keeps them."""

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.orgs import scope
from wanjia.orgs.areas.queries import villages_for
from wanjia.reporting.figures.queries import drilled

from ..booking.queries import with_heads
from ..duties import Duty
from ..models import PlotYield
from . import queries
from .subjects import INCOMES, YIELDS

MOST_YEARS = 9


@page("village/yields/", Duty.SEE_VILLAGE)
def yields(request):
    """What plots bore and homes earned in a year: means with n, of few none; the rows below for whoever keeps them. ?year=… ?figure=…"""
    villages = villages_for(Duty.SEE_VILLAGE)(None, request.user, request.day)
    years = queries.years_in(villages)[:MOST_YEARS]
    asked = request.GET.get("year", "")
    year = next((one for one in years if str(one) == asked), years[0] if years else request.day.year)
    told_of = queries.income_year(villages, year)
    plots, incomes = queries.rows_of(request.user, year, told_of)
    figure = request.GET.get("figure", "")
    seen = drilled(PlotYield.objects.filter(scope.in_reach(request.user, area="village_id", duty=Duty.SEE_VILLAGE)), figure)
    plots = plots.filter(pk__in=seen["rows"].values("pk")) if figure else plots
    found, told = page_of(request, plots), page_of(request, incomes, word="incomes")
    with_heads([*found.object_list, *told.object_list])
    keeps = request.user.has_duty(Duty.KEEP_MONEY)
    return {
        "page": found, "incomes": told, "year": year, "years": years, "per_mu": queries.per_mu(villages, year, request.day), "growth": queries.growth(villages, told_of, request.day), "told_of": told_of,
        "figures": seen["figures"], "figure": figure, "day": request.day, "keeps": keeps,
    }  # fmt: skip


@page("village/yields/plots/<uuid:plot_yield_id>/", Duty.KEEP_MONEY, of=YIELDS, moves=True)
def plot_yield(request, one):
    """What one plot bore in a season."""
    with_heads([one])
    return {"per_mu": one.jin * 100 // one.mu, "fen_per_mu": one.fen * 100 // one.mu}


@page("village/yields/incomes/<uuid:declared_income_id>/", Duty.KEEP_MONEY, of=INCOMES, moves=True)
def declared_income(request, one):
    """What one home said that it earned in a year."""
    with_heads([one])
    return {}
