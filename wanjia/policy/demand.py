"""The demand side of labour transfer as dated values: how long evidence holds, what a complaint weighs, hours, young workers. Data: demand.toml."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from .statuses import months_after

FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Edition:
    """The numbers of a time. complaints: so many justified ones within `complaint_months` bar an employer; wage_months: after the end of the work,
    within which its wages are claimed (劳动争议调解仲裁法第二十七条); the others are days."""

    starts: date
    complaints: int
    complaint_months: int
    stale_days: int
    alarm_days: int
    wage_months: int
    source: str
    confirm: str


@dataclass(frozen=True)
class Criterion:
    """One of the five (五有): its names, for how many months evidence holds, what serves as evidence."""

    code: str
    zh: str
    en: str
    months: int
    asks_zh: str
    asks_en: str


@cache
def said() -> dict[str, Any]:
    """Return the file."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def in_force(day: date) -> Edition:
    """Return the numbers in force on `day`; before the first edition, the first."""
    rows = sorted(said()["edition"], key=lambda row: row["from"])
    row = next((one for one in reversed(rows) if one["from"] <= day), rows[0])
    return Edition(row["from"], *(row[name] for name in ("complaints", "complaint_months", "stale_days", "alarm_days", "wage_months", "source", "confirm")))


@cache
def criteria() -> dict[str, Criterion]:
    """Return {code: Criterion} of the five, in the order of the page."""
    return {code: Criterion(code, row["zh"], row["en"], row["months"], row["asks_zh"], row["asks_en"]) for code, row in said()["criteria"].items()}


def holds_until(criterion: str, on: date) -> date:
    """Return the first day on which evidence of `on` no longer holds."""
    return months_after(on, criteria()[criterion].months)


def barred_until(judged: Iterable[date], day: date) -> date | None:
    """Return the first day on which justified complaints no longer bar an employer, None where they do not on `day`.

    judged: the days on which they were found justified; those after `day` are not known yet.
    """
    rule = in_force(day)
    newest = sorted((one for one in judged if one <= day), reverse=True)
    if len(newest) < rule.complaints:
        return None
    until = months_after(newest[rule.complaints - 1], rule.complaint_months)
    return until if until > day else None


def wages_claimed_from(day: date) -> date:
    """Return the first day (the first no longer worked) on which work may have ended whose wages are still claimed on `day`."""
    return months_after(day, -in_force(day).wage_months)


def counts_from(day: date) -> date:
    """Return the first day of judging whose justified complaints still count on `day`: the same rule as `barred_until`, for a database that adds no months."""
    months = in_force(day).complaint_months
    first = months_after(day, -months) - timedelta(days=3)  # the last days of months are not all reached from both sides
    while months_after(first, months) <= day:
        first += timedelta(days=1)
    return first
