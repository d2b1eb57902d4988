"""Dates as offices type them, read only when they can mean one day alone.

Excel's serials: day 60 of the 1900 system is 1900-02-29, which never was (ECMA-376 18.17.4.1); 1904 workbooks count from
1904-01-01.
"""

import re
import unicodedata
from datetime import date, timedelta

ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
TIME = re.compile(r"(?:T|日)?(?:上午|下午)?\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?$|(?<=\d)T00:00.*$")
YEAR_FIRST = re.compile(r"(\d{4})[-/.年、,](\d{1,2})[-/.月、,](\d{1,2})[日号]?")
SHORT_YEAR = re.compile(r"\d{2}[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?")
YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
MONTH_ONLY = re.compile(r"((?:19|20)\d{2})(?:年|[-/.年](\d{1,2})月?)(?:份|间)?")
NO_YEAR = re.compile(r"(\d{1,2})[-/.月](\d{1,2})[日号]?")
LUNAR = re.compile(r"农历|阴历|旧历|正月|腊月|冬月|闰|廿|卅|初[一二三四五六七八九十\d]|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年")
DIGITS = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | {"〇": "0", "○": "0", "О": "0", "两": "2", "元": "1"}
LAST_SERIAL, LAST_YEAR = 2_958_465, 2100


def judge_date_text(text):
    """(date or None, code or None) of a date typed as text. Codes: date.* and warn.date.*; ISO is taken without a word.

    With date.no_day the first is what was given, as text: "1970-03" or "1970".
    """
    if match := ISO.fullmatch(text):
        return _day(*match.groups(), None)
    plain = "".join(c for c in unicodedata.normalize("NFKC", text) if not c.isspace() and unicodedata.category(c) != "Cf")
    if LUNAR.search(plain):
        return None, "date.lunar"
    plain = TIME.sub("", _arabic(plain)) if ":" in plain or "T" in plain else _arabic(plain)
    plain = re.sub(r"[‐-―−－]", "-", plain).removeprefix("公历").removeprefix("阳历").lstrip("'")
    return _read(plain)


def _read(plain):
    if match := YEAR_FIRST.fullmatch(plain):
        return _day(*match.groups(), "warn.date.normalised")
    if plain.isdigit() and plain.isascii():
        return _digits(plain)
    if match := YEAR_LAST.fullmatch(plain):
        first, second, year = map(int, match.groups())
        if first <= 12 and second <= 12 and first != second:
            return None, "date.ambiguous"
        month, day = (first, second) if first <= 12 else (second, first)
        return _day(year, month, day, "warn.date.normalised")
    if match := MONTH_ONLY.fullmatch(plain):
        return _month(*match.groups())
    if (match := SHORT_YEAR.fullmatch(plain)) and int(match[1]) <= 12 and int(match[2]) <= 31:
        return None, "date.ambiguous"
    if (match := NO_YEAR.fullmatch(plain)) and 1 <= int(match[1]) <= 12 and 1 <= int(match[2]) <= 31:
        return None, "date.no_year"
    return None, "date.invalid"


def _digits(plain):
    """Eight digits are a day, five a serial; six are YYMMDD in two readings of the century, unless they are year and month."""
    if len(plain) == 8:
        return _day(plain[:4], plain[4:6], plain[6:], "warn.date.normalised")
    if len(plain) == 5:
        return from_serial(int(plain), False, "warn.date.serial")
    if len(plain) == 6 and plain[:2] in ("19", "20"):
        return _month(plain[:4], plain[4:])
    if len(plain) == 4 and plain[:2] in ("19", "20"):
        return plain, "date.no_day"
    if len(plain) == 6 and plain[:2] not in ("19", "20") and 1 <= int(plain[2:4]) <= 12 and 1 <= int(plain[4:]) <= 31:
        return None, "date.ambiguous"
    return None, "date.invalid"


def _month(year, month):
    """(the ISO text without its day, date.no_day): worth something only beside a citizen number."""
    if month is None:
        return year, "date.no_day"
    return (f"{year}-{int(month):02}", "date.no_day") if 1 <= int(month) <= 12 else (None, "date.invalid")


def _day(year, month, day, code):
    try:
        return date(int(year), int(month), int(day)), code
    except ValueError:
        return None, "date.invalid"


def _arabic(text):
    """二〇一〇年三月十五日 → 2010年3月15日; other text unchanged."""
    if not re.search("[一二三四五六七八九十〇零]", text):
        return text
    return re.sub("[零一二三四五六七八九〇○О十两元]+", lambda m: _number(m[0]), text)


def _number(run):
    if "十" not in run:
        return "".join(DIGITS[c] for c in run)
    tens, _, ones = run.partition("十")
    return f"{DIGITS.get(tens[-1:], '1')}{DIGITS.get(ones[:1], '0')}"


def judge_date_number(text, epoch1904=False, shown=None):
    """(date or None, code or None) of a number in a date column. shown: what the cell's date format shows, if it has one."""
    if shown and len(shown) < 10:
        return shown, "date.no_day"
    value = float(text)
    if value == int(value) and 19000101 <= value <= 21001231:
        return _digits(str(int(value)))
    if shown is None and 190001 <= value <= 210012 and value == int(value):
        return _digits(str(int(value)))
    if shown is None and 1900 <= value < LAST_YEAR:
        return _year_and_month(text, value)
    return from_serial(int(value // 1), epoch1904, "warn.date.serial" if shown is None else None)


def _year_and_month(text, value):
    """2010.03 is a month and 2010 a year; 2010.1 may have been 2010.10: a number keeps no nought at its end."""
    year, month = int(value), round(value * 100) % 100
    if value == year:
        return str(year), "date.no_day"
    if abs(value * 100 - round(value * 100)) > 1e-6 or not 1 <= month <= 12:
        return None, "date.invalid"
    return f"{year}-{month:02}" + (f"/{year}-01" if month == 10 else ""), "date.no_day"


def from_serial(serial, epoch1904, code):
    """Day of an Excel serial number; 60 of the 1900 system, anything below 1 and beyond year 2100 are no days."""
    if serial < (0 if epoch1904 else 1) or serial > LAST_SERIAL or (serial == 60 and not epoch1904):
        return None, "date.invalid"
    start = date(1904, 1, 1) if epoch1904 else date(1899, 12, 31) if serial < 60 else date(1899, 12, 30)
    day = start + timedelta(days=serial)
    return (day, code) if day.year <= LAST_YEAR else (None, "date.invalid")
