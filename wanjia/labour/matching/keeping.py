"""What the runs of the engine ask of this app."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.solving.kinds import Planned

from ..duties import Duty
from . import commands, plans


def seen(actor):
    """Return the Q of the plans of this kind within the actor's reach."""
    return scope.in_reach(actor, area="area_id", duty=(Duty.MATCH, Duty.ACTIVATE_MATCH))


SAYS = {
    "compared": _("比较了多少人"), "placed": _("推荐到岗位的"), "vacancies": _("岗位种数"), "priority_placed": _("其中脱贫、监测、搬迁家庭推荐到的"),
    "priority": _("这些家庭共多少人"), "families": _("说了一起去的家庭"), "paid": _("优先安排他们,全部月工资合计少(元)"),
}  # fmt: skip
MATCH = Planned(
    name=plans.KIND, words=_("人岗匹配"), asks=Duty.MATCH, activates=Duty.ACTIVATE_MATCH, page="labour:proposals", build=plans.build, solve=plans.solve, judge=plans.judge,
    store=commands.store, swap=commands.swap, drop=commands.drop, seen=seen, says=SAYS, seconds=100.0,
)  # fmt: skip
