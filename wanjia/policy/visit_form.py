"""The parts and questions of a visit, from visit_form.toml, and the answers in words."""

import json
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("visit_form.toml")

Answers = dict[str, dict[str, str]]  # {code of the question: {"choice": code, "words": text}}, each of the two where it was given


@dataclass(frozen=True)
class Question:
    """One question; choices: {code: words} (choices_en: in English), concern: the choices that the next visitor must see."""

    code: str
    part: str
    about: str
    zh: str
    choices: dict[str, str] = field(hash=False)
    concern: tuple[str, ...]
    ages: tuple[int, int] = (0, 17)
    en: str = ""
    choices_en: dict[str, str] = field(default_factory=dict, hash=False)

    def offered(self, english: bool = False) -> dict[str, str]:
        """Return {code: words} of its choices in one language."""
        return {code: (english and self.choices_en.get(code)) or words for code, words in self.choices.items()}

    def fits(self, age: int | None) -> bool:
        """Tell whether it is asked of a child of this age (None: unknown, then it is)."""
        return age is None or self.ages[0] <= age <= self.ages[1]


@cache
def parts() -> list[dict[str, str]]:
    """Return the six parts in their order, each {"code", "zh", "en"}."""
    return list(_file()["part"])


@cache
def questions() -> dict[str, Question]:
    """Return every question by code, in the order of the form."""
    return {
        raw["code"]: Question(
            raw["code"],
            raw["part"],
            raw["about"],
            raw["zh"],
            raw["choices"],
            tuple(raw["concern"]),
            tuple(raw.get("ages", (0, 17))),
            raw["en"],
            raw["choices_en"],
        )
        for raw in _file()["question"]
    }


def in_words(answers: Answers, english: bool = False) -> list[tuple[Question, str, bool]]:
    """Return [(question, words of the answer, whether it is a concern)] of one sheet's answers {code: {"choice", "words"}}."""
    found = []
    for code, answer in answers.items():
        question = questions().get(code)
        if question:
            choice = answer.get("choice", "")
            said = question.offered(english).get(choice, choice)
            found.append((question, " · ".join(filter(None, (said, answer.get("words", "")))), choice in question.concern))
    return found


def packed(answers: Answers) -> str:
    """Return answers as the text that is sealed; what was not answered is left out."""
    return json.dumps({code: a for code, a in answers.items() if a.get("choice") or a.get("words")}, ensure_ascii=False)


def unpacked(text: str) -> Answers:
    """Return the answers of a sealed text."""
    return json.loads(text) if text else {}


def unknown(answers: Answers) -> list[str]:
    """List the codes and choices that no question knows."""
    known = questions()
    return [c for c, a in answers.items() if c not in known or (a.get("choice") and a["choice"] not in known[c].choices)]


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))
