"""A violation told so that somebody can follow it: what was found, and the need's life in sentences."""

from dataclasses import dataclass
from datetime import datetime

from wanjia.kernel.acts import line_words
from wanjia.kernel.brings import gather
from wanjia.kernel.calendar import CHINA

from ..states import NEED

LAST = 25  # lines
BROKE = "一件事做不成 / an act broke"  # no judgement: whatever is wrong, it was not seen to be


@dataclass
class Story:
    """kind: which promise was broken; what: how it was found; account: of which need, or None."""

    kind: str
    what: str
    at: datetime
    account: object = None

    @property
    def number(self):
        return self.account.number if self.account else ""

    def told(self):
        """Return the story as lines of text."""
        said = [f"{self.at.astimezone(CHINA):%Y-%m-%d %H:%M} {self.kind}", f"  {self.what}"]
        if self.account is None:
            return said
        words, lines = called(), self.account.lines
        said.append(f"  诉求 {self.number} 的经过({len(lines)} 步):")
        said += [f"    前 {len(lines) - LAST} 步略"] if len(lines) > LAST else []
        for n, line in enumerate(lines, 1):
            if n > len(lines) - LAST:
                who = f"{line.by}({line.unit})" if line.unit else line.by
                said.append(f"    {n}. {line.at.astimezone(CHINA):%m-%d %H:%M} {who}:{words.get(line.act, line.act)} {line.says}".rstrip())
        return said


def called():
    """Return {act of a timeline: what it is called}."""
    said = line_words() | {line.act: line.words for line in gather("LINES")}
    return {name: move.words for name, move in NEED.moves.items()} | {act.removeprefix("need."): words for act, words in said.items()}
