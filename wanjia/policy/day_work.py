"""Day labour and what is sent to people: nights, what a day is worth, how often somebody is told of vacancies. Pure. Data: day_work.toml."""

import tomllib
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from pathlib import Path

from .editions import begun_by

FILE = Path(__file__).with_suffix(".toml")
HOURS = 24


@dataclass(frozen=True)
class Edition:
    """What holds from a day on. night: [hour it begins, hour it ends); month: how often one person is told in a month at most; hotline: where arrears
    are reported when no ledger of needs is installed; settled_within: days after the work by which it is paid."""

    starts: date
    night: tuple[int, int]
    month: int
    ask_again_days: int
    hotline: str
    settled_within: int
    source: str
    confirm: str


@cache
def editions() -> tuple[Edition, ...]:
    """Return every edition, the oldest first."""
    rows = sorted(tomllib.loads(FILE.read_text(encoding="utf-8"))["edition"], key=lambda row: row["from"])
    return tuple(
        Edition(row["from"], tuple(row["night"]), row["month"], row["ask_again_days"], row["hotline"], row["settled_within"], row["source"], row["confirm"]) for row in rows
    )


def in_force(day: date) -> Edition:
    """Return the edition in force on `day`; before the first, the first."""
    return begun_by(editions(), day)


def is_night(begins: time, hours: int) -> bool:
    """Tell whether work that begins then and takes so many hours lies in the night (22 时至次日 6 时:劳部发〔1994〕289号第六十一条的说明), even in part."""
    first, end = editions()[-1].night
    whole = [begins.hour, *((begins.hour + n) % HOURS for n in range(1, hours + (1 if begins.minute else 0)))]
    return any(hour >= first or hour < end for hour in whole)


def owed(pay: int, hours: int) -> int:
    """Return what a day is worth in yuan: pay of a day, or of an hour times the hours (0: pay is of the day)."""
    return pay * hours if hours else pay


def hourly(pay: int, hours: int, *, of_day: bool) -> float:
    """Return what an hour is worth in yuan."""
    return pay / hours if of_day else float(pay)
