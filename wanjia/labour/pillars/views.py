"""The four pillars of an area: each mechanism with its figures, each figure a link to its rows or to the page where it is worked on."""

from django.urls import reverse
from django.utils.http import urlencode

from wanjia.doors.reading import opens, page
from wanjia.doors.words import said
from wanjia.indicators.definitions import definition
from wanjia.policy import labour_pillars as plan
from wanjia.reporting.figures.population import populations
from wanjia.reporting.figures.queries import figure_row, in_area
from wanjia.reporting.figures.tally import Tally

from ..figures.asking import Link, asked
from ..figures.population import LOOKS, WORKERS


@page("labour/pillars/", *LOOKS)
def pillars(request):
    """What hangs under each pillar in an area today; ?method= narrows to one working method."""
    form, area, _day = asked(request)
    method = request.GET.get("method", "") if request.GET.get("method") in plan.methods() else ""
    chosen = [one for one in plan.mechanisms() if not method or method in one.methods]
    rows, link = _counted({id_ for one in chosen for id_ in one.figures}, area, request.day), Link(request.user, area, None)
    under = {code: [] for code in plan.pillars()}
    for one in chosen:
        told = [rows[id_] | {"name": said(rows[id_]), "url": _address(request.user, id_, one, link)} for id_ in one.figures]
        under[one.pillar].append((said(one), _page(request.user, one), [said(plan.methods()[code]) for code in one.methods], told))
    return {
        "form": form, "area": area, "method": method, "methods": [(code, said(one)) for code, one in plan.methods().items()],
        "pillars": [(said(one), under[code]) for code, one in plan.pillars().items()],
    }  # fmt: skip


def _counted(ids, area, day):
    """Return {figure id: its row} of an area today, a question a population."""
    found = {}
    for of in populations(None):
        items = {id_: definition(id_) for id_ in ids if definition(id_).population == of.name}
        if items:
            beside = {item.of: definition(item.of) for item in items.values() if item.of}  # of which it is a share
            counted = Tally(in_area(of, area.stem), None, day).total(beside | items)
            found |= {id_: figure_row(item, counted, day) for id_, item in items.items()}
    return found


def _address(actor, id_, mechanism, link):
    """Return where a figure opens: its labourers, or the page of its mechanism; None for whoever may open neither."""
    if definition(id_).population == WORKERS.name:
        return link(id_)
    address = _page(actor, mechanism)
    return address and f"{address}?{urlencode({'figure': id_})}"


def _page(actor, mechanism):
    """Return where a mechanism is worked on; None for whoever may not open it."""
    duties, _door = opens(mechanism.page)
    return reverse(mechanism.page) if actor.has_duty(*duties) else None
