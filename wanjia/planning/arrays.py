"""The words of signatures for arrays. What an array's numbers mean and how long it is, the docstring says."""

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]  # of the type that the docstring names; kernels are compiled once for each that they meet

if TYPE_CHECKING:

    def int64(value: Any) -> int:
        """In compiled code a whole number of 64 bits, whatever the array held; to a reader and to the checker an int."""

else:
    int64 = np.int64
