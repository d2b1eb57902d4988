"""Many rows of one table, column by column, as each database takes them fastest: PostgreSQL's binary COPY, made without a loop over rows; for
SQLite a small database in memory, whose rows go over by one statement each table.

Nothing here knows what the columns mean.
"""

import sqlite3
import struct
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

SIGNATURE = b"PGCOPY\n\xff\r\n\0" + struct.pack(">ii", 0, 0)
TRAILER = struct.pack(">h", -1)
EPOCH_2000 = 10_957  # days from 1970-01-01, from which numpy counts, to 2000-01-01, from which PostgreSQL does
WIDTHS = {"uuid": 16, "bool": 1, "int2": 2, "int4": 4, "int8": 8, "date": 4}
DTYPES = {"int2": ">i2", "int4": ">i4", "int8": ">i8", "date": ">i4"}


@dataclass(frozen=True)
class Col:
    """One column. kind: uuid, bool, int2, int4, int8, date, text or bytea.

    values: uuid uint8 of shape (n, 16) · numbers and bool (n,) · date int32 days since 1970-01-01 (n,) · text and bytea a pyarrow array.
    there: bool (n,), where there is a value; None: everywhere.
    """

    name: str
    kind: str
    values: Any
    there: Any = None


@dataclass(frozen=True)
class Same:
    """One column that says the same in every row of a batch. copied: its bytes for COPY, None for NULL; bound: the value that SQLite binds."""

    name: str
    copied: bytes | None
    bound: Any


def copied(columns, n):
    """Return the binary COPY stream of n rows: header, rows, trailer."""
    pieces, fixed = [], [np.frombuffer(struct.pack(">h", len(columns)), np.uint8)]

    def flush():
        if not fixed:
            return
        width = sum(part.shape[-1] for part in fixed)
        matrix = np.empty((n, width), np.uint8)
        at = 0
        for part in fixed:
            matrix[:, at : at + part.shape[-1]] = part
            at += part.shape[-1]
        pieces.append(_binary(matrix.reshape(-1), np.arange(0, n * width + 1, width, dtype=np.int64)))
        fixed.clear()

    for column in columns:
        if isinstance(column, Same):
            body = b"" if column.copied is None else column.copied
            fixed.append(np.frombuffer(struct.pack(">i", -1 if column.copied is None else len(body)) + body, np.uint8))
        elif column.kind in WIDTHS:
            cells = _fixed_cells(column, n)
            if column.there is None:
                fixed.append(cells)
                continue
            flush()
            cells[~column.there, :4] = 255  # a length of -1: NULL
            keep = np.zeros(cells.shape, bool)
            keep[:, :4] = True
            keep[:, 4:] = column.there[:, None]
            ends = np.concatenate([[0], np.cumsum(4 + WIDTHS[column.kind] * column.there.astype(np.int64))])
            pieces.append(_binary(cells[keep], ends))
        else:
            values, lengths = _varied(column)
            fixed.append(lengths.astype(">i4").view(np.uint8).reshape(n, 4))
            flush()
            pieces.append(values)
    flush()
    rows = pc.binary_join_element_wise(*pieces, pa.scalar(b"", pa.large_binary())) if len(pieces) > 1 else pieces[0]
    offsets = np.frombuffer(rows.buffers()[1], np.int64, n + 1, rows.offset * 8)
    return b"".join((SIGNATURE, memoryview(rows.buffers()[2])[int(offsets[0]) : int(offsets[-1])] if n else b"", TRAILER))


def _binary(flat, offsets):
    flat = np.ascontiguousarray(flat)
    return pa.LargeBinaryArray.from_buffers(pa.large_binary(), len(offsets) - 1, [None, pa.py_buffer(np.ascontiguousarray(offsets, np.int64)), pa.py_buffer(flat)])


def _fixed_cells(column, n):
    width = WIDTHS[column.kind]
    cells = np.empty((n, 4 + width), np.uint8)
    cells[:, :4] = np.frombuffer(struct.pack(">i", width), np.uint8)
    if column.kind == "uuid":
        cells[:, 4:] = column.values
    elif column.kind == "bool":
        cells[:, 4] = column.values
    else:
        values = column.values - EPOCH_2000 if column.kind == "date" else column.values
        cells[:, 4:] = np.ascontiguousarray(values.astype(DTYPES[column.kind])).view(np.uint8).reshape(n, width)
    return cells


def _varied(column):
    """Return (LargeBinary array without nulls, lengths with -1 for NULL) of a text or bytea column."""
    values = column.values.cast(pa.large_binary()) if column.kind == "bytea" else column.values.cast(pa.large_string()).cast(pa.large_binary())
    if column.there is not None:
        values = pc.if_else(pa.array(column.there), values, pa.scalar(b"", pa.large_binary()))
    lengths = pc.binary_length(values).to_numpy(zero_copy_only=False)
    return values, lengths if column.there is None else np.where(column.there, lengths, -1)


def boxed(tables):
    """Return the bytes of a SQLite database with these tables' rows. tables: {name: (columns, n)}; those that say the same are left out."""
    box = sqlite3.connect(":memory:", isolation_level=None)
    box.execute("PRAGMA journal_mode=OFF")
    box.execute("BEGIN")
    for name, (columns, _n) in tables.items():
        kept = [column for column in columns if isinstance(column, Col)]
        names = ", ".join(f'"{column.name}"' for column in kept)
        box.execute(f"CREATE TABLE {name} ({names})")
        box.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(kept))})", zip(*map(_listed, kept), strict=True))
    box.execute("COMMIT")
    body = box.serialize()
    box.close()
    return body


def moved(name, columns):
    """Return (statement, parameters) that moves the rows of `boxed` over from a database attached as `part`."""
    names = ", ".join(f'"{column.name}"' for column in columns)
    told = ", ".join("?" if isinstance(column, Same) else f'"{column.name}"' for column in columns)
    return f"INSERT INTO main.{name} ({names}) SELECT {told} FROM part.{name} ORDER BY rowid", [c.bound for c in columns if isinstance(c, Same)]


def _listed(column):
    if column.kind == "uuid":
        text = np.ascontiguousarray(column.values).tobytes().hex()
        found = [text[at : at + 32] for at in range(0, len(text), 32)]
    elif column.kind == "date":
        found = column.values.astype("datetime64[D]").astype(str).tolist()
    elif column.kind in ("text", "bytea"):
        found = column.values.to_pylist()
    else:
        found = column.values.tolist()
    if column.there is None:
        return found
    return [value if there else None for value, there in zip(found, column.there.tolist(), strict=True)]
