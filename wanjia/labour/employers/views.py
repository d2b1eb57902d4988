"""The list of employers, one employer with its five criteria on a day, one complaint."""

from datetime import date

from wanjia.doors.listing import block_of, page_of
from wanjia.doors.reading import page
from wanjia.orgs import scope
from wanjia.policy import demand

from ..duties import Duty
from ..models import Complaint
from . import queries, rules
from .standing import standing_of
from .subjects import COMPLAINTS, EMPLOYERS

TABS = ("all", "valid", "expiring", "workshops")
SORTS = {"name": ("name", "pk"), "until": ("valid_to_on", "pk"), "place": ("place", "name", "pk")}


def asked_day(request):
    """Return the day that the address asks for (?day=), never after today; today for anything else."""
    try:
        return min(date.fromisoformat(request.GET.get("day", "")), request.day)
    except ValueError:
        return request.day


@page("employers/", *rules.READS)
def employers(request):
    """Employers: all, those that are 五有 on a day, those that soon are not, workshops; evidence to confirm, complaints to judge."""
    actor, day = request.user, asked_day(request)
    counts = {name: queries.listed(actor, name, day, request.day).order_by().count() for name in TABS}
    waits = {"proofs": queries.to_confirm(actor), "complaints": queries.to_judge(actor)}
    counts |= {name: rows.order_by().count() for name, rows in waits.items()}
    tab = request.GET.get("tab") if request.GET.get("tab") in counts else "all"
    found = page_of(request, waits[tab], count=counts[tab]) if tab in waits else page_of(request, queries.listed(actor, tab, day, request.day), sorts=SORTS, default="name", count=counts[tab])
    good = set(queries.listed(actor, "valid", day, request.day).filter(pk__in=[one.pk for one in found]).values_list("pk", flat=True)) if tab not in waits else ()
    return {"page": found, "tab": tab, "counts": counts, "day": day, "past": day < request.day, "good": good, "adds": rules.can_add(actor).allowed}


@page("employers/<uuid:employer_id>/", *rules.READS, of=EMPLOYERS, moves=True)
def employer(request, one):
    """One employer: the five criteria on a day, what is missing since when, evidence, complaints as a number, vacancies, who started."""
    actor, day = request.user, asked_day(request)
    sees = actor.has_duty(Duty.CONFIRM_EMPLOYERS) and scope.covers(actor, one.area_id, duty=Duty.CONFIRM_EMPLOYERS)
    complaints = Complaint.objects.filter(employer=one).order_by("-received_on", "pk")
    return {
        "standing": standing_of(one, day), "day": day, "past": day < request.day, "rule": demand.in_force(day), "sees": sees,
        "proofs": block_of(request, rules.visible_proofs(actor).filter(employer=one).order_by("-entered_at", "pk"), 10, word="proofs"),
        "complaints": block_of(request, complaints if sees else complaints.none(), 10, word="complaints"),
        "vacancies": block_of(request, one.vacancies.order_by("-recorded_at", "pk"), 10, word="vacancies"),
        "hires": block_of(request, queries.hires(one, actor), 10, word="hires"), "hired": queries.hired(one), "agreements": list(one.agreements.order_by("-until_on", "pk")[:5]),
    }  # fmt: skip


@page("employers/complaints/<uuid:complaint_id>/", Duty.CONFIRM_EMPLOYERS, of=COMPLAINTS, moves=True, fresh=True)
def complaint(request, one):
    """One complaint, in the person's words; who complains is left out where that is a child."""
    return {"child": bool(one.person and one.person.is_protected), "day": request.day}
