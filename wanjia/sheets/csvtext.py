"""Text tables: the bytes are decoded strictly or refused with the line, never with errors="replace".

Order: byte order mark, NUL bytes, UTF-8, GB18030 (which holds GBK and GB2312). Records follow RFC 4180; a record is one
sheet row, however many physical lines its quotes span.
"""

import csv
import io
import re

from .cells import Row, picture_or
from .limits import Reject

ASCII = bytes(range(128))
DELIMITERS = ",;\t|"
BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
MAIL_HEADER = re.compile(r"(?:MIME-Version|Content-[A-Za-z-]+|From|To|Subject|Date|Received|Return-Path|Message-ID)\s*:", re.I)
GUARDED = "=+-@\t\r＝＋－＠'"
TEXT_MARK = re.compile(r'="((?:[^"]|"")*)"')


def decode(data):
    """The text of a file, or Reject: encoding_unknown, encoding_bad_byte, encoding_mixed, truncated, control_chars."""
    if data[:4] in (b"\xff\xfe\0\0", b"\0\0\xfe\xff"):
        raise Reject("file.encoding_unknown")
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _refuse_control(_strict(data[len(bom):], encoding))
    zeros = data.count(0)
    if zeros > len(data) // 8 and len(data) > 7:
        raise Reject("file.encoding_unknown")
    if zeros:
        raise Reject("file.control_chars", _line(data, data.index(0)))
    try:
        return _refuse_control(data.decode("utf-8"))
    except UnicodeDecodeError as utf8:
        return _refuse_control(_not_utf8(data, utf8))


def _strict(data, encoding):
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as fault:
        if encoding == "utf-8" and (place := _second_encoding(data)):
            raise Reject("file.encoding_mixed", place) from None
        if _cut_off(data, fault):
            raise Reject("file.truncated") from None
        raise Reject("file.encoding_bad_byte", _line(data, fault.start, encoding)) from None


def _not_utf8(data, utf8):
    """Text of bytes that are not UTF-8: GB18030, or a verdict on what went wrong."""
    if _utf8_share(data) > 0.5:
        if place := _second_encoding(data):
            raise Reject("file.encoding_mixed", place)
        raise Reject("file.truncated" if _cut_off(data, utf8) else "file.encoding_bad_byte", _line(data, utf8.start))
    if place := _second_encoding(data):
        raise Reject("file.encoding_mixed", place)
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError as fault:
        if _cut_off(data, fault):
            raise Reject("file.truncated") from None
        good = data.decode("gb18030", "ignore")
        if 2 * len(re.findall(r"[\u4e00-\u9fff]", good)) > len(re.findall(r"[^\x00-\x7f]", good)):
            raise Reject("file.encoding_bad_byte", _line(data, fault.start)) from None
        raise Reject("file.encoding_unknown") from None


def _cut_off(data, fault):
    return fault.end >= len(data) and len(data) - fault.start < 4 and ("incomplete" in fault.reason or "unexpected end" in fault.reason or "truncated" in fault.reason)


def _utf8_share(data):
    """Share of the non-ASCII bytes that stand in whole UTF-8 characters."""
    high = len(data.translate(None, ASCII))
    return len(data.decode("utf-8", "ignore").encode().translate(None, ASCII)) / high if high else 1.0


def _second_encoding(data):
    """Line at which UTF-8 turns to GB18030 or back, or 0. One odd byte in a line of good characters is damage, not a change."""
    kinds = set()
    for number, line in enumerate(data.split(b"\n"), 1):
        if line.isascii():
            continue
        share = _utf8_share(line)
        kind = "utf-8" if share == 1.0 else "gb18030" if share < 0.5 and _decodes(line) else None
        if kind and kinds and kind not in kinds:
            return number
        if kind:
            kinds.add(kind)
    return 0


def _decodes(line):
    try:
        return bool(line.decode("gb18030"))
    except UnicodeDecodeError:
        return False


def _line(data, position, encoding="utf-8"):
    newline = "\n".encode(encoding)
    return data[:position].count(newline) + 1


def _refuse_control(text):
    text = text.rstrip("\x1a")  # the end mark of DOS
    if found := CONTROL.search(text):
        raise Reject("file.control_chars", text.count("\n", 0, found.start()) + 1)
    return text


def split_hint(text):
    """(delimiter or None, text behind it) of Excel's `sep=;` line, which is no row of the sheet."""
    match = re.match(r'"?sep=(.)"?\r?\n', text, re.I)
    return (match[1], text[match.end():]) if match else (None, text)


def records(text, delimiter, limits):
    """Row after row of a text table, without the marks by which programs keep a cell as text. Reject on loose quotes."""
    if '="' in text:
        text = _quoted(text, delimiter)
    csv.field_size_limit(max(limits.cell_chars * 50, 131072))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = begun = 0
    try:
        while True:
            begun = reader.line_num + 1
            cells = next(reader)
            number += 1
            filled = {i: picture_or(bare) for i, c in enumerate(cells) if c and (bare := _unmarked(c))}
            yield Row(number, filled), len(cells)
    except StopIteration:
        return
    except csv.Error:
        raise Reject("file.csv_quote", begun) from None


def _quoted(text, delimiter):
    """The text with each field written ="…" as a quoted field, so that a comma or line end within stays within."""
    edge = re.escape(delimiter)
    return re.sub(rf'(?:(?<={edge})|(?<=\n)|\A)=("(?:[^"]|"")*")(?={edge}|\r?\n|\Z)', r"\1", text)


def _unmarked(text):
    """A field without the marks that keep it text: ="…", Excel's apostrophe, the guard of our own exports.

    An apostrophe that another one answers is a quotation and stays.
    """
    if wrapped := TEXT_MARK.fullmatch(text):
        return wrapped[1].replace('""', '"')
    if text[0] == "'" and len(text) > 1 and (text[1] in GUARDED or not text.endswith("'")):
        return text[1:]
    return text


def delimiters(text):
    """Delimiters to try, the most frequent in the first lines first."""
    head = "\n".join(text.splitlines()[:20])
    return sorted(DELIMITERS, key=lambda d: -head.count(d))


def looks_like_mail(text):
    """Whether the first line is a mail or HTTP header: a saved message, not a table."""
    return bool(MAIL_HEADER.match(text.lstrip()))
