"""What an app brings to have papers, monthly notices and sheets of its own. The engines beside it know no kind by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from wanjia.kernel.acts import Subject
from wanjia.kernel.brings import gather

from .figures.population import Population


@dataclass(frozen=True)
class PaperKind:
    """How one paper is made: who prints it, the mark of its numbers, whether it leaves the office, whether a hand fills it.

    key: as it is kept, one for the whole house; fits(row, standing) → (whether it makes sense for the row as it stands, why not).
    """

    key: str
    words: Any
    mark: str
    duties: tuple
    fits: Callable
    leaves: bool = False
    by_hand: bool = False


@dataclass(frozen=True, eq=False)
class Papers:
    """The papers about one kind of row (PAPERS).

    seen(actor) → the rows whose papers an actor sees; whole(pk) → a row with all that papers name
    near(actor, row, kind) → (whether the row is the actor's by this kind's duties, why not)
    standing(row, at) → what `fits` asks of all kinds, worked out once
    occasion(row, kind) → the number of what a paper stands on: the same occasion keeps its number, a new one gets a new
    write(paper, row, actor, at) → its papers.sheets.Sheet
    area(row) → the Area it lies in, whose county is in its number; unit(actor, row) → the Organisation in whose name it is printed
    told(actor, row, kind) → what the journal's line says besides
    hard(row, actor) → [(field, characters that no font here bears)]; numbered(number) → the Q of papers about the row with that number
    gap: of the row's page of papers, for what else is printed there (Beside)
    """

    subject: Subject
    kinds: tuple[PaperKind, ...]
    seen: Callable
    whole: Callable
    near: Callable
    standing: Callable
    occasion: Callable
    write: Callable
    area: Callable
    unit: Callable
    told: Callable
    hard: Callable
    numbered: Callable
    card: str
    gap: str = ""

    def kind(self, key):
        """Return the PaperKind of a key, or None."""
        return next((one for one in self.kinds if one.key == key), None)

@dataclass(frozen=True, eq=False)
class Bulletin:
    """A notice of an area and a month (月度通报), counted over one population, frozen when it gets its number (BULLETINS).

    content(paper, known_at, until) → what it says, as JSON keeps it: `figures` (rows of figures.queries), the rest for `template`
    numbered: the column that names a row of the population; stands(facts or None) → how a row stood, in words; none: not there yet.
    Without `stands` a correction names no rows
    may(actor, area, month, day) → Verdict, what this kind asks besides the whole area being in sight; levels: of which areas it is
    may_correct(before, after) → Verdict, of the content that stands and of the new one
    link: the name of a public address that shows it, which its paper bears; duty: who is offered it; hint: what its form says beside its name
    Of a population whose history is in dated rows and not in lines, the digest is over what it says; ready(paper) → whether it can be counted
    anew while somebody waits: only then a page tells that something was entered since
    """

    key: str
    words: Any
    mark: str
    of: Population
    content: Callable
    numbered: str
    template: str
    levels: tuple[str, ...]
    stands: Callable | None = None
    may: Callable | None = None
    may_correct: Callable | None = None
    link: str = ""
    duty: Any = None
    hint: Any = ""
    ready: Callable | None = None


@dataclass(frozen=True, eq=False)
class ExportKind:
    """What may leave the house as a sheet (EXPORTS): the engine asks why, counts, has it agreed, and sends it once.

    form(data, actor=) → its question and its reason; its `question()` is {word: text} as it is kept, its `wanted()` the names of
    sensitive columns; template: the page that asks, or "" where it stands on the page of exports, in the gap "exports"
    asks: the words of a question; sensitive: the names of its sensitive columns; place: the one that names an area; phrased(exports) → {pk: [(words of a question, its answer)]}
    rows(actor, query, at) → what the actor would take now, as a query set; Http404 for a broken question
    may(actor, columns) → Verdict, what this kind asks besides; beyond(actor, spans) → ids of those (export, first, end) which may hold
    rows that the actor's approving posts do not show
    header(export), lines(actor, export, rows): the sheet; sheet: its name; named(export) → the file's, without its ending;
    title(export, at) → the line above the sheet, or ""; most: rows of a workbook, above which it is CSV
    at: (the last part of its page's address, the name of that), where links know it by another than its key
    """

    key: str
    words: Any
    form: type
    template: str
    asks: tuple[str, ...]
    sensitive: tuple[str, ...]
    place: str
    rows: Callable
    phrased: Callable
    header: Callable
    lines: Callable
    sheet: Any
    named: Callable
    title: Callable = lambda _export, _at: ""
    may: Callable | None = None
    beyond: Callable | None = None
    most: int = 200_000
    at: tuple[str, ...] = ()


def papers_with(key):
    """Return the Papers that have a kind, or None."""
    return next((one for one in gather("PAPERS") if one.kind(key)), None)


def bulletins() -> Mapping[str, Bulletin]:
    """Return {key: Bulletin}, in the order in which they are brought."""
    return {one.key: one for one in gather("BULLETINS")}


def exported() -> Mapping[str, ExportKind]:
    """Return {key: ExportKind}, in the order in which they are brought."""
    return {one.key: one for one in gather("EXPORTS")}


def paper_words(key):
    """Return what a kind of paper is called; the key itself where the app that brought it is gone."""
    family = papers_with(key)
    one = family.kind(key) if family else bulletins().get(key)
    return one.words if one else key


def export_words(key):
    """Return what a kind of export is called."""
    one = exported().get(key)
    return one.words if one else key
