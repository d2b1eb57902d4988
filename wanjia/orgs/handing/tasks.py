"""The tick: what lies adrift gets its dated task, and what is late climbs, in working hours."""

from django.utils import timezone
from django_tasks import task

from ..workdays.hours import CLOCK, in_hours
from .commands import watch_handovers


@task()
def tick():
    """Do one round; outside the hours nothing happens, and nothing is lost."""
    at = timezone.now()
    return watch_handovers(by=CLOCK, at=at) if in_hours(at) else 0
