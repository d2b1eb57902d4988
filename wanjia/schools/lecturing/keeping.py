"""What the runs of the engine ask of a term's plan of lessons."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.solving.kinds import Planned

from ..duties import Duty
from . import commands, drawing


def seen(actor):
    """Return the Q of the plans of this kind within the actor's reach."""
    return scope.in_reach(actor, area="area_id", duty=Duty.KEEP_LAW)


SAYS = {
    "schools": _("学校"), "owed": _("还要上的课"), "planned": _("排到人的"), "uncovered": _("没有讲师的"), "own": _("本校法治副校长讲的"), "lecturers": _("上课的讲师"), "seconds": _("引擎用时(秒)"),
}  # fmt: skip
LESSON_PLANS = Planned(
    name=drawing.KIND, words=_("法治课学期计划"), asks=Duty.KEEP_LAW, activates=Duty.KEEP_LAW, page="schools:lesson_plan", build=drawing.build, solve=drawing.solve, judge=drawing.judge,
    store=commands.store, swap=commands.swap, drop=commands.drop, seen=seen, says=SAYS, seconds=60.0,
)  # fmt: skip
