"""Where the acts of wishes lead, and what their pages show besides."""

import segno
from django.shortcuts import redirect, render
from django.urls import reverse

from wanjia.doors.guard import next_of

from . import queries, rules


def back(request, _row, answer):
    """To where the person came from, else to the wish."""
    return redirect(next_of(request)) if next_of(request) else redirect("care:wish", answer.pk)


def paper(request, _row, claim):
    """Return the claim's paper for the donor (认领单): what, until when, where to, the slip's code; not kept by a browser."""
    answer = render(request, "care/wishes/claim_paper.html", {"claim": claim, "wish": claim.wish, **slip_of(request, claim)})
    answer["Cache-Control"] = "no-store"
    return answer


def slip_of(request, claim):
    """Return what a donor's slip bears: {"address", "picture": its QR code, "desk"}."""
    address = request.build_absolute_uri(reverse("care:donor_slip", args=[claim.code]))
    return {"address": address, "picture": segno.make(address, error="m").svg_data_uri(scale=5, border=2), "desk": queries.desk_of(claim.wish)}


def donor(_request, wish):
    """Who claimed a wish; shown once the reading is written down."""
    claim = rules.live_claim(wish) or wish.claims.first()
    return {"claim": claim, "desk": queries.desk_of(wish), "money": queries.money_of(wish)}


def receipt(_request, money):
    """The receipt for money that was given."""
    return {"money": money, "claim": money.claim, "desk": queries.desk_of(money.claim.wish)}
