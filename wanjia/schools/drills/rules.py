"""Who writes down that riding was taught or practised at a school; and why not."""

from django.utils.translation import gettext_lazy as _

from wanjia.verdict import first_refusal

from ..duties import Duty
from ..models import BusDrill
from ..riders.rules import keeps_school, of_schools
from ..year.rules import visible_schools

NO_DUTY = _("您的岗位没有登记乘车安全教育的权限。")
NOT_MINE = _("这所学校的乘车安全教育不由您登记。")
BACK = _("这一条已经撤销。")


def visible_drills(actor, *, duty=Duty.KEEP_RIDERS):
    """What was held at the schools whose riders the actor keeps; for whoever looks on, at those in reach."""
    if duty == Duty.KEEP_RIDERS:
        return BusDrill.objects.filter(of_schools(actor))
    return BusDrill.objects.filter(school__in=visible_schools(actor, duty=duty))


def can_tell(actor, school):
    """May the actor write it down for this school: whoever keeps its riders."""
    return keeps_school(actor, school)


def can_take_back(actor, drill):
    """May the actor take back what was written down by mistake."""
    mine = visible_drills(actor).filter(pk=drill.pk).exists()
    return first_refusal((actor.has_duty(Duty.KEEP_RIDERS), NO_DUTY), (mine, NOT_MINE), (drill.taken_back_at is None, BACK))
