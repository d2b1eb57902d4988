"""Pages of the riders: the list by initials, one child with its seat and the adults who may receive it."""

from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from wanjia.doors.listing import block_of, page_of
from wanjia.doors.reading import page
from wanjia.reporting.figures.queries import drilled

from ..duties import Duty
from ..models import School
from . import queries, rules
from .commands import read_names
from .subjects import RIDERS

SHOWN = 10  # rows of a block beside the list


@page("schools/riders/", Duty.KEEP_RIDERS, template="list", fresh=True)
def riders(request):
    """The children who ride to my schools, by initials: who has no seat first asked for; which adults wait to be confirmed; homes served. ?unseated=1, ?names=1, ?figure=…"""
    unseated, named, figure = request.GET.get("unseated") == "1", request.GET.get("names") == "1", request.GET.get("figure", "")
    seen = drilled(queries.listed(request.user, unseated=unseated), figure)
    found = page_of(request, seen["rows"])
    if named:
        read_names([row.child for row in found], where=_("乘车学生名单"), by=request.user, at=request.at)
    return {
        "page": found, "named": named, "unseated": unseated, "figures": seen["figures"] if not unseated else (), "figure": figure, "day": request.day,
        "named_too": urlencode({"names": 1} | ({"unseated": 1} if unseated else {}) | ({"figure": figure} if figure else {})), "n_unseated": queries.listed(request.user, unseated=True).count(),
        "waiting": block_of(request, queries.unconfirmed(request.user), SHOWN, word="waiting"), "schools": School.objects.filter(rules.of_schools(request.user, ""), to_on=None).select_related("unit").order_by("unit__name")[:50],
    }  # fmt: skip


@page("schools/riders/<uuid:rider_id>/", Duty.KEEP_RIDERS, of=RIDERS, moves=True, fresh=True)
def rider(request, one):
    """One child who rides: from which stop, who may receive it. The name where it was asked for, each reading written down. ?names=1"""
    named = request.GET.get("names") == "1"
    if named:
        read_names([one.child], where=_("乘车学生"), by=request.user, at=request.at)
    seats = one.seats.filter(drafted=False).select_related("stop__line__bus").order_by("-from_on")[:SHOWN]
    return {"named": named, "seats": seats, "receivers": queries.receivers_of(one), "slip": one.slips.filter(ended_at=None).first(), "keeps": bool(rules.can_keep(request.user, one))}
