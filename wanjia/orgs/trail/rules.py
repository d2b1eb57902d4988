"""Which journal lines an actor may read: those of the own area, and those without a place by people of the own area."""

from django.db.models import Q

from wanjia.kernel.models import Entry

from .. import scope
from ..accounts.rules import visible_users
from ..models import Level
from . import subjects


def visible_entries(actor):
    """The lines that the actor may read; of a sealed record none that would say it exists, unless the actor may see it.

    The system's own lines without a place are read at county level and above.
    """
    mine = scope.in_place(actor, area="area_code") | Q(area_code="", by_id__in=visible_users(actor).values("pk"))
    if any(area.level in (Level.CITY, Level.COUNTY) for area in scope.areas(actor)):
        mine |= Q(area_code="", by_id=None)
    return Entry.objects.filter(mine).filter(subjects.unsealed(actor))
