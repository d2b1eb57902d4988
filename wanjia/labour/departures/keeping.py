"""What the runs of the engine ask of this app for the charters."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.solving.kinds import Planned

from ..duties import Duty
from . import commands, plans


def seen(actor):
    """Return the Q of the plans of this kind within the actor's reach."""
    return scope.in_reach(actor, area="area_id", duty=Duty.DISPATCH)


CHARTERS = Planned(
    name=plans.KIND, words=_("输送车次"), asks=Duty.DISPATCH, activates=Duty.DISPATCH, page="labour:plan_trips", build=plans.build, solve=plans.solve, judge=plans.judge,
    store=commands.store, swap=commands.swap, drop=commands.drop, seen=seen, seconds=60.0,
)  # fmt: skip
