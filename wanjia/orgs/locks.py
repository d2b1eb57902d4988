"""One at a time: what must be counted and written without another's count in between."""

from contextlib import contextmanager

from django.db import connection, transaction


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
