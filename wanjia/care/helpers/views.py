"""Pages of helpers: the list, one helper, the teams, one team."""

from wanjia.doors.listing import block_of, page_of
from wanjia.doors.reading import page

from ..asking import sought
from ..duties import Duty
from . import queries, rules
from .subjects import HELPERS, TEAMS

SHOWN = 20  # rows of a block beside the list


@page("care/helpers/", *rules.SEES, template="list")
def helpers(request):
    """Who helps, whose records were looked at until when; teams with how many of each may be near children. ?standing=none|lapsed|soon&q=李"""
    asked = request.GET.get("standing", "")
    rows = sought(queries.listed(request.user), request.GET.get("q", ""), *queries.SOUGHT)
    vets = request.user.has_duty(Duty.VET_HELPERS)
    found = page_of(request, queries.narrowed(queries.worst_first(rows) if vets else rows, asked, request.day))
    for one in found:
        one.standing = queries.standing_of(one, request.day)
    keeps = request.user.has_duty(Duty.KEEP_HELPERS)
    tabs = [("", None), *((word, queries.narrowed(queries.listed(request.user), word, request.day).order_by().count()) for word in (queries.NONE, queries.LAPSED, queries.SOON))]
    teams = block_of(request, queries.teams(request.user, request.day), SHOWN, word="teams")
    return {"page": found, "teams": teams, "keeps": keeps, "vets": vets, "tabs": tabs, "asked": asked}


@page("care/helpers/<uuid:helper_id>/", *rules.SEES, of=HELPERS, moves=True)
def helper(request, one):
    """One helper: what he can do, teams, queries of records, how many children."""
    return {"checks": block_of(request, one.checks.all(), SHOWN, word="checks"), "teams": one.teams.filter(to_on=None).select_related("team"), "n_pairs": one.pairs.filter(to_on=None).count(),
            "near": rules.may_be_near_children(one, request.day), "facts": queries.told(one)}  # fmt: skip


@page("care/teams/<uuid:team_id>/", *rules.SEES, of=TEAMS, moves=True)
def team(request, one):
    """One team: who belongs to it, and who of them may be near children."""
    return {"members": queries.members_of(one, request.day), "keeps": request.user.has_duty(Duty.KEEP_HELPERS)}
