"""What an address asks, as any database and calendar can bear it: cleaned once for every view, page and API alike."""

import re
import unicodedata
from datetime import date

from wanjia.doors.terminal import FIRST_DAY, LAST_DAY

LONGEST = 200
DAY = re.compile(r"\d{1,5}-\d{1,2}-\d{1,2}")


def cleaned(query):
    """Return a copy of a QueryDict without what no column can hold: control characters, lone surrogates, endless texts.

    A day that does not exist is not asked; one outside 1900–2199 (a date box holds 0001 while a year is being typed) is the
    nearest that is.
    """
    if not query:
        return query
    copy = query.copy()
    for name, values in list(query.lists()):
        copy.setlist(name, [_cleaned(value) for value in values])
    return copy


def _cleaned(text):
    kept = "".join(char for char in text[:LONGEST] if unicodedata.category(char) not in ("Cc", "Cs"))
    return text_of(day_of(kept)) if DAY.fullmatch(kept) else kept


def day_of(text):
    """Return the day that a text names, within 1900–2199; None for none."""
    try:
        year, month, day = map(int, text.split("-"))
        return min(max(date(min(max(year, 1), 9999), month, day), FIRST_DAY), LAST_DAY)
    except ValueError:
        return None


def text_of(day):
    """Return a day as an address writes it, or nothing."""
    return day.isoformat() if day else ""
