"""Pages of ventures: those of villages in reach; one of them."""

from django.db.models import Q

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.reporting.figures.queries import drilled

from ..craft_states import VentureState
from ..crafts.queries import face_of
from ..crafts.rules import in_hands, works_in
from ..duties import Duty
from . import queries, rules
from .subjects import VENTURES


@page("village/ventures/", Duty.SEE_VILLAGE, template="list")
def ventures(request):
    """The ventures: what waits for another hand, what is shown. ?figure=…"""
    figure = request.GET.get("figure", "")
    seen = drilled(rules.visible_ventures(request.user), figure)
    rows = seen["rows"].select_related("village", "home")
    rows = rows.filter(in_hands(request.user) | Q(state=VentureState.SHOWN))
    found = page_of(request, rows.order_by("-state", "village_id", "called", "pk"))
    queries.named(found.object_list)
    n_waits = queries.to_show(request.user).count() if request.user.has_duty(Duty.REVIEW_CRAFTS) else 0
    return {"page": found, "figures": seen["figures"], "figure": figure, "keeps": request.user.has_duty(Duty.KEEP_CRAFTS), "n_waits": n_waits}


@page("village/ventures/<uuid:venture_id>/", Duty.SEE_VILLAGE, of=VENTURES, moves=True)
def venture(request, one):
    """A venture: what is offered, in which months, how the home agreed."""
    queries.named([one])
    works = works_in(request.user, one.village_id)
    return {**face_of(one, works), "works": works, "drawn_here": one.state == VentureState.WRITTEN and one.written_by_id == request.user.id}
