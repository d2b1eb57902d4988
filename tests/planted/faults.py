"""All faults, by name."""

from . import aid, care, clocks, figures, files, labour, ladder, leaving, looking, once, owners, together, words
from .planting import FAULTS, planted

__all__ = ["FAULTS", "aid", "care", "clocks", "figures", "files", "labour", "ladder", "leaving", "looking", "once", "owners", "planted", "together", "words"]
