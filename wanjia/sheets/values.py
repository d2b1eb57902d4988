"""One cell → one value: what kind of thing the column holds, and whether this is one.

Every judge takes (cell, column, sheet facts, world) and returns (value or None, code or None, detail). Values are strings;
days are ISO, numbers plain decimals. Here are the kinds of every office: text, note, day, number, choice (a day asks `world.today`).
Others are brought by the app whose columns they are, made of the same pieces.
"""

import re
import unicodedata
from datetime import timedelta
from decimal import Decimal, InvalidOperation

from wanjia.policy.erased import WORD
from wanjia.policy.identity import NOT_GIVEN

from .dates import judge_date_number, judge_date_text
from .template import Kind

BLANK_WORDS = NOT_GIVEN | {"\\", "--", "…", "待定"}
MOST_DIGITS = 10**15  # a double holds 15 digits for sure; of an 18-digit number the end is gone
PLAIN_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
WITH_UNIT = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)(万|千)?")
MONEY_SIGNS = re.compile(r"^(?:人民币|RMB|CNY|[¥¥$])|(?:元整?|块钱?|元/月|元/年|人民币|RMB|CNY)$", re.I)
WRAPPED = re.compile(r'="([^"]*)"')


def number_text(cell):
    """A number cell as a person would type it: integers without exponent, others in the shortest form of the double."""
    value = float(cell.text)
    if cell.text.isdigit():
        return cell.text
    if value == int(value) if abs(value) < 1e300 else False:
        return str(int(value)) if abs(value) < MOST_DIGITS else cell.text
    return repr(value)


def text_of(cell):
    """A cell as the sheet shows it: 000815 where a format adds the noughts, 2026-11-02 where it makes a day of a number."""
    if isinstance(cell, str):
        return cell
    return cell.shown or (number_text(cell) if cell.kind in "nd" and cell.text else cell.text)


def bare(text):
    """Text of a cell that is no free text: without the text marks of other programs (a leading apostrophe, ="…")."""
    if text.isalnum():
        return text
    text = text.strip()
    wrapped = WRAPPED.fullmatch(text)
    return wrapped[1] if wrapped else text.lstrip("'‘’`")


def is_number(cell):
    """Whether a cell is a number to the sheet."""
    return not isinstance(cell, str) and cell.kind in "nd"


def too_long_for_a_double(cell):
    """Whether a number cell has lost its last digits."""
    return is_number(cell) and abs(float(cell.text)) >= MOST_DIGITS


def _date(cell, column, epoch, world):
    if is_number(cell):
        day, code = judge_date_number(cell.text, epoch, cell.shown if cell.kind == "d" else None)
    else:
        text = text_of(cell).strip()
        if text.upper() in BLANK_WORDS:
            return None, None, ""
        day, code = judge_date_text(text)
        if code == "warn.date.serial" and epoch:
            day = day + timedelta(days=1462)
    if day is None or code == "date.no_day":
        return day, code, day or ""
    if column.past and day > world.today:
        return day.isoformat(), "date.future", ""
    return day.isoformat(), code, day.isoformat()


GROUPED = re.compile(r"(-?\d{1,3}(?:,\d{3})+|-?\d{1,4}(?:,\d{4})+)(\.\d+)?(万|千)?")
TWO_AMOUNTS = re.compile(r"\d{3},\d{3}")


def number_as_typed(text):
    """A number's text in half width, without signs of money; blanks between digits are commas, for both group digits."""
    plain = unicodedata.normalize("NFKC", text).strip()
    plain = "".join(MONEY_SIGNS.sub("", MONEY_SIGNS.sub("", re.sub(r"(?<=\d)\s+(?=\d)", ",", plain))).split())
    return MONEY_SIGNS.sub("", MONEY_SIGNS.sub("", plain))


def read_number(text):
    """(Decimal or None, whether it was written plainly) of a number as people write it: 3,500元, 1.2万, ¥300.

    A comma groups three digits (four, as Chinese are read) or it is no number: 350,50 and 12,5 may be decimals elsewhere.
    """
    if PLAIN_NUMBER.fullmatch(text):
        return Decimal(text), True
    plain = number_as_typed(text)
    if "," in plain:
        if not GROUPED.fullmatch(plain):
            return None, False
        plain = plain.replace(",", "")
    match = WITH_UNIT.fullmatch(plain)
    if not match:
        return None, False
    return Decimal(match[1]) * {"万": 10_000, "千": 1_000, None: 1}[match[2]], False


def how_read(cell, as_written):
    """The remark on a number: none when written plainly; whether it may be two numbers with a comma between."""
    if as_written:
        return None
    two = not is_number(cell) and TWO_AMOUNTS.fullmatch(number_as_typed(text_of(cell)))
    return "warn.number.two" if two else "warn.number.normalised"


def decimal_of(cell):
    """(Decimal or None, whether it was written plainly) of a cell."""
    if is_number(cell):
        try:
            value = Decimal(number_text(cell))
        except InvalidOperation:
            return None, False
        return (value if value.is_finite() else None), True
    return read_number(text_of(cell).strip())


def plain(value):
    """A Decimal as text without exponent or idle zeros."""
    if value == int(value):
        return str(int(value))
    return format(value.normalize(), "f")


def _number(cell, column, epoch, world):
    if isinstance(cell, str) and cell.strip().upper() in BLANK_WORDS:
        return None, None, ""
    value, as_written = decimal_of(cell)
    if value is None:
        return None, "number.invalid", ""
    if not 0 <= value <= column.high:
        return None, "number.range", ""
    return plain(value), how_read(cell, as_written), plain(value)


def _text(cell, column, epoch, world):
    text = text_of(cell).strip()
    return (text, None, "") if len(text) <= column.longest else (None, "cell.too_long", column.longest)


def _choice(cell, column, epoch, world):
    text = bare(text_of(cell)).strip()
    if not text or text.upper() in BLANK_WORDS:
        return None, None, ""
    if len(text) > column.longest:
        return None, "cell.too_long", column.longest
    label = column.words.read(text)
    if label is None:
        return None, "word.unknown", f"{text[:20].replace('|', ' ')}|{'、'.join(column.words.labels)}"
    return label, None if text.startswith(label) else "warn.word.read_as", label


def _note(cell, column, epoch, world):
    text = text_of(cell)
    return (text, None, "") if len(text) <= column.longest else (None, "cell.too_long", column.longest)


def judge_bare(cell, column, epoch, world):
    """Judge a short text that is looked up or compared: without the text marks of other programs."""
    text = bare(text_of(cell))
    return (text, None, "") if len(text) <= column.longest else (None, "cell.too_long", column.longest)


TEXT = Kind("text", _text, any_word=True)
NOTE = Kind("note", _note, any_word=True)
DATE = Kind("date", _date)
NUMBER = Kind("number", _number)
CHOICE = Kind("choice", _choice)


def judge_cell(cell, column, epoch, world, longest):
    """(value, code, detail) of a cell that is not blank; formulas, error values, bools and overlong text come first."""
    if (cell if isinstance(cell, str) else cell.text).strip() == WORD:
        return None, "cell.erased_word", WORD
    if isinstance(cell, str):
        if len(cell) > longest:
            return None, "cell.too_long", longest
        if column.kind is TEXT and len(cell) <= column.longest:
            return cell.strip(), None, ""
        return column.kind.judge(cell, column, epoch, world)
    if cell.kind == "p":
        return None, "cell.picture" if column.required else "warn.cell.picture", ""
    if cell.kind == "d" and column.kind.never_day:
        return None, "cell.became_date", cell.shown or cell.text
    if cell.formula and column.identity:
        return None, "cell.formula_in_identity", ""
    if cell.kind == "e":
        return None, "cell.error_value", cell.text[:20]
    if cell.formula and cell.kind == "n" and not cell.text:
        return None, "cell.formula_no_value", ""
    if cell.kind == "b":
        return (cell.text, None, "") if column.kind.any_word else (None, "cell.bool", "")
    value, code, detail = column.kind.judge(cell if cell.kind in "nd" else cell.text, column, epoch, world)
    if cell.formula and (code is None or code.startswith("warn.")):
        return value, "warn.cell.formula_value", ""
    return value, code, detail
