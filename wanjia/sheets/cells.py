"""Cells of one XLSX sheet, row by row, from expat events: nothing is kept but the row at hand.

A cell is a plain string, or a `Cell`: kind "n" number as written, "d" number under a date style, "b" bool, "e" error value,
"s" text out of a formula, "p" a picture put into the cell. Formulas are noted, never kept, never computed.
"""

import re
from math import isfinite
from typing import NamedTuple

from .limits import Reject
from .package import parse, unescape
from .straight import CELL, past_plain_rows

MERGE = re.compile(rb"mergeCell\s+ref\s*=\s*[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']")
RICH_PICTURES = "xl/richData/richValueRel.xml"  # Excel's "place in cell": an error value that points here
LAST_ROW, LAST_COLUMN, LONGEST_CELL = 1_048_576, 16_384, 100_000  # Excel's own: 32,767 characters


# A picture within a cell is a formula to WPS (DISPIMG) and to Excel (IMAGE); other programs keep the formula as text.
PICTURE = re.compile(r"\s*=?\s*(?:_xlfn\.|_xlws\.|of:)*(?:DISPIMG|IMAGE)\s*\(", re.I)
PICTURE_AS_TEXT = re.compile(r"\s*=\s*(?:(?:_xlfn\.)*DISPIMG|(?:_xlfn\.)+IMAGE)\s*\(.*\)\s*", re.I | re.S)


class Cell(NamedTuple):
    """shown: what a number's format makes of it where that is more than the number: 000815, 2026-11-02, 1970-03."""

    kind: str
    text: str
    formula: bool = False
    shown: str = ""


class Row(NamedTuple):
    """number: sheet row from 1; cells: {column from 0: str or Cell}, blanks left out; hidden: hidden or filtered."""

    number: int
    cells: dict
    hidden: bool = False


def column_of(letters):
    """Column from 0 of its letters: A → 0."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    if not (letters.isascii() and letters.isupper() and 0 < index <= LAST_COLUMN):
        raise Reject("file.corrupt_xlsx")
    return index - 1


def letters_of(column):
    """Letters of a column from 0: 0 → A."""
    text, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


COLUMNS = {letters_of(column): column for column in range(702)}


def merged_down(zip_, part):
    """{(row, column) of a merged block's head: last row} for blocks of several rows.

    Merges stand behind the cells, so the part is inflated once beforehand; at most 100,000 blocks are heard.
    """
    blocks, tail = {}, b""
    for chunk in zip_.chunks(part):
        for match in MERGE.finditer(tail + chunk):
            left, top, _right, bottom = match.groups()
            if int(bottom) > int(top) and len(blocks) < 100_000:
                blocks[int(top), column_of(left.decode())] = int(bottom)
        tail = chunk[-80:]
    return blocks


def more_rows_than(most, zip_, part):
    """Whether the part opens more than `most` rows, told from the bytes alone: for sheets that are refused anyway."""
    count, tail = 0, b""
    for chunk in zip_.chunks(part):
        count += (tail + chunk).count(b"<row")
        if count > most:
            return True
        tail = chunk[-3:]
    return False


def picture_or(text):
    """The text of a cell, or the picture that it stands for."""
    return Cell("p", "") if text and text[0] in "= " and PICTURE_AS_TEXT.fullmatch(text) else text


def read_rows(zip_, part, strings, styles, take):
    """Call take(Row) for each row of the part that holds anything, in order. Reject on any damage."""
    reader = SheetReader(strings, styles, take, zip_.has(RICH_PICTURES))
    parse(past_plain_rows(zip_.chunks(part), reader), reader.start, reader.end, reader.text)
    if not reader.saw_data:
        raise Reject("file.corrupt_xlsx")


class SheetReader:
    """State between expat events. `collect` is the list that text goes to, or None. Plain rows come whole (straight.py)."""

    def __init__(self, strings, styles, take, rich_pictures=False):
        self.strings, self.styles, self.take, self.rich_pictures = strings, styles, take, rich_pictures
        self.row = self.column = 0
        self.cells, self.hidden, self.saw_data = {}, False, False
        self.collect, self.value, self.inline = None, None, []
        self.type, self.style, self.formula, self.phonetic, self.length = "n", "0", None, 0, 0
        self.rich = False

    def start(self, tag, attrs):
        """Called some millions of times: the order of the questions is the order of their frequency."""
        if tag == "c":
            self._start_cell(attrs)
        elif tag == "v":
            self.collect = self.value = []
        elif tag == "t":
            self.collect = None if self.phonetic else self.inline
        elif tag == "f":
            self.collect = self.formula = []
        elif tag == "row":
            self._start_row(attrs)
        elif tag == "rPh":
            self.phonetic += 1
        elif tag == "sheetData":
            self.saw_data = True

    def plain_row(self, attrs, text, pos):
        """Take the row whose cells begin at `pos` of its text; False, and nothing is changed, when they are not all plain and in order."""
        number, cells, column = int(attrs.get("r", self.row + 1)), {}, 0
        if not self.row < number <= LAST_ROW:
            return False
        digits = str(number)
        for match in CELL.finditer(text, pos):
            letters, row, style, kind, value, inline = match.groups()
            if letters:
                place = COLUMNS.get(letters, -1)
                if place < column or row != digits:
                    return False
                column = place
            told = (inline if kind == "inlineStr" else value) or ""
            if match.start() != pos or len(told) > LONGEST_CELL or column >= LAST_COLUMN:
                return False
            if told:
                cell = self._told(kind, told)
                if cell is None:
                    self.rich = False
                    cell = self._plain(kind or "n", style or "0", told, False)
                if cell:
                    cells[column] = cell
            pos, column = match.end(), column + 1
        if text[pos:] != "</row>":
            return False
        self.row = number
        if cells:
            self.take(Row(number, cells, attrs.get("hidden") in ("1", "true")))
        return True

    def _start_row(self, attrs):
        number = int(attrs["r"]) if "r" in attrs else self.row + 1
        if not self.row < number <= LAST_ROW:
            raise Reject("file.corrupt_xlsx")
        self.row, self.column, self.cells, self.digits = number, 0, {}, str(number)
        self.hidden = attrs.get("hidden") in ("1", "true")

    def _start_cell(self, attrs):
        place = attrs.get("r")
        if place:
            column = COLUMNS.get(place[:-len(self.digits)]) if place.endswith(self.digits) else None
            if column is None or column < self.column:
                column = self._odd_place(place)
            self.column = column
        elif self.column >= LAST_COLUMN:
            raise Reject("file.corrupt_xlsx")
        self.type, self.style = attrs.get("t", "n"), attrs.get("s", "0")
        self.value, self.formula, self.length, self.rich = None, None, 0, "vm" in attrs
        if self.inline:
            self.inline = []

    def _odd_place(self, place):
        """Column of a reference that the short way did not understand; Reject when it goes back or speaks of another row."""
        letters = place.rstrip("0123456789")
        column = column_of(letters)
        if place[len(letters):] != self.digits or column < self.column:
            raise Reject("file.corrupt_xlsx")
        return column

    def text(self, data):
        if self.collect is not None:
            self.collect.append(data)
            self.length += len(data)
            if self.length > LONGEST_CELL:
                raise Reject("file.corrupt_xlsx")

    def end(self, tag):
        if tag in ("v", "t", "f"):
            self.collect = None
        elif tag == "c":
            cell = self._cell()
            if cell is not None and cell != "":
                self.cells[self.column] = cell
            self.column += 1
        elif tag == "row":
            if self.cells:
                self.take(Row(self.row, self.cells, self.hidden))
        elif tag == "rPh":
            self.phonetic -= 1

    def _cell(self):
        kind, formula = self.type, self.formula is not None
        text = "".join(self.value) if self.value else ""
        if formula and PICTURE.match("".join(self.formula)):
            return Cell("p", "")
        told = self._told(kind, "".join(self.inline) if kind == "inlineStr" else text)
        if told is None:
            return self._plain(kind, self.style, text, formula)
        return Cell("s", told, True) if formula and isinstance(told, str) else told

    def _told(self, kind, text):
        """What a cell of text says; None for a cell of another kind."""
        if kind == "s":
            text = self.strings[int(text)] if text else ""
        elif kind == "inlineStr" or kind == "str":
            text = unescape(text) if "_x" in text else text
        else:
            return None
        return picture_or(text)

    def _plain(self, kind, style, text, formula):
        if kind == "e" and self.rich and self.rich_pictures:
            return Cell("p", "")
        if not text:
            return Cell("n", "", True) if formula else None
        if kind == "b" or kind == "e":
            return Cell(kind, text, formula)
        if kind == "d":
            return Cell("s", text, True) if formula else text
        if not isfinite(float(text)):  # a ValueError here means damage, and becomes one verdict in parse()
            raise ValueError(text)
        kind, shown = self.styles.read(int(style), text)
        return Cell(kind, text, formula, shown)
