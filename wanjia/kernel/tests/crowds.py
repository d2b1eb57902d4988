"""Several at once: each in a thread and by a connection of its own, for races on both databases."""

import threading
import time
from contextlib import suppress

from django.db import connection

from wanjia.verdict import Refused


def beside(*does):
    """Do these beside each other, each once and by its own connection; return the refusals."""
    refusals, ready = [], threading.Barrier(len(does))

    def one(act):
        try:
            with suppress(threading.BrokenBarrierError):
                ready.wait(10)
            act()
        except Refused as refusal:
            refusals.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(act,)) for act in does]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refusals


BEHIND = "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))"


def wait_for(event, patience=30):
    """Within a transaction: wait until this has happened, or somebody stands behind a lock of it, who goes on only when it ends.

    SQLite tells nobody who waits there: seconds of patience, and the transaction ends.
    """
    end = time.monotonic() + patience
    while not event.wait(0.02) and time.monotonic() < end:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(BEHIND)
                if cursor.fetchone()[0]:
                    return
