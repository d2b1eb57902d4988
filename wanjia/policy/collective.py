"""The collective's money: what is kept back before anything is shared out, and how a sum is shared out to the fen. By the edition in force on a day. Data: collective.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from .editions import begun_by

FILE = Path(__file__).with_suffix(".toml")
WHOLE = 10_000  # parts of a reserve's share


@dataclass(frozen=True)
class Edition:
    """What holds from `starts`. decides: the matter that a distribution is; told_days: before the meeting; reserve_least, reserve_most: parts of 10,000; at_once: what is published at once; small: the fewest of whom a mean is shown."""

    starts: date
    decides: str
    told_days: int
    reserve_least: int
    reserve_most: int
    publish_days: int
    at_once: str
    small: int
    source: str
    confirm: str


@cache
def editions() -> tuple[Edition, ...]:
    """Return all editions, the oldest first."""
    return tuple(sorted(map(_edition, tomllib.loads(FILE.read_text(encoding="utf-8"))["edition"]), key=lambda one: one.starts))


def in_force(day: date) -> Edition:
    """Return the edition in force on `day`; before the first, the first."""
    return begun_by(editions(), day)


def reserve(surplus: int, parts: int) -> int:
    """Return what goes to the reserve (公积公益金) of a year's surplus: so many parts of 10,000, rounded up to the fen; nothing of a loss."""
    return -(-surplus * parts // WHOLE) if surplus > 0 else 0


def split(total: int, shares: Mapping[str, int]) -> dict[str, int]:
    """Share a sum out by shares: each gets the whole fen of its part, what is left goes a fen each to the largest remainders, the smaller key first where these are alike.

    The amounts add up to the total; in which order the shares stand changes nothing. Raises ZeroDivisionError where there are no shares.
    """
    whole = sum(shares.values())
    parts = {key: divmod(total * share, whole) for key, share in shares.items()}
    left = total - sum(fen for fen, _rest in parts.values())
    first = set(sorted(parts, key=lambda key: (-parts[key][1], key))[:left])
    return {key: fen + (key in first) for key, (fen, _rest) in parts.items()}


def mean(values: list[int], small: int) -> int | None:
    """Return the mean of amounts, rounded down; None where they are fewer than may be shown."""
    return sum(values) // len(values) if values and len(values) >= small else None


def _edition(said: dict[str, Any]) -> Edition:
    names = ("decides", "told_days", "reserve_least", "reserve_most", "publish_days", "at_once", "small", "source", "confirm")
    return Edition(starts=said["from"], **{name: said[name] for name in names})
