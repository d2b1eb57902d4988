# What we use of numba, typed so that a compiled function keeps the signature written on it: numba's own annotations lose it.
from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

def njit(*, cache: bool = ..., nogil: bool = ..., inline: str = ...) -> Callable[[Callable[P, R]], Callable[P, R]]: ...
