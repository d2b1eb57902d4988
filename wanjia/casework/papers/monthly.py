"""The monthly notice (月度通报) of an area: figures with both their numbers, areas by code, the unsolved list without names.

What is published is frozen: `content` is worked out once, when the notice gets its number; from then on only `notice` shows it.
Frozen by lines and not by the clock: an act stamped before the printing may be committed after it.
"""

import hashlib
import json
from datetime import timedelta
from itertools import accumulate, pairwise

from django.utils import translation

from wanjia.kernel.calendar import CHINA, day_start, today
from wanjia.kernel.models import Entry
from wanjia.orgs.models import Organisation
from wanjia.orgs.trail.anchor import code
from wanjia.reporting.figures import queries as counting
from wanjia.verdict import Conflict

from ..figures.population import NEEDS
from ..models import Step
from ..states import NeedState
from .queries import day_words, moment_words

LONGEST = 40
ROWS_SHOWN = 100
TRIES = 4
CHUNK = 500  # lines asked for by one statement: below SQLite's and PostgreSQL's limits on parameters
LONGEST_ACT = timedelta(days=1)  # no transaction lasts longer
PRINTED = ("needs.received", "needs.reasonable", "needs.settled", "needs.confirmed", "needs.open", "needs.overdue")


def moment_of(paper):
    """Return the last moment that the notice counts: the end of its day, or its printing if the day was under way."""
    return min(day_start(paper.as_of + timedelta(days=1)) - timedelta(microseconds=1), paper.printed_at)


@translation.override("zh-hans")
def content(paper, known_at):
    """Work out what the notice says: what had happened by its moment, as it was on the books at `known_at`."""
    area, day, moment = paper.area, paper.as_of, {"known_at": known_at, "until": moment_of(paper)}
    needs = counting.in_area(NEEDS, area.stem)
    rows = counting.figures(needs, day, day, **moment)
    unsolved = counting.rows_of("needs.open", needs, day, day, **moment)
    return {
        "day": day_words(day) + _hour(paper), "n": {row["id"].removeprefix("needs."): row["n"] for row in rows}, "figures": rows,
        "fresh": NEEDS.in_month(counting.on_day(needs, day, **moment), paper.period).count(),
        "unsolved": _listed(unsolved), "more": max(unsolved.count() - LONGEST, 0), "lines": _lines(needs, area, day, moment),
        "anchor_code": code(),
    }  # fmt: skip


def _hour(paper):
    return f"{paper.printed_at.astimezone(CHINA):%H:%M}" if today(paper.printed_at) == paper.as_of else ""


def notice(paper):
    """Return the context of a printed notice: what was published under its number, whatever was entered since."""
    area, published = paper.area, paper.published
    unit = paper.printed_org.name if paper.printed_org else ""
    return {
        **published.content, "number": paper.number, "area": area, "month": f"{paper.period[:4]}年{int(paper.period[4:])}月",
        "corrects": published.corrects, "changes": published.changes, "digest": published.digest,
        "unit": unit, "printed": moment_words(paper.printed_at), "anchor": anchor(paper),
        "name": f"{area.name}{paper.period}月度通报{'更正' if published.corrects else ''}", "author": unit, "made": paper.printed_at,
    }  # fmt: skip


def settled(paper, known_at):
    """Return what a notice is published with: its content, the lines it counts and their digest, all of one state of the books.

    known_at: only what was stamped by then, or None. Acts may be committed while we read: then we read again. Raises Conflict when
    they do not end.
    """
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
    """Yield (need id, number of its last line, facts) of every need the notice counts, by id: what its digest is made of.

    lines: what `freeze` kept; None for what was published before it was kept, which only `known_at` pins down.
    """
    if lines is None:
        yield from _on_the_books(paper, known_at)
        return
    ids, found, facts = list(accumulate(lines)), [], [then for _now, then in NEEDS.facts.values()]
    for at in range(0, len(ids), CHUNK):
        found += Step.objects.filter(pk__in=ids[at : at + CHUNK]).order_by().values_list("need_id", "n", *facts)
    yield from sorted(found, key=lambda row: row[:2])


def _on_the_books(paper, known_at, *more):
    needs = counting.on_day(counting.in_area(NEEDS, paper.area.stem), paper.as_of, known_at, moment_of(paper))
    return needs.order_by("pk").values_list("pk", "f_n", *map(NEEDS.column, NEEDS.facts), *more).iterator(chunk_size=5000)


def _spelled(row):
    return json.dumps(row, default=str, ensure_ascii=False).encode() + b"\n"


def digest(published):
    """Return the SHA-256 over the rows of what was published, worked out again."""
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
    """Return what is otherwise now than in a published notice or correction: figures n → n, and the needs whose rows changed.

    before: the paper published last; after: what is settled now; until_of: the first notice, whose moment both count to.
    """
    paper = until_of
    kept = ((before.printed_at, before.published.lines), (None, after["lines"]))
    then, now = ({pk: facts for pk, *facts in rows(paper, known_at, lines)} for known_at, lines in kept)
    other = sorted(pk for pk in then.keys() | now.keys() if then.get(pk) != now.get(pk))
    numbers = dict(counting.in_area(NEEDS, paper.area.stem).filter(pk__in=other[:ROWS_SHOWN]).values_list("pk", "number"))
    before = {row["id"]: row["shown"] for row in before.published.content["figures"]}
    return {
        "figures": [{"zh": row["zh"], "before": before.get(row["id"], "—"), "after": row["shown"]}
                    for row in after["content"]["figures"] if before.get(row["id"]) != row["shown"]],
        "rows": sorted(({"number": numbers[pk], "before": _state(then.get(pk)), "after": _state(now.get(pk))} for pk in other[:ROWS_SHOWN]),
                       key=lambda row: row["number"]),
        "more": max(len(other) - ROWS_SHOWN, 0),
    }  # fmt: skip


def _state(facts):
    return str(NeedState(facts[1]).label) if facts else "不在台账"


def entered_since(paper, last):
    """Tell whether something is on the books that had happened by the notice's day and that what was published last lacks."""
    stem, at = paper.area.stem, last.paper.printed_at
    there = Step.objects.filter(happened_at__lte=moment_of(paper), need__village_id__gte=stem, need__village_id__lt=str(int(stem) + 1))
    return there.filter(recorded_at__gt=at).exists() or _committed_late(there.filter(recorded_at__gt=at - LONGEST_ACT), last)


def _committed_late(near, published):
    """Tell whether a need's last line, stamped shortly before the notice, is none of those that it counts."""
    last = dict(near.order_by("n").values_list("need_id", "pk"))
    return bool(last) and published.lines is not None and not set(accumulate(published.lines)).issuperset(last.values())


def _listed(unsolved):
    units = dict(Organisation.objects.values_list("pk", "name"))
    needs = unsolved.select_related("village__parent").defer("story", "requester_phone", "ledger_cells").order_by("number")[:LONGEST]
    return [
        {
            "number": need.number, "category": str(need.get_category_display()), "unit": units.get(need.holder_id, ""),
            "place": "".join(one.short_name or one.name for one in (need.village.parent, need.village) if one),
            "due": need.f_due_on.isoformat() if need.f_due_on else "", "state": str(NeedState(need.f_state).label),
        }
        for need in needs
    ]  # fmt: skip


def _lines(needs, area, day, moment):
    if area.level not in counting.DIGITS:
        return []
    return [
        {"name": "(区划调整前)" if line.rest else line.area.name, "values": [row[id_] for id_ in PRINTED]}
        for line, row in counting.lines(NEEDS, counting.by_area(needs, day, day, counting.DIGITS[area.level], **moment), day, area)
    ]


def anchor(paper):
    """Return the journal line of the paper's first printing: its digest, once published, pins down every line before it."""
    return Entry.objects.filter(subject="reporting.paper", subject_id=str(paper.pk)).order_by("seq").first()
