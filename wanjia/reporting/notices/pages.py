"""Where the acts of notices lead: to the notice, as it is drawn."""

import segno
from django.urls import reverse

from ..documents.drawing import pdf
from ..documents.sending import sent
from ..kinds import bulletins
from .queries import notice


def drawn(request, _row, paper):
    """Return a published notice as a PDF; one that the public may read bears its address."""
    one, context = bulletins()[paper.kind], notice(paper)
    if one.link:
        address = request.build_absolute_uri(reverse(one.link))
        context |= {"address": address, "picture": segno.make(address, error="m").svg_data_uri(scale=3, border=1)}
    return sent(pdf(one.template, context, name=str(paper.pk)), f"{context['name']}.pdf")
