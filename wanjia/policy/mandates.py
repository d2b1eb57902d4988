"""Tags of the mandate under which a visit is made or a need recorded (工作机制): data with days and source, and no meaning. Data: mandates.toml."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("mandates.toml")


@cache
def mandates() -> dict[str, dict[str, Any]]:
    """Return every tag's table by its code, in the order of the file."""
    return {one["code"]: one for one in tomllib.loads(FILE.read_text(encoding="utf-8"))["mandate"]}


def in_force(on: date) -> list[dict[str, Any]]:
    """Return the tags that may be given on a day."""
    return [one for one in mandates().values() if one["from"] <= on and ("until" not in one or on < one["until"])]
