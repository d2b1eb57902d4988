"""One at a time: what must be counted and written without another's count in between."""

import time
from contextlib import contextmanager

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.verdict import Conflict

TURNS, PAUSE = 8, 0.06  # looks, and seconds between two


@contextmanager
def alone(name):
    """Open a transaction that no other of the same `name` overlaps; the others wait.

    PostgreSQL locks the name (a digest of it) until the transaction ends. On SQLite every transaction of this house begins
    IMMEDIATE (`settings.DATABASES`), so writers are alone by nature.
    """
    with transaction.atomic():
        hold(name)
        yield


def hold(name):
    """Make the running transaction the only one of this `name` until it ends: what a command calls, which has its own."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def stays_as_it_is(unit):
    """Keep a unit and its posts as they stand until the running transaction ends: what is given to it or its people meanwhile is not given to nobody.

    Whoever ends a post, or ends or moves the unit, holds its row, and needs the needs that others have locked: so it is waited for a moment only.
    Raises Conflict.
    """
    if connection.vendor != "postgresql":
        return  # one writer at a time
    with connection.cursor() as cursor:
        for _turn in range(TURNS):
            cursor.execute("SELECT 1 FROM orgs_organisation WHERE id = %s FOR SHARE SKIP LOCKED", [unit.pk])
            if cursor.fetchone():
                return
            time.sleep(PAUSE)
    raise Conflict(_("“%(unit)s”正在办理人员离岗或撤并的交接,请过一会儿再试。") % {"unit": unit.name})
