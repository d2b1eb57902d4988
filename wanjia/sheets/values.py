"""One cell → one value: what kind of thing the column holds, and whether this is one.

Every judge takes (cell, column, sheet facts, world) and returns (value or None, code or None, detail). Values are strings;
days are ISO, numbers plain decimals.
"""

import re
import unicodedata
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from wanjia.policy.erased import WORD
from wanjia.policy.identity import NOT_GIVEN, judge_account, judge_citizen_id, judge_phone

from .dates import judge_date_number, judge_date_text
from .names import judge_name
from .words import labels, read_word

BLANK_WORDS = NOT_GIVEN | {"\\", "--", "…", "待定"}
MOST_DIGITS = 10**15  # a double holds 15 digits for sure; of an 18-digit number the end is gone
PLAIN_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
NUMBER = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)(万|千)?")
MONEY_SIGNS = re.compile(r"^(?:人民币|RMB|CNY|[¥¥$])|(?:元整?|块钱?|元/月|元/年|人民币|RMB|CNY)$", re.I)
WRAPPED = re.compile(r'="([^"]*)"')
SEXES = {"男": "男", "女": "女", "男性": "男", "女性": "女", "1": "男", "2": "女", "M": "男", "F": "女", "男孩": "男", "女孩": "女"}
HEADS = frozenset(("户主", "本人", "户主本人", "本人(户主)", "户主(本人)", "本人或户主", "户主或本人"))


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


def _is_number(cell):
    return not isinstance(cell, str) and cell.kind in "nd"


def _too_long_for_a_double(cell):
    return _is_number(cell) and abs(float(cell.text)) >= MOST_DIGITS


def _citizen_id(cell, column, epoch, world):
    if _too_long_for_a_double(cell):
        return None, "id.precision_lost", ""
    raw = text_of(cell)
    verdict = judge_citizen_id(bare(raw), today=world.today)
    code, detail = verdict.code, verdict.detail
    if code == "id.checksum" and verdict.canonical.endswith("000"):
        code = "id.precision_lost"
    elif code == "id.bad_char":
        place, _, char = detail.partition(":")
        detail = f"第 {place} 位是“{char}”(U+{ord(char):04X})"
    elif not code and verdict.warnings:
        code, detail = verdict.warnings[0], verdict.detail
    elif not code and bare(raw) != raw:
        code = "warn.id.normalised"
    return verdict.canonical, code, detail


def _last_four(cell, column, epoch, world):
    raw = text_of(cell)
    text = "".join(unicodedata.normalize("NFKC", bare(raw)).split()).upper()
    if text in BLANK_WORDS:
        return None, None, ""
    if _is_number(cell):
        text = text.zfill(4)
    if not re.fullmatch(r"\d{3}[\dX]", text):
        return text, "id.length", len(text)
    return text, None if text == raw else "warn.id.normalised", ""


def _name(cell, column, epoch, world):
    return judge_name(text_of(cell), column.longest)


def _phone(cell, column, epoch, world):
    raw = text_of(cell)
    if not bare(raw) or raw.strip().upper() in BLANK_WORDS:
        return None, None, ""
    phone, code = judge_phone(bare(raw))
    if code is None and (_is_number(cell) or bare(raw) != raw):
        code = "warn.phone.normalised"
    return phone, code, phone


def _date(cell, column, epoch, world):
    if _is_number(cell):
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
    match = NUMBER.fullmatch(plain)
    if not match:
        return None, False
    return Decimal(match[1]) * {"万": 10_000, "千": 1_000, None: 1}[match[2]], False


def _how_read(cell, as_written):
    """The remark on a number: none when written plainly; whether it may be two numbers with a comma between."""
    if as_written:
        return None
    two = not _is_number(cell) and TWO_AMOUNTS.fullmatch(number_as_typed(text_of(cell)))
    return "warn.number.two" if two else "warn.number.normalised"


def _decimal(cell):
    if _is_number(cell):
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
    value, as_written = _decimal(cell)
    if value is None:
        return None, "number.invalid", ""
    if not 0 <= value <= column.high:
        return None, "number.range", ""
    return plain(value), _how_read(cell, as_written), plain(value)


def _amount(cell, column, epoch, world):
    value, as_written = _decimal(cell)
    if value is None:
        return None, "amount.invalid", ""
    if not 0 < value <= column.high:
        return None, "amount.range", ""
    value = round(value, 6) if _is_number(cell) else value
    if value != round(value, 2):
        return None, "amount.precision", ""
    return plain(value), _how_read(cell, as_written), plain(value)


def _account(cell, column, epoch, world):
    if _too_long_for_a_double(cell):
        return None, "account.scientific", ""
    raw = text_of(cell)
    if not bare(raw) or raw.strip().upper() in BLANK_WORDS:
        return None, None, ""
    account, code = judge_account(bare(raw))
    if code is None and bare(raw) != raw:
        code = "warn.account.normalised"
    return account, code, ""


def _household(cell, column, epoch, world):
    if _too_long_for_a_double(cell):
        return None, "id.precision_lost", ""
    text = text_of(cell)
    if not (text.isascii() and text.isalnum()):
        text = "".join(unicodedata.normalize("NFKC", bare(text)).split())
    if text in BLANK_WORDS:
        return None, "household.missing" if column.required else None, ""
    return (text, None, "") if len(text) <= column.longest else (None, "cell.too_long", column.longest)


def _sex(cell, column, epoch, world):
    return SEXES.get("".join(bare(text_of(cell)).split()).upper()), None, ""


def _relation(cell, column, epoch, world):
    text = cell if isinstance(cell, str) and cell in HEADS else "".join(unicodedata.normalize("NFKC", bare(text_of(cell))).split())
    if len(text) > column.longest:
        return None, "cell.too_long", column.longest
    return ("户主" if text in HEADS else text), None, ""


def _text(cell, column, epoch, world):
    text = text_of(cell).strip()
    return (text, None, "") if len(text) <= column.longest else (None, "cell.too_long", column.longest)


def _choice(cell, column, epoch, world):
    text = bare(text_of(cell)).strip()
    if not text or text.upper() in BLANK_WORDS:
        return None, None, ""
    if len(text) > column.longest:
        return None, "cell.too_long", column.longest
    label, more = read_word(column.words, text)
    if label is None:
        return None, "word.unknown", f"{text[:20].replace('|', ' ')}|{'、'.join(labels(column.words))}"
    return label, None if text.startswith(label) else "warn.word.read_as", label


def _place(cell, column, epoch, world):
    text = bare(text_of(cell))
    return (text, None, "") if len(text) <= column.longest else (None, "cell.too_long", column.longest)


def _note(cell, column, epoch, world):
    text = text_of(cell)
    return (text, None, "") if len(text) <= column.longest else (None, "cell.too_long", column.longest)


PERIOD = re.compile(r"(\d{4})(?:年度|年全年|全年|年)?(?:[-./]?(\d{1,2})月?)?(?:[-~至到—]+(?:(\d{4})[-./年]?)?(\d{1,2})?月?)?")


def read_period(text):
    """(first day, last day) of a period as written, or None: 2023, 2023年度, 2023年1-6月, 2022-07至2023-06, 2022-2023."""
    match = PERIOD.fullmatch("".join(unicodedata.normalize("NFKC", text).split()))
    if not match:
        return None
    year, month, last_year, last_month = (int(g) if g else None for g in match.groups())
    try:
        first = date(year, month or 1, 1)
        end_year = last_year or year
        end_month = last_month or (12 if last_year or not month else month)
        last = (date(end_year, end_month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    except ValueError:
        return None
    return (first, last) if first <= last else None


def _period(cell, column, epoch, world):
    if not isinstance(cell, str) and cell.kind == "d":
        return None, "subsidy.period_format", ""
    span = read_period(bare(text_of(cell)))
    if span is None:
        return None, "subsidy.period_format", ""
    if whole_year(span):
        return str(span[0].year), None, ""
    return f"{span[0].isoformat()}/{span[1].isoformat()}", None, ""


def span_of(value):
    """The (first day, last day) that the value of a period stands for."""
    if "/" not in value:
        return date(int(value), 1, 1), date(int(value), 12, 31)
    first, last = value.split("/")
    return date.fromisoformat(first), date.fromisoformat(last)


def whole_year(span):
    """Whether a period is exactly one calendar year: the only kind that is paid for."""
    first, last = span
    return first == date(first.year, 1, 1) and last == date(first.year, 12, 31)


JUDGES = {
    "citizen_id": _citizen_id, "last_four": _last_four, "name": _name, "phone": _phone, "date": _date, "number": _number,
    "amount": _amount, "account": _account, "household": _household, "choice": _choice, "sex": _sex, "relation": _relation, "period": _period,
    "text": _text, "scheme": _place, "note": _note, "township": _place, "village": _place,
}  # fmt: skip
TEXTUAL = frozenset(("text", "note", "scheme"))
NEVER_DAYS = frozenset(("household", "name", "citizen_id", "last_four", "phone", "account", "sex", "relation", "village", "township"))


def judge_cell(cell, column, epoch, world, longest):
    """(value, code, detail) of a cell that is not blank; formulas, error values, bools and overlong text come first."""
    if (cell if isinstance(cell, str) else cell.text).strip() == WORD:
        return None, "cell.erased_word", WORD
    if isinstance(cell, str):
        if len(cell) > longest:
            return None, "cell.too_long", longest
        if column.kind == "text" and len(cell) <= column.longest:
            return cell.strip(), None, ""
        return JUDGES[column.kind](cell, column, epoch, world)
    if cell.kind == "p":
        return None, "cell.picture" if column.required else "warn.cell.picture", ""
    if cell.kind == "d" and column.kind in NEVER_DAYS:
        return None, "cell.became_date", cell.shown or cell.text
    if cell.formula and column.identity:
        return None, "cell.formula_in_identity", ""
    if cell.kind == "e":
        return None, "cell.error_value", cell.text[:20]
    if cell.formula and cell.kind == "n" and not cell.text:
        return None, "cell.formula_no_value", ""
    if cell.kind == "b":
        return (cell.text, None, "") if column.kind in TEXTUAL else (None, "cell.bool", "")
    value, code, detail = JUDGES[column.kind](cell if cell.kind in "nd" else cell.text, column, epoch, world)
    if cell.formula and (code is None or code.startswith("warn.")):
        return value, "warn.cell.formula_value", ""
    return value, code, detail
