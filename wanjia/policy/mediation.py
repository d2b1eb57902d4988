"""People's mediation (人民调解法): how a committee is made up, how long things take, what a court confirms; by what holds on a day. Data: mediation.toml."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from .editions import begun_by

FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Edition:
    """What holds from `starts`. *_days: days; barred: what no court confirms; least_shown: a smaller number is not told outside the file."""

    starts: date
    least_seats: int
    most_seats: int
    least_women: int
    term_years: int
    usual_days: int
    confirm_days: int
    accept_days: int
    court_days: int
    court_more_days: int
    barred: tuple[str, ...]
    alarm_days: int
    least_shown: int
    source: str
    confirm: str

    def usual_end(self, taken: date) -> date:
        """Return the day until which a case taken on a day is usually settled."""
        return taken + timedelta(days=self.usual_days)

    def confirm_end(self, valid: date) -> date:
        """Return the last day on which both sides may ask the court together: the thirtieth after the day on which the agreement took effect."""
        return valid + timedelta(days=self.confirm_days)

    def term_end(self, founded: date) -> date:
        """Return the first day after a term that began on a day."""
        year = founded.year + self.term_years
        return date(year, 3, 1) if (founded.month, founded.day) == (2, 29) else founded.replace(year=year)

    def told(self, n: int) -> int | None:
        """Return a number as it is told outside the file: None where it is small, and not nought."""
        return n if n == 0 or n >= self.least_shown else None


@cache
def editions() -> tuple[Edition, ...]:
    """Return all editions, the oldest first."""
    said = tomllib.loads(FILE.read_text(encoding="utf-8"))["edition"]
    found = (Edition(starts=one.pop("from"), barred=tuple(one.pop("barred")), **one) for one in said)
    return tuple(sorted(found, key=lambda one: one.starts))


def in_force(day: date) -> Edition:
    """Return the edition in force on `day`; before the first, the first."""
    return begun_by(editions(), day)
