"""The page of lessons and drills of riding: what each school owes in its term, until when."""

from wanjia.doors.reading import page

from ..duties import Duty
from ..models import School
from ..riders.rules import of_schools
from . import queries


@page("schools/bus-drills/", Duty.SEE_BUSES, template="list")
def bus_drills(request):
    """Each school in reach whose children ride: its lesson and its drill of the term, held or owed with their day, what is missing first."""
    rows = queries.of_actor(request.user, request.day)
    mine = set(School.objects.filter(of_schools(request.user, "")).values_list("pk", flat=True)) if request.user.has_duty(Duty.KEEP_RIDERS) else set()
    return {"rows": [(one, one.is_late(request.day), one.school.pk in mine) for one in rows], "missing": sum(len(one.missing) for one in rows)}
