"""In the background: send what waits for a unit, in working hours; what an administrator tries, and what would come too late, at once."""

import logging

from django.utils import timezone
from django_tasks import task

from ..workdays.hours import in_hours
from . import commands, queries, sending

log = logging.getLogger(__name__)


@task()
def send(unit_id):
    """Claim what waits for a unit, send it, say how it went. Returns how many messages were sent off."""
    at = timezone.now()
    claimed = commands.claim(unit_id, at=at, alone=None if in_hours(at) else queries.urgent())
    if not claimed:
        return 0
    try:
        channels, text = list(queries.live(unit_id)), sending.text_of(claimed)
        commands.begin(claimed, at=at)
        arrived = sending.deliver(channels, text)
    except Exception:
        log.exception("a message was not sent")
        arrived = False
    commands.settle(claimed, arrived=arrived, at=timezone.now())
    return len(claimed)


def send_waiting(at):
    """Enqueue a round for each unit that waits to be told."""
    for unit in queries.waiting(at):
        send.enqueue(str(unit))


def send_at_once(at):
    """Enqueue a round for each unit that waits to be told what leaves at any hour."""
    for unit in queries.waiting_at_once(at):
        send.enqueue(str(unit))
