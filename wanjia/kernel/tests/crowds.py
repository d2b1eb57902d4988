"""Several at once: each in a thread and by a connection of its own, for races on both databases."""

import threading
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
