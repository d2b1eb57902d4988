"""Text, list and time columns of a table as codes: whole columns at a time, so that three million rows take seconds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from wanjia.planning.arrays import Array
from wanjia.planning.contract import BadInput

if TYPE_CHECKING:
    import polars as pl


def names_of(table: pl.DataFrame, name: str, column: str, first: Iterable[str] = (), needed: bool = False) -> dict[str, int]:
    """Return a code for each text of a column, in order of the alphabet after those of `first`; needed: none may be empty."""
    if column not in table.columns:
        return {text: code for code, text in enumerate(first)}
    texts = _texts(table, name, column)
    empty = (texts.is_null() | (texts == "")).fill_null(True)
    if needed and empty.any():
        row = int(empty.arg_max() or 0)
        raise BadInput(f"{name}, row {row}, field {column}", f"“{column}”不能为空。", f"{column} must not be empty")
    known = sorted(texts.filter(~empty).unique().to_list())
    return {text: code for code, text in enumerate(dict.fromkeys([*first, *known]))}


def codes_of(table: pl.DataFrame, name: str, column: str, codes: dict[str, int], none: int) -> Array:
    """Return the code of each row's text, `none` where it is empty or has no code: int16 (n,)."""
    if column not in table.columns:
        return np.full(table.height, none, np.int16)
    return _coded(_texts(table, name, column), codes, none)


def lists_of(table: pl.DataFrame, name: str, column: str, codes: dict[str, int]) -> tuple[Array, Array]:
    """Return (start int64 (n + 1,), codes int16) of a list column, each name once; names without a code are left out."""
    start, flat = _exploded(table, name, column, codes)
    return _each_once(start, flat, len(codes) + 1) if len(flat) else (start, flat)


def bits_of(table: pl.DataFrame, name: str, column: str, codes: dict[str, int]) -> Array:
    """Return the names of a list column as bits: int64 (n,)."""
    start, flat = _exploded(table, name, column, codes)
    out = np.zeros(table.height, np.int64)
    some = np.flatnonzero(np.diff(start))
    if len(some):
        out[some] = np.bitwise_or.reduceat(bit(flat), start[:-1][some])
    return out


def bit(codes: Array) -> Array:
    """Return 1 << code, 0 for a code below nought."""
    return np.where(codes < 0, 0, np.int64(1) << np.maximum(codes, 0).astype(np.int64)).astype(np.int64)


def minutes_of(table: pl.DataFrame, name: str, column: str, default: int) -> Array:
    """Return "HH:MM" as minutes since midnight, `default` where empty: int16 (n,)."""
    if column not in table.columns:
        return np.full(table.height, default, np.int16)
    texts = _texts(table, name, column)
    read = {text: _minutes(text) for text in texts.unique().to_list() if text not in (None, "")}
    wrong = [text for text, minutes in read.items() if minutes is None]
    if wrong:
        row = int(texts.is_in(wrong).fill_null(False).arg_max() or 0)
        raise BadInput(
            f"{name}, row {row}, field {column}", f"时间“{texts[row]}”应写成 17:40 的样子。", f"write the time “{texts[row]}” like 17:40"
        )
    return _coded(texts, {text: minutes for text, minutes in read.items() if minutes is not None}, default)


def flags_of(table: pl.DataFrame, name: str, column: str) -> Array:
    """Return a column of true and false, false where empty: bool (n,)."""
    import polars as pl

    if column not in table.columns:
        return np.zeros(table.height, bool)
    flags = table[column]
    if not (flags.dtype in (pl.Boolean, pl.Null) or flags.dtype.is_integer()):
        raise BadInput(f"{name}, field {column}", f"“{column}”应当是真或假。", f"{column} must be true or false")
    return flags.cast(pl.Boolean).fill_null(False).to_numpy().copy()


def _minutes(text: str) -> int | None:
    hours, colon, minutes = text.partition(":")
    if not (colon and hours.isdecimal() and minutes.isdecimal() and int(hours) < 24 and int(minutes) < 60):
        return None
    return int(hours) * 60 + int(minutes)


def _texts(table: pl.DataFrame, name: str, column: str) -> pl.Series:
    import polars as pl

    texts = table[column]
    if texts.dtype.is_nested() or texts.dtype == pl.Binary:
        raise BadInput(f"{name}, field {column}", f"“{column}”应当是文字，每行一个。", f"{column} must be one text a row")
    return texts.dt.to_string("%H:%M") if texts.dtype == pl.Time else texts.cast(pl.String)


def _coded(texts: pl.Series, codes: dict[str, int], none: int) -> Array:
    import polars as pl

    if not codes:
        return np.full(len(texts), none, np.int16)
    found = texts.replace_strict(list(codes), list(codes.values()), default=none, return_dtype=pl.Int16)
    return found.fill_null(none).to_numpy().copy()


def _exploded(table: pl.DataFrame, name: str, column: str, codes: dict[str, int]) -> tuple[Array, Array]:
    """Return (start, codes), -1 for what has no code; no entries at all without the column."""
    import polars as pl

    if column not in table.columns or not codes:
        return np.zeros(table.height + 1, np.int64), np.zeros(0, np.int16)
    lists = table[column]
    if lists.dtype != pl.Null and (not isinstance(lists.dtype, pl.List | pl.Array) or lists.dtype.inner.is_nested()):
        raise BadInput(f"{name}, field {column}", f"“{column}”每行应当是一个列表。", f"{column} must be a list in each row")
    lists = lists.cast(pl.List(pl.String))
    length = lists.list.len().fill_null(0)
    start = np.concatenate([[0], np.cumsum(length.to_numpy(), dtype=np.int64)])
    entries = lists.filter(length > 0).explode()  # an empty list may or may not leave an entry
    return start, _coded(entries, {text: code for text, code in codes.items() if text}, -1)


@njit(cache=True)
def _each_once(start: Array, flat: Array, codes: int) -> tuple[Array, Array]:
    seen = np.full(codes, -1, np.int64)
    kept = np.zeros_like(start)
    out = np.empty_like(flat)
    to = 0
    for i in range(len(start) - 1):
        for k in range(start[i], start[i + 1]):
            code = flat[k]
            if code >= 0 and seen[code] != i:
                seen[code] = i
                out[to] = code
                to += 1
        kept[i + 1] = to
    return kept, out[:to].copy()
