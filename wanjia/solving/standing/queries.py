"""Which version stands, and which there are."""

from ..models import Plan, Standing


def standing_of(kind, about):
    """Return the Standing of what is planned, its plan beside it, or None."""
    return Standing.objects.select_related("plan", "by").filter(kind=kind, about=str(about)).first()


def versions_of(kind, about):
    """Return the versions of what is planned, the newest first."""
    return Plan.objects.filter(kind=kind, about=str(about)).select_related("asked_by").order_by("-number")
