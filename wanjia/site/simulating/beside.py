"""What only reads the ledger goes on in a process of its own while the next day is lived: it sees the ledger of its evening, and tells later.

The process is a fork: whoever is asked has the book of that evening in his hands. Its transaction stands before the first act of the next
day is done, so both live the same year, one after the other or beside each other.
"""

import os
import pickle
import time
import traceback
from collections.abc import Callable

from django.db import connection, transaction

READY, SAYS = b"r", 1 << 20
KEPT = []  # the connections of the process that was forked: its own, never closed here


class Beside:
    """Something that goes on beside us."""

    def __init__(self, does: Callable):
        self.ear, mouth = os.pipe()
        self.child = os.fork()
        if self.child == 0:
            os.close(self.ear)
            _go(does, mouth)
        os.close(mouth)
        self.said = os.read(self.ear, 1)  # "" where it broke at once: what it says then tells why

    def heard(self):
        """Wait for its end; return (its answer, its processor's seconds). Raises RuntimeError with what broke it."""
        said = b""
        while more := os.read(self.ear, SAYS):
            said += more
        os.close(self.ear)
        os.waitpid(self.child, 0)
        if not said:
            raise RuntimeError("whoever judged beside us ended without a word")
        fault, answer, seconds = pickle.loads(said)
        if fault:
            raise RuntimeError(fault)
        return answer, seconds


class InTurn:
    """The same, done at once by ourselves: where there is no second processor, and where somebody wants to hear the same evening."""

    def __init__(self, does: Callable):
        begun = time.process_time()
        self.answer = does(), time.process_time() - begun

    def heard(self):
        return self.answer


def two_at_once():
    """Tell whether this machine can do two things at once."""
    return hasattr(os, "fork") and len(os.sched_getaffinity(0)) > 1


def _go(does, mouth):
    begun = time.process_time()
    try:
        with _evening(mouth):
            said = (None, does())
    except BaseException:
        said = (traceback.format_exc(), None)
    try:
        body = pickle.dumps((*said, time.process_time() - begun))
        while body:
            body = body[os.write(mouth, body) :]
    finally:
        os._exit(0)  # no closing, no clean-up: all of it is our parent's


def _evening(mouth):
    """Begin a transaction of our own that sees the ledger as it stands now, and say so."""
    KEPT.append(connection.connection)
    connection.connection = None
    connection.ensure_connection()  # it sets the mode anew
    connection.transaction_mode = "DEFERRED"  # SQLite: reads beside whoever writes, who waited for the whole evening else
    return _Snapshot(mouth)


class _Snapshot:
    def __init__(self, mouth):
        self.mouth, self.within = mouth, transaction.atomic()

    def __enter__(self):
        self.within.__enter__()
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT seq FROM kernel_head")
            cursor.fetchall()
        os.write(self.mouth, READY)

    def __exit__(self, *what):
        return self.within.__exit__(*what)
