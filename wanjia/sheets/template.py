"""What a workbook holds, as data that an app brings: its columns under the Chinese name that the office sees, and what judges them.

The name is the key of every value that `judge` returns. Synonyms are other spellings of the header; they are compared
after `headers.label` has folded width, blanks and brackets, so none of those need listing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from .codes import SENTENCES


@dataclass(frozen=True, eq=False)
class Kind:
    """What a column holds. judge: (cell, column, whether days count from 1904, world) → (value or None, code or None, detail).

    lacking: the code of a required cell that is blank. never_day: a cell that a spreadsheet program made a day of is lost. any_word: TRUE
    and FALSE are words here. note: (draft, column, value, code), called when a cell is judged, for what the rules want to know of it.
    mask: how a list shows what is sensitive. once: codes that say nothing of the row, but of a value that many rows share: told where it stands
    first. sentences: {code: (Chinese, English)} of its own codes.
    """

    name: str
    judge: Callable | None = None
    lacking: str = "row.too_few_cells"
    never_day: bool = False
    any_word: bool = False
    note: Callable | None = None
    mask: Callable | None = None
    once: frozenset = frozenset()
    sentences: Mapping = field(default_factory=dict)


SKIP = Kind("skip")  # known, neither stored nor warned of
READ = Kind("read")  # any other, as the reader knows it


@dataclass(frozen=True, eq=False)
class Column:
    """identity: no formula is taken, for it decides who is meant. high: largest number. past: no day after today. longest: characters.
    words: the words.ClosedList of a choice."""

    name: str
    kind: Kind
    synonyms: tuple = ()
    required: bool = False
    identity: bool = False
    past: bool = False
    high: int = 1_000_000
    longest: int = 4000
    words: object = None


@dataclass(frozen=True, eq=False)
class Template:
    """name: under which an office's headers are remembered, 12 characters at most. columns: in the order in which the faults of one row
    are told. rules: rules.Rule classes that look across cells and rows, in the order in which they are asked. others: whose cells a group
    header may announce that is not who the row is about (父亲信息). own: {code: (Chinese, English)} beside those of kinds and rules."""

    name: str
    columns: tuple
    rules: tuple = ()
    others: tuple = ()
    own: Mapping = field(default_factory=dict)

    def column(self, name):
        """Return a column by name. Raises StopIteration for one that is not here."""
        return next(c for c in self.columns if c.name == name)

    @cached_property
    def required(self):
        """The names of the columns without which no header is one."""
        return tuple(c.name for c in self.columns if c.required)

    @cached_property
    def kept(self):
        """The columns whose cells are read."""
        return tuple(c for c in self.columns if c.kind is not SKIP)

    @cached_property
    def sentences(self):
        """{code: (Chinese, English)} of everything that may be said of such a workbook."""
        said = dict(SENTENCES)
        for one in (*(column.kind for column in self.columns), *self.rules):
            said |= one.sentences
        return said | self.own

    def as_read(self):
        """What the reader must know, as plain values: it is sent to the child process, which loads no module of any app (ADR 95)."""
        return {"columns": [[c.name, c.synonyms, c.required, c.kind is SKIP] for c in self.columns], "others": self.others}


def of_reader(sent):
    """Return the Template that `as_read` sent: enough to find a header, nothing to judge by."""
    columns = tuple(Column(name, SKIP if skip else READ, tuple(synonyms), required) for name, synonyms, required, skip in sent["columns"])
    return Template("", columns, others=tuple(sent["others"]))


SERIAL = Column("序号", SKIP, ("编号", "行号", "原行号", "NO", "№", "序 号"))
NOTE_NAMES = ("备注说明", "说明", "备注信息", "其他说明")
