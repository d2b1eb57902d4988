"""What a column of the register's workbooks holds, beside the plain kinds of `sheets.values`: numbers that identify, names, places.

Any app that imports rows about people or villages uses these kinds; each brings the sentences of its own codes.
"""

import re
import unicodedata

from wanjia.kernel.privacy import mask_citizen_id, mask_phone
from wanjia.policy.identity import judge_account, judge_citizen_id, judge_phone
from wanjia.sheets.template import Kind
from wanjia.sheets.values import BLANK_WORDS, bare, is_number, judge_bare, text_of, too_long_for_a_double

from . import sentences
from .names import judge_name

HEAD = "户主"
SEXES = {"男": "男", "女": "女", "男性": "男", "女性": "女", "1": "男", "2": "女", "M": "男", "F": "女", "男孩": "男", "女孩": "女"}
HEADS = frozenset(("户主", "本人", "户主本人", "本人(户主)", "户主(本人)", "本人或户主", "户主或本人"))


def _citizen_id(cell, column, epoch, world):
    if too_long_for_a_double(cell):
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


def _note_person(draft, column, value, code):
    """What holds names the row's person to the rules; what does not hold is no value."""
    if code is None or code.startswith("warn."):
        draft.known["person"], draft.known["upgraded"] = value, code == "warn.id.upgraded15"
    else:
        draft.values[column.name] = None


def _last_four(cell, column, epoch, world):
    raw = text_of(cell)
    text = "".join(unicodedata.normalize("NFKC", bare(raw)).split()).upper()
    if text in BLANK_WORDS:
        return None, None, ""
    if is_number(cell):
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
    if code is None and (is_number(cell) or bare(raw) != raw):
        code = "warn.phone.normalised"
    return phone, code, phone


def _account(cell, column, epoch, world):
    if too_long_for_a_double(cell):
        return None, "account.scientific", ""
    raw = text_of(cell)
    if not bare(raw) or raw.strip().upper() in BLANK_WORDS:
        return None, None, ""
    account, code = judge_account(bare(raw))
    if code is None and bare(raw) != raw:
        code = "warn.account.normalised"
    return account, code, ""


def _household(cell, column, epoch, world):
    if too_long_for_a_double(cell):
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
    return (HEAD if text in HEADS else text), None, ""


CITIZEN_ID = Kind(
    "citizen_id", _citizen_id, lacking="id.missing", never_day=True, note=_note_person, mask=mask_citizen_id, sentences=sentences.IDS,
    once=frozenset({"warn.id.region_renamed"}),
)  # fmt: skip
LAST_FOUR = Kind("last_four", _last_four, never_day=True, sentences=sentences.IDS)
NAME = Kind("name", _name, lacking="name.missing", never_day=True, sentences=sentences.NAMES)
PHONE = Kind("phone", _phone, never_day=True, mask=mask_phone, sentences=sentences.PHONES)
ACCOUNT = Kind("account", _account, never_day=True, mask=lambda text: "*" * 6 + text[-4:], sentences=sentences.ACCOUNTS)
HOUSEHOLD = Kind("household", _household, lacking="household.missing", never_day=True, sentences=sentences.IDS | sentences.HOMES)
SEX = Kind("sex", _sex, never_day=True)
RELATION = Kind("relation", _relation, never_day=True)
TOWNSHIP = Kind("township", judge_bare, never_day=True)
VILLAGE = Kind("village", judge_bare, never_day=True)
