"""What is asked of yields: what a mu bore, how much more homes earned than the year before; each with of how many, and of few not at all."""

from django.db.models import Count, F, OuterRef, Subquery, Sum

from wanjia.policy import collective as policy

from ..models import DeclaredIncome, PlotYield
from ..money_states import Crop
from . import rules


def per_mu(villages, year, day):
    """Return [{crop, n, homes, jin, yuan}] of a year: by crop, what a mu bore and was sold for, of so many plots. Of fewer homes than may be shown: no numbers but how many."""
    small = policy.in_force(day).small
    rows = PlotYield.objects.filter(village__in=villages, year=year, struck="").order_by().values("crop")
    found = rows.annotate(n=Count("pk"), homes=Count("home", distinct=True), mu_sum=Sum("mu"), jin_sum=Sum("jin"), fen_sum=Sum("fen"))
    return [{"crop": Crop(row["crop"]).label, "n": row["n"], "homes": row["homes"], **_shown(row, small)} for row in sorted(found, key=lambda row: row["crop"])]


def _shown(row, small):
    if row["homes"] < small:
        return {"few": small}
    return {"jin": row["jin_sum"] * 100 // row["mu_sum"], "fen": row["fen_sum"] * 100 // row["mu_sum"], "mu": row["mu_sum"]}


def growth(villages, year, day):
    """Return {n, mean, more} of a year: of the homes that told both this year and the one before, the mean income and the mean of how much more it is; None where they are too few."""
    small = policy.in_force(day).small
    before = DeclaredIncome.objects.filter(home=OuterRef("home"), year=year - 1, struck="").values("fen")[:1]
    rows = DeclaredIncome.objects.filter(village__in=villages, year=year, struck="").annotate(before=Subquery(before)).filter(before__isnull=False)
    pairs = list(rows.annotate(more=F("fen") - F("before")).values_list("fen", "more"))
    return {"n": len(pairs), "mean": policy.mean([fen for fen, _more in pairs], small), "more": policy.mean([more for _fen, more in pairs], small), "small": small}


def years_in(villages):
    """Return the years of which something was told, the last first."""
    years = {*PlotYield.objects.filter(village__in=villages).values_list("year", flat=True).distinct(), *DeclaredIncome.objects.filter(village__in=villages).values_list("year", flat=True).distinct()}
    return sorted(years, reverse=True)


def income_year(villages, year):
    """Return the last year up to this one of which homes told their income: of the running year it is not known yet."""
    found = DeclaredIncome.objects.filter(village__in=villages, year__lte=year, struck="").order_by("-year").values_list("year", flat=True).first()
    return found or year


def rows_of(actor, year, told):
    """Return (plots of a year, incomes of the year `told`) that the actor keeps."""
    plots = rules.visible_yields(actor).filter(year=year).select_related("home", "village").order_by("village_id", "home__number", "pk")
    return plots, rules.visible_incomes(actor).filter(year=told).select_related("home", "village").order_by("village_id", "home__number")
