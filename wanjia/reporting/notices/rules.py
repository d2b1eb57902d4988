"""Who may print the notice of an area, and why not."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.orgs.duties import Duty
from wanjia.orgs.models import Level
from wanjia.verdict import ALLOWED, first_refusal

from ..figures.rules import sees_whole
from ..kinds import bulletins


def can_print_monthly(actor, one, area, month, day):
    """Decide whether the actor may print a Bulletin of an area and a month on `day`: of the whole area, whatever the line."""
    return first_refusal(
        (actor.has_duty(Duty.SEE_FIGURES), _("您的岗位没有查看统计的权限。")),
        (area.level in one.levels, _("%(kind)s不按这一级印发,请选%(levels)s。") % {"kind": one.words, "levels": _("、").join(_levels(one))}),
        (sees_whole(actor, area), _("只能印发本辖区的通报。")),
    ) and (one.may(actor, area, month, day) if one.may else ALLOWED)


def _levels(one):
    return [str(Level(level).label) for level in one.levels]


def can_correct(actor, paper, at):
    """Decide whether the actor may publish a correction of a notice: whoever may print the notice."""
    return can_print_monthly(actor, bulletins()[paper.kind], paper.area, paper.period, today(at))
