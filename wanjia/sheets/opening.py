"""What a file is, by its first bytes, and the right reader for it. Runs in the child process only."""

import re

from . import csvtext
from .cells import merged_down, more_rows_than, read_rows
from .limits import Reject
from .package import SharedStrings, refuse_macros, styles_of, workbook
from .table import PREVIEW, Table
from .zipguard import Guarded

FOREIGN = (
    (b"%PDF", "PDF"), (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"), (b"\x7fELF", "ELF"), (b"MZ", "EXE"),
    (b"Rar!", "RAR"), (b"7z\xbc\xaf", "7z"), (b"\x1f\x8b", "gzip"), (b"{\\rtf", "RTF"), (b"BZh", "bzip2"), (b"\xfd7zXZ", "xz"),
    (b"RIFF", "RIFF"), (b"SQLite format", "SQLite"), (b"\xca\xfe\xba\xbe", "Java"),
)  # fmt: skip
OLD_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08")
HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|meta|table|style|script|body|div)\b", re.I | re.S)
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
RESULT_SHEET = "导入结果"  # our own summary in a workbook that comes back corrected


class Enough(Exception):
    """The preview has seen what it needs."""


def suffix_of(upload_name):
    """Suffix in lower case, or "" when the name holds invisible characters: then only the content is believed."""
    return "" if UNSEEN.search(upload_name) or "." not in upload_name else upload_name.rsplit(".", 1)[-1].lower()


def open_table(stream, job, limits, template, emit):
    """Read the table out of a seekable binary stream. Returns the facts of the sheet as a dict; emits each row. Reject."""
    head = stream.read(4096)
    suffix = suffix_of(job["upload_name"])
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        guarded = Guarded(stream, limits, suffix)
        if suffix in ("csv", "txt", "tsv"):
            raise Reject("file.type_mismatch", "XLSX")
        return _open_workbook(guarded, job, limits, template, emit)
    stream.seek(0)
    data = stream.read()
    _refuse_foreign(head, data)
    if not data.strip():
        raise Reject("file.empty")
    if suffix in ("xlsx", "xlsm", "xls", "et"):
        raise Reject("file.type_mismatch", "CSV")
    return _open_text(csvtext.decode(data), job, limits, template, emit)


def _refuse_foreign(head, data):
    if head[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        locked = any(name.encode("utf-16-le") in data for name in ("EncryptedPackage", "EncryptionInfo"))
        raise Reject("file.encrypted" if locked else "file.old_format", "XLS/ET")
    for magic, name in FOREIGN:
        if head.startswith(magic):
            raise Reject("file.not_spreadsheet", name)
    plain = head.removeprefix(b"\xef\xbb\xbf")
    if plain[:2] in (b"\xff\xfe", b"\xfe\xff"):
        plain = plain.decode("utf-16", "ignore").encode()
    if b"urn:schemas-microsoft-com:office:spreadsheet" in plain and plain.lstrip().startswith(b"<?xml"):
        raise Reject("file.old_format", "XML 2003")
    if b"urn:oasis:names:tc:opendocument" in plain and plain.lstrip().startswith(b"<?xml"):
        raise Reject("file.old_format", "OpenDocument")
    if HTML.match(plain) or (plain[:13].lower() == b"mime-version:" and b"text/html" in plain) or (plain.lstrip()[:5] == b"<?xml" and b"<html" in plain.lower()):
        raise Reject("file.html_as_xls")
    if plain.lstrip().startswith(b"<?xml"):
        raise Reject("file.not_spreadsheet", "XML")
    if any(head.startswith(m) for m in OLD_BIFF) or b"mso-application" in plain:
        raise Reject("file.old_format", "XLS")
    strange = sum(b < 9 or 13 < b < 32 for b in head) - head.count(0)
    if strange * 20 > len(head) and head[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise Reject("file.not_spreadsheet", "?")


# text tables


def _open_text(text, job, limits, template, emit):
    hint, text = csvtext.split_hint(text)
    if not text.strip("\r\n\t ,;|\""):
        raise Reject("file.empty")
    if csvtext.looks_like_mail(text):
        raise Reject("file.header_unknown", text.lstrip().splitlines()[0][:60])
    delimiter = hint or _best_delimiter(text, limits, template, job["remembered"])
    table = Table(template, limits, emit, job["remembered"])
    for row, width in csvtext.records(text, delimiter, limits):
        table.take(row, width)
    table.finish()
    return _facts("", table, epoch=False)


def _best_delimiter(text, limits, template, remembered):
    """The delimiter under which a header is found; else the most telling refusal is raised."""
    refusals = []
    for delimiter in csvtext.delimiters(text):
        table = Table(template, limits, lambda *_: None, remembered)
        try:
            for count, (row, width) in enumerate(csvtext.records(text, delimiter, limits)):
                table.take(row, width)
                if count > PREVIEW or table.header:
                    break
            if table.header is None:
                table.settle()
            return delimiter
        except Reject as refusal:
            refusals.append(refusal)
    raise next((r for r in refusals if r.code != "file.header_unknown"), refusals[0])


# workbooks


def _open_workbook(zip_, job, limits, template, emit):
    zip_.refuse_dtd()
    refuse_macros(zip_)
    sheets, epoch, parts = workbook(zip_)
    strings = SharedStrings(zip_, parts.get("sharedStrings"))
    styles = styles_of(zip_, parts.get("styles"), epoch)
    book = _Book(zip_, strings, styles, limits, template, job["remembered"])
    sheet, notes = book.choose(sheets, job["sheet"])
    table = Table(template, limits, emit, job["remembered"], book.merges(sheet))
    book.read(sheet, table)
    if zip_.outside():
        notes.append(("warn.file.external_parts_ignored", 0, ""))
    if zip_.pictures():
        notes.append(("warn.file.pictures_ignored", 0, ""))
    table.notes[:0] = notes
    return _facts(sheet.name, table, epoch)


class _Book:
    """The sheets of one workbook and the choice among them."""

    def __init__(self, zip_, strings, styles, limits, template, remembered):
        self.zip, self.strings, self.styles = zip_, strings, styles
        self.limits, self.template, self.remembered = limits, template, remembered
        self.known_merges = {}

    def read(self, sheet, table):
        """Read a sheet into a table. A part with a bomb's ratio is refused whole, unless the row limit speaks first."""
        try:
            read_rows(self.zip, sheet.part, self.strings, self.styles, table.take)
            table.finish()
        except Reject as refusal:
            if refusal.code == "file.xml_dtd":
                raise
            if refusal.code != "file.corrupt_xlsx" and more_rows_than(self.limits.rows, self.zip, sheet.part):
                raise Reject("file.too_many_rows", self.limits.rows) from None
            raise Reject("file.zip_ratio") if self.zip.suspicious(sheet.part) else refusal from None
        if self.zip.suspicious(sheet.part):
            raise Reject("file.zip_ratio")

    def merges(self, sheet):
        if self.zip.suspicious(sheet.part):
            return {}
        if sheet.part not in self.known_merges:
            self.known_merges[sheet.part] = merged_down(self.zip, sheet.part)
        return self.known_merges[sheet.part]

    def choose(self, sheets, wanted):
        """(sheet, notes): the one visible sheet that fits the template, or the wanted one. Reject when none or several fit."""
        visible = [s for s in sheets if s.state == "visible" and s.name != RESULT_SHEET]
        notes = [("warn.sheet.hidden_ignored", 0, s.name[:60]) for s in sheets if s.state != "visible" and self._holds_anything(s)]
        verdicts = {s.name: self._verdict(s) for s in visible}
        if wanted is not None and wanted in verdicts:
            return next(s for s in visible if s.name == wanted), notes
        full = [s for s in visible if getattr(verdicts[s.name], "code", "") != "file.empty"]
        fits = [s for s in full if verdicts[s.name] is None]
        if len(fits) > 1:
            raise Reject("file.sheet_ambiguous", "、".join(s.name[:40] for s in fits))
        if not fits:
            raise _most_telling([verdicts[s.name] for s in full])
        if len(full) > 1:
            notes.append(("warn.sheet.chosen", 0, fits[0].name[:60]))
        return fits[0], notes

    def _verdict(self, sheet):
        """None when the sheet fits, else the Reject that says why not. Damage is raised at once."""
        table = Table(self.template, self.limits, _stop, self.remembered, self.merges(sheet))
        try:
            self.read(sheet, table)
        except Enough:
            return None
        except Reject as refusal:
            if refusal.code in ("file.corrupt_xlsx", "file.xml_dtd", "file.zip_ratio", "file.too_many_rows"):
                raise
            return refusal
        return None

    def _holds_anything(self, sheet):
        try:
            read_rows(self.zip, sheet.part, self.strings, self.styles, _stop)
        except Enough:
            return True
        return False


def _stop(*_):
    raise Enough


def _most_telling(refusals):
    if not refusals:
        return Reject("file.empty")
    return next((r for r in refusals if r.code != "file.header_unknown"), refusals[0])


def _facts(name, table, epoch):
    header = table.header
    return {
        "sheet": name,
        "header_row": header.number,
        "columns": [[column, name, header.texts.get(column, name)] for column, name in table.known.items()],
        "mapping": header.mapping,
        "dropped": [[text, column] for column, text in table.dropped().items()],
        "epoch1904": epoch,
        "rows": table.rows,
        "blank_rows": table.blank,
        "notes": table.notes,
    }
