"""Rules that look beyond one cell: contradictions within a row, and rows that say the same or the opposite.

A template names its rules; an app brings them. Each is made once for a sheet and called once a row, in order, with the row's `Draft`,
to which it adds findings. Here is the one that any table can use.
"""

from dataclasses import dataclass, field
from types import MappingProxyType

from .report import Finding


@dataclass
class Draft:
    """A row being judged. values: by column name; known: what kinds and rules tell the rules after them; place: the key of the place
    that the row belongs to, where a rule finds one."""

    number: int
    values: dict
    findings: list
    known: dict = field(default_factory=dict)
    place: str | None = None

    def find(self, code, column="", detail=""):
        """Add a finding."""
        self.findings.append(Finding(self.number, code, column, str(detail)))

    def has(self, code):
        """Whether this was found already."""
        return any(f.code == code for f in self.findings)

    @property
    def sound(self):
        """Whether nothing but remarks was found."""
        return all(f.code.startswith("warn.") for f in self.findings)


class Rule:
    """One rule for one sheet. world: what the caller of `judge` knows; given: what `ahead` made of the whole file.

    sentences: {code: (Chinese, English)} of its own codes. ahead: None, or a static function (sheet, (column name, cell) → value), asked
    before the first row: the sheet is then gone through twice.
    """

    sentences = MappingProxyType({})
    ahead = None

    def __init__(self, world, given):
        self.world, self.given = world, given

    def __call__(self, draft):
        raise NotImplementedError


class IdenticalRow(Rule):
    """A row that repeats an earlier one in every known column is imported once."""

    def __init__(self, world, given):
        super().__init__(world, given)
        self.seen = {}

    def __call__(self, draft):
        if not draft.sound:
            return
        key = hash(tuple(draft.values.values()))
        first = self.seen.setdefault(key, draft.number)
        if first != draft.number:
            draft.findings.insert(0, Finding(draft.number, "warn.dup.identical_row", "", str(first)))
