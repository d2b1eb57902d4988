"""Counting anew after a calendar notice: in the request when it is little, else in a process of its own (`wanjia retime`).

Nothing is kept of how far it is: what still waits is what today's calendar would move, so a run that was killed is taken up by
asking again, and two runs at once do no harm.
"""

from itertools import islice

from wanjia.kernel.apart import start_process
from wanjia.kernel.calendar import WorkingCalendar, today

from . import queries
from .commands import retime_all

SMALL = 40  # needs counted anew within the request


def begin(*, source, by, at):
    """Count anew what a changed table moves; of many needs, in a process of its own. Returns how many moved at once, or None."""
    some = list(islice(queries.all_moved(WorkingCalendar.load(), today(at)), SMALL + 1))
    if by.id is None or len(some) <= SMALL:  # the installer has no account in whose name a process might run, and waits himself
        return retime_all(source=source, by=by, at=at)
    start_process("retime", "--by-id", by.id, "--source", source)
    return None
