"""The default grid of urgency × difficulty and the limits of each step, read from `triage.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from .tries import Trying, trying


@dataclass(frozen=True)
class Cell:
    """One cell of the grid: tiers that may hold the need (the usual one first), and its deadline."""

    urgency: str
    difficulty: str
    tiers: tuple[str, ...]
    days: int
    unit: str
    hint: str = ""
    hint_en: str = ""


@cache
def rules() -> dict[str, Any]:
    """Return the parsed file."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text())


@cache
def default_cells() -> dict[tuple[str, str], Cell]:
    """Return {(urgency, difficulty): Cell} of the product's defaults."""
    cells = [Cell(**{**row, "tiers": tuple(row["tiers"])}) for row in rules()["cell"]]
    return {(cell.urgency, cell.difficulty): cell for cell in cells}


def callback_tries() -> Trying:
    """Return when a household that is not reached was called often enough (回访未果)."""
    return trying(rules()["callback"])


def hint_in_english(hint: str) -> str:
    """Return a default hint in English; what a county wrote itself stays as it was written."""
    return next((cell.hint_en for cell in default_cells().values() if cell.hint == hint and cell.hint_en), hint)


def step_days(step: str) -> int:
    """Return the working days that one step may take."""
    return int(rules()["steps"][step])
