"""The slip of a proposal: its number, its secret word, its QR code; on the screen of whoever brought it, or printed by the clerk, once."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wanjia.reporting.documents.drawing import qr_address
from wanjia.verdict import Refused

ONCE = _("号码和暗语只在登记的那一刻显示一次。没有打印上的,请按号码到这一页看答复,当面告诉他。")


def slip_of(request, one):
    """Return what a slip bears: {"one", "secret", "address", "picture"}."""
    address = request.build_absolute_uri(reverse("village:proposal_slip", args=[one.village_id, one.number, one.secret]))
    return {"one": one, "secret": f"{one.secret[:4]} {one.secret[4:]}", "address": address, "picture": qr_address(address, 4)}


def told(request, one):
    """Return the page by which somebody who brought something from a telephone keeps his slip."""
    answer = render(request, "village/proposing/told.html", slip_of(request, one))
    answer["Cache-Control"] = "no-store"
    return answer


def paper(request, _row, one):
    """Return the slip that the clerk prints for whoever brought something by paper or by word. Raises Refused where it was shown already."""
    if not getattr(one, "fresh", False):
        raise Refused(ONCE)
    answer = render(request, "village/proposing/slip_paper.html", slip_of(request, one))
    answer["Cache-Control"] = "no-store"
    return answer
