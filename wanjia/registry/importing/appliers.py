"""What can be brought in: each app brings its imports whole (IMPORTS in its brings.py), and this asks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.brings import gather
from wanjia.sheets.template import Template

from .words import SENTENCES


@dataclass(frozen=True)
class Import:
    """One kind of workbook that can be brought in, whole: what it holds and how it is judged (template), its words, what becomes of its rows.

    apply(rows, upload, by, at): write a chunk of UploadRows; returns (a result word for each, {count: n}). Repeat-safe: the
    same rows again write nothing and answer "same".
    tell(rows, upload, by, at, memory): work out, without writing, what `apply` would do; adds to memory["counts"] and
    memory["changes"] (lists of [what, [words of what changes]]). `memory` lasts over the chunks of one file.
    counts: {count: its words}, in the order in which they are shown; quiet: those for which nothing is written.
    know(actor, keys) → {key: {column: text as exported}}: rows that are here already, for the judge; look(actor, day) → a function
    (values, village code) → [(code, column, detail)]: remarks on words that the register does not know.
    together: the column whose adjacent rows of one value are written in one transaction; called: its word for `wanjia import`.
    Where one row is one row of a table, `row_by_row` makes apply, tell, counts and quiet.
    """

    template: Template
    words: str
    apply: Callable
    tell: Callable
    counts: Mapping = field(default_factory=dict)
    quiet: frozenset = frozenset()
    know: Callable | None = None
    look: Callable | None = None
    together: str = ""
    called: str = ""

    @property
    def name(self):
        """The template's name: what an upload and an office's headers are kept under."""
        return self.template.name

    @cached_property
    def sentences(self):
        """{code: (Chinese, English)} of everything that may be said of such a workbook, as a file of an upload too."""
        return self.template.sentences | SENTENCES


@cache
def imports():
    """Return {name of the template: Import} of everything that can be brought in."""
    return {one.name: one for one in gather("IMPORTS")}


def called():
    """Return {word of the command line: name of the template}."""
    return {one.called or one.name: one.name for one in imports().values()}


def kinds():
    """Return [(name of the template, its words)] of everything that can be brought in."""
    return [(one.name, one.words) for one in imports().values()]


def add(memory, **counts):
    """Add to the counts of a forecast."""
    known = memory.setdefault("counts", {})
    for name, n in counts.items():
        known[name] = known.get(name, 0) + n


def row_by_row(known, write):
    """Return what an Import needs where each row of the workbook becomes one row: dict of apply, tell, counts, quiet.

    known(rows) → the numbers of the rows that are here already; write(row, by, at): the act that makes the others, in the chunk's
    transaction. row: a staging.Waiting, with `content` {column: text} and `village_code`.
    """
    def apply(rows, _upload, by, at):
        here = known(rows)
        for row in rows:
            if row.number not in here:
                write(row, by, at)
        results = ["same" if row.number in here else "new" for row in rows]
        return results, {"rows_new": results.count("new"), "rows_same": results.count("same")}

    def tell(rows, _upload, _by, _at, memory):
        same = len(known(rows))
        add(memory, rows_new=len(rows) - same, rows_same=same)

    return {"apply": apply, "tell": tell, "counts": {"rows_new": _("新写入的行"), "rows_same": _("已有的行")}, "quiet": frozenset({"rows_same"})}
