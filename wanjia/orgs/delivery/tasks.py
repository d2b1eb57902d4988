"""In the background: send what waits for a unit, in working hours; what an administrator tries, at once."""

from django.utils import timezone
from django_tasks import task

from ..workdays.hours import in_hours
from . import commands, queries, sending


@task()
def send(unit_id):
    """Claim what waits for a unit, send it, say how it went. Returns how many messages were sent off."""
    at = timezone.now()
    claimed = commands.claim(unit_id, alone=None if in_hours(at) else commands.TEST)
    if not claimed:
        return 0
    arrived = sending.deliver(list(queries.live(unit_id)), sending.text_of(claimed))
    commands.settle(claimed, arrived=arrived, at=timezone.now())
    return len(claimed)


def send_waiting():
    """Enqueue a round for each unit that waits to be told."""
    for unit in queries.waiting():
        send.enqueue(str(unit))
