"""What the accepted rows of a template become. A floor above registers its own applier when it is ready."""

from collections.abc import Callable
from dataclasses import dataclass

from wanjia.sheets.templates import TEMPLATES, Template

APPLIERS = {}
KNOWN = {}
LOOK = {}


@dataclass(frozen=True)
class Applier:
    """One kind of workbook.

    apply(rows, upload, by, at): write a chunk of UploadRows; returns (a result word for each, {count: n}). Repeat-safe: the
    same rows again write nothing and answer "same".
    tell(rows, upload, by, at, memory): work out, without writing, what `apply` would do; adds to memory["counts"] and
    memory["changes"] (lists of [what, [words of what changes]]). `memory` lasts over the chunks of one file.
    """

    template: Template
    words: str
    apply: Callable
    tell: Callable


def register(name, words, apply, tell):
    """Make `name` importable."""
    APPLIERS[name] = Applier(TEMPLATES[name], words, apply, tell)


def know(name, ask):
    """Let the judge of template `name` know rows that are here already: ask(actor, keys) → {key: {column: text as exported}}."""
    KNOWN[name] = ask


def look(name, begin):
    """Let the judge of template `name` remark on words that the register does not know: begin(actor, day) → (values, village
    code) → [(code, column, detail)]."""
    LOOK[name] = begin


def add(memory, **counts):
    """Add to the counts of a forecast."""
    known = memory.setdefault("counts", {})
    for name, n in counts.items():
        known[name] = known.get(name, 0) + n
