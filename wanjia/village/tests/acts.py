"""How each act of the village is tried (tests/house/acts.py gathers it): each room's own in acts_<room>.py."""

from importlib import import_module

ROOMS = ("bodies", "meetings", "agenda", "deciding", "polls", "points", "money", "planning")

ACTS = {key: tried for room in ROOMS for key, tried in import_module(f"{__package__}.acts_{room}").ACTS.items()}
