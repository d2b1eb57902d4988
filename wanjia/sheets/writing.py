"""Spreadsheets going out: text stays text. No cell of ours can start a formula, no file name can start a path or a header."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

import xlsxwriter

from wanjia.policy.erased import WORD

GUARDED = "=+-@\t\r＝＋－＠'"  # what csvtext takes the apostrophe off again
NAME_CHARS = 120
RESERVED = re.compile(r"(?:CON|PRN|AUX|NUL|COM\d|LPT\d)(?:\.|$)", re.I)
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def guard(text):
    """CSV text made inert: an apostrophe before what a spreadsheet program would run."""
    return "'" + text if text and text[0] in GUARDED else text


def csv_bytes(header, rows):
    """CSV in UTF-8 with byte order mark (Excel and WPS then read Chinese). rows: iterables of str, number or None."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([guard(str(h)) for h in header])
    for row in rows:
        writer.writerow([guard(v) if isinstance(v, str) else "" if v is None else v for v in row])
    return buffer.getvalue().encode("utf-8-sig")


def csv_lines(header, rows, *, title=None):
    """Yield the lines of a CSV in UTF-8 with byte order mark, for a file too big for memory. rows as in csv_bytes."""
    yield "\ufeff".encode()
    for row in ([[title]] if title else []):
        yield _csv_line(row)
    yield _csv_line(header)
    for row in rows:
        yield _csv_line(row)


def _csv_line(row):
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\r\n").writerow([guard(v) if isinstance(v, str) else "" if v is None else v for v in row])
    return buffer.getvalue().encode()


def xlsx_bytes(header, rows, *, sheet="Sheet1", title=None, widths=()):
    """An XLSX whose text cells are string cells whatever they begin with. rows: iterables of str, int, float, Decimal, None.

    title: a line above the header, over all columns. Returns bytes.
    """
    buffer = io.BytesIO()
    write_xlsx(buffer, header, rows, sheet=sheet, title=title, widths=widths)
    return buffer.getvalue()


WRITTEN = datetime(2000, 1, 1)  # the same rows are the same bytes: a workbook says nothing of the second in which it was sent


def write_xlsx(
    file: Any, header: Sequence[Any], rows: Iterable[Any], *, sheet: str = "Sheet1", title: str | None = None, widths: Sequence[float] = (),
    notes: tuple[str, Sequence[Sequence[str]]] | None = None,
) -> None:  # fmt: skip
    """Write what `xlsx_bytes` describes into a binary file, one row in memory at a time. notes: a second sheet of words, its name and its lines."""
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(file, {"constant_memory": True, **plain})
    book.set_properties({"created": WRITTEN})
    page = book.add_worksheet(sheet[:31])
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1})
    text = book.add_format({"num_format": "@"})
    for column, name in enumerate(header):
        page.set_column(column, column, widths[column] if column < len(widths) else max(10, 2 * len(name) + 2))
    top = 0
    if title:
        page.write_string(0, 0, NOT_IN_XML.sub("", title), book.add_format({"bold": True, "font_size": 14}))
        top = 1
    for column, name in enumerate(header):
        page.write_string(top, column, name, bold)
    page.freeze_panes(top + 1, 0)
    for number, row in enumerate(rows, top + 1):
        for column, value in enumerate(row):
            put(page, number, column, value, text)
    if notes:
        _note(book, *notes)
    book.close()


def _note(book: Any, name: str, lines: Sequence[Sequence[str]]) -> None:
    page = book.add_worksheet(name[:31])
    page.set_column(0, 1, 18)
    page.set_column(2, 2, 70)
    for number, line in enumerate(lines):
        for column, words in enumerate(line):
            put(page, number, column, words, None)


def put(page, row, column, value, text_format):
    """One cell of an xlsxwriter sheet; a string is never read as anything but a string."""
    if value is None or value == "":
        return
    if isinstance(value, str):
        page.write_string(row, column, NOT_IN_XML.sub("", value)[:32767], text_format)
    else:
        page.write_number(row, column, value)


def safe_file_name(name: Any, fallback: str = "upload") -> str:
    """A name fit to show, log and send back: last part only, no control, bidi or path signs, at most 120 characters."""
    name = unicodedata.normalize("NFC", str(name)).encode("utf-8", "ignore").decode()
    name = "".join(c for c in name if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
    name = re.split(r"[/\\]", name)[-1]
    name = re.sub(r'[<>:"|?*;]', "_", name).strip(" .") or fallback
    if RESERVED.match(name) or name == WORD:  # what is left of it may be an erasure's own word, and nobody ordered one
        name = "_" + name
    suffix = PurePosixPath(name).suffix[:10]
    return name if len(name) <= NAME_CHARS else name[: NAME_CHARS - len(suffix)] + suffix


def content_disposition(name: Any) -> str:
    """Value of the Content-Disposition header by RFC 6266: an ASCII stand-in and the real name in UTF-8."""
    safe = safe_file_name(name)
    plain = re.sub(r"[^A-Za-z0-9._ -]", "_", safe)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(safe, safe='')}"
