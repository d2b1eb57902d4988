"""One unit's channels: which it has, what it was told and whether that arrived. No address is shown."""

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.kernel.brings import gather
from wanjia.orgs.duties import Duty

from ..delivery.queries import live
from ..units.subjects import UNITS
from . import queries


@page("units/<uuid:unit_id>/channels", Duty.MANAGE_AREAS, of=UNITS)
def channels(request, unit):
    """List a unit's channels and its messages."""
    words = {one.key: one.words for one in gather("MESSAGES")}
    shown = page_of(request, queries.told(unit), per_page=20)
    return {"channels": live(unit), "page": shown, "told": [(one, words.get(one.about, one.about)) for one in shown]}
