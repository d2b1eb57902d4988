"""Pages of customs: the stretches, one stretch; what is filed and what was agreed on for feasts; the slip."""

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.doors.sending import beside
from wanjia.policy import customs as policy
from wanjia.registry.memberships import heads_of
from wanjia.reporting.documents.drawing import pdf
from wanjia.reporting.figures.queries import drilled

from ..booking.queries import with_heads
from ..bylaw_states import BylawKind
from ..bylaws import citing
from ..bylaws.queries import in_force
from ..deciding.queries import seal_of
from ..duties import Duty
from ..fee_states import RuleState
from . import queries, rules
from .subjects import CAPS, FEASTS, STRETCHES


@page("village/frontage/", Duty.SEE_VILLAGE)
def frontage(request):
    """The stretches: those that no home sees to first, then those to be looked at again. ?figure=…"""
    figure, rows = request.GET.get("figure", ""), rules.visible_stretches(request.user)
    seen = drilled(rows, figure)
    found = page_of(request, queries.by_group(queries.listed(seen["rows"].filter(closed_on=None), request.day)))
    queries.with_heads(found.object_list)
    return {
        "page": found, "counts": queries.counts(rows, request.day), "figures": seen["figures"], "figure": figure, "day": request.day, "edition": policy.in_force(request.day),
        "guarantees": [queries.guarantee(one) for one in policy.in_force(request.day).guarantees], "keeps": request.user.has_duty(Duty.KEEP_CUSTOMS),
    }  # fmt: skip


@page("village/frontage/stretches/<uuid:stretch_id>/", Duty.SEE_VILLAGE, of=STRETCHES, moves=True)
def stretch(request, one):
    """One stretch: who sees to it and did before, how it was found."""
    keepers = list(one.keepers.select_related("home").order_by("-from_on", "-pk"))
    heads = heads_of([kept.home for kept in keepers])
    checks = page_of(request, one.checks.select_related("rule__bylaw").order_by("-day"))
    for check in checks:
        check.words_lacking = queries.lacking(check)
    return {
        "page": checks, "keepers": [(kept, heads.get(kept.home_id, ("",))[0]) for kept in keepers], "edition": policy.in_force(request.day), "day": request.day,
        "rule": in_force(one.village_id, BylawKind.FRONTAGE, request.day),
    }  # fmt: skip


@page("village/feasts/", Duty.SEE_VILLAGE)
def feasts(request):
    """What was agreed on for feasts; what is filed, for whoever files it. ?figure=…"""
    figure = request.GET.get("figure", "")
    seen = drilled(rules.visible_feasts(request.user), figure)
    found = page_of(request, seen["rows"].select_related("home", "village").order_by("-day", "village_id", "pk"))
    with_heads(found.object_list)
    caps = rules.visible_caps(request.user).filter(state__in=(RuleState.IN_FORCE, RuleState.DRAFT)).select_related("village").order_by("village_id", "serial")
    return {
        "page": found, "caps": page_of(request, caps, word="caps"), "figures": seen["figures"] if request.user.has_duty(Duty.KEEP_CUSTOMS) else [], "figure": figure, "day": request.day,
        "keeps": request.user.has_duty(Duty.KEEP_CUSTOMS),
    }  # fmt: skip


@page("village/feasts/filed/<uuid:feast_id>/", Duty.KEEP_CUSTOMS, of=FEASTS, moves=True)
def feast(request, one):
    """What was filed, beside what was agreed on; what is above it is said kindly, and nothing follows."""
    with_heads([one])
    return {"cap": queries.cap_on(one.village_id, request.day), "late": one.day < one.filed_at.date()}


@page("village/feasts/filed/<uuid:feast_id>/slip/", Duty.KEEP_CUSTOMS, of=FEASTS)
def feast_slip(request, one):
    """The slip of what was filed (登记回执): two on one sheet, one to keep and one for the home."""
    with_heads([one])
    name = f"{one.village.name}红白喜事登记回执"
    context = {"feast": one, "cap": queries.cap_on(one.village_id, request.day), "copies": ("村里留存", "农户留存"), "name": name, "author": one.village.name, "made": request.at, "seal": seal_of(one.village)}
    return beside(pdf("village/papers/feast.html", context, name=f"{one.pk}"), f"{name}.pdf")


@page("village/feasts/caps/<uuid:feast_cap_id>/", Duty.SEE_VILLAGE, of=CAPS, moves=True)
def feast_cap(request, one):
    """A version of what was agreed on: how many tables, the words, the meeting."""
    return {"cited": citing.shown(one.cites, request.day), "drawn_here": one.state == RuleState.DRAFT and one.drawn_by_id == request.user.id}
