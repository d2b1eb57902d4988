"""By when the step that waits of a proposal is to be taken. Counts; writes nothing."""

from wanjia.kernel.calendar import WorkingCalendar, today
from wanjia.policy import aid

from ..states import CutState

DONE_BY = {CutState.PROPOSED: "hear", CutState.HEARD: "decide", CutState.CUT: "tell", CutState.KEPT: "tell"}


def due_after(state, at):
    """Return by when the step that waits in a state is to be taken, or None where none waits."""
    rule = aid.in_force(today(at))
    return WorkingCalendar.load().add(today(at), getattr(rule, DONE_BY[state])).on if state in DONE_BY else None
