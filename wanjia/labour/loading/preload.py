"""Imported once by the process from which those of a load are forked: the house is set up there, and each of them begins with it."""

from .start import house

house()

from . import working  # noqa: E402, F401
