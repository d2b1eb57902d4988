"""Pages of the tree of areas."""

from django.shortcuts import redirect

from wanjia.doors.asking import form_of
from wanjia.doors.reading import page
from wanjia.orgs.duties import Duty

from .. import scope
from . import commands, queries
from .subjects import AREAS


@page("areas", *queries.LOOKS, template="found")
def areas(request):
    """Go to the widest area that the actor reaches, or find one by name."""
    words = request.GET.get("q", "").strip()
    tops = scope.areas(request.user, duty=queries.LOOKS)
    found = queries.find_area(words, within=tops[0]) if words and tops else None
    if found or (tops and not words):
        return redirect("orgs:area", found.area.code if found else tops[0].code)
    return {"words": words, "candidates": found.candidates if found is not None else []}


@page("areas/<str:area_id>", *queries.LOOKS, of=AREAS)
def area(request, place):
    """Show one area: what is below it, its other names, its history; its units and its sponsor are brought."""
    forms = {"alias": commands.keep_area_alias, "end": commands.end_area}
    return {
        "above": _above(request, place), "children": queries.tree(place, request.day),
        "ended": queries.ended_under(place, request.day), "heirs": place.successions.select_related("new"),
        "aliases": place.aliases.all(),
        "may_keep": scope.covers(request.user, place.code, duty=Duty.MANAGE_AREAS),
        **{name: form_of(command.act)(row=place, actor=request.user, day=request.day) for name, command in forms.items()},
    }  # fmt: skip


def _above(request, place):
    """The areas above that the actor reaches; the widest stands in the frame already."""
    return [one for one in queries.ancestors(place) if scope.covers(request.user, one.code, duty=queries.LOOKS)][1:]
