"""Imported once by the process from which those of a load are forked: the house is set up there, and each of them begins with it."""

import numpy as np
import pyarrow as pa

from .start import house

house()
pa.array(np.zeros(0))  # its first look at an array of numpy's brings in pandas: a quarter second of a processor, once and not in every process

from . import working  # noqa: E402, F401
