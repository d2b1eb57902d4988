"""Where people of the city work: the places that a form offers. Data: work_places.toml."""

import tomllib
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_suffix(".toml")


@cache
def places() -> dict[str, str]:
    """Return {six digits: name} in the order of the file: the nearest first."""
    return dict(tomllib.loads(FILE.read_text(encoding="utf-8"))["place"])
