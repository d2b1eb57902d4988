"""The tick: what lies adrift gets its dated task, and what is late climbs, in working hours."""

from django.utils import timezone
from django_tasks import task

from wanjia.kernel.calendar import today

from ..workdays.hours import CLOCK, in_hours
from . import queries
from .commands import watch_handovers


def is_due(at):
    """Tell whether a round has anything to do: asked before it is written down."""
    return in_hours(at) and queries.wants_a_round(today(at))


@task(priority=10)
def tick():
    """Do one round; outside the hours nothing happens, and nothing is lost."""
    at = timezone.now()
    return watch_handovers(by=CLOCK, at=at) if in_hours(at) else 0
