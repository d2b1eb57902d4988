"""Pages of the tree of areas."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wanjia.kernel.calendar import today
from wanjia.kernel.guard import act, guarded, say
from wanjia.verdict import Refused

from .. import scope
from ..duties import Duty
from ..models import Area, AreaAlias
from ..sponsorship.queries import sponsors_of
from ..units.queries import standing_in
from . import commands, forms, listing, queries

LOOKS = (Duty.MANAGE_AREAS, Duty.SEE_FIGURES)  # either shows the tree


@guarded(*LOOKS)
def areas(request):
    """Go to the widest area that the actor reaches, or find one by name."""
    words = request.GET.get("q", "").strip()
    tops = scope.areas(request.user, duty=LOOKS)
    found = queries.find_area(words, within=tops[0]) if words and tops else None
    if found or (tops and not words):
        return redirect("orgs:area", found.area.code if found else tops[0].code)
    return render(request, "orgs/areas/found.html", {"words": words, "candidates": found.candidates if found is not None else []})


@guarded(*LOOKS)
def area(request, code, **forms_in_hand):
    """Show one area: what is below it, its other names, its history, its units, its sponsor."""
    place, day = _area(request, code, duty=LOOKS), today(timezone.now())
    shown = {
        "area": place, "above": _above(request, place), "children": queries.tree(place, day),
        "ended": queries.ended_under(place, day), "heirs": place.successions.select_related("new"),
        "units": standing_in(place, day), "sponsors": sponsors_of(place.code, day), "aliases": place.aliases.all(),
        "may_keep": scope.covers(request.user, place.code, duty=Duty.MANAGE_AREAS), "alias": forms.Alias(), "end": forms.EndArea(initial={"on": day}),
        **forms_in_hand,
    }  # fmt: skip
    return render(request, "orgs/areas/area.html", shown)


def _above(request, place):
    """The areas above that the actor reaches; the widest stands in the frame already."""
    return [one for one in queries.ancestors(place) if scope.covers(request.user, one.code, duty=LOOKS)][1:]


def _area(request, code, *, duty=Duty.MANAGE_AREAS):
    place = get_object_or_404(Area.objects.select_related("parent"), pk=code)
    if not scope.covers(request.user, place.code, duty=duty):
        raise Http404
    return place


@require_POST
@guarded(Duty.MANAGE_AREAS)
def keep_alias(request, code):
    """Keep another name."""
    form = forms.Alias(request.POST)
    if form.is_valid() and act(request, form, commands.keep_area_alias, area=_area(request, code)):
        say(request, _("别名已保存,以后名单里这样写也认得。"))
        return redirect("orgs:area", code)
    return area(request, code, alias=form)


@require_POST
@guarded(Duty.MANAGE_AREAS)
def drop_alias(request, code, alias_id):
    """Drop a name that meant another place."""
    alias = get_object_or_404(AreaAlias, pk=alias_id, area=_area(request, code))
    form = forms.forms.Form(request.POST)
    if form.is_valid() and act(request, form, commands.drop_area_alias, alias=alias):
        say(request, _("别名已删除。"))
    return redirect("orgs:area", code)


@require_POST
@guarded(Duty.MANAGE_AREAS)
def end_area(request, code):
    """End an area in favour of others."""
    form = forms.EndArea(request.POST)
    if form.is_valid() and act(request, form, commands.end_area, area=_area(request, code)):
        say(request, _("已撤销;原来的记录按接续关系汇总。"))
        return redirect("orgs:area", code)
    return area(request, code, end=form)


@guarded(Duty.MANAGE_AREAS)
def load_areas(request):
    """Load a list in two steps: first what would change, then the act."""
    form = forms.AreaList(request.POST or None, request.FILES or None)
    within, found = scope.areas(request.user, duty=Duty.MANAGE_AREAS)[0], None
    if form.is_valid():
        if "confirm" in request.POST and act(request, form, commands.load_areas, within=within):
            say(request, _("已导入:新增 %(new)s 个,改名 %(renamed)s 个,撤并 %(ended)s 个。") % form.answer)
            return redirect("orgs:area", within.code)
        found = _preview(form, within)
    return render(request, "orgs/areas/load.html", {"form": form, "found": found, "within": within})


def _preview(form, within):
    try:
        return listing.compare(listing.read(form.cleaned_data["text"]), within)
    except Refused as refusal:
        form.add_error("text", str(refusal.reason))
        return None
