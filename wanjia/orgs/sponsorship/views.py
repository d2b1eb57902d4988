"""The page of sponsorship: who stands for which village today, and where nobody does."""

from django.shortcuts import render
from django.utils import timezone

from wanjia.doors.asking import form_of
from wanjia.doors.guard import guarded
from wanjia.kernel.calendar import today
from wanjia.orgs.duties import Duty

from .. import scope
from . import commands, queries


@guarded(*queries.LOOKS)
def sponsorships(request):
    """Show the bonds in force, the gaps and the overlaps."""
    top, day = scope.areas(request.user, duty=queries.LOOKS)[0], today(timezone.now())
    may_keep = request.user.has_duty(Duty.MANAGE_AREAS)
    shown = {
        "area": top, "bonds": queries.bonds_under(top, day), "coverage": queries.coverage(top, day), "may_keep": may_keep,
        "form": form_of(commands.sponsor_area.act)(actor=request.user) if may_keep else None,
    }  # fmt: skip
    return render(request, "orgs/sponsorship/sponsorships.html", shown)
