"""The page of sponsorship: who stands for which village today, and where nobody does."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wanjia.kernel.calendar import today
from wanjia.kernel.guard import act, guarded, say

from .. import scope
from ..duties import Duty
from ..models import Sponsorship, Tier
from ..units.rules import visible_organisations
from . import commands, forms, queries

LOOKS = (Duty.MANAGE_AREAS, Duty.SEE_FIGURES)  # either shows the bonds


@guarded(*LOOKS)
def sponsorships(request, **forms_in_hand):
    """Show the bonds in force, the gaps and the overlaps."""
    top, day = scope.areas(request.user, duty=LOOKS)[0], today(timezone.now())
    shown = {
        "area": top, "bonds": queries.bonds_under(top, day), "coverage": queries.coverage(top, day),
        "may_keep": request.user.has_duty(Duty.MANAGE_AREAS), "form": _form(request, None, day),
        "end": forms.EndBond(initial={"on": day}), **forms_in_hand,
    }  # fmt: skip
    return render(request, "orgs/sponsorship/sponsorships.html", shown)


def _form(request, sent, day):
    units = visible_organisations(request.user, duty=LOOKS).filter(to_on=None, tier=Tier.COUNTY).select_related("area")
    return forms.Sponsor(sent, initial={"from_on": day}, within=scope.areas(request.user, duty=LOOKS)[0], organisations=units)


@require_POST
@guarded(Duty.MANAGE_AREAS)
def sponsor(request):
    """Bind a unit to an area."""
    form = _form(request, request.POST, today(timezone.now()))
    if form.is_valid() and act(request, form, commands.sponsor_area):
        say(request, _("挂联已登记。"))
        return redirect("orgs:sponsorships")
    return sponsorships(request, form=form)


@require_POST
@guarded(Duty.MANAGE_AREAS)
def end_sponsorship(request, bond_id):
    """End a bond."""
    bond = get_object_or_404(Sponsorship.objects.filter(scope.in_place(request.user, duty=Duty.MANAGE_AREAS)), pk=bond_id)
    form = forms.EndBond(request.POST)
    if form.is_valid() and act(request, form, commands.end_sponsorship, bond=bond):
        say(request, _("挂联已结束。"))
        return redirect("orgs:sponsorships")
    return sponsorships(request, end=form)
