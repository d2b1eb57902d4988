"""All faults, by name."""

from . import clocks, figures, once, owners, words
from .planting import FAULTS, planted

__all__ = ["FAULTS", "clocks", "figures", "once", "owners", "planted", "words"]
