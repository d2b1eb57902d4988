"""Pages of guarding: the guards, one guard with what he holds, when he cannot come, and his duties."""

from wanjia.doors.clock import words_of_days
from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.kernel.privacy import mask_phone

from ..duties import Duty
from ..models import GateDuty
from ..plan_states import Party
from . import queries
from .subjects import GUARDS

SHOWN = 20  # of the last absences and what was held
NEXT = 10  # duties that come: a week of two a day


@page("schools/guards/", Duty.SEE_SCHOOLS, template="list")
def guards(request):
    """The guards in reach; whose licence or offer ends. ?party=teacher ?shown=ending"""
    party, ending = request.GET.get("party", ""), request.GET.get("shown") == "ending"
    rows = queries.ending(request.user, request.day) if ending else queries.listed(request.user, request.day, party)
    return {
        "page": page_of(request, rows), "parties": Party.choices, "party": party, "ending": ending, "day": request.day, "keeps": request.user.has_duty(Duty.KEEP_GUARDS),
    }  # fmt: skip


@page("schools/guards/<uuid:guard_id>/", Duty.SEE_SCHOOLS, of=GUARDS, moves=True)
def guard(request, one):
    """One guard: his next duties, where, when not, what he holds until when, what a parent offered, what was told of absences."""
    coming = GateDuty.objects.filter(plan__standing__isnull=False, guard=one, day__gte=request.day).select_related("school__unit", "post").order_by("day", "from_at", "pk")
    return {
        "coming": coming[:NEXT],
        "days": words_of_days(one.weekdays), "phone": mask_phone(one.phone), "held": one.qualifications.order_by("-until_on")[:SHOWN], "day": request.day,
        "consents": one.consents.order_by("-from_on")[:SHOWN], "busy": [(row, words_of_days(row.weekdays)) for row in one.busy.not_ended(request.day)],
        "absences": one.absences.filter(until_at__gt=request.at).order_by("from_at"), "keeps": request.user.has_duty(Duty.KEEP_GUARDS),
    }  # fmt: skip
