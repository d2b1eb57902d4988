"""All faults, by name."""

from . import clocks, figures, ladder, looking, once, owners, together, words
from .planting import FAULTS, planted

__all__ = ["FAULTS", "clocks", "figures", "ladder", "looking", "once", "owners", "planted", "together", "words"]
