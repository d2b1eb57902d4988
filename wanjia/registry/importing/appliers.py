"""What the accepted rows of a template become: each app brings its imports (IMPORTS in its brings.py), and this asks."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from wanjia.kernel.brings import gather
from wanjia.sheets.templates import TEMPLATES


@dataclass(frozen=True)
class Import:
    """One kind of workbook that can be brought in: its template's name and its words, and what becomes of its rows.

    apply(rows, upload, by, at): write a chunk of UploadRows; returns (a result word for each, {count: n}). Repeat-safe: the
    same rows again write nothing and answer "same".
    tell(rows, upload, by, at, memory): work out, without writing, what `apply` would do; adds to memory["counts"] and
    memory["changes"] (lists of [what, [words of what changes]]). `memory` lasts over the chunks of one file.
    know(actor, keys) → {key: {column: text as exported}}: rows that are here already, for the judge; look(actor, day) → a function
    (values, village code) → [(code, column, detail)]: remarks on words that the register does not know.
    """

    name: str
    words: str
    apply: Callable
    tell: Callable
    know: Callable | None = None
    look: Callable | None = None

    @property
    def template(self):
        """Its columns, headers and rules."""
        return TEMPLATES[self.name]


@cache
def imports():
    """Return {name of the template: Import} of everything that can be brought in."""
    return {one.name: one for one in gather("IMPORTS")}


def add(memory, **counts):
    """Add to the counts of a forecast."""
    known = memory.setdefault("counts", {})
    for name, n in counts.items():
        known[name] = known.get(name, 0) + n
