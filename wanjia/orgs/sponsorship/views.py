"""The page of sponsorship: who stands for which village today, and where nobody does."""

from wanjia.doors.asking import form_of
from wanjia.doors.reading import page
from wanjia.orgs.duties import Duty

from .. import scope
from . import commands, queries


@page("sponsorships", *queries.LOOKS)
def sponsorships(request):
    """Show the bonds in force, the gaps and the overlaps."""
    top = scope.areas(request.user, duty=queries.LOOKS)[0]
    may_keep = request.user.has_duty(Duty.MANAGE_AREAS)
    return {
        "area": top, "bonds": queries.bonds_under(top, request.day), "coverage": queries.coverage(top, request.day), "may_keep": may_keep,
        "form": form_of(commands.sponsor_area.act)(actor=request.user, day=request.day) if may_keep else None,
    }  # fmt: skip
