"""What families of the demo county say: the sentences of voices.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Voice:
    """One thing said: its words, category, how urgent and hard it is, whose line it is, what is done about it, what comes out."""

    words: str
    category: str
    urgency: str
    difficulty: str
    line: str
    unit: str
    notes: tuple
    done: str
    outcome: str
    child: bool

    def fits(self, unit):
        """Tell whether it is this unit's business."""
        return unit.name.endswith(self.unit) if self.unit else unit.line == self.line


class Voices(tuple):
    """All of them."""

    def of(self, words):
        """Return the voice of a need by its words; somebody else's need gets the first."""
        return next((one for one in self if one.words == words), self[0])


@cache
def voices():
    """Read the sentences, once."""
    raw = tomllib.loads(Path(__file__).with_name("voices.toml").read_text(encoding="utf-8"))["voice"]
    return Voices(
        Voice(
            words, one["category"], *one["grades"], one["line"], one.get("unit", ""), tuple(one["notes"]), one["done"],
            one.get("outcome", "solved"), one.get("child", False),
        )
        for one in raw for words in one["says"]
    )  # fmt: skip


def said_of(dice):
    """Draw one."""
    return dice.choice(voices())
