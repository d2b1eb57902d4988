"""Numbers that stand for a person, a phone, a body or an account: canonical form first, then a verdict.

Pure: no clock (the caller says what day it is), no database. Every verdict is one of the codes of the import contract
(`id.*`, `warn.id.*`, `phone.*`, `account.*`), so that the page, the API and the importer refuse in the same words.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARS = "10X98765432"
PROVINCES = frozenset("11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71".split())
RESIDENTS_OF_HMT = frozenset(("810000", "820000", "830000"))  # residence permits of Hong Kong, Macao, Taiwan residents
OLDEST_AGE = 120  # nobody older is alive; such a year is a slip of the pen

NOT_GIVEN = frozenset("无 没有 暂无 不详 未知 待补 待补录 未办 未办理 未上户 无证 空 / // - -- — —— N/A NA NULL NONE NIL".split())
SCIENTIFIC = re.compile(r"[+-]?\d(?:\.\d+)?E[+]?\d{1,3}")
_DASHES = dict.fromkeys(map(ord, "-‐‑‒–—―−－_ \t\r\n"))


def fold(text):
    """The text in NFKC, without white space, invisible format marks (Cf) or dashes, in upper case.

    Full-width digits and U+2169 become ASCII; Cyrillic and Greek look-alikes stay what they are, so they never merge.
    """
    if text.isascii():
        return text.translate(_DASHES).upper()
    folded = unicodedata.normalize("NFKC", text).translate(_DASHES)
    return "".join(c for c in folded if not c.isspace() and unicodedata.category(c) != "Cf").upper()


def check_char(body17):
    """Check character of the first 17 digits (GB 11643-1999, ISO 7064 MOD 11-2)."""
    return CHECK_CHARS[sum(int(d) * w for d, w in zip(body17, WEIGHTS)) % 11]


def canonical_citizen_id(text):
    """One spelling for one number, to be stored and to feed the keyed blind index: NFKC, no blanks, upper X, 15 → 18.

    Judges nothing: a wrong number comes back folded but otherwise as it was. Source: GB 11643-1999, annex on 15 digits.
    """
    folded = fold(text)
    if len(folded) == 15 and folded.isascii() and folded.isdigit():
        body = folded[:6] + "19" + folded[6:]
        return body + check_char(body)
    return folded


def birth_date_of(citizen_id):
    """Birth date inside a canonical 18-character number, or None when there is no such day."""
    digits = citizen_id[6:14]
    if len(citizen_id) != 18 or not (digits.isascii() and digits.isdigit()):
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def sex_of(citizen_id):
    """"男" when the 17th digit is odd, "女" when even (GB 11643-1999), None when there is no such digit."""
    if len(citizen_id) != 18 or citizen_id[16] not in "0123456789":
        return None
    return "男" if int(citizen_id[16]) % 2 else "女"
