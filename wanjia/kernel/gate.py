"""Acts go side by side; an erasure goes alone, for it must see every line that anybody is writing (ADR 87).

On SQLite one writes at a time anyway: a transaction takes the one lock of the house when it begins (BEGIN IMMEDIATE). On PostgreSQL
each act passes a gate that stays open to all but the one which shuts it: that one waits for those within, and whoever comes then
waits for it, before reading anything that it would write back.
"""

from django.db import connection

NAME = "wanjia acts"


def beside() -> None:
    """Go on beside others until the transaction in hand ends; wait while somebody is alone."""
    _pass("pg_advisory_xact_lock_shared")


def alone() -> None:
    """Wait until nobody is under way and keep everybody out until the transaction in hand ends."""
    _pass("pg_advisory_xact_lock")


def _pass(lock: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {lock}(hashtextextended(%s, 0))", [NAME])
