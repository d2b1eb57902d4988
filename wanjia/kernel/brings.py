"""What each app brings to the floors below it and beside it: its `brings.py`, one list a kind. Lower floors ask, and know no app by name.

    # wanjia/<app>/brings.py
    PLACES = [Place("casework:ledger", …)]

`gather("PLACES")` returns what all installed apps bring, from the ground floor up. An app that is not installed brings nothing,
and nothing below it notices.
"""

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

# Each kind and what it is; a name in a brings.py that stands not here is a slip of the pen (tests/house/test_brings.py).
KINDS = {}


@cache
def gather(kind):
    """Return everything brought under one kind, a list, from the ground floor up. Raises KeyError for a kind that nobody asks for."""
    if kind not in KINDS:
        raise KeyError(kind)
    return [one for module in modules() for one in getattr(module, kind, ())]


@cache
def modules():
    """Return the brings.py of every installed app of ours that has one, from the ground floor up."""
    names = [f"{config.name}.brings" for config in apps.get_app_configs() if config.name.startswith("wanjia.")]
    return [import_module(name) for name in names if find_spec(name)]
