"""The journal: one line per act and per reading of a child's file, chained by digest, in the act's own transaction.

Only `record` and `move` write here. A line names rows by id and carries no sensitive value. Within a command the lines are held
back and chained in one go when the act is through: the one head row of the chain is locked last, from there to the commit, so
that a long act (a chunk of an import) keeps nobody waiting.
"""

import contextlib
import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, Protocol

from django.db import models, transaction
from django.utils.translation import gettext as _

from wanjia.sealing import keys
from wanjia.shapes import Changed, Filled, Shape
from wanjia.verdict import Conflict, Refused

from . import erasure, gate
from .machine import Machine
from .models import Entry, EntryKind, ErasureLine, Head

ERASED = "erasure"  # the domain of the keyed digests of what an erasure took away
NOTHING = "0" * 64  # what the first line follows
PARTED = "p"  # ends the digest of a line in two parts, which so passes for none that was chained whole
CHAINED = (
    "seq", "at", "kind", "act", "by_id", "by_name", "by_org", "subject", "subject_id", "area_code",
    "before", "after", "reason", "detail", "previous",
)  # fmt: skip
HEAD, WRITTEN, MOVED = Shape(lambda pk: Head.objects.select_for_update().filter(pk=pk)), Filled(Entry), Changed(Head, "pk")


class Actor(Protocol):
    """Whoever acts: an account, or one of `command.SystemActor`."""

    @property
    def id(self) -> Any: ...

    @property
    def name(self) -> str: ...

    def org_name_for(self, act: str, code: str = "", /) -> str: ...

    def has_duty(self, *duties: Any) -> bool: ...


@contextlib.contextmanager
def held_back() -> Iterator[bool]:
    """Hold back the lines written inside and chain them at the end, in the transaction in hand. Nested, the outermost chains.

    Yields whether this is the outermost. An act that fails inside another that goes on takes its lines with it, as it does its rows.
    """
    connection: Any = transaction.get_connection()
    outermost = getattr(connection, "lines_held", None) is None
    if outermost:
        connection.lines_held = []
    before = len(connection.lines_held)
    try:
        yield outermost
        if outermost:
            _chain(connection.lines_held)
    except BaseException:
        del connection.lines_held[before:]
        raise
    finally:
        if outermost:
            connection.lines_held = None


def record(
    *, act: str, subject: models.Model, by: Actor, at: datetime, kind: str = EntryKind.ACT, before: str = "", after: str = "", reason: Any = "",
    area_code: str = "", in_name_of: str = "", **detail: Any,
) -> Entry:  # fmt: skip
    """Append one line about `subject` (a model instance) and return it; inside `held_back` it gets its number at the end.

    in_name_of: the name of the unit for which the act was done, where it is known; else that of the post that the act goes by.
    Must run inside the transaction of the act it records: both are kept, or neither.
    """
    connection: Any = transaction.get_connection()
    if not connection.in_atomic_block:
        raise RuntimeError("journal.record runs inside the transaction of its act")
    if reason or not detail.keys().isdisjoint(Entry.erasure.keys["detail"]):
        detail["salt"] = secrets.token_hex(16)  # an erasure takes it too: the digest of the words then tells no guess from another
    entry = Entry(
        at=at, kind=EntryKind(kind), act=act, by_id=by.id, by_name=by.name, by_org=in_name_of or by.org_name_for(act, area_code),
        subject=subject._meta.label_lower, subject_id=str(subject.pk), area_code=area_code, before=before, after=after,
        reason=str(reason)[:500], detail=json.loads(json.dumps(detail, default=str, ensure_ascii=False)),
    )  # fmt: skip
    if getattr(connection, "lines_held", None) is None:
        _chain([entry])
    else:
        connection.lines_held.append(entry)
    return entry


def _chain(entries: Sequence[Entry]) -> None:
    """Number the lines, bind each to the one before, and move the head: the only place that locks it."""
    if not entries:
        return
    head = HEAD.first(1) or Head.objects.select_for_update().get_or_create(pk=1)[0]
    seq, digest = head.seq, head.digest
    for entry in entries:
        entry.seq, entry.previous, entry.words_digest = seq + 1, digest, erasure.parted(entry)[1]
        seq, digest = entry.seq, digest_of(entry)
        entry.digest = digest
    WRITTEN.all(entries)
    MOVED({"seq": seq, "digest": digest}, 1)


def record_reading(*, act: str, subject: models.Model, by: Actor, at: datetime, reason: Any, area_code: str = "", **detail: Any) -> Entry:
    """Append a line saying that `by` opened a protected file, before the page is sent (未成年人网络保护条例 art. 36)."""
    with transaction.atomic():
        gate.beside()
        return record(
            act=act, subject=subject, by=by, at=at, kind=EntryKind.READING, reason=reason, area_code=area_code, **detail
        )


def move(
    row: Any, machine: Machine, name: str, *, by: Actor, at: datetime, saving: Iterable[str] = (), reason: Any = "", area_code: str = "", **detail: Any,
) -> Entry:  # fmt: skip
    """Change `row.state` along the named move by compare-and-set, and journal it.

    row: a model with `state` and `version`; saving: names of other fields to write with it.
    Raises Refused when the table has no such move from here, Conflict when somebody was quicker.
    """
    before = row.state
    if not machine.allows(name, before):
        raise Refused(
            _("“%(state)s”的事项不能“%(move)s”。") % {"state": row.get_state_display(), "move": machine.moves[name].words}
        )
    after = machine.moves[name].target
    # pre_save seals what is kept encrypted: an update() alone would refuse it
    values = {name: type(row)._meta.get_field(name).pre_save(row, add=False) for name in saving}
    changed = type(row)._base_manager.filter(pk=row.pk, state=before, version=row.version)
    if not changed.update(state=after, version=row.version + 1, **values):
        raise Conflict()
    row.state, row.version = after, row.version + 1
    return record(
        act=f"{machine.name}.{name}", subject=row, by=by, at=at, before=before, after=after, reason=reason,
        area_code=area_code, **detail,
    )  # fmt: skip


def digest_of(entry: Entry) -> str:
    """Return the SHA-256 of a line's chained fields in canonical JSON; what an erasure takes stands in it by its own digest, and PARTED
    in the place of the last digit. A line from before that (words_digest "") is chained whole.
    """
    fields = {name: getattr(entry, name) for name in CHAINED} | {"at": entry.at.timestamp()}
    if entry.words_digest:
        fields |= dict.fromkeys(Entry.erasure.word, entry.words_digest) | erasure.parted(entry)[0]
    text = json.dumps(fields, default=str, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(text.encode()).hexdigest()
    return digest[:-1] + PARTED if entry.words_digest else digest


def verify(since: int = 0) -> tuple[int, str | None]:
    """Walk the chain after line `since`; return (lines read, sentence about the first break or None).

    The last line is read before the head, and the walk ends at the head: lines written meanwhile raise no false alarm.
    """
    last = Entry.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    head = Head.objects.filter(pk=1).first() or Head()
    before = Entry.objects.filter(seq=since).first() if since else None
    previous, expected, read = before.digest if before else NOTHING, since + 1, 0
    for entry in Entry.objects.filter(seq__gt=since, seq__lte=head.seq).order_by("seq").iterator(chunk_size=5000):
        if fault := _fault(entry, expected, previous):
            return read, fault
        previous, expected, read = entry.digest, entry.seq + 1, read + 1
    if expected <= head.seq:
        return read, _("第 %(first)s 条到第 %(last)s 条不见了。") % {"first": expected, "last": head.seq}
    if last > head.seq:
        return read, _("第 %(seq)s 条之后多出了 %(n)s 条。") % {"seq": head.seq, "n": last - head.seq}
    if head.digest != previous:
        return read, _("日志链头与最后一条不符。")
    return read, None


def _fault(entry: Entry, expected: int, previous: str) -> str | None:
    if entry.seq != expected:
        return _("第 %(seq)s 条缺失。") % {"seq": expected}
    if entry.previous != previous:
        return _("第 %(seq)s 条与上一条接不上。") % {"seq": entry.seq}
    if entry.digest != borne_out(entry):
        return _("第 %(seq)s 条内容被改动过。") % {"seq": entry.seq}
    return None


def borne_out(entry: Entry) -> str:
    """Return the digest that a line bears out: of what it says, or its own when an erasure accounts for what it no longer says.

    "" where the words are others. Of a line in two parts nothing but what an erasure takes may be missing.
    """
    now = digest_of(entry)
    if erasure.parted(entry)[1] == entry.words_digest or (not entry.words_digest and now == entry.digest):
        return now
    accounted = erasure.is_emptied(entry) and erased(Entry._meta.db_table, str(entry.seq), entry.digest, now)
    if entry.words_digest:
        return now if accounted else ""
    return entry.digest if accounted and not entry.digest.endswith(PARTED) else now


def erased(table: str, row: str, stood: str, stands: str) -> bool:
    """Tell whether erasure lines say of this row that the digest `stood` became `stands`: emptied by two people, and nothing else."""
    lines = list(ErasureLine.objects.filter(table=table, row=row))
    known = keys.blinds(ERASED, stood)
    accounted = any(line.stands == stands for line in lines) and any(line.stood in known for line in lines)
    return accounted and all(map(is_ordered, lines))


def is_ordered(line: ErasureLine) -> bool:
    """Tell whether the journal has the act of two people that ordered an erasure line: a line alone accounts for nothing."""
    return erasures().filter(subject_id=str(line.person), detail__order=str(line.order)).exists()


def erasures() -> models.QuerySet[Entry]:
    """Return the lines of every act that ordered an erasure, by their subject too: acts alone have no index."""
    return Entry.objects.filter(subject__in=erasure.ORDERED, act__in=erasure.ORDERED.values())
