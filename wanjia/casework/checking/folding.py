"""A need is the fold of its timeline: its lines, its owners, the household's words and the journal, held side by side."""

from collections import namedtuple
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache, cached_property
from itertools import islice
from types import SimpleNamespace

from wanjia.casework.duties import Duty
from wanjia.kernel.erasure import is_emptied
from wanjia.kernel.journal import erased
from wanjia.kernel.models import Entry
from wanjia.orgs.carried import roles_with
from wanjia.orgs.checking.reading import columns, plain
from wanjia.orgs.models import Post
from wanjia.sealing.keys import ring

from ..commands import ASKS, FACTS, LATER, MUTABLE, ONCE, asks_of, line_digest
from ..models import Callback, Holding, Need, Recheck, Saying, Slip, Step, Support
from ..states import ENDED, NEED, Way
from .hearing import heard_of
from .taking_part import parts_of

CHUNK = 1000
SNAPSHOT = 40  # facts: no act changes so many at once
ROW = ("pk", "number", "version", "touched_at", *ASKS, *ONCE[1:], *MUTABLE)
# One line of a timeline: what its digest is made of.
LINE = (
    "need_id", "n", "happened_at", "recorded_at", "act", "state_after", "words", "by_id", "by_name", "by_org_id", "by_org_name", "changed",
    *FACTS, *LATER,
)  # fmt: skip
Line = namedtuple("Line", LINE)
HELD = ("need_id", "organisation_id", "assigned_by_id", "from_at", "to_at")
MOMENTS = {name for name in MUTABLE if name.endswith("_at")}


@dataclass
class Kept:
    """One need as it is kept, with everything it should follow from."""

    row: dict
    lines: list = field(default_factory=list)
    live: list = field(default_factory=list)
    held: list = field(default_factory=list)
    helping: dict = field(default_factory=dict)
    words: list = field(default_factory=list)
    rechecks: list = field(default_factory=list)
    sealed: set = field(default_factory=set)
    slips: list = field(default_factory=list)
    misled: bool = False
    calling: dict = field(default_factory=dict)
    journal: dict = field(default_factory=dict)
    older: set = field(default_factory=set)
    journalled: int = 0
    recorded_before: bool = False

    @cached_property
    def taken_over(self):
        """Return the number of the line that carries the need as it stood when lines began to carry what they change; else 0.

        Older lines have no changes and no digest in the journal: the fold begins at that line. Where the journal has the digest of any
        line up to it, it is none: whoever owns the database would dress a line as one, and nothing before it were held.
        """
        first, since = 1 if self.recorded_before else 2, min(self.journal, default=len(self.lines) + 1)
        dressed = (line.n for line in self.lines if line.n >= first and "state" in line.changed and len(line.changed) >= SNAPSHOT)
        n = next(dressed, 0)
        return n if n < since else 0


def needs_with_their_lines():
    """Yield a Kept for every need, in the order of keys, a chunk at a time."""
    last = None
    asked, kinds = columns(Need, ROW)
    while True:
        needs = Need.objects.order_by("pk") if last is None else Need.objects.order_by("pk").filter(pk__gt=last)
        rows = [dict(zip(ROW, plain(row, kinds))) for row in needs.values_list(*asked)[:CHUNK]]
        if not rows:
            return
        first, last = rows[0]["pk"], rows[-1]["pk"]
        yield from _dressed(rows, first, last)


def vanished():
    """Yield the number of every need that the journal saw recorded and that is no longer there: nothing deletes a need."""
    told = Entry.objects.filter(subject="casework.need", act="need.record").values_list("subject_id", "detail")
    for some in batched(told.iterator(chunk_size=CHUNK), CHUNK):
        here = set(map(str, Need.objects.filter(pk__in=[pk for pk, _detail in some]).values_list("pk", flat=True)))
        yield from (detail.get("number") or pk for pk, detail in some if pk not in here)


def batched(rows, n):
    """Yield lists of n rows (itertools.batched, which Python 3.11 lacks)."""
    rows = iter(rows)
    while some := list(islice(rows, n)):
        yield some


def _dressed(rows, first, last):
    """Return the Kept of a chunk, each with what stands around its need: history, words, slips, what the journal says of it."""
    span, kept = {"need_id__gte": first, "need_id__lte": last}, {row["pk"]: Kept(row) for row in rows}
    for dress in (_with_history, _with_words, _with_slips):
        dress(kept, span)
    _with_journal(kept)
    return kept.values()


def _with_history(kept, span):
    for line in _read(Step.objects.filter(**span).order_by("need_id", "n"), LINE):
        line = Line(*line)
        kept[line.need_id].lines.append(line)
    for need_id, *held in _read(Holding.objects.filter(**span).order_by("need_id", "from_at", "id"), HELD):
        kept[need_id].held.append(held)
        if held[-1] is None:
            kept[need_id].live.append(held[0])
    for need_id, unit, asked_at in _read(Support.objects.filter(**span), ("need_id", "organisation_id", "asked_at")):
        kept[need_id].helping[unit] = asked_at


def _with_words(kept, span):
    for one in Callback.objects.filter(**span).values("need_id", "at", "way", "reached", "word", "round", "by"):
        kept[str(one.pop("need_id"))].words.append(one)
    for one in Recheck.objects.filter(**span).values("need_id", "at", "agrees", "reached", "by"):
        kept[str(one.pop("need_id"))].rechecks.append(one)
    for one in Saying.objects.filter(**span).values("need_id", "at", "by"):
        kept[str(one["need_id"])].sealed.add((one["at"], one["by"] and str(one["by"])))


def _with_slips(kept, span):
    slips = Slip.objects.filter(**span)
    calling = _calling(slips.filter(by_call_back=True).values("issued_by"))
    for one in slips.values("need_id", "issued_at", "issued_by", "by_call_back", "ended_at"):
        need = kept[str(one.pop("need_id"))]
        need.slips.append(one)
        need.calling = calling
    for slip in slips.filter(ended_at=None).only("need_id", "code", "code_index"):
        kept[str(slip.need_id)].misled |= slip.code_index not in Slip._meta.get_field("code_index").look_for(slip.code)


def _with_journal(kept):
    told = Entry.objects.filter(subject="casework.need", subject_id__in=kept)
    for subject, act, detail, *said in told.values_list("subject_id", "act", "detail", "at", "by_name", "after", "reason"):
        one = kept[subject]
        one.journalled += 1
        one.recorded_before |= act == "need.record" and "line" not in detail
        if "line" in detail:
            one.journal.setdefault(detail["n"], []).append(detail["line"])
        else:
            one.older.add((act, *said))


def _calling(people):
    """Return {who: [(from, to)]} of the posts by which these people may call back."""
    roles, found = roles_with(Duty.CALL_BACK), {}
    for user, first, end in Post.objects.filter(user__in=people, role__in=roles).values_list("user", "from_on", "to_on"):
        found.setdefault(user, []).append((first, end))
    return found


def _read(rows, names):
    asked, kinds = columns(rows.model, names)
    return (plain(row, kinds) for row in rows.values_list(*asked))


def faults_of(need):
    """Yield (column, is, should) for everything of one need that does not follow from its lines."""
    yield from _lines(need)
    yield from _fold(need)
    yield from _once(need)
    yield from _owner(need)
    yield from parts_of(need)
    yield from _household(need)
    yield from heard_of(need)
    yield from _journal(need)


def _lines(need):
    """Numbers without gaps, times that never run back, moves that the table knows."""
    before = None
    for at, line in enumerate(need.lines, 1):
        if line.n != at:
            yield f"step {at}.n", line.n, at
        if before and line.n > need.taken_over:
            for name in ("happened_at", "recorded_at"):
                if getattr(line, name) < getattr(before, name):
                    yield f"step {at}.{name}", getattr(line, name), f"≥ {getattr(before, name)}"
        state = before.state_after if before else NEED.initial[0]
        if line.act in NEED.moves and before:
            move = NEED.moves[line.act]
            if state not in move.sources or line.state_after != move.target:
                yield f"step {at}.state_after", f"{state} → {line.state_after}", f"{line.act} → {move.target}"
        elif line.state_after != state:
            yield f"step {at}.state_after", line.state_after, state
        before = line


def _fold(need):
    """What the need bears is what its lines changed, one after the other; each line's facts are what was true after it."""
    told = dict(_blank())
    for line in need.lines:
        for name, value in line.changed.items():
            if name in told:
                told[name] = _moment(value) if value and name in MOMENTS else value
        told["state"] = line.state_after
        for fact in (*FACTS, *LATER) if line.n > need.taken_over else ():
            if _differs(fact, getattr(line, fact), told[fact]):
                yield f"step {line.n}.{fact}", getattr(line, fact), told[fact]
    for name in MUTABLE:
        if _differs(name, need.row[name], told[name]):
            yield name, spelled(need.row[name]), told[name]
    if need.row["version"] != len(need.lines):
        yield "version", need.row["version"], len(need.lines)
    if need.lines and need.row["touched_at"] != need.lines[-1].recorded_at:
        yield "touched_at", need.row["touched_at"], need.lines[-1].recorded_at


def _once(need):
    """What was written once stands as the first line says, or the last one that put it right; a line from before 0.2.0 does not say it."""
    told = need.lines[0].changed if need.lines else {}
    told = told | {name: line.changed[name] for line in need.lines[1:] if line.act == "correct" for name in ONCE if name in line.changed}
    for name in ONCE:
        if name in told and spelled(need.row[name]) != told[name]:
            yield name, spelled(need.row[name]), told[name]
    if (said := told.get("asks")) and said.partition(":")[0] in ring()["keys"] and asks_of(SimpleNamespace(**need.row), said.partition(":")[0]) != said:
        yield "requester", "other", "who asked when it was recorded"


def _owner(need):
    """An open need has one live holding, of its holder; an ended one has none."""
    should = [] if need.row["state"] in ENDED else [need.row["holder_id"]]
    if need.live != should:
        yield "holding", need.live, should


def _household(need):
    """What the need says the household said, was said: in this round, in that way; and each word has its line."""
    row, times = need.row, {line.recorded_at for line in need.lines}
    for one in need.words:
        if one["at"] not in times:
            yield "callback", one["at"], "a line of the timeline at the same moment"
    said = [one for one in need.words if one["round"] == row["reopenings"] and one["reached"]]
    if row["confirmed"] in ("solved", "partly"):
        ways = {one["way"] == Way.SLIP for one in said if one["word"] == row["confirmed"]}
        if not ways:
            yield "confirmed", row["confirmed"], "no such word was heard"
        elif row["confirmed_by"] and (row["confirmed_by"] == "slip") not in ways:
            yield "confirmed_by", row["confirmed_by"], "heard the other way"
    # It outlives its round: a slip's "not solved", or a recheck, sends the need back and reaches nobody.
    if row["callback_failed"] and all(one["reached"] for one in need.words):
        yield "callback_failed", True, "nobody tried in vain"
    if (live := sum(one["ended_at"] is None for one in need.slips)) > 1:
        yield "slip", live, 1


def _journal(need):
    """Each line has its one line in the journal, with its digest."""
    if need.journalled == 0:
        yield "journal", "none", "a line for every act"
    for line in need.lines[: need.taken_over]:  # a move's line of an older version bore no digest, but the same words
        if line.act in NEED.moves and (f"need.{line.act}", line.recorded_at, line.by_name, line.state_after, line.words) not in need.older:
            yield f"step {line.n}.journal", "none", "the journal's line of this move"
    for line in need.lines[need.taken_over :]:
        kept = need.journal.get(line.n, [])
        should = line_digest(line, *kept[:1])
        if kept != [should] and not (len(kept) == 1 and _accounted(line, kept[0], should)):
            yield f"step {line.n}.journal", ", ".join(kept) or "none", should
    for n in sorted(need.journal.keys() - {line.n for line in need.lines}):
        yield f"step {n}", "missing", need.journal[n][0]


def _accounted(line, kept, should):
    """Tell whether an erasure accounts for what a line no longer says; what stays is the same as ever where it has its own digest."""
    same = "." not in kept or kept.partition(".")[0] == should.partition(".")[0]
    if not same or not is_emptied(line, Step):
        return False
    row = Step.objects.values_list("pk", flat=True).get(need_id=line.need_id, n=line.n)
    return erased(Step._meta.db_table, str(row), kept, should)


def _differs(name, value, told):
    """Tell whether a value is another than the lines say; what no line ever named is as it is before any act."""
    if value == told:
        return False
    value = spelled(value)
    return value != told and not (told is None and value == _blank()[name])


def _moment(value):
    """A moment is one moment in whatever zone a line spells it."""
    return value if value.endswith("Z") else spelled(datetime.fromisoformat(value).astimezone(UTC))


def spelled(value):
    """Return a value as a line's `changed` keeps it."""
    if isinstance(value, datetime):
        said = value.isoformat()
        said = said[:23] + said[26:] if value.microsecond else said
        return said.removesuffix("+00:00") + "Z" if said.endswith("+00:00") else said
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | str) else str(value)


@cache
def _blank():
    """Return what a need bears before any line said otherwise, spelled."""
    fields = {name: Need._meta.get_field(name.removesuffix("_id")) for name in MUTABLE}
    return {name: None if field_.is_relation else spelled(field_.get_default()) for name, field_ in fields.items()}
