"""Pages of mediation: how many there were; for mediators the list, and a case with its clocks. Neither bears a name."""

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.orgs import scope
from wanjia.orgs.models import Area, Level
from wanjia.policy import mediation as policy
from wanjia.reporting.figures.queries import drilled

from ..bodies.queries import make_up, seats_on
from ..duties import Duty
from ..mediation import queries, rules
from ..mediation.subjects import CASES
from ..mediation_states import CaseState
from ..models import GoverningBody, MediationCase
from . import papers


@page("village/mediation/", Duty.SEE_VILLAGE, template="list")
def mediations(request):
    """How many disputes each village took up this year, small numbers untold; for whoever mediates the cases: those that wait first. ?figure=…"""
    mine = request.user.has_duty(Duty.MEDIATE)
    shown = {"mediates": mine, "day": request.day, "counted": _counted(request), "edition": policy.in_force(request.day), "n_waits": 0}
    if not mine:
        return shown
    figure = request.GET.get("figure", "")
    seen = drilled(rules.visible_cases(request.user), figure)
    rows = seen["rows"].select_related("village")
    late = queries.waiting(request.user, request.day)
    waits = page_of(request, rules.visible_cases(request.user).filter(pk__in=late.values("pk")).select_related("village").order_by("taken_on", "pk"), word="waits")
    going = page_of(request, rows.filter(state=CaseState.TAKEN).order_by("taken_on", "pk"), word="going")
    ended = page_of(request, rows.exclude(state=CaseState.TAKEN).order_by("-ended_on", "pk"))
    return shown | {"waits": waits, "going": going, "page": ended, "figures": seen["figures"], "figure": figure, "n_waits": late.count(), "late": policy.in_force(request.day).usual_end}


def _counted(request):
    """Return a page of the villages in reach that took a dispute up this year, each with what is told of it."""
    within = MediationCase.objects.filter(scope.in_reach(request.user, area="village_id", duty=Duty.SEE_VILLAGE), year=request.day.year)
    villages = page_of(request, Area.objects.filter(level=Level.VILLAGE, pk__in=within.values("village")).order_by("pk"), word="villages")
    found = queries.counted_of([one.pk for one in villages], request.day)
    for one in villages:
        one.told = queries.told(request.day, *found.get(one.pk, (0, 0)))
    return villages


@page("village/mediation/cases/<uuid:mediation_case_id>/", Duty.MEDIATE, of=CASES, moves=True)
def mediation_case(request, one):
    """A case: where it stands, its clocks, who stands on which side by number alone, what is in the file. No name, no word of it."""
    body = GoverningBody.objects.filter(area=one.village_id, kind="mediation", to_on=None).first()
    seats = seats_on(body, request.day) if body else []
    return {
        "clock": queries.clock_of(one, request.day), "parties": one.parties.all(), "agreement": rules.draft_of(one), "terms": queries.terms_of(one, None, None), "records": one.records.select_related("written_by"),
        "papers": papers.papers_of(one), "body": body, "lacks": [part for part in make_up(body, seats, request.day) if not part.holds] if body else [], "day": request.day,
        "relapse": getattr(one, "relapse", None),
    }  # fmt: skip
