"""Pages of the tree of areas."""

from django.shortcuts import redirect, render
from django.utils import timezone

from wanjia.doors.asking import form_of
from wanjia.doors.guard import guarded
from wanjia.doors.pages import of_row
from wanjia.kernel.calendar import today
from wanjia.orgs.duties import Duty

from .. import scope
from . import commands, queries
from .subjects import AREAS


@guarded(*queries.LOOKS)
def areas(request):
    """Go to the widest area that the actor reaches, or find one by name."""
    words = request.GET.get("q", "").strip()
    tops = scope.areas(request.user, duty=queries.LOOKS)
    found = queries.find_area(words, within=tops[0]) if words and tops else None
    if found or (tops and not words):
        return redirect("orgs:area", found.area.code if found else tops[0].code)
    return render(request, "orgs/areas/found.html", {"words": words, "candidates": found.candidates if found is not None else []})


@of_row(AREAS, *queries.LOOKS)
def area(request, place):
    """Show one area: what is below it, its other names, its history; its units and its sponsor are brought."""
    day = today(timezone.now())
    forms = {"alias": commands.keep_area_alias, "end": commands.end_area}
    shown = {
        "area": place, "above": _above(request, place), "children": queries.tree(place, day),
        "ended": queries.ended_under(place, day), "heirs": place.successions.select_related("new"),
        "aliases": place.aliases.all(),
        "may_keep": scope.covers(request.user, place.code, duty=Duty.MANAGE_AREAS),
        **{name: form_of(command.act)(row=place, actor=request.user) for name, command in forms.items()},
    }  # fmt: skip
    return render(request, "orgs/areas/area.html", shown)


def _above(request, place):
    """The areas above that the actor reaches; the widest stands in the frame already."""
    return [one for one in queries.ancestors(place) if scope.covers(request.user, one.code, duty=queries.LOOKS)][1:]
