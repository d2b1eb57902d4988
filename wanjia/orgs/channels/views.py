"""One unit's channels: which it has, what it was told and whether that arrived. No address is shown."""

from django.shortcuts import get_object_or_404, render

from wanjia.doors.guard import guarded
from wanjia.doors.listing import page_of
from wanjia.kernel.brings import gather
from wanjia.orgs.duties import Duty

from ..delivery.queries import live
from ..units.rules import visible_organisations
from . import queries


@guarded(Duty.MANAGE_AREAS)
def channels(request, unit_id):
    """List a unit's channels and its messages."""
    unit = get_object_or_404(visible_organisations(request.user).select_related("area"), pk=unit_id)
    words = {one.key: one.words for one in gather("MESSAGES")}
    page = page_of(request, queries.told(unit), per_page=20)
    told = [(one, words.get(one.about, one.about)) for one in page]
    return render(request, "orgs/channels/channels.html", {"unit": unit, "channels": live(unit), "page": page, "told": told})
