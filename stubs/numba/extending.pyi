from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

# The decorated function is given the types of the arguments and gives back the function to compile for them.
def overload(of: Callable[..., Any]) -> Callable[[F], F]: ...
