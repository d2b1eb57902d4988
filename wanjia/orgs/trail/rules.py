"""Which journal lines an actor may read: those of the own area, and those without a place by people of the own area."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.models import Entry
from wanjia.orgs.duties import Duty
from wanjia.verdict import first_refusal

from .. import scope
from ..accounts.rules import visible_users
from ..models import Level
from . import subjects


def can_anchor(actor):
    """Decide whether the actor may anchor the journal: whoever reads it, and the installation's own clock."""
    return first_refusal((actor.id is None or actor.has_duty(Duty.READ_JOURNAL), _("您的岗位没有查看操作日志的权限。")))


def visible_entries(actor):
    """The lines that the actor may read; of a sealed record none that would say it exists, unless the actor may see it.

    The system's own lines without a place are read at county level and above.
    """
    mine = scope.in_place(actor, area="area_code", duty=Duty.READ_JOURNAL)
    mine |= Q(area_code="", by_id__in=visible_users(actor, duty=Duty.READ_JOURNAL).values("pk"))
    if any(area.level in (Level.CITY, Level.COUNTY) for area in scope.areas(actor, duty=Duty.READ_JOURNAL)):
        mine |= Q(area_code="", by_id=None)
    return Entry.objects.filter(mine).filter(subjects.unsealed(actor))
