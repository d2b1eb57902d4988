"""How a process of a load starts: nothing of the house may be imported before Django is set up, so what it is given comes packed."""

import os
import pickle
import signal


def set_up(packed):
    """Set up Django, then make ready what each part needs. packed: what `working.begin` takes, pickled."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the loader's business
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wanjia.site.settings")
    import django
    import pyarrow

    pyarrow.set_cpu_count(1)
    django.setup()
    from . import working

    working.begin(*pickle.loads(packed))
