"""A file of labourers in parts, as columns: where it may be cut, what stands in each part, and which rows are written so oddly that they are
read one by one as the house reads every table.

A file is gone through once for its digest and the bounds of its parts. Nothing of it is staged anywhere. CSV (UTF-8 or GB18030) falls where a
record ends, Parquet into row groups, a workbook into runs of rows that the house's own reader gives.
"""

import csv
import hashlib
import io
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from wanjia.sheets import csvtext
from wanjia.sheets.cells import Row, picture_or
from wanjia.sheets.limits import LIMITS, Reject
from wanjia.sheets.reading import Rejection, read_file
from wanjia.sheets.table import Table
from wanjia.sheets.template import SKIP

from .columns import ONE_BY_ONE

UNCAPPED = replace(LIMITS, rows=1 << 40, file_mb=1 << 20, inflated_mb=1 << 20, seconds=7200, memory_mb=8192)
BLOCK = 8 << 20
FEW, LEAST = 10_000, 4  # rows of a Parquet file beyond which each takes so many bytes at least: numbers are distinct, a million alike rows are a bomb
NEAR = 1 << 12  # bytes that are looked back to find blank rows before a part
HEAD_BYTES, HEAD_ROWS = 1 << 18, 40
NEWLINE, QUOTE, RETURN = 10, 34, 13
CONTROL = np.zeros(256, bool)
CONTROL[[*range(9), *range(14, 32)]] = True


@dataclass(frozen=True)
class Part:
    """A run of whole rows. first, end: bytes of a CSV, a row group and the next of a Parquet file, rows of a workbook; row: the sheet's number of its
    first row; rows: how many at most."""

    number: int
    first: int
    end: int
    row: int
    rows: int


@dataclass(frozen=True)
class Source:
    """A file that was cut. names: the columns' names from the left, None for one that is not read; header: how the house reads the table's head
    (of a CSV); notes: (code, row, detail) of the file as a whole."""

    path: str
    kind: str
    digest: str
    size: int
    names: tuple
    parts: tuple
    header: Any = None
    encoding: str = "utf-8"
    delimiter: str = ","
    notes: tuple = ()
    sheet: Any = field(default=None, repr=False, compare=False)


@dataclass
class Batch:
    """The rows of one part. numbers: int64 (n,); cells: {column: pyarrow string array, "" for a blank} of the rows that are written plainly.

    odd: [(number, {column: str, Cell or None}, [row codes])] of all others, as the house reads them.
    """

    numbers: Any
    cells: dict
    odd: list


def cut(path, template, rows):
    """Return the Source of a file, cut into parts of about `rows` rows. Raises Reject for one that cannot be read."""
    path = Path(path)
    with open(path, "rb") as file:
        head = file.read(HEAD_BYTES)
    if not head.strip():
        raise Reject("file.empty")
    if head[:4] == b"PAR1":
        return _cut_parquet(path, template, rows)
    if head[:2] == b"PK":
        return _cut_workbook(path, template, rows)
    return _cut_csv(path, template, rows, head)


def digest_of(path):
    """Return the SHA-256 of a file, in hexadecimal."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# CSV


def _cut_csv(path, template, rows, head):
    bom = 3 if head.startswith(b"\xef\xbb\xbf") else 0
    encoding = _encoding(head[bom:], whole=len(head) < HEAD_BYTES)
    text = head[bom : head.rfind(b"\n") + 1 or None].decode(encoding, "ignore")
    hint, _rest = csvtext.split_hint(text)
    if hint is not None:
        raise Reject("file.encoding_unknown")
    delimiter = csvtext.delimiters(text)[0]
    header, at, names, before = _header(text, template, delimiter)
    skipped = bom + len(text[:at].encode(encoding))
    parts, digest, size = _bounds(path, skipped, before, rows)
    return Source(str(path), "csv", digest, size, names, tuple(parts), header, encoding, delimiter)


def _encoding(head, whole):
    try:
        head.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError as fault:
        if not whole and fault.start >= len(head) - 4:
            return "utf-8"
    try:
        head[: head.rfind(b"\n") + 1 or None].decode("gb18030")
        return "gb18030"
    except UnicodeDecodeError:
        raise Reject("file.encoding_unknown") from None


def _header(text, template, delimiter):
    """Return (rows up to the header, where the text behind it begins, names of its columns, its number)."""
    lines = io.StringIO(text, newline="")
    reader, ends, rows = csv.reader(_counting(lines, ends := [0]), delimiter=delimiter), ends, []
    marks = []
    for number, cells in enumerate(reader, 1):
        rows.append((Row(number, {i: c for i, c in enumerate(cells) if c.strip()}), len(cells)))
        marks.append(ends[0])
        if number >= HEAD_ROWS:
            break
    table = Table(template, UNCAPPED, lambda *_row: None)
    table.buffer = [one for one in rows if one[0].cells]
    table.settle()
    number = table.header.number
    width = rows[number - 1][1]
    names = tuple(name if (name := table.header.columns.get(i)) and template.column(name).kind is not SKIP else None for i in range(width))
    return [one for one in rows[:number] if one[0].cells], marks[number - 1], names, number


def _counting(lines, ends):
    """Yield lines, telling in ends[0] where the last one ended."""
    for line in lines:
        ends[0] += len(line)
        yield line


def _bounds(path, skipped, before, rows):
    """Return ([Part], digest, size): one pass over the bytes. A record ends at a line end outside quotes."""
    digest, size, inside, parts = hashlib.sha256(), 0, 0, []
    first, row, count, last = skipped, before + 1, 0, b"\n"
    with open(path, "rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
            offset, size, last = size, size + len(block), block[-1:]
            data = np.frombuffer(block, np.uint8)
            if CONTROL[data].any() and block.rstrip(b"\x1a") and CONTROL[np.frombuffer(block.rstrip(b"\x1a"), np.uint8)].any():
                raise Reject("file.control_chars", row + count)
            ends = np.flatnonzero(data == NEWLINE)
            if (quotes := np.flatnonzero(data == QUOTE)).size:
                ends = ends[(np.searchsorted(quotes, ends) + inside) % 2 == 0]
                inside = (inside + len(quotes)) % 2
            ends = ends[ends + offset >= skipped]
            at = 0
            while count + len(ends) - at >= rows:
                at += rows - count
                end = offset + int(ends[at - 1]) + 1
                parts.append(Part(len(parts), first, end, row, rows))
                first, row, count = end, row + rows, 0
            count += len(ends) - at
    if inside:
        raise Reject("file.csv_quote", row + count)
    if size > first:
        parts.append(Part(len(parts), first, size, row, count + (last != b"\n")))
    if not parts:
        raise Reject("file.no_rows")
    return parts, digest.hexdigest(), size


def _read_csv(source, part, template):
    with open(source.path, "rb") as file:
        file.seek(part.first)
        body = file.read(part.end - part.first).rstrip(b"\x1a")
    try:
        if source.encoding != "utf-8":
            body = body.decode(source.encoding).encode()
        else:
            body.decode("utf-8")
    except UnicodeDecodeError:
        raise Reject("file.encoding_bad_byte", part.row) from None
    if not body.endswith(b"\n"):
        body += b"\n"
    return _split(source, part, template, body, _before(source, part))


def _before(source, part):
    """Return (does a row stand before this part, how many blank ones just before it): what tells a row after a gap."""
    if not part.number:
        return False, 0
    with open(source.path, "rb") as file:
        file.seek(max(part.first - NEAR, 0))
        lines = file.read(min(NEAR, part.first)).split(b"\n")[:-1]
    blanks = next((n for n, line in enumerate(reversed(lines)) if line.strip(b'\r\t "' + source.delimiter.encode())), len(lines))
    return blanks < part.row - source.header[-1][0].number - 1, blanks


def _split(source, part, template, body, before):
    data = np.frombuffer(body, np.uint8)
    ends, seps, odd = np.flatnonzero(data == NEWLINE), np.flatnonzero(data == ord(source.delimiter)), None
    quotes = np.flatnonzero(data == QUOTE)
    if quotes.size:
        ends, seps = _outside(ends, quotes), _outside(seps, quotes)
    starts = np.concatenate([[0], ends[:-1] + 1])
    counts = _counted(seps, starts, ends, len(source.names) - 1)
    odd = counts != len(source.names) - 1
    if quotes.size:
        odd |= _oddly_quoted(data, quotes, starts, ends, ord(source.delimiter))
    odd |= ends - starts <= counts + (data[np.maximum(ends - 1, 0)] == RETURN)  # nothing but separators: a blank row
    after = np.concatenate([[before[1] > 0], odd[:-1]])  # what follows an odd one may be told of a gap
    odd |= after
    numbers = part.row + np.arange(len(ends), dtype=np.int64)
    cells = _columns(source, body, data, starts, ends, ~odd) if not odd.all() else _none(source)
    return Batch(numbers[~odd], cells, _odd(source, template, body, starts, ends, numbers, odd, before))


def _outside(found, quotes):
    """Return those of these ascending places that stand outside quotes: each quote is looked for among the places, and two with nothing between are not."""
    pairs = quotes[: len(quotes) // 2 * 2].reshape(-1, 2)
    edges = np.concatenate([pairs[pairs[:, 1] - pairs[:, 0] > 1].reshape(-1), quotes[len(quotes) // 2 * 2 :]])
    if not edges.size:
        return found
    runs = np.diff(np.concatenate([[0], np.searchsorted(found, edges), [len(found)]]))
    return found[np.repeat(np.arange(len(runs)) % 2 == 0, runs)]


def _counted(seps, starts, ends, right):
    """Return how many separators each record has. In a file without a fault each has as many as the head: that is seen at once."""
    if right and len(seps) == right * len(ends):
        of = seps.reshape(-1, right)
        if (of[:, 0] >= starts).all() and (of[:, -1] <= ends).all():
            return np.full(len(ends), right)
    return np.diff(np.searchsorted(seps, np.concatenate([[0], ends])))


def _oddly_quoted(data, quotes, starts, ends, delimiter):
    """Tell of each record whether a quote stands where no field begins or ends, or is doubled: read with care."""
    opening, closing = quotes[0::2], quotes[1::2]
    edges = np.array([delimiter, NEWLINE, RETURN], np.uint8)
    left = (opening == 0) | np.isin(data[np.maximum(opening - 1, 0)], edges)
    right = np.isin(data[np.minimum(closing + 1, len(data) - 1)], edges)
    bad = np.concatenate([opening[~left], closing[~right]])
    # A line end within quotes is read with care too.
    inner = np.flatnonzero(data == NEWLINE)
    bad = np.concatenate([bad, inner[np.searchsorted(quotes, inner) % 2 == 1]])
    odd = np.zeros(len(ends), bool)
    odd[np.minimum(np.searchsorted(ends, bad), len(ends) - 1)] = True
    return odd


def _none(source):
    return {name: pa.array([], pa.string()) for name in source.names if name}


def _columns(source, body, data, starts, ends, plain):
    if not plain.all():
        body = _kept(body, starts, ends, plain)
    made = [f"{at}" for at in range(len(source.names))]
    kept = [name for name, said in zip(made, source.names, strict=True) if said]
    few = pa.dictionary(pa.int32(), pa.string())  # what is judged once a distinct value comes as distinct values
    kinds = {name: pa.string() if said in ONE_BY_ONE else few for name, said in zip(made, source.names, strict=True)}
    table = pyarrow.csv.read_csv(
        pa.BufferReader(body), read_options=pyarrow.csv.ReadOptions(column_names=made, use_threads=False, block_size=max(len(body), 1 << 20)),
        parse_options=pyarrow.csv.ParseOptions(delimiter=source.delimiter, ignore_empty_lines=False),
        convert_options=pyarrow.csv.ConvertOptions(column_types=kinds, include_columns=kept, strings_can_be_null=False, check_utf8=False),
    )  # fmt: skip  # (that it is UTF-8 was seen when it was read)
    return {source.names[int(name)]: table.column(name).combine_chunks() for name in kept}


def _kept(body, starts, ends, plain):
    """Return the bytes of the plain records: runs of them are cut out whole."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], plain, [False]]).astype(np.int8)))
    view, of = memoryview(body), np.stack([starts[edges[0::2]], ends[edges[1::2] - 1] + 1], axis=1)
    return b"".join([view[a:b] for a, b in of.tolist()])


def _odd(source, template, body, starts, ends, numbers, odd, before):
    """Return [(number, cells, codes)] of odd records, read as the house reads a table."""
    if not odd.any():
        return []
    found, gap = [], before[1] > 0
    table = Table(template, UNCAPPED, lambda number, values, flags: found.append((number, dict(zip(names, values, strict=True)), flags)))
    table.buffer = list(source.header)
    table.settle()
    table.rows, table.last = int(before[0]), int(numbers[0]) - 1 - before[1]
    names = list(table.known.values())
    for at in np.flatnonzero(odd):
        text = body[starts[at] : ends[at] + 1].decode()
        try:
            row, width = next(csvtext.records(text, source.delimiter, UNCAPPED), (Row(1, {}), 0))
        except Reject:
            raise Reject("file.csv_quote", int(numbers[at])) from None
        number, row = int(numbers[at]), row._replace(number=int(numbers[at]))
        if not gap:
            table.last = number - 1
        table.rows = table.rows or int(not odd[:at].all())
        gap = not any(v.__class__ is not str or not v.isspace() for v in row.cells.values())
        table.take(row, width)
    return found


# Parquet


def _cut_parquet(path, template, rows):
    from wanjia.sheets.headers import meaning

    file = pyarrow.parquet.ParquetFile(path)
    if file.metadata.num_rows > max(FEW, path.stat().st_size // LEAST):
        raise Reject("file.zip_ratio")
    names = tuple(name if (name := meaning(text, template)) and template.column(name).kind is not SKIP else None for text in file.schema_arrow.names)
    if lacking := [name for name in template.required if name not in names]:
        raise Reject("file.header_missing", "、".join(lacking))
    parts, row = [], 1
    for group in range(file.num_row_groups):
        count = file.metadata.row_group(group).num_rows
        for start in range(0, count, rows):
            n = min(rows, count - start)
            parts.append(Part(len(parts), group, start, row, n))
            row += n
    if not parts:
        raise Reject("file.no_rows")
    return Source(str(path), "parquet", digest_of(path), path.stat().st_size, names, tuple(parts))


def _read_parquet(source, part):
    file = pyarrow.parquet.ParquetFile(source.path)
    kept = [(text, name) for text, name in zip(file.schema_arrow.names, source.names, strict=True) if name]
    group = file.read_row_group(part.first, [text for text, _name in kept], use_threads=False).slice(part.end, part.rows)
    cells = {name: pc.fill_null(pc.cast(group.column(text).combine_chunks(), pa.string()), "") for text, name in kept}
    return Batch(part.row + np.arange(part.rows, dtype=np.int64), cells, [])


# Workbooks


def _cut_workbook(path, template, rows):
    sheet = read_file(path.read_bytes(), path.name, template, limits=UNCAPPED)
    if isinstance(sheet, Rejection):
        raise Reject(sheet.code, sheet.detail, sheet.sheet)
    count = sheet.row_count
    parts = tuple(Part(n, start, min(start + rows, count), start + 1, min(rows, count - start)) for n, start in enumerate(range(0, count, rows)))
    return Source(str(path), "workbook", digest_of(path), path.stat().st_size, tuple(sheet.columns), parts, notes=sheet.notes, sheet=sheet)


def batches_of(source):
    """Yield the Batch of each part of a workbook, in order: it is read from its beginning."""
    rows, of = iter(source.sheet), list(source.names)
    for part in source.parts:
        numbers, plain, odd = [], [], []
        for number, cells, flags in (next(rows) for _ in range(part.rows)):
            if flags or any(cell is not None and cell.__class__ is not str for cell in cells.values()):
                odd.append((number, cells, flags))
            else:
                numbers.append(number)
                plain.append([cells.get(name) or "" for name in of])
        columns = zip(*plain, strict=True) if plain else [[] for _ in of]
        yield Batch(np.array(numbers, np.int64), {name: pa.array(list(column), pa.string()) for name, column in zip(of, columns, strict=True)}, odd)


def read(source, part, template):
    """Return the Batch of one part of a CSV or Parquet file."""
    return _read_csv(source, part, template) if source.kind == "csv" else _read_parquet(source, part)


def as_read(text):
    """Return a cell of a CSV as the house's reader hands it on: without the marks of other programs; None for a blank."""
    if not text or text.isspace():
        return None
    bare = csvtext._unmarked(text)
    return picture_or(bare) if bare else None
