"""What the runs of the engine ask of this app."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.solving.kinds import Planned

from ..duties import Duty
from . import commands, plans


def seen(actor):
    """Return the Q of the plans of this kind within the actor's reach."""
    return scope.in_reach(actor, area="area_id", duty=(Duty.MATCH, Duty.ACTIVATE_MATCH))


MATCH = Planned(
    name=plans.KIND, words=_("人岗匹配"), asks=Duty.MATCH, activates=Duty.ACTIVATE_MATCH, page="labour:proposals", build=plans.build, solve=plans.solve, judge=plans.judge,
    store=commands.store, swap=commands.swap, drop=commands.drop, seen=seen, seconds=100.0,
)  # fmt: skip
