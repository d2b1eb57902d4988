"""Where the acts of notices lead: to the notice, as it is drawn."""

from django.urls import reverse

from wanjia.doors.sending import beside

from ..documents.drawing import pdf, qr
from ..kinds import bulletins
from .queries import notice


def drawn(request, _row, paper):
    """Return a published notice as a PDF; one that the public may read bears its address."""
    one, context = bulletins()[paper.kind], notice(paper)
    if one.link:
        address = request.build_absolute_uri(reverse(one.link))
        context |= {"address": address, "qr": qr(address)}
    return beside(pdf(one.template, context, name=str(paper.pk)), f"{context['name']}.pdf")
