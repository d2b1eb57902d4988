"""What the runs of the engine ask of rosters."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.solving.kinds import Planned

from ..duties import Duty
from . import commands, drawing


def seen(actor):
    """Return the Q of the plans of this kind within the actor's reach."""
    return scope.in_reach(actor, area="area_id", duty=Duty.DRAW_ROSTER)


SAYS = {
    "schools": _("学校"), "guards": _("上岗的人"), "seats": _("应有人的岗次"), "covered": _("排到人的"), "uncovered": _("空岗"), "parents": _("家长志愿者来的岗次"),
    "changed": _("和现行排班不同的"), "lifted": _("放开的锁定"), "points": _("总分(越低越好)"), "seconds": _("引擎用时(秒)"),
}  # fmt: skip
ROSTERS = Planned(
    name=drawing.KIND, words=_("护学岗排班"), asks=Duty.DRAW_ROSTER, activates=Duty.DRAW_ROSTER, page="schools:roster_plan", build=drawing.build, solve=drawing.solve, judge=drawing.judge,
    store=commands.store, swap=commands.swap, drop=commands.drop, seen=seen, says=SAYS, seconds=120.0,
)  # fmt: skip
