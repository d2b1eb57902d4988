"""How much of an import one transaction may write, so that nobody waits for it: by the clock, not by the count.

Another writer waits at most while one transaction lasts. On SQLite it does not queue, it looks again after 1, 2, 5, 10, 15, 20
and then 25 ms (sqlite3's busy handler): a pause shorter than that step can be missed again and again, so ours is longer. On
PostgreSQL whoever waits is next; the pause there is for the processor only.
"""

import time

from django.db import connection

HOLD = 0.03  # seconds that one transaction aims at
FIRST, MOST = 8, 1000  # rows
REST = {"sqlite": 0.03}
OTHER_REST = 0.005


class Pace:
    """Learns from each transaction how many rows the next one takes.

    run: under which name this work goes on; should another run take the upload over, this one stops.
    """

    def __init__(self, run="", hold=HOLD):
        self.run, self.hold, self.rows, self._begun = run, hold, FIRST, None

    def begin(self):
        """The transaction has its locks: from here others wait."""
        self._begun = time.monotonic()

    def took(self, rows):
        """The transaction is over; it wrote so many rows."""
        if rows and self._begun is not None:
            held = max(time.monotonic() - self._begun, 0.001)
            # Towards what fits; never more than doubled, as one quick transaction proves little.
            self.rows = max(1, min(MOST, self.rows * 2, round(rows * self.hold / held)))

    def falter(self):
        """The transaction met another writer's and was undone: less at a time."""
        self.rows = max(1, self.rows // 2)

    def rest(self):
        """Let others have their turn."""
        time.sleep(REST.get(connection.vendor, OTHER_REST))
