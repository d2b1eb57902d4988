"""How much of an import one transaction may write, so that nobody waits for it: by the clock, not by the count.

Another writer waits at most while one transaction holds its locks: from its first statement that writes to its commit. On SQLite
it does not queue, it looks again after 1, 2, 5, 10, 15, 20 and then 25 ms (sqlite3's busy handler): a pause shorter than that step
can be missed again and again, so ours is longer. On PostgreSQL whoever waits is next. On either an import rests as long as it worked, by the clock on
the wall: it never takes more than half of one processor, and less when there are none to spare.
"""

import contextlib
import time

from django.db import connection

FIRST, LEAST, MOST = 8, 8, 1000  # rows; fewer cost as much to look at, and a machine without time to spare would write one by one
# Seconds for which one transaction aims to hold its locks. PostgreSQL locks rows, not the house.
HOLD = {"sqlite": 0.01, "postgresql": 0.1}
LOOK = 0.1  # seconds of a processor that a transaction may take in all: what it looked at first must still hold when it writes
REST = {"sqlite": 0.026, "postgresql": 0.01}
TOO_LONG = 1.0  # seconds: nobody is helped by a longer rest
WRITING = ("INSERT", "COPY", "UPDATE", "DELETE")


class Pace:
    """Learns from each transaction how many rows the next one takes.

    run: under which name this work goes on; should another run take the upload over, this one stops.
    """

    def __init__(self, run=""):
        self.run, self.rows = run, FIRST
        self.after = self.reached = 0  # the last row that is kept for good; the last of the transaction in hand
        self._locked, self._spent, self._rested = None, 0.0, time.monotonic()

    @contextlib.contextmanager
    def holding(self):
        """Watch one transaction, which lasts from here to the end of the block: from when on it keeps others waiting."""
        self._locked, self._spent = None, time.thread_time()
        with connection.execute_wrapper(self._watch):
            yield

    def _watch(self, execute, sql, params, many, context):
        answer = execute(sql, params, many, context)
        if self._locked is None and sql.startswith(WRITING):  # it has waited for its own turn before
            self._locked = time.monotonic()
        return answer

    def took(self, rows):
        """The transaction is over and kept; it wrote so many rows."""
        self.after = self.reached
        if rows and self._locked is not None:
            held, spent = max(time.monotonic() - self._locked, 0.001), max(time.thread_time() - self._spent, 0.001)
            # Towards what fits; never more than doubled, as one quick transaction proves little.
            fits = min(HOLD[connection.vendor] / held, LOOK / spent)
            self.rows = min(MOST, max(min(LEAST, FIRST), min(self.rows * 2, round(rows * fits))))

    def rest(self):
        """Let others have their turn."""
        worked = time.monotonic() - self._rested
        time.sleep(min(max(REST[connection.vendor], worked), TOO_LONG))
        self._rested = time.monotonic()


@contextlib.contextmanager
def looking_first():
    """On SQLite, let the transaction inside look before it takes the one lock of the house: at its first write.

    Had somebody else written since it looked, SQLite refuses the write ("database is locked"): try again.
    """
    if connection.vendor != "sqlite":
        yield
        return
    usual, connection.transaction_mode = connection.transaction_mode, "DEFERRED"
    try:
        yield
    finally:
        connection.transaction_mode = usual
