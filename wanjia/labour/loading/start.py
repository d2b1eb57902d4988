"""How a process of a load starts: nothing of the house may be imported before Django is set up, so what it is given comes packed."""

import os
import pickle
import signal
import threading
from importlib import import_module
from multiprocessing import connection, parent_process

BEHIND = 10  # how far a load stands behind everybody else, as the system counts it (0 to 19)


def set_up(room, packed):
    """Set up Django, then make ready what each part needs. room: the module whose `begin` is called; packed: what it takes, pickled."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the loader's business
    threading.Thread(target=_end_with, args=(parent_process(),), daemon=True).start()
    house()
    import_module(room).begin(*pickle.loads(packed))


def house():
    """Set up Django and what is worked with."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wanjia.site.settings")
    import django
    import pyarrow

    pyarrow.set_cpu_count(1)
    django.setup()


def give_way():
    """Let whoever works in the house have the processor first, from here on and for every process that this one starts: a load has time, a person at a page has not."""
    os.setpriority(os.PRIO_PROCESS, 0, max(BEHIND, os.getpriority(os.PRIO_PROCESS, 0)))


def _end_with(loader):
    """End when the loader does, whatever ended it: it would wait for work for ever, and hold memory and what it read."""
    connection.wait([loader.sentinel])
    os._exit(1)
