"""Numbers that stand for a person, a phone, a body or an account: canonical form first, then a verdict.

Pure: no clock (the caller says what day it is), no database. Every verdict is one of the codes of the import contract
(`id.*`, `warn.id.*`, `phone.*`, `account.*`), so that the page, the API and the importer refuse in the same words.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache
from operator import mul

from .oldcodes import modern

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARS = "10X98765432"
PROVINCES = frozenset(map(str, (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71)))
RESIDENTS_OF_HMT = frozenset(("810000", "820000", "830000"))  # residence permits of Hong Kong, Macao, Taiwan residents
OLDEST_AGE = 120  # nobody older is alive; such a year is a slip of the pen

NOT_GIVEN = frozenset(["无", "没有", "暂无", "不详", "未知", "待补", "待补录", "未办", "未办理", "未上户", "无证", "空", "/", "//", "-", "--", "—", "——", "N/A", "NA", "NULL", "NONE", "NIL"])
SCIENTIFIC = re.compile(r"[+-]?\d(?:\.\d+)?E[+]?\d{1,3}")
WELL_FORMED = re.compile(r"[0-9]{17}[0-9X]")
_DASHES = dict.fromkeys(map(ord, "-‐‑‒–—―−－_ \t\r\n"))


def fold(text: str) -> str:
    """The text in NFKC, without white space, invisible format marks (Cf) or dashes, in upper case.

    Full-width digits and U+2169 become ASCII; Cyrillic and Greek look-alikes stay what they are, so they never merge.
    """
    if text.isascii():
        return text.upper() if text.isalnum() else text.translate(_DASHES).upper()
    text = modern(text)
    for _ in range(3):  # upper case and lost marks can call for another normalisation: folding twice must change nothing
        folded = unicodedata.normalize("NFKC", text).translate(_DASHES)
        folded = "".join(c for c in folded if not c.isspace() and unicodedata.category(c) != "Cf").upper()
        if folded == text:
            break
        text = folded
    return text


def check_char(body17: str) -> str:
    """Check character of the first 17 digits (GB 11643-1999, ISO 7064 MOD 11-2)."""
    return CHECK_CHARS[sum(map(mul, map(int, body17), WEIGHTS)) % 11]


def canonical_citizen_id(text: str) -> str:
    """One spelling for one number, to be stored and to feed the keyed blind index: NFKC, no blanks, upper X, 15 → 18.

    Judges nothing: a wrong number comes back folded but otherwise as it was. Source: GB 11643-1999, annex on 15 digits.
    """
    folded = fold(text)
    if len(folded) == 15 and folded.isascii() and folded.isdigit():
        body = folded[:6] + "19" + folded[6:]
        return body + check_char(body)
    return folded


def birth_date_of(citizen_id: str) -> date | None:
    """Birth date inside a canonical 18-character number, or None when there is no such day."""
    digits = citizen_id[6:14]
    if len(citizen_id) != 18 or not (digits.isascii() and digits.isdigit()):
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def sex_of(citizen_id: str) -> str | None:
    """"男" when the 17th digit is odd, "女" when even (GB 11643-1999), None when there is no such digit."""
    if len(citizen_id) != 18 or citizen_id[16] not in "0123456789":
        return None
    return "男" if int(citizen_id[16]) % 2 else "女"


@dataclass(frozen=True)
class IdVerdict:
    """What a citizen number is worth.

    canonical: one spelling (also of a wrong number). code: `id.*` or None when the number holds. warnings: `warn.id.*`.
    born, sex: read from the number when it holds. detail: what the sentence should name, e.g. the character and its place.
    """

    canonical: str
    code: str | None = None
    warnings: tuple[str, ...] = ()
    born: date | None = None
    sex: str | None = None
    detail: str = ""


@cache
def _counties() -> tuple[frozenset[str], frozenset[str]]:
    """(codes of today's counties, prefectures that exist or once existed)."""
    from .county_codes import FORMER_PREFECTURES, PRESENT

    present, prefectures, prefix = set(), set(FORMER_PREFECTURES.split()), ""
    for word in PRESENT.split():
        if len(word) == 4:
            prefix = word
            prefectures.add(word)
        else:
            present.add(prefix + word)
    return frozenset(present), frozenset(prefectures)


@cache
def renamed() -> dict[str, str]:
    """Return {former code: today's} of the counties whose predecessors are known."""
    from .county_codes import RENAMED

    return dict(pair.split(":") for pair in RENAMED.split())


def region_verdict(prefix: str) -> str | None:
    """None for a county of today, `warn.id.region_renamed` for the former code of one, `warn.id.region_abolished` for another that is no longer
    in use, `id.region` for one that never was.

    A code stays valid for life, so an unknown county in a prefecture that ever existed is only a warning. Residents of Hong
    Kong, Macao and Taiwan have 81/82/830000; the foreigners' permanent card (2023) is 9 + province + three-digit nationality.
    """
    present, prefectures = _counties()
    if prefix in present or prefix in RESIDENTS_OF_HMT:
        return None
    if prefix[0] == "9" and prefix[1:3] in PROVINCES and prefix[3:] != "000":
        return None
    if prefix in renamed():
        return "warn.id.region_renamed"
    if prefix[:2] == "71" or (prefix[:2] in PROVINCES and prefix[:4] in prefectures):
        return "warn.id.region_abolished"
    return "id.region"


def _date_fault(digits: str, today: date) -> str | None:
    """`id.date`, `id.future` or `id.too_old` for the eight digits of birth, or None."""
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return "id.date"
    if born > today:
        return "id.future"
    return "id.too_old" if today.year - born.year > OLDEST_AGE else None


def _shape_fault(folded: str) -> tuple[str | None, str]:
    """(code, detail) of a folded number whose very shape is wrong, else (None, "")."""
    if WELL_FORMED.fullmatch(folded):
        return None, ""
    if folded in NOT_GIVEN or not folded:
        return "id.missing", ""
    if SCIENTIFIC.fullmatch(folded):
        return "id.scientific", folded
    for place, char in enumerate(folded, 1):
        if char not in "0123456789" and not (char == "X" and place == len(folded) and place > 15):
            return "id.bad_char", f"{place}:{char}"
    return ("id.length", str(len(folded))) if len(folded) not in (15, 18) else (None, "")


def judge_citizen_id(text: str, *, today: date) -> IdVerdict:
    """Judge one citizen number (GB 11643-1999) as it was typed; `today` is a date. Returns an IdVerdict, raises nothing.

    The faults in this order, the first one counts: missing, scientific notation, a strange character, length, region, day of
    birth (no such day, future, older than OLDEST_AGE), check digit.
    """
    folded = fold(text)
    code, detail = _shape_fault(folded)
    if code:
        return IdVerdict(folded, code, detail=detail)
    number = canonical_citizen_id(folded)
    region = region_verdict(number[:6])
    if region == "id.region":
        return IdVerdict(number, region, detail=number[:6])
    code = _date_fault(number[6:14], today)
    if code:
        return IdVerdict(number, code, detail=number[6:14])
    if check_char(number[:17]) != number[17]:
        return IdVerdict(number, "id.checksum")
    changes = (("warn.id.upgraded15", len(folded) == 15), ("warn.id.normalised", folded != text), (region, region))
    warnings = tuple(code for code, true in changes if code and true)
    return IdVerdict(number, None, warnings, birth_date_of(number), sex_of(number), number[:6] if region == "warn.id.region_abolished" else "")


MOBILE = re.compile(r"1[3-9][0-9]{9}")
LANDLINE = re.compile(r"(0[0-9]{2,3})-?([2-8][0-9]{6,7})(?:-([0-9]{1,6}))?")


def judge_phone(text: str) -> tuple[str, str | None]:
    """(canonical, code or None) of a mainland mobile or landline number; code is `phone.*` or `warn.phone.normalised`.

    Mobile: 11 digits, no white-list of networks (numbers move between them). Landline: area code and 7 or 8 digits, kept with
    one hyphen, extension behind a second. Source: the ministry's numbering plan (2017).
    """
    if MOBILE.fullmatch(text):
        return text, None
    plain = unicodedata.normalize("NFKC", text)
    plain = "".join(c for c in plain if not c.isspace() and unicodedata.category(c) != "Cf")
    if SCIENTIFIC.fullmatch(plain.upper()):
        return plain, "phone.scientific"
    plain = re.sub(r"[-‐‑‒–—―−－_]+", "-", plain)
    digits = re.sub(r"^(\+86|0086|86(?=1[3-9]\d{9}$))", "", plain.replace("-", ""))
    if MOBILE.fullmatch(digits):
        return digits, None if text == digits else "warn.phone.normalised"
    local = LANDLINE.fullmatch(re.sub(r"^(\+86|0086)-?(?=[1-9])", "0", plain).replace("(", "").replace(")", "-"))
    if not local or len(local[1] + local[2]) not in (11, 12):
        return plain, "phone.invalid"
    number = "-".join(filter(None, local.groups()))
    return number, None if text in (number, number.replace("-", "", 1)) else "warn.phone.normalised"


CREDIT_CHARS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def credit_code_holds(text: str) -> bool:
    """Whether a unified social credit code (统一社会信用代码) is well formed and its check character right.

    GB 32100-2015: 18 characters over 31 signs (no I O S V Z); weights 3^(i-1) mod 31. Village economic bodies have N1..N3
    heads and letters in the area block, so only the alphabet and the check are tested.
    """
    code = fold(text)
    if len(code) != 18 or any(c not in CREDIT_CHARS for c in code):
        return False
    total = sum(CREDIT_CHARS.index(c) * pow(3, i, 31) for i, c in enumerate(code[:17]))
    return CREDIT_CHARS[(31 - total % 31) % 31] == code[17]


def luhn_holds(digits: str) -> bool:
    """Whether a string of digits passes the Luhn check (ISO/IEC 7812-1, annex B)."""
    total = 0
    for place, char in enumerate(reversed(digits)):
        value = int(char) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def judge_account(text: str) -> tuple[str, str | None]:
    """(canonical, code or None) of a bank card number: `account.scientific`, `account.luhn`, `warn.account.normalised`.

    12 to 19 digits with a right Luhn digit (ISO/IEC 7812-1); anything else is `account.luhn`: it must be copied again.
    """
    digits = fold(text)
    if SCIENTIFIC.fullmatch(digits):
        return digits, "account.scientific"
    if not (digits.isascii() and digits.isdigit() and 12 <= len(digits) <= 19 and luhn_holds(digits)):
        return digits, "account.luhn"
    return digits, None if digits == text else "warn.account.normalised"
