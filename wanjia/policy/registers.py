"""What makes a record of a home complete and fresh, and how often a home should be visited. Data: completeness.toml, visits.toml."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@cache
def completeness() -> dict[str, Any]:
    """Return which facts a record needs: {"home", "person", "minor", "pupil", "adult": names, "pupil_from", "adult_to": ages}."""
    return tomllib.loads((HERE / "completeness.toml").read_text(encoding="utf-8"))


@cache
def visiting() -> dict[str, Any]:
    """Return {"priority_days", "ordinary_days", "fresh_days", "source"}."""
    return tomllib.loads((HERE / "visits.toml").read_text(encoding="utf-8"))
