"""Where the pages of these acts lead, and what may be chosen in them."""

from django.shortcuts import redirect

from ..models import Employer


def to_agreement(_request, _row, agreement):
    """To the agreement that was entered."""
    return redirect("labour:agreement", agreement.pk)


def employers(_row, _actor, _day):
    """Return the employers with whom one may agree."""
    return Employer.objects.order_by("name", "pk")
