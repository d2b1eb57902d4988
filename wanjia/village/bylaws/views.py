"""Pages of by-laws: what is drafted and in force, one version with what its clauses are asked about, the text as of any day, on screen, paper and in public."""

from django.http import Http404
from django.utils.dateparse import parse_date

from wanjia.doors.guard import PUBLIC
from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.doors.sending import beside
from wanjia.orgs.models import Area, Level
from wanjia.policy import bylaws as policy
from wanjia.reporting.documents.drawing import pdf
from wanjia.reporting.figures.queries import drilled

from ..bylaw_states import LIVE, OPEN_DRAFTS, VersionState
from ..duties import Duty
from . import queries, rules
from .subjects import VERSIONS


def asked_day(request):
    """Return the day that ?day= asks for, today without one or after it."""
    return min(parse_date(request.GET.get("day", "")) or request.day, request.day)


@page("village/bylaws/", Duty.SEE_VILLAGE, template="list")
def bylaws(request):
    """What is drafted and waits for whom; what is in force; what was. ?figure=… the rows that a figure counts."""
    figure = request.GET.get("figure", "")
    seen = drilled(rules.visible_versions(request.user), figure)
    known = figure in {one["id"] for one in seen["figures"]}
    rows = queries.listed(rules.visible_versions(request.user)).order_by("bylaw__village_id", "bylaw__kind", "-serial")
    live = queries.listed(seen["rows"]).order_by("bylaw__village_id", "bylaw__kind", "-serial") if known else rows.filter(state__in=LIVE)
    checks = request.user.has_duty(Duty.FILE_DECISIONS)
    return {
        "waits": page_of(request, rows.filter(state__in=OPEN_DRAFTS), word="waits"), "page": page_of(request, live), "old": page_of(request, rows.exclude(state__in=(*LIVE, *OPEN_DRAFTS)), word="old"),
        "figures": seen["figures"], "figure": figure if known else "", "day": request.day, "keeps": request.user.has_duty(Duty.KEEP_MEETINGS),
        "n_waits": queries.to_check(request.user).count() if checks else 0,
    }  # fmt: skip


@page("village/bylaws/<uuid:bylaw_version_id>/", Duty.SEE_VILLAGE, of=VERSIONS, moves=True)
def bylaw_version(request, one):
    """One version: its clauses with what each is asked about, who was heard, what the township says, how it was voted on, when it was in force."""
    clauses, found = list(one.clauses.all()), rules.findings(one, request.day)
    for clause in clauses:
        clause.found = [each for n, each in found if n == clause.number]
    return {
        "clauses": clauses, "asked": bool(found), "stops": any(each.grade == policy.STOP for _n, each in found), "spells": one.spells.all(), "decided": rules.decided_as(one), "day": request.day,
        "adopts": policy.source_on(policy.adopts(one.bylaw.kind).law, request.day), "others": page_of(request, one.bylaw.versions.exclude(pk=one.pk), word="others"),
        "drawn_here": one.state in (VersionState.DRAFT, VersionState.SUBMITTED) and one.drawn_by_id == request.user.id,
    }  # fmt: skip


@page("village/bylaws/paper/<str:area_id>/", Duty.SEE_VILLAGE, name="bylaws_paper")
def bylaws_paper(request, area_id):
    """The rules of a village on paper, as they are in force on ?day=, in large letters."""
    if not rules.visible_versions(request.user).filter(bylaw__village=area_id).exists():
        raise Http404
    village, day = Area.objects.get(pk=area_id), asked_day(request)
    name = f"{village.name}制度"
    context = {"rows": list(queries.all_in_force(area_id, day)), "village": village, "name": name, "author": village.name, "made": request.at, "day": day}
    return beside(pdf("village/papers/bylaws.html", context, name=f"bylaws-{area_id}-{day}"), f"{name}.pdf")


@page("rules/<str:area_id>/", PUBLIC, name="public_rules", template="public")
def public_rules(request, area_id):
    """The rules of a village for everybody, as they are in force on ?day=."""
    village = Area.objects.filter(pk=area_id, level=Level.VILLAGE).first()
    if village is None:
        raise Http404
    day = asked_day(request)
    return {"village": village, "rows": queries.all_in_force(area_id, day), "day": day, "past": day != request.day}
