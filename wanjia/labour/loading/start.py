"""How a process of a load starts: nothing of the house may be imported before Django is set up, so what it is given comes packed."""

import os
import pickle
import signal
from importlib import import_module


def set_up(room, packed):
    """Set up Django, then make ready what each part needs. room: the module whose `begin` is called; packed: what it takes, pickled."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the loader's business
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wanjia.site.settings")
    import django
    import pyarrow

    pyarrow.set_cpu_count(1)
    django.setup()
    import_module(room).begin(*pickle.loads(packed))
