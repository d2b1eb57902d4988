"""The minimum wage of a place on a day, by its province's own notice; None where the house does not know it. Data: minimum_wage.toml."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Wage:
    """The least pay at a place: yuan a month and an hour, whether the class of the place is known (else it is the lowest of the province)
    and the number is held against the notice."""

    month: float
    hour: float
    source: str
    starts: date
    classed: bool
    sure: bool


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def law() -> str:
    """Return the articles by which no pay lies below it."""
    return str(_file()["law"])


def least_pay(place: str, day: date) -> Wage | None:
    """Return the least pay at a place (six digits of a county, city or province) on a day; None where no table of that day names its province.

    Of a county whose class no table names the lowest of its province: below that it is unlawful wherever there.
    """
    rows = [row for row in _file()["table"] if row["province"] == place[:2] and row["from"] <= day]
    if not rows:
        return None
    row = max(rows, key=lambda one: one["from"])
    named = next((row["places"][place[:width]] for width in (6, 4) if place[:width] in row["places"]), "")
    said = row["class"][named] if named else min(row["class"].values(), key=lambda one: one["month"])
    return Wage(said["month"], said["hour"], row["source"], row["from"], bool(named), said.get("sure", True))
