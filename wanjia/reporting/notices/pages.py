"""Where the acts of notices lead: to the notice, as it is drawn."""

from ..documents.drawing import pdf
from ..documents.sending import sent
from ..kinds import bulletins
from .queries import notice


def drawn(_request, _row, paper):
    """Return a published notice as a PDF."""
    context = notice(paper)
    return sent(pdf(bulletins()[paper.kind].template, context, name=str(paper.pk)), f"{context['name']}.pdf")
