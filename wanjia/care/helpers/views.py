"""Pages of helpers: the list, one helper, the teams, one team."""

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page

from ..children.rules import visible_children
from ..duties import Duty
from . import queries, rules
from .subjects import HELPERS, TEAMS


@page("care/helpers/", *rules.SEES, template="list")
def helpers(request):
    """Who helps, whose records were looked at until when; teams with how many of each may be near children. ?standing=none|lapsed|soon"""
    asked = request.GET.get("standing", "")
    found = page_of(request, queries.narrowed(queries.listed(request.user), asked, request.day))
    for one in found:
        one.standing = queries.standing_of(one, request.day)
    keeps = request.user.has_duty(Duty.KEEP_HELPERS)
    tabs = [("", None), *((word, queries.narrowed(queries.listed(request.user), word, request.day).order_by().count()) for word in ("none", "lapsed", "soon"))]
    return {"page": found, "teams": queries.teams(request.user, request.day)[:50], "keeps": keeps, "vets": request.user.has_duty(Duty.VET_HELPERS), "tabs": tabs, "asked": asked}


@page("care/helpers/<uuid:helper_id>/", *rules.SEES, of=HELPERS, moves=True)
def helper(request, one):
    """One helper: teams, queries of records, how many children."""
    pairs = one.pairs.filter(to_on=None, child__in=visible_children(request.user, request.day)).select_related("child").order_by("from_on", "pk")
    return {"pairs": pairs, "checks": one.checks.all()[:10], "teams": one.teams.filter(to_on=None).select_related("team"), "n_pairs": one.pairs.filter(to_on=None).count(),
            "near": rules.may_be_near_children(one, request.day)}  # fmt: skip


@page("care/teams/<uuid:team_id>/", *rules.SEES, of=TEAMS, moves=True)
def team(request, one):
    """One team: who belongs to it, and who of them may be near children."""
    return {"members": queries.members_of(one, request.day), "keeps": request.user.has_duty(Duty.KEEP_HELPERS)}
