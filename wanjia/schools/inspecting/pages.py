"""Where acts on the spot lead, and what their pages show besides."""

from django.shortcuts import redirect

from . import rules


def to_inspection(_request, _stop, inspection):
    """After the record comes what was found."""
    return redirect("schools:inspection", inspection.pk)


def to_be_ordered(request, inspection):
    """What the order would hold, and what is still lacking."""
    return {"hazards": [(one, rules.lacks(one)) for one in rules.to_order(request.user, inspection)], "day": request.day}
