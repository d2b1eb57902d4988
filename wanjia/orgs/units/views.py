"""Pages of organisations."""

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wanjia.kernel.calendar import today
from wanjia.kernel.guard import act, guarded, say
from wanjia.kernel.listing import page_of

from .. import scope
from ..duties import Duty
from ..models import Line, Post, Tier
from . import commands, forms, rules

SORTS = {"area": ("area_id", "name"), "name": ("pinyin", "name")}


@guarded(Duty.MANAGE_AREAS)
def units(request):
    """List the units."""
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "tier", "line")}
    rows = rules.visible_organisations(request.user).select_related("area").filter(to_on=None)
    if asked["q"]:
        rows = rows.filter(Q(name__icontains=asked["q"]) | Q(pinyin__icontains=asked["q"]) | Q(area__name__icontains=asked["q"]))
    rows = rows.filter(**{name: asked[name] for name in ("tier", "line") if asked[name]})
    page = page_of(request, rows.annotate(n_posts=Count("posts", Q(posts__to_on=None))), sorts=SORTS, default="area")
    return render(request, "orgs/units/units.html", {"page": page, "tiers": Tier, "lines": Line, **asked})


def _form(request, sent, unit=None):
    kept = unit and {
        "name": unit.name, "short_name": unit.short_name, "area": unit.area_id, "tier": unit.tier, "line": unit.line,
    }  # fmt: skip
    above = rules.visible_organisations(request.user).filter(to_on=None).exclude(tier=Tier.VILLAGE).select_related("area")
    return forms.Unit(sent, initial=kept, within=scope.areas(request.user, duty=Duty.MANAGE_AREAS)[0], organisations=above,
                      above=unit and unit.parent)  # fmt: skip


@guarded(Duty.MANAGE_AREAS)
def new_unit(request):
    """Set up a unit."""
    form = _form(request, request.POST or None)
    if form.is_valid() and act(request, form, commands.keep_organisation):
        say(request, _("单位已设立。"))
        return redirect("orgs:unit", form.answer.pk)
    return render(request, "orgs/units/new_unit.html", {"form": form})


@guarded(Duty.MANAGE_AREAS)
def unit(request, unit_id, **forms_in_hand):
    """Show and change one unit: its names, the people in it, what it sponsors."""
    one = get_object_or_404(rules.visible_organisations(request.user).select_related("area", "parent"), pk=unit_id)
    form = _form(request, request.POST if request.method == "POST" and not forms_in_hand else None, one)
    if not forms_in_hand and form.is_valid() and act(request, form, commands.keep_organisation, organisation=one):
        say(request, _("已保存。"))
        return redirect("orgs:unit", unit_id)
    day = today(timezone.now())
    posts = Post.objects.on(day).filter(organisation=one).select_related("user")
    bonds = one.sponsorships.on(day).select_related("area")
    shown = {"unit": one, "form": form, "posts": posts, "bonds": bonds, "aliases": one.aliases.all(), "alias": forms.Alias(auto_id="alias_%s")}
    return render(request, "orgs/units/unit.html", {**shown, "end": forms.EndUnit(initial={"on": day}, auto_id="end_%s"), **forms_in_hand})


@require_POST
@guarded(Duty.MANAGE_AREAS)
def keep_alias(request, unit_id):
    """Keep another name."""
    one = get_object_or_404(rules.visible_organisations(request.user), pk=unit_id)
    form = forms.Alias(request.POST, auto_id="alias_%s")
    if form.is_valid() and act(request, form, commands.keep_organisation_alias, organisation=one):
        say(request, _("别名已保存,以后名单里这样写也认得。"))
        return redirect("orgs:unit", unit_id)
    return unit(request, unit_id, alias=form)


@require_POST
@guarded(Duty.MANAGE_AREAS)
def end_unit(request, unit_id):
    """End a unit."""
    one = get_object_or_404(rules.visible_organisations(request.user), pk=unit_id)
    form = forms.EndUnit(request.POST, auto_id="end_%s")
    if form.is_valid() and act(request, form, commands.end_organisation, organisation=one):
        say(request, _("单位已撤并。"))
        return redirect("orgs:units")
    return unit(request, unit_id, end=form)
