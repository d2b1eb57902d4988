"""What the pages of units offer and show beside their forms, and where they lead."""

from django.shortcuts import redirect

from wanjia.doors.asking import form_of
from wanjia.kernel.acts import ACTS

from ..models import Post, Tier
from .queries import standing_in
from .rules import visible_organisations


def above(actor):
    """The units under which one may stand."""
    return visible_organisations(actor).filter(to_on=None).exclude(tier=Tier.VILLAGE)


def beside(request, unit):
    """Its people, what it sponsors, its names, and the other acts on it."""
    day = request.day
    alias = form_of(ACTS["orgs.keep_organisation_alias"])
    return {
        "posts": Post.objects.on(day).filter(organisation=unit).select_related("user"), "aliases": unit.aliases.all(),
        "bonds": unit.sponsorships.on(day).select_related("area"), "alias": alias(row=unit, actor=request.user, day=day, auto_id="alias_%s"),
    }  # fmt: skip


def standing_here(request, area):
    """The units that stand in an area, on its page."""
    return {"units": standing_in(area, request.day)}


def to_list(_request, _unit, _answer):
    """Back to the list: an ended unit is no page to go on from."""
    return redirect("orgs:units")
