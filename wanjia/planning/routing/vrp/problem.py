"""A capacitated routing problem, with or without time windows; `files` reads it."""

from dataclasses import dataclass

import numpy as np

from wanjia.planning.arrays import Array


@dataclass(frozen=True, eq=False)
class Problem:
    """Visit every client once; node 0 is the depot, client i is node i (the numbering of both files' solutions).

    xy: float64 (n, 2); demand: float64 (n,); ready, due, service: float64 (n,) in the file's time unit, which equals its
    distance unit; rounded: distances are rounded to integers (X) or up (`ceil`), or stay real (Solomon).
    """

    name: str
    xy: Array
    demand: Array
    capacity: float
    vehicles: int
    ready: Array
    due: Array
    service: Array
    rounding: str

    @property
    def timed(self) -> bool:
        """Tell whether time windows matter."""
        return bool(np.isfinite(self.due).any())

    def distances(self) -> Array:
        """Return float64 (n, n) distances in the file's own convention."""
        x, y = self.xy.T
        real: Array = np.hypot(x[:, None] - x, y[:, None] - y)
        if self.rounding == "nearest":
            real = np.floor(real + 0.5)
        elif self.rounding == "up":
            real = np.ceil(real)
        return real


@dataclass(frozen=True)
class Plan:
    """routes: client numbers in visiting order; cost: in the file's own convention."""

    routes: tuple[tuple[int, ...], ...]
    cost: float
    provenance: str = "straight lines of the file's coordinates / 文件坐标的直线距离"
