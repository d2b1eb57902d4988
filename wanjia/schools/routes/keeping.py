"""What the runs of the engine ask of the routes."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.solving.kinds import Planned

from ..duties import Duty
from . import commands, plans


def seen(actor):
    """Return the Q of the plans of this kind within the actor's reach."""
    return scope.in_reach(actor, area="area_id", duty=Duty.KEEP_BUSES)


SAYS = {
    "homes": _("要接的户"), "served": _("排上的户"), "most": _("最多能排上的户(上限)"), "children": _("排上的孩子"), "trips": _("车次"), "longest": _("最长乘车(分钟)"), "km": _("公里"),
    "moved": _("换了车的户"), "unplaced": _("没有位置或作息、没有排的学生"), "road": _("路程怎么来的"),
}  # fmt: skip
ROUTES = Planned(
    name=plans.KIND, words=_("接送线路"), asks=Duty.KEEP_BUSES, activates=Duty.KEEP_BUSES, page="schools:bus_plan", build=plans.build, solve=plans.solve, judge=plans.judge,
    store=commands.store, swap=commands.swap, drop=commands.drop, seen=seen, says=SAYS, seconds=300.0,  # the engine ends by the processor's time; a busy machine must not cost quality
)  # fmt: skip
