"""All faults, by name."""

from . import (
    aid,
    care,
    clocks,
    figures,
    files,
    labour,
    ladder,
    leaving,
    looking,
    once,
    owners,
    schools,
    together,
    village,
    wishes,
    words,
)
from .planting import FAULTS, app_of, planted

__all__ = ["FAULTS", "aid", "app_of", "care", "clocks", "figures", "files", "labour", "ladder", "leaving", "looking", "once", "owners", "planted", "schools", "together", "village", "wishes", "words"]
