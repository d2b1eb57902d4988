"""One column of accepted rows as what the register keeps: words, codes, days, numbers; and lists as pyarrow arrays."""

import itertools

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .. import listed


def said(told, name):
    """Return a column's words, "" where it says nothing."""
    if name not in told.few:
        return pa.array([""] * len(told), pa.string())
    index, values, _written = told.few[name]
    return texts_of([value or "" for value in values], index)


def coded(told, name):
    """Return the codes that the register keeps for a column's words, "" where it says nothing."""
    if name not in told.few:
        return pa.array([""] * len(told), pa.string())
    index, values, _written = told.few[name]
    return texts_of([listed.CODES[name].get(value, "") for value in values], index)


def texts_of(values, index):
    return pa.array(values, pa.string()).take(pa.array(index))


def texts(values, index):
    return texts_of([value or "" for value in values], index)


def instead_of(texts, instead):
    return pc.if_else(pc.equal(texts, ""), instead, texts)


def flags(told, name):
    if name not in told.few:
        return np.zeros(len(told), bool)
    index, values, _written = told.few[name]
    return np.array([bool(listed.CODES[name].get(value, False)) for value in values] or [False], bool)[index]


def dates(told, name):
    """Return (days since 1970, where there is one)."""
    if name not in told.few:
        return np.zeros(len(told), np.int32), np.zeros(len(told), bool)
    index, values, _written = told.few[name]
    days = np.array([value or "2000-01-01" for value in values] or ["2000-01-01"], "datetime64[D]").astype(np.int32)
    return days[index], np.array([bool(value) for value in values] or [False], bool)[index]


def whole(told, name):
    """Return (numbers, where there is one) of a column of whole numbers."""
    if name not in told.few:
        return np.zeros(len(told), np.int32), np.zeros(len(told), bool)
    index, values, _written = told.few[name]
    return np.array([int(value or 0) for value in values] or [0], np.int32)[index], np.array([bool(value) for value in values] or [False], bool)[index]


def ymd(told):
    found = np.zeros(len(told), np.int64)
    for at in range(6, 14):
        found = found * 10 + (told.citizen[:, at].astype(np.int64) - 48)
    return found


def days(ymd):
    years, months, days = ymd // 10_000, ymd // 100 % 100, ymd % 100
    first = ((years - 1970) * 12 + months - 1).astype("datetime64[M]").astype("datetime64[D]")
    return (first.astype(np.int64) + days - 1).astype(np.int32)


def last4(told):
    flat = np.ascontiguousarray(told.citizen[:, 14:])
    return pa.StringArray.from_buffers(len(told), pa.py_buffer(np.arange(0, 4 * len(told) + 1, 4, dtype=np.int32)), pa.py_buffer(flat))


def bytes_of(bodies):
    """Return a list of bytes as a pyarrow array, several times faster than pyarrow goes through it."""
    ends = np.zeros(len(bodies) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, bodies), np.int64, len(bodies)), out=ends[1:])
    return pa.LargeBinaryArray.from_buffers(pa.large_binary(), len(bodies), [None, pa.py_buffer(ends), pa.py_buffer(b"".join(bodies))])


def texts_joined(texts):
    """Return a list of ASCII texts as a pyarrow array."""
    ends = np.zeros(len(texts) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)), out=ends[1:])
    return pa.LargeStringArray.from_buffers(len(texts), pa.py_buffer(ends), pa.py_buffer("".join(texts).encode()))


def pieces(texts):
    """Return a pyarrow array of strings, without nulls, as a list of bytes: no text is made of them."""
    if not len(texts):
        return []
    wide = pa.types.is_large_string(texts.type)
    ends = np.frombuffer(texts.buffers()[1], np.int64 if wide else np.int32, len(texts) + 1, texts.offset * (8 if wide else 4)).tolist()
    body = texts.buffers()[2].to_pybytes()
    return [body[a:b] for a, b in itertools.pairwise(ends)]
