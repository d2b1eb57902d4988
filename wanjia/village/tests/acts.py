"""How each act of the village is tried (tests/house/acts.py gathers it): each room's own in acts_<room>.py."""

from importlib import import_module
from pathlib import Path

ROOMS = sorted(path.stem for path in Path(__file__).parent.glob("acts_*.py"))

ACTS = {key: tried for room in ROOMS for key, tried in import_module(f"{__package__}.{room}").ACTS.items()}
