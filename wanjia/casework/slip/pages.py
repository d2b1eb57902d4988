"""The paper of a slip: code, QR code, nothing about the person; shown this once."""

import segno
from django.shortcuts import render
from django.urls import reverse

from . import rules


def paper(request, need, slip):
    """Return the page that is printed; raises Refused when the code was shown already."""
    rules.may_show(slip).or_raise()
    address = address_of(request, slip)
    picture = segno.make(address, error="m").svg_data_uri(scale=5, border=2)
    answer = render(request, "casework/slip/paper.html", {"need": need, "slip": slip, "picture": picture, "address": address})
    answer["Cache-Control"] = "no-store"
    return answer


def address_of(request, slip):
    """Return the address that the QR code bears."""
    return request.build_absolute_uri(reverse("casework:slip_page", args=[slip.code]))
