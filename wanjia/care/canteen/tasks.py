"""The tick: whoever was not marked an hour after the meal began did not come."""

from django.utils import timezone
from django_tasks import task

from wanjia.orgs.workdays.hours import CLOCK

from . import queries
from .commands import miss_late


def is_due(at):
    """Tell whether somebody is to be called whom nobody marked."""
    return bool(queries.late_meals(at))


@task(priority=10)
def tick():
    """Do one round."""
    return miss_late(by=CLOCK, at=timezone.now())
