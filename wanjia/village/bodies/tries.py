"""What addresses tried or sent lately, in the memory of the process alone: a row would say from where somebody came."""

import time
from collections import defaultdict, deque

WINDOW, MOST = 3600, 20_000  # seconds; addresses that are remembered


class Tries:
    """How often each address did something within the hour."""

    def __init__(self):
        self._of = defaultdict(deque)

    def count(self, address):
        """Return how often an address did it within the hour."""
        found, now = self._of[address], time.monotonic()
        while found and found[0] < now - WINDOW:
            found.popleft()
        if not found:
            del self._of[address]
        return len(found)

    def note(self, address):
        """Remember that an address did it."""
        if len(self._of) > MOST:  # somebody sends from everywhere: begin anew rather than grow
            self._of.clear()
        self._of[address].append(time.monotonic())

    def clear(self):
        """Forget them all."""
        self._of.clear()
