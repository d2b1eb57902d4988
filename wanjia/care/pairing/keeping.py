"""What the runs of the engine ask of pairing."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.solving.kinds import Planned

from ..duties import Duty
from . import commands, plans, rules


def seen(actor):
    """Return the Q of the plans of this kind within the actor's reach."""
    return scope.in_reach(actor, area="area_id", duty=rules.DRAWS)


SAYS = {
    "children": _("应结对的孩子"), "placed": _("配到帮扶人的"), "alone": _("应先一对一的"), "alone_placed": _("其中配到一对一的"), "kept": _("现有结对不变的"),
    "parted": _("现有结对要换的"), "helpers": _("能结对的帮扶人"), "most": _("一人最多帮几个"),
}  # fmt: skip
PAIRS = Planned(
    name=plans.KIND, words=_("结对帮扶"), asks=Duty.DRAW_PAIRS, activates=Duty.ACTIVATE_PAIRS, page="care:pair_plan", build=plans.build, solve=plans.solve, judge=plans.judge,
    store=commands.store, swap=commands.swap, drop=commands.drop, seen=seen, says=SAYS, seconds=50.0,
)  # fmt: skip
