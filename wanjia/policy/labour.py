"""Who is a rural labourer by age, what counts as transfer employment on a day, hundred-day campaigns, quoted facts, the trades of the register. Data: labour.toml."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from .editions import begun_by
from .special_groups import age_on

FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Edition:
    """What counts as transferred, from its first day until the next edition's."""

    starts: date
    transferred: tuple[str, ...]
    outside: tuple[str, ...]
    near: tuple[str, ...]
    stable_months: int
    kept_months: tuple[int, ...]
    source: str
    confirm: str


@dataclass(frozen=True)
class Fresh:
    """After how many days a labourer is called again: anybody, and one of a home lifted out of poverty, watched or relocated."""

    starts: date
    days: int
    soon_days: int
    source: str
    confirm: str


@dataclass(frozen=True)
class Risk:
    """What makes a return likely: an earlier spell shorter than so many months, so many calls in vain in a row, so many others whose work with the
    same employer ended because it closed, within so many days.
    """

    starts: date
    short_months: int
    unreached: int
    employer_ended: int
    employer_days: int
    source: str
    confirm: str


@dataclass(frozen=True)
class Trade:
    """One trade (工种): its two names, the words under which sheets write it, whether one must have learnt it."""

    code: str
    zh: str
    en: str
    words: tuple[str, ...]
    skilled: bool = False


@dataclass(frozen=True)
class HundredDays:
    """A hundred-day campaign (百日行动) from its first day until before `ends`."""

    id: str
    zh: str
    en: str
    starts: date
    ends: date
    source: str
    confirm: str


@dataclass(frozen=True)
class Quote:
    """What somebody else said about us, of which day, and where: shown as a quotation, never worked out."""

    id: str
    zh: str
    en: str
    as_of: date
    source: str


@cache
def _said() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def editions() -> tuple[Edition, ...]:
    """Return every edition of the definitions, the oldest first."""
    rows = sorted(_said()["edition"], key=lambda row: row["from"])
    return tuple(
        Edition(
            row["from"],
            tuple(row["transferred"]),
            tuple(row["outside"]),
            tuple(row["near"]),
            row["stable_months"],
            tuple(row["kept_months"]),
            row["source"],
            row["confirm"],
        )
        for row in rows
    )


def in_force(day: date) -> Edition:
    """Return the definitions in force on `day`; before the first, the first."""
    return begun_by(editions(), day)


def _row_on(kind: str, day: date) -> dict[str, Any]:
    """Return the row of a dated table in force on `day`; before the first, the first."""
    rows = sorted(_said()[kind], key=lambda row: row["from"])
    row = next((one for one in reversed(rows) if one["from"] <= day), rows[0])
    return {"starts": row["from"], **{name: value for name, value in row.items() if name != "from"}}


def fresh_on(day: date) -> Fresh:
    """Return for how long what is known counts as fresh."""
    return Fresh(**_row_on("call", day))


def risk_on(day: date) -> Risk:
    """Return what makes a return likely."""
    return Risk(**_row_on("risk", day))


@cache
def groups() -> dict[str, tuple[str, ...]]:
    """Return {lifted, watched, relocated: the schemes of a home that make its labourers so}."""
    return {name: tuple(schemes) for name, schemes in _said()["groups"].items()}


@cache
def hundred_days() -> tuple[HundredDays, ...]:
    """Return every hundred-day campaign, the latest first."""
    rows = sorted(_said()["hundred_days"], key=lambda row: row["from"], reverse=True)
    return tuple(HundredDays(row["id"], row["zh"], row["en"], row["from"], row["to"], row["source"], row["confirm"]) for row in rows)


@cache
def quotes() -> tuple[Quote, ...]:
    """Return what others say about us."""
    return tuple(Quote(**row) for row in _said()["quote"])


@cache
def trades() -> dict[str, Trade]:
    """Return {code: Trade}."""
    return {code: Trade(code, row["zh"], row["en"], tuple(row["words"]), row.get("skilled", False)) for code, row in _said()["trades"].items()}


@lru_cache(maxsize=4096)
def trade_named(words: str) -> str:
    """Return the code of the trade that a sheet writes so, "other" for one it does not know, "" for nothing."""
    words = words.strip()
    if not words:
        return ""
    known = {name: code for code, trade in trades().items() for name in (code, trade.zh, *trade.words)}
    return known.get(words) or next((code for name, code in known.items() if len(name) > 1 and name in words), "other")


def least_age() -> int:
    """Return the age in full years from which somebody may work."""
    return int(_said()["age"]["least"])


def last_month_of_work(sex: str, born: date) -> tuple[int, int]:
    """Return (year, month) in which somebody born then reaches the statutory retirement age (办法, 附表).

    Whoever reaches the old age before the rise begins keeps it; after that the age rises one month for each `every` months of birth, up to `most`.
    Somebody whose sex is not known goes by the later of both.
    """
    if sex not in ("男", "女"):
        return max(last_month_of_work(one, born) for one in ("男", "女"))
    age = _said()["age"]
    rule, starts = age[sex], age["starts"]
    old = (born.year + rule["base"]) * 12 + born.month - 1
    late = old - (starts.year * 12 + starts.month - 1)
    more = 0 if late < 0 else min(late // rule["every"] + 1, (rule["most"] - rule["base"]) * 12)
    year, month = divmod(old + more, 12)
    return year, month + 1


def of_working_age(sex: str, born: date, day: date) -> bool:
    """Tell whether somebody is of working age on `day`: 16 or older, and not past the month of retirement."""
    return age_on(born, day) >= least_age() and (day.year, day.month) <= last_month_of_work(sex, born)
