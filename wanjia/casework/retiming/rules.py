"""Who may count a need's dates anew: whoever keeps the table, and the clock, which goes on with what a dead run left."""

from wanjia.kernel.command import SystemActor
from wanjia.orgs.workdays.rules import can_keep_workdays
from wanjia.verdict import ALLOWED

# It decides nothing: where the dates move follows from the table, and who changed that stands in each line.
CLOCK = SystemActor(name="系统(按工作日历)")


def can_retime(actor):
    """Decide whether the actor may count needs anew by the table as it stands."""
    return ALLOWED if actor is CLOCK else can_keep_workdays(actor)
