"""What stands of schools on the desk: the own school today and what is still to be said of it; for whoever keeps the year of all, how many schools lack something."""

from datetime import timedelta

from wanjia.orgs import scope

from ..duties import Duty
from ..models import School
from . import queries
from .bells import Year

AHEAD, SOON, MOST = 40, 14, 4  # days until the next day at school is looked for, days of which the calendar is told, rows


def on_desk(request, _about):
    """Return what the desk of a school's own people shows, or of whoever keeps the year of a county; None for everybody else."""
    if request.user.has_duty(Duty.KEEP_SCHOOL):
        return _own(request.user, request.day)
    if request.user.has_duty(Duty.KEEP_SCHOOL_YEAR):
        rows = queries.lacking(request.user).select_related("unit").order_by("area_id", "pk")
        found = list(rows[: MOST + 1])
        return {"lacking": found[:MOST], "more": len(found) > MOST, "all": queries.standing(request.user).count()}
    return None


def _own(actor, day):
    units = [unit.pk for unit in scope.units(actor, duty=Duty.KEEP_SCHOOL)]
    one = School.objects.filter(unit__in=units, to_on=None).select_related("unit", "area").order_by("pk").first()
    if one is None:
        return {"unknown": True}
    year = Year([one], day, day + timedelta(days=AHEAD))
    days = list(year.days(one))
    return {
        "school": one, "term": year.term_of(one, day), "next": days[0] if days else None, "rings": year.rings(one, days[0].day) if days else [],
        "told": [each for each in days if each.words and each.day < day + timedelta(days=SOON)][:MOST], "unnamed": year.unnamed(one)[:MOST],
        "no_bells": not one.bells.not_ended(day).exists(), "no_gates": not one.gates.not_ended(day).exists(), "day": day,
    }  # fmt: skip
