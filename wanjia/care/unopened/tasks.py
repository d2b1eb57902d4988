"""The tick: what nobody opened or called by its hour is noted."""

from django.utils import timezone
from django_tasks import task

from wanjia.orgs.workdays.hours import CLOCK

from ..canteen import queries as canteens
from ..classes import queries as classes
from .commands import note_unopened


def is_due(at):
    """Tell whether some canteen's or class's hour went by without a look."""
    return canteens.to_look_at(at).exists() or classes.to_look_at(at).exists()


@task(priority=10)
def tick():
    """Do one round."""
    watch(timezone.now())


def watch(at):
    """Do one round after the other until every canteen and class is looked at: with the tick, and with the day's sweep where no worker runs."""
    waits = True
    while waits:
        *_noted, waits = note_unopened(by=CLOCK, at=at)
