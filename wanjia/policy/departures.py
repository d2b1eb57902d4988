"""What the law asks of a charter that carries people to their work: papers, drivers, times; and where hubs and cities lie. Data: departures.toml."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_suffix(".toml")
OLDEST = 60


@cache
def numbers() -> dict[str, Any]:
    """Return the file: its numbers, `rule`, `hub` and `city`."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Rule:
    """One thing that the law asks, in both languages, with its article."""

    code: str
    zh: str
    en: str
    law: str


@cache
def rule(code: str) -> Rule:
    """Return a rule by its code. Raises KeyError for one that is not known."""
    return Rule(code, **numbers()["rule"][code])


@cache
def hubs() -> dict[str, tuple[float, float]]:
    """Return {six digits of a county: (latitude, longitude) of its hub}."""
    return {code: (lat, lon) for code, (lat, lon) in numbers()["hub"].items()}


@cache
def cities() -> dict[str, tuple[float, float]]:
    """Return {six digits of a place of work: (latitude, longitude)}."""
    return {code: (lat, lon) for code, (lat, lon) in numbers()["city"].items()}


@dataclass(frozen=True)
class Driver:
    """What is written down of a driver. clean: somebody looked, and there was no grave accident within 3 years."""

    born_on: date
    licence_until: date
    paper_until: date
    clean: bool


@dataclass(frozen=True)
class Papers:
    """What is written down of a coach or train before it may leave. back_on: the day of its last arrival."""

    train: bool  # or a scheduled coach: the railway or the line keeps its hours and drivers
    line: bool  # a few with tickets: nobody has to go along
    number: str  # plate, or number of the train
    carrier: str
    licence: str
    licence_until: date | None
    insured_until: date | None
    seats: int
    riders: int
    cadre: bool
    drivers: tuple[Driver, ...]
    back_on: date


def seats_for(riders: int, most: int) -> int:
    """Return the seats of the smallest coach that holds so many riders, of those that carriers have; `most`: of the largest that is offered."""
    return int(min(size for size in (*numbers()["sizes"], most) if riders <= size <= most))


def lacking(papers: Papers) -> list[Rule]:
    """List what forbids that it leaves. Empty: nothing in the papers does."""
    said = [(papers.riders > papers.seats, "seats"), (not papers.cadre and not papers.line, "cadre")]
    if papers.train:
        said.append((not papers.number, "number"))
    else:
        said += _coach(papers)
    return [rule(code) for broken, code in said if broken]


def _coach(papers: Papers) -> list[tuple[bool, str]]:
    drivers = papers.drivers
    return [
        (not (papers.carrier and papers.licence), "carrier"),
        (bool(papers.licence) and _ends(papers.licence_until, papers.back_on), "licence"),
        (not papers.number, "plate"),
        (_ends(papers.insured_until, papers.back_on), "insurance"),
        (len(drivers) < 2, "drivers"),
        (any(_years(one.born_on, papers.back_on) > OLDEST for one in drivers), "driver_age"),
        (any(_ends(one.licence_until, papers.back_on) for one in drivers), "driver_licence"),
        (any(_ends(one.paper_until, papers.back_on) for one in drivers), "driver_paper"),
        (not all(one.clean for one in drivers), "driver_clean"),
    ]


def _ends(until: date | None, on: date) -> bool:
    return until is None or until < on


def _years(since: date, on: date) -> int:
    return on.year - since.year - ((on.month, on.day) < (since.month, since.day))
