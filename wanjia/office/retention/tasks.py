"""The tick: lists that were agreed to and whose days of waiting are over are carried out, some rows at a time. Thin: it calls the act of the clock."""

import logging
import time
from datetime import timedelta

from django.db import connection
from django.utils import timezone
from django_tasks import task

from wanjia.orgs.workdays.hours import CLOCK
from wanjia.registry.importing.pace import REST
from wanjia.verdict import Refused

from ..erasing.commands import sweep
from ..models import Disposal
from . import queries
from .commands import carry_some

LATELY = timedelta(days=3)
log = logging.getLogger(__name__)


def is_due(at):
    """Tell whether a round has anything to do."""
    return bool(queries.ready(at))


@task(priority=5)
def tick():
    """Do one round by the clock on the wall; returns how many lists were carried out to their end."""
    return carry_all(timezone.now())


def carry_all(at):
    """Carry out every list that is ready; returns how many came to their end. Killed on the way, the next round goes on with the rows that are left."""
    done = 0
    for key in queries.ready(at):
        try:
            while carry_some(disposal_id=key, by=CLOCK, at=at):
                time.sleep(REST[connection.vendor])  # others have their turn
            done += 1
        except Exception:
            log.exception("a list was not carried out: %s", key)
    return done


def give_up_pages(*, at):
    """With the day's sweep: let the database give up the pages on which words of lists stood that were carried out since the last one.

    Not at once: tables are written anew, and the office may be at work. While others hold the database they wait for the next day.
    """
    if Disposal.objects.filter(carried_at__gte=at - LATELY).exists():
        try:
            sweep()
        except Refused:
            log.warning("pages of a list that was carried out still lie in the database's file: somebody held it all the while")
