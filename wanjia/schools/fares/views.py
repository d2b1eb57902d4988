"""Pages of fares: the months, one month as it is printed."""

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.reporting.figures.queries import drilled

from ..duties import Duty
from ..models import BusFare
from . import queries, rules
from .subjects import SETTLEMENTS

SHOWN = 40  # operators of one table of totals: a county has a handful
SHEET = 300  # riders of one page: a township's buses on one sheet


@page("schools/settlements/", Duty.SEE_BUSES, template="list")
def settlements(request):
    """The months of the operators in reach, the last first; the fares that stand; children with a seat, seats, the longest ride, the year's subsidy; how many are signed. ?figure=…"""
    operators = list(rules.visible_operators(request.user).on(request.day).order_by("area_id", "name", "pk")[:SHOWN])
    rows = rules.visible_settlements(request.user).select_related("operator", "drawn_by", "signed_by").order_by("-month", "operator__name", "pk")
    seen = drilled(rows, request.GET.get("figure", ""))
    fares = BusFare.objects.filter(operator__in=rules.visible_operators(request.user)).on(request.day).select_related("operator")
    return {
        "page": page_of(request, seen["rows"]), "figures": seen["figures"], "figure": request.GET.get("figure", ""), "day": request.day,
        "fares": fares, "totals": queries.totals(operators, request.day), "shown": SHOWN,
    }  # fmt: skip


@page("schools/settlements/<uuid:settlement_id>/", Duty.SEE_BUSES, of=SETTLEMENTS, moves=True, fresh=True)
def settlement(request, one):
    """One month: rides, full fare, the home's part, the subsidy, rider by rider; children by initials. Prints on A4."""
    first, end = queries.month_of(one.month)
    return {"page": page_of(request, queries.rows_of(one), per_page=SHEET), "fares": BusFare.objects.filter(operator=one.operator, from_on__lt=end).not_ended(first)}
