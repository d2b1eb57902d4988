"""Pages of wishes for the staff: the list, one wish, the papers (清单、签收单)."""

import segno
from django.http import Http404
from django.urls import reverse

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.policy import wishes as policy

from ..children.commands import read_names
from ..duties import Duty
from . import queries, rules
from .subjects import WISHES

PER_PAGE, ON_PAPER = 50, 200


@page("care/wishes/", *rules.SEES, template="list")
def wishes(request):
    """The wishes in reach by where they stand, how long they took. ?tab=judge|pool|claimed|confirm|signed|done"""
    tab = request.GET.get("tab", "")
    days, n = queries.median_days(rules.visible_wishes(request.user))
    found = page_of(request, queries.listed(request.user, tab), per_page=PER_PAGE)
    return {
        "page": found, "tab": tab if tab in queries.TABS else "", "counts": queries.counts(request.user), "median": days, "n_granted": n, "day": request.day,
        "waits": queries.queue(request.user, request.day).get("care:wishes"), "collects": request.user.has_duty(*rules.COLLECTS), "judges": request.user.has_duty(Duty.JUDGE_WISHES),
    }  # fmt: skip


@page("care/wishes/<uuid:wish_id>/", *rules.SEES, of=WISHES, moves=True)
def wish(request, one):
    """One wish: where it stands, who is to do what, money given for it. The child by initials."""
    claim = rules.live_claim(one)
    return {
        "claim": claim, "money": queries.money_of(one), "left": f"{rules.balance(claim) / 100:.2f}", "hands": request.user.has_duty(*rules.HANDS), "numbers": policy.in_force(request.day),
        "asked_from": rules.asked_from(one, request.day) if one.confirmed_on else None, "desk": queries.desk_of(one),
    }  # fmt: skip


@page("care/wishes/sheet/", *rules.SEES, name="wish_sheet", template="sheet", fresh=True)
def sheet(request):
    """The list to be hung up (微心愿清单): what may be claimed in the township, by code; a QR code to the public page. No child is on it."""
    address = request.build_absolute_uri(reverse("care:public_wishes"))
    rows = queries.hung_up(request.user)
    picture = segno.make(address, error="m").svg_data_uri(scale=4, border=2)
    return {"rows": rows[:ON_PAPER], "n": rows.count(), "most": ON_PAPER, "address": address, "picture": picture, "day": request.day}


@page("care/wishes/<uuid:wish_id>/sign/", *rules.CONFIRMS, of=WISHES, name="wish_sign_sheet", template="sign", fresh=True)
def sign(request, one):
    """The paper that child and guardian or class teacher sign (签收单): the child's name stands on it, and its reading is written down first."""
    if rules.live_claim(one) is None and not one.confirmed_on:
        raise Http404
    read_names([one.child], where=f"印微心愿签收单 {one.code}", by=request.user, at=request.at)
    return {"child": one.child, "day": request.day}
