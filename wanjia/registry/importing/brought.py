"""What can be brought in: each app brings its imports whole (IMPORTS in its brings.py), and this asks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache, cached_property, partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.brings import gather
from wanjia.orgs.models import Area
from wanjia.registry.duties import Duty
from wanjia.sheets.template import Template
from wanjia.sheets.values import DATE, NUMBER
from wanjia.verdict import Refused

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
    duty: what somebody must be able to do, beside importing, to bring it in and to see what colleagues sent: a workbook writes what an act
    writes, and asks for no less. together: the column whose adjacent rows of one value are written in one transaction; called: its word for `wanjia import`.
    Where each row becomes one row of a model, `row_by_row` says all of it but the words.
    """

    template: Template
    words: str
    apply: Callable
    tell: Callable
    counts: Mapping = field(default_factory=dict)
    quiet: frozenset = frozenset()
    know: Callable | None = None
    look: Callable | None = None
    duty: Any = Duty.SEE_REGISTER
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

    @cached_property
    def masks(self):
        """{column: how a list shows it} of what is sensitive."""
        return {column.name: column.kind.mask for column in self.template.columns if column.kind.mask}


@cache
def imports():
    """Return {name of the template: Import} of everything that can be brought in."""
    return {one.name: one for one in gather("IMPORTS")}


def called():
    """Return {word of the command line: name of the template}."""
    return {one.called or one.name: one.name for one in imports().values()}


def kinds(actor=None):
    """Return [(name of the template, its words)] of everything that can be brought in; of an actor, what he may bring in."""
    return [(one.name, one.words) for one in imports().values() if actor is None or actor.has_duty(one.duty)]


def add(memory, **counts):
    """Add to the counts of a forecast."""
    known = memory.setdefault("counts", {})
    for name, n in counts.items():
        known[name] = known.get(name, 0) + n


READ_AS = {DATE: date.fromisoformat, NUMBER: Decimal}


def _fresh(template, model, fields, place, rows, seen):
    """Yield (row, {field: value}) of the rows of a chunk that are not here. seen: those of the file, which is added to."""
    read = {field: (column, READ_AS.get(template.column(column).kind)) for column, field in fields.items()}
    codes = {row.village_code for row in rows}
    there = set(model.objects.filter(**{f"{place}__in": codes}).values_list(place, *fields.values()))
    for row in rows:
        what = _told(row, read)
        key = (row.village_code, *what.values())
        if key not in there and key not in seen:
            yield row, what
        seen.add(key)


def _told(row, read):
    """Return {field: value} of a row but for its place: a blank day or number is None, a blank text empty."""
    said = ((field, row.content.get(column), as_what) for field, (column, as_what) in read.items())
    return {field: (as_what(text) if text else None) if as_what else text or "" for field, text, as_what in said}


def row_by_row(template, model, act, fields, place="village"):
    """Return what an Import needs where each row of the workbook becomes one row of a model: dict of template, apply, tell, counts, quiet.

    act: the command that makes one, asked with fields as its keywords, in the chunk's transaction. fields: {column: field}; place: the
    field of the row's village (the template asks InItsVillage). What says the same in all of these is here already, in the file too.
    """
    fresh = partial(_fresh, template, model, fields, place)

    def apply(rows, _upload, by, at):
        became, villages = {}, Area.objects.in_bulk({row.village_code for row in rows})
        for row, what in fresh(rows, set()):
            became[row.number] = "new"
            try:
                with transaction.atomic():
                    act(**{place: villages.get(row.village_code)}, **what, by=by, at=at)
            except Refused:  # what the act refuses is sent back by itself: it holds up no other row
                became[row.number] = "changed"
        results = [became.get(row.number, "same") for row in rows]
        refused = {"rows_changed": n} if (n := results.count("changed")) else {}
        return results, {"rows_new": results.count("new"), "rows_same": results.count("same")} | refused

    def tell(rows, _upload, _by, _at, memory):
        new = sum(1 for _fresh in fresh(rows, memory.setdefault("seen", set())))
        add(memory, rows_new=new, rows_same=len(rows) - new)

    counts = {"rows_new": _("新写入的行"), "rows_same": _("已有的行"), "rows_changed": _("没有办成、退回的行")}
    return {"template": template, "apply": apply, "tell": tell, "counts": counts, "quiet": frozenset({"rows_same", "rows_changed"})}


def writing(take, there, counts):
    """Return (apply, tell) of an Import whose rows are each taken by `take`.

    take(row, by, at) → the row as it stands, raising Refused for what changed meanwhile, or a code of why not; there(row, by, at) → (who it is about
    or None, whether it stands already). counts: the names of (new, same, changed meanwhile).
    """
    return partial(_apply, take, there, counts), partial(_tell, there, counts)


def _apply(take, there, counts, rows, _upload, by, at):
    results = [_taken(take, there, row, by, at) for row in rows]
    return results, dict(zip(counts, (results.count("new"), results.count("same"), results.count("changed")), strict=True))


def _taken(take, there, row, by, at):
    who, same = there(row, by, at)
    if who is None or same:
        return "same" if same else "changed"
    try:
        with transaction.atomic():
            take(row, by, at)
    except Refused:  # whose post, place or helper changed between the look and the writing
        return "changed"
    return "new"


def _tell(there, counts, rows, _upload, by, at, memory):
    found = [there(row, by, at) for row in rows]
    memory.setdefault("met", set()).update(str(who.pk) for who, _same in found if who is not None and getattr(who, "is_protected", False))
    same, gone = sum(same for _who, same in found), sum(who is None and not same for who, same in found)
    add(memory, **dict(zip(counts, (len(rows) - same - gone, same, gone), strict=True)))
