"""Who may print the notice of an area, and why not."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs.duties import Duty
from wanjia.orgs.models import Level
from wanjia.verdict import first_refusal

from ..figures.rules import sees_whole


def can_print_monthly(actor, area):
    """Decide whether the actor may print the monthly notice of an area: of the whole area, whatever the line."""
    return first_refusal(
        (actor.has_duty(Duty.SEE_FIGURES), _("您的岗位没有查看统计的权限。")),
        (area.level in (Level.COUNTY, Level.TOWNSHIP), _("月度通报按县或乡镇印发。")),
        (sees_whole(actor, area), _("只能印发本辖区的通报。")),
    )


def can_correct(actor, paper):
    """Decide whether the actor may publish a correction of a notice: whoever may print the notice."""
    return can_print_monthly(actor, paper.area)
