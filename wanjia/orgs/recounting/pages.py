"""What stands on the page of the working-day table: how far the recount after the latest change is."""

from wanjia.kernel.calendar import WorkingCalendar, today

from ..workdays.followers import preview
from ..workdays.queries import latest_change
from ..workdays.rules import can_keep_workdays
from .queries import is_dead, is_running


def standing(request, _about):
    """How far it is and how many needs still wait, for whoever keeps the table."""
    if not can_keep_workdays(request.user):
        return None
    now, change = request.at, latest_change()
    running = is_running(change, now)
    waiting = [] if running else preview(WorkingCalendar.load(), today(now))
    return {"recount": change, "running": running, "dead": is_dead(change, now), "waiting": len({line[0] for line in waiting})}
