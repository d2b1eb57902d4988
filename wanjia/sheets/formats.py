"""What a number shows under its cell format: a code kept as a number (000815, XS79815), a day, a month alone.

Source: ECMA-376 part 1, 18.8.30 and .31 (number formats; the built-in ones of Chinese Excel are 27-36 and 50-58).
"""

import re
from functools import cache

from .dates import from_serial

BUILTIN = {
    **dict.fromkeys((14, 15, 16, 22, 28, 29, 30, 31, 51, 53, 54, 58), "yyyy-m-d"),
    **dict.fromkeys((17, 27, 36, 50, 52, 57), "yyyy-m"),
    **dict.fromkeys((32, 33, 34, 35, 55, 56), "yyyy-m-d"),  # times of day: the day behind them is what a date column wants
}
MARKS = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
TOKEN = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]|(general)|([0#?])|(.)', re.I | re.S)
CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
TESTS = {"<": float.__lt__, "<=": float.__le__, ">": float.__gt__, ">=": float.__ge__, "=": float.__eq__, "<>": float.__ne__}
ARITHMETIC = frozenset(".,%eE@")


class Styles:
    """The formats of a workbook's cell styles, in their order, and whether its days count from 1904."""

    def __init__(self, codes=(), epoch1904=False):
        self.epoch1904 = epoch1904
        self.dates = {number: precision_of(code) for number, code in enumerate(codes) if is_date(code)}
        self.masks = {number: code for number, code in enumerate(codes) if number not in self.dates and shows_a_code(code)}

    def read(self, style, text):
        """(kind "d" or "n", what the cell shows or "") of a number under a style."""
        if style in self.dates:
            day, _code = from_serial(int(float(text) // 1), self.epoch1904, None)
            return "d", _day_shown(day, self.dates[style]) if day else ""
        return "n", shown(text, self.masks[style]) if style in self.masks else ""


def is_date(code):
    """Whether a format shows a day, a month or a year."""
    bare = MARKS.sub("", code).lower()
    return bool(re.search(r"[ymd]", bare)) and not re.search(r"[#0]", bare)


def precision_of(code):
    """How many characters of an ISO day a date format shows: 10 a day, 7 a month, 4 a year."""
    bare = MARKS.sub("", code).lower()
    return 10 if "d" in bare or "y" not in bare else 7 if "m" in bare else 4


def _day_shown(day, precision):
    """ISO text cut to what is shown; a stored day other than the first was typed whole, however little of it is shown."""
    typed_whole = day.day != 1 or (precision == 4 and day.month != 1)
    return day.isoformat() if typed_whole else day.isoformat()[:precision]


@cache
def shows_a_code(code):
    """Whether a format shows more than the number itself: leading noughts, letters before it, hyphens within."""
    return any(_is_mask(section) for section in _sections(code))


def _sections(code):
    return re.findall(r'(?:"[^"]*"|\\.|[^;"\\])+', code)


def _tokens(section):
    """[(kind, character)]: "lit", "0", "#" or "general"; None when the section calculates (decimals, per cent, exponent)."""
    tokens = []
    for quoted, escaped, general, digit, other in TOKEN.findall(section):
        if general:
            tokens.append(("general", ""))
        elif digit:
            tokens.append(("0" if digit == "0" else "#", ""))
        elif other in ARITHMETIC and other:
            return None
        else:
            tokens += [("lit", char) for char in quoted or escaped or other]
    return tokens


def _is_mask(section):
    tokens = _tokens(section)
    if not tokens or not any(kind != "lit" for kind, _ in tokens):
        return False
    return any(kind == "lit" and char.strip() for kind, char in tokens) or sum(kind == "0" for kind, _ in tokens) > 1


def shown(text, code):
    """What a whole number not below nought shows under a format of digits and fixed letters; "" when it shows itself."""
    value = float(text)
    if value < 0 or value != int(value) or value >= 10**15:
        return ""
    section = _section_for(value, _sections(code))
    tokens = _tokens(section)
    if not tokens or not _is_mask(section):
        return ""
    return _filled(str(int(value)), tokens).strip()


def _section_for(value, sections):
    for section in sections:
        condition = CONDITION.search(section)
        if condition is None or TESTS[condition[1]](value, float(condition[2])):
            return section
    return sections[-1]


def _filled(digits, tokens):
    """The digits laid into their places from the right; what is left over stands at the first place."""
    places = sum(kind in "0#" for kind, _ in tokens)
    spare, digits = digits[: max(len(digits) - places, 0)], digits[max(len(digits) - places, 0) :].rjust(places)
    laid, out = iter(digits), []
    for kind, char in tokens:
        if kind == "lit":
            out.append(char)
        elif kind == "general":
            out.append(spare + digits.strip())
            spare = ""
        else:
            digit = next(laid)
            out.append(spare + (digit if digit != " " else "0" * (kind == "0")))
            spare = ""
    return "".join(out)
