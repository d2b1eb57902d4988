"""Ten kinds of faults, put into an invented county's table: each at a row of its own, each found by the row judge under the code named here."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl

from wanjia.policy.identity import CHECK_CHARS

from .margins import apportion
from .people import HEAD
from .rows import PREFIXES, with_check


@dataclass(frozen=True)
class Fault:
    """code: what the row judge says of it. column: whose cell is faulty. where: (County) → rows that can have it.
    spoil: (text of the cell, text of the row above, n) → the faulty text. above: whether the row above must be sound."""

    code: str
    column: str
    spoil: Callable
    where: Callable = lambda county: np.ones(len(county), dtype=bool)
    above: bool = False


def _other_check(number, _above, _n):
    return number[:17] + CHECK_CHARS[(CHECK_CHARS.index(number[17]) + 3) % 11]


def _child(number, _above, n):
    """A number of somebody born in 2015, of the same sex, as no other."""
    day, sequence = np.datetime64("2015-01-01") + n // 450 % 365, n % 450 * 2 + 2 - int(number[16]) % 2
    return with_check(np.array([int(f"{PREFIXES[n // 164_250 % len(PREFIXES)]}{str(day).replace('-', '')}{sequence:03d}")]))[0]


def _runs(county):
    return (county.place >= 0) & ~county.is_back


def _second(county):
    """Rows that are not the first of their home."""
    return np.r_[False, county.home[1:] == county.home[:-1]]


FAULTS = (
    Fault("id.checksum", "身份证号", _other_check),
    Fault("id.missing", "身份证号", lambda *_: ""),
    Fault("id.length", "身份证号", lambda number, *_: number[:17]),
    Fault("labour.too_young", "身份证号", _child, lambda county: county.place < 0),
    Fault("name.masked", "姓名", lambda name, *_: name[0] + "*" * (len(name) - 1)),
    Fault("village.unknown", "村(社区)", lambda *_: "没有这个村"),
    Fault("work.day_missing", "外出时间", lambda *_: "", _runs),
    Fault("work.organised_unproven", "佐证", lambda *_: "自报", lambda county: county.way >= 2),
    Fault("household.two_heads", "与户主关系", lambda *_: "户主", lambda county: _second(county) & (county.relation != HEAD)),
    # A number twice: the one of the row above, in the same home and of the same sex, so that it says one thing and not two.
    Fault("dup.", "身份证号", lambda _own, above, _n: above, lambda county: _second(county) & np.r_[False, county.is_man[1:] == county.is_man[:-1]], True),
)


def counts_for(plan, share):
    """Return the array (county, fault) of how many rows are to be spoilt."""
    kinds = apportion(round(plan.counts["people"] * share), np.ones(len(FAULTS)))
    people = plan.people.sum(axis=1)
    return np.stack([apportion(n, people, most=people) for n in kinds], axis=1)


def spoil(table, county, wanted, seed):
    """Return (the table with faults, {code: rows spoilt}). Where a small county has too few rows for a kind, it gets fewer."""
    if not wanted.sum():
        return table, {}
    draw = np.random.default_rng([seed, 2000, county.first])
    free, told, columns = np.ones(len(county), dtype=bool), {}, {}
    for fault, n in sorted(zip(FAULTS, wanted, strict=True), key=lambda one: not one[0].above):
        can = fault.where(county) & free
        if fault.above:
            can &= np.r_[False, free[:-1]]
        rows = np.sort(draw.permutation(np.flatnonzero(can))[:n])
        if fault.above:  # two in a row would copy a copy
            rows = rows[np.r_[True, np.diff(rows) > 1]]
            free[rows - 1] = False
        free[rows] = False
        told[fault.code] = len(rows)
        column = columns.setdefault(fault.column, table[fault.column].clone())
        own, above = column.gather(rows).to_list(), column.gather(np.maximum(rows - 1, 0)).to_list()
        spoilt = [fault.spoil(*cell, county.first + int(row)) for *cell, row in zip(own, above, rows, strict=True)]
        columns[fault.column] = column.scatter(rows, pl.Series(spoilt, dtype=pl.String)) if len(rows) else column
    return table.with_columns(**columns), told
