"""What a small wish may be and may say: within its price, no money, nobody recognised by it; how long a claim holds. Pure. Data: wishes.toml."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path

from .editions import begun_by

FILE = Path(__file__).with_suffix(".toml")
HAN_DIGITS = str.maketrans("零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖幺", "001234567891234567891")
SCHOOL = re.compile("[\u4e00-\u9fff]{2,12}(?:(?:小学|中学)(?!生)|完小|中心校|幼儿园|教学点)|[(]?[一二三四五六七八九十0-9]{1,3}[)]?班")
DIGITS = re.compile(r"\d{5,}")  # a size has two or three, a price three; five and more are a number of somebody
MONEY = re.compile("[0-9百千万]+(?:元|块钱|块)|[一二两三四五六七八九十]+(?:元(?![一二三]次)|块钱)|[二两三四五六七八九]十块|[¥￥]")
LEAST_SOUND = 6  # letters of a name that is sought as it sounds: fewer are a word of any text
LEAST_NAME = 2  # signs of a name that are sought: one sign is a word of any text


@dataclass(frozen=True)
class Edition:
    """What holds from a day on. most: fen; *_days: days; claims_an_hour: of one address; live_*: claims open at once; again: times that one donor may hold one wish; cash, telling, reached_by, plight: words."""

    starts: date
    most: int
    lock_days: int
    warn_days: int
    longer_days: int
    asked_after_days: int
    claims_an_hour: int
    live_of_person: int
    live_of_unit: int
    live_at_address: int
    again: int
    cash: Sequence[str]
    telling: Sequence[str]
    reached_by: Sequence[str]
    plight: Sequence[str]
    source: str


@cache
def editions() -> tuple[Edition, ...]:
    """Return every edition, the oldest first."""
    rows = sorted(tomllib.loads(FILE.read_text(encoding="utf-8"))["edition"], key=lambda row: row["from"])
    names = [one.name for one in fields(Edition) if one.name != "starts"]
    return tuple(Edition(row["from"], *(row[name] for name in names)) for row in rows)


def in_force(day: date) -> Edition:
    """Return the edition in force on `day`; before the first, the first."""
    return begun_by(editions(), day)


def bare(text: str) -> str:
    """Return a text as it is compared: full width folded, without blanks, dots and dashes, by which a number or a name is hidden."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in folded if sign.isalnum() or sign in "()¥￥").upper()


def faults(text: str, names: Iterable[str], places: Iterable[str], day: date) -> tuple[str, ...]:
    """Return what a wish's words tell that they must not, each once: "cash", "name", "school", "number", "place", "plight"; () where they may be published.

    names: whom they must not name, each as the register has it: the child, its family, its classmates; places: its school, village, township,
    the county's units. A name in Latin letters is one as it sounds, and found however it is spaced, with tones or without.
    """
    rules, said = in_force(day), bare(text)
    spelt, counted = _plain(said), said.translate(HAN_DIGITS)
    found = {
        "cash": any(word in said for word in map(bare, rules.cash)) or bool(MONEY.search(said)),
        "name": any(word in said for word in map(bare, rules.telling)) or any(name in said for name in _sought(names)) or _sounds(names, spelt),
        "school": bool(SCHOOL.search(said)),
        "number": bool(DIGITS.search(said.translate(HAN_DIGITS))) or any(word in said.replace("QQ糖", "") for word in map(bare, rules.reached_by)),
        "place": any(place in said or (len(place) > LEAST_NAME and place.translate(HAN_DIGITS) in counted) for place in _sought(places)) or _sounds(places, spelt),
        "plight": any(word in said for word in map(bare, rules.plight)),
    }
    return tuple(word for word, is_so in found.items() if is_so)


def _plain(said: str) -> str:
    """Return the Latin letters of a text alone, their tones taken off: yǒng shàn → YONGSHAN."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", said) if sign.isascii() and sign.isalpha())


def _sounds(names: Iterable[str], spelt: str) -> bool:
    """Tell whether letters spell one of those names that are given as they sound."""
    return bool(spelt) and any(name.isascii() and name.isalpha() and len(name) >= LEAST_SOUND and name in spelt for name in map(bare, names))


def _sought(names: Iterable[str]) -> set[str]:
    return {name for name in map(bare, names) if len(name) >= LEAST_NAME}
