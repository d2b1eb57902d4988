"""Pages of the buses: papers that end, vehicles and lines; one operator with its vehicles and crews."""

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.policy import school_bus

from ..duties import Duty
from ..models import Attendant, Bus, BusDriver, BusLine
from . import queries, rules
from .subjects import OPERATORS


@page("schools/buses/", Duty.SEE_BUSES, template="list")
def buses(request):
    """Papers that have ended or end soon, operators, every line in reach with its seats."""
    operators = rules.visible_operators(request.user).on(request.day).select_related("area")
    lapsed = queries.told(queries.lapses(operators, request.day), request.day)
    lines = BusLine.objects.filter(bus__operator__in=operators).exclude(filed_on=None, plan__isnull=False).not_ended(request.day)
    rows = queries.with_seats(lines, request.day).select_related("bus__operator", "school__unit").order_by("bus__label", "name", "pk")
    return {"operators": operators, "lapsed": lapsed, "page": page_of(request, rows), "keeps": request.user.has_duty(Duty.KEEP_BUSES), "warn_days": school_bus.in_force(request.day).warn_days}


@page("schools/operators/<uuid:operator_id>/", Duty.SEE_BUSES, of=OPERATORS, moves=True)
def operator(request, one):
    """One operator: vehicles, drivers, attendants, each with what of its papers ends."""
    lapsed = {}
    for row, words, basis, last, ended in queries.told(queries.lapses([one.pk], request.day), request.day):
        lapsed.setdefault(row.pk, []).append((words, basis, last, ended))
    keeps = bool(rules.can_keep(request.user, one))
    found = {
        "vehicles": Bus.objects.filter(operator=one).on(request.day).order_by("label"), "drivers": BusDriver.objects.filter(operator=one).on(request.day).order_by("name"),
        "attendants": Attendant.objects.filter(operator=one).on(request.day).select_related("user").order_by("user__name"),
    }  # fmt: skip
    return {name: [(row, lapsed.get(row.pk, ())) for row in rows] for name, rows in found.items()} | {"keeps": keeps}
