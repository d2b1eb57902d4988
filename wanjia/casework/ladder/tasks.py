"""The tick, every few minutes: climb what has fallen due, write the morning's digests, send what waits. Thin: it calls the acts of the clock."""

import logging
import time

from django.db import connection
from django.utils import timezone
from django_tasks import task

from wanjia.kernel.calendar import WorkingCalendar, today
from wanjia.orgs.delivery import queries as delivery
from wanjia.orgs.delivery.tasks import send_waiting
from wanjia.orgs.workdays.hours import in_hours
from wanjia.registry.importing.pace import REST

from ..models import Digest, Need
from ..states import OPEN
from . import queries
from .commands import climb, write_digests
from .rules import CLOCK

TOGETHER = 40  # needs of one transaction: others wait for it no longer than for one chunk of an import
log = logging.getLogger(__name__)


def is_due(at):
    """Tell whether a round has anything to do: asked before it is written down, so that a quiet hour leaves no row behind."""
    if not in_hours(at, WorkingCalendar.load()):
        return False
    return bool(delivery.waiting(at)) or (not Digest.objects.filter(day=today(at)).exists() and Need.objects.filter(state__in=OPEN).exists()) or bool(queries.due(at))


@task(priority=10)
def tick():
    """Do one round by the clock on the wall; returns how many needs climbed."""
    return climb_all(timezone.now())


def climb_all(at):
    """Climb everything that has fallen due by `at`; returns how many needs climbed. Outside the hours nothing happens, and nothing is lost.

    Killed on the way, the next round goes on: what was climbed is climbed, and the rest is still due.
    """
    if not in_hours(at, WorkingCalendar.load()):
        return 0
    due, climbed = queries.due(at), 0
    for first in range(0, len(due), TOGETHER):
        climbed += _together(due[first : first + TOGETHER], at)
        time.sleep(REST[connection.vendor])  # others have their turn
    _faultless(write_digests, at)
    send_waiting(at)
    return climbed


def _together(need_ids, at):
    """Climb these in one transaction; where one of them cannot, each by itself, so that it keeps no other waiting."""
    try:
        return climb(need_ids=need_ids, by=CLOCK, at=at)
    except Exception:
        if len(need_ids) == 1:
            log.exception("a rung was not climbed: %s", need_ids[0])
            return 0
        return sum(_together([pk], at) for pk in need_ids)


def _faultless(act, at):
    try:
        return act(by=CLOCK, at=at)
    except Exception:
        log.exception("the digests were not written")
        return 0
