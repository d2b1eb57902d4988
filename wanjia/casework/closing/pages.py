"""What the page of closing shows besides its form."""

from django.utils import timezone

from .rules import checklist


def ticks(_request, need):
    """The nine rules as they stand now."""
    return {"ticks": checklist(need, timezone.now())}
