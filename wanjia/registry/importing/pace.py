"""How much of an import one transaction may write, so that nobody waits for it: by the clock, not by the count.

Another writer waits at most while one transaction lasts. On SQLite it does not queue, it looks again after 1, 2, 5, 10, 15, 20
and then 25 ms (sqlite3's busy handler): a pause shorter than that step can be missed again and again, so ours is longer. On
PostgreSQL whoever waits is next; the pause there is for the processor only.
"""

import contextlib
import time

from django.db import connection

FIRST, MOST = 8, 1000  # rows
# Seconds that one transaction aims at, and that others then have for their turn. PostgreSQL locks rows, not the house.
HOLD = {"sqlite": 0.02, "postgresql": 0.1}
REST = {"sqlite": 0.02, "postgresql": 0.01}


class Pace:
    """Learns from each transaction how many rows the next one takes.

    run: under which name this work goes on; should another run take the upload over, this one stops.
    """

    def __init__(self, run=""):
        self.run, self.rows, self._begun = run, FIRST, None
        self.after = self.reached = 0  # the last row that is kept for good; the last of the transaction in hand

    def begin(self):
        """The transaction has its locks: from here others wait."""
        self._begun = time.monotonic()

    def took(self, rows):
        """The transaction is over and kept; it wrote so many rows."""
        self.after = self.reached
        if rows and self._begun is not None:
            held = max(time.monotonic() - self._begun, 0.001)
            # Towards what fits; never more than doubled, as one quick transaction proves little.
            self.rows = max(1, min(MOST, self.rows * 2, round(rows * HOLD[connection.vendor] / held)))

    def rest(self):
        """Let others have their turn."""
        time.sleep(REST[connection.vendor])


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
