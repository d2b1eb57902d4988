"""What a by-law of a village may not say, and who may adopt which: a reader of clauses, by the law of a day. Data: bylaws.toml.

It reads as a careful clerk would, not as a court: it says which words it met, why they are against the law and by which article, and a person decides.
"""

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from .spelling import parted

FILE = Path(__file__).with_suffix(".toml")
STOP, ASK = "stop", "ask"
DOUBLED = re.compile(r"(不[得能可许]不|不得已|无不|莫不|非得|不[得能]再不)$")
FORBIDS = re.compile(r"(不得|不准|不能|不可|不许|不允许|禁止|严禁|杜绝|不再|不搞|不以|不用|无权|不)(?!不|已)(以任何形式|以任何理由|任何人|任何|随意|擅自|进行|实行|采取|设立|设定|设|变相|乱|对村民|对农户|把人|因此)*$")


@dataclass(frozen=True)
class Finding:
    """What was met in a clause. grade: "stop" or "ask"; said: the words that were met; why; source: the article."""

    code: str
    grade: str
    said: str
    why: str
    source: str


@dataclass(frozen=True)
class Line:
    """One thing that a by-law may not say; see the head of bylaws.toml. law: ((from, source), …), the oldest first."""

    code: str
    grade: str
    why: str
    words: tuple[str, ...]
    near: tuple[tuple[str, ...], ...]
    within: int
    law: tuple[tuple[date, str], ...]


@dataclass(frozen=True)
class Adopts:
    """Who may adopt a rule of a kind. matter: its code in meetings.toml where that is reserved; bodies: kinds of bodies."""

    kind: str
    matter: str
    bodies: tuple[str, ...]
    law: tuple[tuple[date, str], ...]


def source_on(law: tuple[tuple[date, str], ...], day: date) -> str:
    """Return the article that says so on a day; before the first, the first."""
    return ([said for starts, said in law if starts <= day] or [law[0][1]])[-1]


@cache
def lines() -> tuple[Line, ...]:
    """Return everything that is read for."""
    return tuple(
        Line(one["code"], one["grade"], one["why"], tuple(one["words"]), tuple(map(tuple, one["near"])), one["within"], _law(one)) for one in tomllib.loads(FILE.read_text(encoding="utf-8"))["line"]
    )


@cache
def _adopts() -> tuple[Adopts, ...]:
    return tuple(Adopts(one["kind"], one["matter"], tuple(one["bodies"]), _law(one)) for one in tomllib.loads(FILE.read_text(encoding="utf-8"))["adopts"])


def adopts(kind: str) -> Adopts:
    """Return who may adopt a rule of a kind."""
    found = {one.kind: one for one in _adopts()}
    return found.get(kind, found[""])


def _law(one: dict[str, Any]) -> tuple[tuple[date, str], ...]:
    return tuple(sorted((each["from"], each["source"]) for each in one["law"]))


def _forbidden(said: str, breaks: frozenset[int], at: int, words: tuple[str, ...]) -> bool:
    """Tell whether what stands at `at` is what the clause itself forbids ("不得罚款", "不得停水停电"), in the same part of the sentence; words: of the same line."""
    while (word := next((one for one in words if said[:at].endswith(one)), None)) is not None:
        at -= len(word)
    found = None if DOUBLED.search(said[:at]) else FORBIDS.search(said[:at])
    return found is not None and not any(found.start() < one <= at for one in breaks)


def _met(line: Line, said: str, breaks: frozenset[int]) -> str:
    """Return the words of a text that a line is against, "" for none."""
    for word in line.words:
        if any(word.startswith(("不", "必须")) or not _forbidden(said, breaks, at.start(), line.words) for at in re.finditer(re.escape(word), said)):
            return word
    places = [[(found.start(), found.end(), word) for word in words for found in re.finditer(re.escape(word), said)] for words in line.near]
    for chosen in product(*places) if places and all(places) else ():
        start, end = min(one[0] for one in chosen), max(one[1] for one in chosen)
        apart = len({one[:2] for one in chosen}) == len(chosen)
        if apart and end - start <= line.within and not _forbidden(said, breaks, start, ()):
            return "…".join(one[2] for one in sorted(chosen))
    return ""


def judge(text: str, day: date) -> list[Finding]:
    """Return what a clause says that the law of a day forbids, or asks about; nothing where nothing was met."""
    said, breaks = parted(text)
    found = ((line, _met(line, said, breaks)) for line in lines())
    return [Finding(line.code, line.grade, met, line.why, source_on(line.law, day)) for line, met in found if met]
