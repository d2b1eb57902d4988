"""Who sees what was found on which school's grounds, who says that it is mended; and why not.

A school is the unit that answers at the place: it is told and it mends. Who owns a hazard (督办单位) orders it and looks again.
"""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.verdict import first_refusal

from ..duties import Duty
from ..inspection_states import HAZARD
from ..models import Hazard, MendOrder, School

NO_DUTY = _("您的岗位没有报本校整改情况的权限。")
NOT_MINE = _("这条隐患不在您的校园里。")
NOT_NOW = _("开了整改通知书、还没有改好的,才能报整改情况。")


def own_schools(actor):
    """The schools in whose name the actor keeps bells and gates: what is found on their grounds is theirs to mend."""
    return School.objects.filter(unit__in=[one.pk for one in scope.units(actor, duty=Duty.KEEP_SCHOOL)])


def visible_hazards(actor):
    """What was found there; what was put right on the spot too."""
    return Hazard.objects.filter(inspection__stop__venue__campus__in=own_schools(actor).values("pk"))


def visible_orders(actor):
    """The orders that were given there."""
    return MendOrder.objects.filter(inspection__stop__venue__campus__in=own_schools(actor).values("pk"))


def can_report(actor, hazard):
    """May the actor say that it is mended: the school's own people, once it is ordered."""
    mine = visible_hazards(actor).filter(pk=hazard.pk).exists()
    return first_refusal((actor.has_duty(Duty.KEEP_SCHOOL), NO_DUTY), (mine, NOT_MINE), (HAZARD.allows("mend", hazard.state), NOT_NOW))
