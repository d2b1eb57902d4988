"""What a notice counts and says, and how that is frozen when it gets its number.

Frozen by lines and not by the clock: an act stamped before the printing may be committed after it.
"""

import hashlib
import json
from datetime import timedelta
from itertools import accumulate, pairwise

from django.db.models import Exists, IntegerField, Value
from django.utils import translation

from wanjia.indicators.definitions import definition
from wanjia.kernel.calendar import day_start
from wanjia.verdict import Conflict

from ..figures import queries as counting
from ..kinds import bulletins
from ..models import Paper

ROWS_SHOWN = 100
TRIES = 4
CHUNK = 500  # lines asked for by one statement: below SQLite's and PostgreSQL's limits on parameters
LONGEST_ACT = timedelta(days=1)  # no transaction lasts longer


def moment_of(paper):
    """Return the last moment that the notice counts: the end of its day, or its printing if the day was under way."""
    return min(day_start(paper.as_of + timedelta(days=1)) - timedelta(microseconds=1), paper.printed_at)


@translation.override("zh-hans")
def content(paper, known_at):
    """Work out what the notice says: what had happened by its moment, as it was on the books at `known_at`."""
    return bulletins()[paper.kind].content(paper, known_at, moment_of(paper))


def settled(paper, known_at):
    """Return what a notice is published with: its content, the lines it counts and their digest, all of one state of the books.

    known_at: only what was stamped by then, or None. Acts may be committed while we read: then we read again. Raises Conflict when
    they do not end.
    """
    if bulletins()[paper.kind].of.lines is None:
        said = content(paper, known_at)
        return {"content": said, "lines": None, "digest": _over(said)}
    for _try in range(TRIES):
        lines, total = freeze(paper, known_at)
        said = content(paper, known_at)
        if freeze(paper, known_at) == (lines, total):
            return {"content": said, "lines": lines, "digest": total}
    raise Conflict()


def freeze(paper, known_at):
    """Return (the lines the notice counts, packed; the SHA-256 over its rows), read by one statement."""
    ids, total = [], hashlib.sha256()
    for *row, line in _on_the_books(paper, known_at, "f_line"):
        ids.append(line)
        total.update(_spelled(row))
    return [after - before for before, after in pairwise([0, *sorted(ids)])], total.hexdigest()


def rows(paper, known_at, lines):
    """Yield (id of a row, number of its last line, facts) of every row the notice counts, by id: what its digest is made of.

    lines: what `freeze` kept; None for what was published before it was kept, which only `known_at` pins down.
    """
    if lines is None:
        yield from _on_the_books(paper, known_at)
        return
    of = bulletins()[paper.kind].of
    ids, found, facts = list(accumulate(lines)), [], [then for _now, then in of.facts.values()]
    for at in range(0, len(ids), CHUNK):
        found += of.lines.objects.filter(pk__in=ids[at : at + CHUNK]).order_by().values_list(f"{of.of}_id", "n", *facts)
    yield from sorted(found, key=lambda row: row[:2])


def _on_the_books(paper, known_at, *more):
    of = bulletins()[paper.kind].of
    found = counting.on_day(counting.in_area(of, paper.area.stem), paper.as_of, known_at, moment_of(paper))
    return found.order_by("pk").values_list("pk", "f_n", *map(of.column, of.facts), *more).iterator(chunk_size=5000)


def _over(said):
    """Return the SHA-256 over what a notice says, where no lines are frozen; spelt as the database gives it back."""
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _spelled(row):
    return json.dumps(row, default=str, ensure_ascii=False).encode() + b"\n"


def digest(published):
    """Return the SHA-256 over the rows of what was published, worked out again; over what it says, where its population has no lines."""
    if bulletins()[published.paper.kind].of.lines is None:
        return _over(published.content)
    total = hashlib.sha256()
    for row in rows(published.corrects or published.paper, published.paper.printed_at, published.lines):
        total.update(_spelled(row))
    return total.hexdigest()


def said(published):
    """Return the SHA-256 over what a notice says, figures and changes: the journal's line of its printing carries it."""
    text = json.dumps([published.content, published.changes], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


@translation.override("zh-hans")
def changes(before, after, *, until_of):
    """Return what is otherwise now than in a published notice or correction: figures n → n, and the rows that changed.

    before: the paper published last; after: what is settled now; until_of: the first notice, whose moment both count to.
    """
    told = {row["id"]: row["shown"] for row in before.published.content["figures"]}
    return {
        "figures": [{"zh": row["zh"], "before": told.get(row["id"], "—"), "after": row["shown"]}
                    for row in after["content"]["figures"] if told.get(row["id"]) != row["shown"]],
        **_changed_rows(before, after, until_of),
    }  # fmt: skip


def _changed_rows(before, after, paper):
    one = bulletins()[paper.kind]
    if one.stands is None:
        return {"rows": [], "more": 0}
    kept = ((before.printed_at, before.published.lines), (None, after["lines"]))
    then, now = ({pk: facts for pk, *facts in rows(paper, known_at, lines)} for known_at, lines in kept)
    other = sorted(pk for pk in then.keys() | now.keys() if then.get(pk) != now.get(pk))
    numbers = dict(counting.in_area(one.of, paper.area.stem).filter(pk__in=other[:ROWS_SHOWN]).values_list("pk", one.numbered))
    told = ({"number": numbers[pk], "before": one.stands(then.get(pk)), "after": one.stands(now.get(pk))} for pk in other[:ROWS_SHOWN])
    return {"rows": sorted(told, key=lambda row: row["number"]), "more": max(len(other) - ROWS_SHOWN, 0)}


def outdated(pairs):
    """Tell of each (notice, what was published last of it) whether something is on the books that had happened by its day and that what was published
    lacks: two questions for all that are counted over one population.
    """
    found = {at: _told_otherwise(paper, last) for at, (paper, last) in enumerate(pairs) if bulletins()[paper.kind].of.lines is None}
    kinds = {bulletins()[paper.kind].of for at, (paper, _last) in enumerate(pairs) if at not in found}
    for of in kinds:
        mine = [(at, paper, last) for at, (paper, last) in enumerate(pairs) if bulletins()[paper.kind].of is of]
        near = {at: _near(of, paper, last, at).exclude(recorded_at__gt=last.paper.printed_at) for at, paper, last in mine}
        since = {f"since{at}": Exists(_near(of, paper, last, at).filter(recorded_at__gt=last.paper.printed_at)) for at, paper, last in mine}
        told = Paper.objects.filter(pk=mine[0][1].pk).values(**since).get()
        last_lines = {at: {} for at in near}
        first, *others = (one.values_list("of_pair", f"{of.of}_id", "n", "pk") for one in near.values())
        for at, row, n, line in first.union(*others, all=True) if others else first:
            last_lines[at][row] = max(last_lines[at].get(row, (n, line)), (n, line))
        found |= {at: told[f"since{at}"] or _committed_late({line for _n, line in last_lines[at].values()}, last) for at, _paper, last in mine}
    return [found[at] for at in range(len(pairs))]


def _told_otherwise(paper, last):
    """Tell whether the figures of a notice without lines are others now than what was published last says."""
    one = bulletins()[paper.kind]
    if one.ready and not one.ready(paper):
        return False
    told = {row["id"]: row["n"] for row in last.content["figures"]}
    now = counting.count(counting.in_area(one.of, paper.area.stem), paper.as_of, paper.as_of, items={id_: definition(id_) for id_ in told})
    return now != told


def _near(of, paper, last, at):
    """Return the lines of a notice's place that had happened by its moment and were stamped since shortly before it, marked as those of pair `at`."""
    place, stem = f"{of.of}__{of.place}", paper.area.stem
    there = {"happened_at__lte": moment_of(paper), f"{place}__gte": stem, f"{place}__lt": str(int(stem) + 1)}
    rows = of.lines.objects.filter(**there, recorded_at__gt=last.paper.printed_at - LONGEST_ACT)
    return rows.order_by().annotate(of_pair=Value(at, IntegerField()))


def _committed_late(lines, published):
    """Tell whether a row's last line, stamped shortly before the notice, is none of those that it counts."""
    return bool(lines) and published.lines is not None and not set(accumulate(published.lines)).issuperset(lines)
