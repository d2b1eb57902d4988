"""Which department line a need of a category usually belongs to, read from `departments.toml`."""

import tomllib
from functools import cache
from pathlib import Path


@cache
def _lines() -> dict[str, list[str]]:
    return dict(tomllib.loads(Path(__file__).with_suffix(".toml").read_text())["lines"])


def lines_of(category: str) -> tuple[str, ...]:
    """Return the lines that a category of needs usually belongs to, the usual one first; none for a category that names none."""
    return tuple(_lines().get(category, ()))
