"""Which area and which day the figures of labourers are asked for, who may open the rows, and the address of those behind a number."""

from django.http import Http404
from django.urls import reverse
from django.utils.http import urlencode

from wanjia.orgs import scope
from wanjia.reporting.figures.asking import AsOf

from .population import LOOKS


class Looked(AsOf):
    """An area of those whose labour figures the actor sees, and a day."""

    duty = LOOKS


def asked(request):
    """Return (form, area, day or None for now). An area out of reach is not found; a day to come is today."""
    form = Looked(request.GET, actor=request.user)
    form.is_valid()
    area, day = form.cleaned_data.get("area"), form.cleaned_data.get("as_of")
    if area is None:
        raise Http404
    return form, area, day if day and day < request.day else None


def opens_rows(actor, area):
    """Tell whether the actor sees who stands behind the figures of an area: an administrator and an auditor have the numbers alone."""
    first, end = area.span()
    return any(reach.first <= first and end <= reach.end for reach in scope.reaches(actor, duty=LOOKS))


class Link:
    """Makes the address of the rows of one figure in one area on one day; none for whoever has the number alone."""

    def __init__(self, actor, area, day):
        self.sees = opens_rows(actor, area)
        self.fixed = {"area": area.code} | ({"as_of": day.isoformat()} if day else {})

    def __call__(self, figure, **more):
        """Return the address, or None."""
        return f"{reverse('labour:figure_rows')}?{urlencode({'figure': figure, **self.fixed, **more})}" if self.sees else None
