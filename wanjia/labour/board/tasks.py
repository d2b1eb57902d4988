"""The tick: what is overdue climbs in working hours, and whoever set it is told once of each stage."""

from django.utils import timezone
from django_tasks import task

from wanjia.kernel.calendar import today
from wanjia.orgs.workdays.hours import CLOCK, in_hours

from . import queries
from .commands import climb_board_tasks


def is_due(at):
    """Tell whether a round has anything to tell: asked before it is written down."""
    return in_hours(at) and bool(queries.to_tell(today(at)))


@task(priority=10)
def tick():
    """Do one round; outside the hours nothing happens, and nothing is lost."""
    at = timezone.now()
    return climb_board_tasks(by=CLOCK, at=at) if in_hours(at) else 0
