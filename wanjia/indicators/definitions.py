"""Every figure as a definition: what is counted, of what, how it is rounded, where it comes from.

A figure is stored and sent as numerator and denominator; the percentage is only how it is shown, by its printed rule.
"""

import tomllib
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

ROUNDING = {"half_up": ROUND_HALF_UP, "truncate": ROUND_DOWN}


@dataclass(frozen=True)
class Definition:
    """One figure. `where` maps facts to allowed values; `of` names the figure it is a share of ('' for a plain count)."""

    id: str
    zh: str
    en: str
    unit: str
    meaning: str
    source: str
    where: dict = field(default_factory=dict)
    of: str = ""
    rounding: str = ""
    places: int = 2
    smallest: int = 0


@cache
def definitions():
    """Return {id: Definition} in the order of the file."""
    return {row["id"]: Definition(**row) for row in _file()["figure"]}


@cache
def parts():
    """Return {id: Definition} of the parts that only the dashboard draws: where needs stand, how old they are."""
    return {row["id"]: Definition(**row) for row in _file()["part"]}


def definition(id_):
    """Return one Definition by id, figure or part. Raises KeyError for an unknown one."""
    return definitions().get(id_) or parts()[id_]


@cache
def state_sets():
    """Return the named sets of states that `where.state` may point to."""
    return {name: tuple(states) for name, states in _file()["states"].items()}


@cache
def _file():
    return tomllib.loads(Path(__file__).with_name("needs.toml").read_text())


def percent(n, total, *, rounding="half_up", places=2):
    """Show n of total as a percentage by the rule, or '—' of nothing: 131.13 of 261.65 truncated is 50.11 %."""
    if not total:
        return "—"
    share = Decimal(n) * 100 / Decimal(total)
    return f"{share.quantize(Decimal(1).scaleb(-places), rounding=ROUNDING[rounding])}%"


def shown(n, total=None):
    """Show a figure as n or n/N."""
    return f"{n:,}".replace(",", "") if total is None else f"{n}/{total}"
