"""Load a file of labourers: cut, judge, close, build, write; go on where a killed load stopped; write nothing for what stands already."""

import contextlib
import hashlib
import os
import secrets
import time
from collections import Counter
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.calendar import today
from wanjia.kernel.command import command
from wanjia.orgs.accounts.queries import as_of_now
from wanjia.registry.importing.pace import REST
from wanjia.sealing import proof
from wanjia.sheets.limits import Reject
from wanjia.verdict import Conflict, Refused

from ..models import Load
from ..models.loads import Chunk
from ..states import LOAD, LoadState
from ..workbook import LABOURERS
from . import aside, closing, knowing, reading, rules, standing, working, writing
from .building import Plan
from .faults import Faults
from .statuses import statuses_on

# Rows of one transaction: of a first load, when nobody else is at work, and beside live users.
CHUNK = {"postgresql": (50_000, 10_000), "sqlite": (20_000, 5_000)}
FEW = 60_000  # rows of a file that one process loads sooner than several that must start first
LARGE = 16 << 20  # bytes of a file that has more rows than that, most likely
TRIES = 5
BOTH_WAYS = 0.001  # of the good rows, judged by the row judge too
ADULT = 18


class Busy(Refused):
    """Another load is under way."""


def load_file(path, *, by, as_of=None, at=None, dry_run=False, say=None, faults=None, processes=None, chunk=None, name=""):
    """Load one file. Returns {state, rows, rows_ok, rows_refused, counts, findings, chunks, load}.

    as_of: the day that the file speaks of (today). say: called with (word, done, of) as it goes; what it raises ends the load, whole parts stay. name: what the file is called, where its path does not say it. faults: where a copy of the refused rows goes, mode 0600.
    Raises Refused, Busy when another load is under way, Reject for a file that cannot be read.
    """
    at, say = at or timezone.now(), say or (lambda *_said: None)
    as_of = as_of or today(at)
    rules.can_load(by).or_raise()
    with alone():
        proof.prove()
        heal()
        if standing.rotating():
            raise Refused(_("密钥还在轮换,请等轮换完成后再装载。"))
        return _Run(Path(path), by, as_of, at, say, dry_run, faults, processes, chunk, name or Path(path).name).go()


class _Run:
    def __init__(self, path, by, as_of, at, say, dry_run, faults, processes, chunk, name):
        self.path, self.by, self.as_of, self.at, self.say, self.dry_run, self.faults = path, by, as_of, at, say, dry_run, faults
        self.processes, self.chunk, self.name, self.load, self.spent = processes, chunk, name, None, {}

    def go(self):
        """Do all of it."""
        size = self._chunk_rows()
        if self.processes is None and self.path.stat().st_size > LARGE:
            working.warm()
        self.source = self._timed("cut", lambda: reading.cut(self.path, LABOURERS, size))
        self._find()
        if self.load is not None and self.load.state == LoadState.LOADED:
            self.spent = {}
            return self._told()
        if self._chunk_rows() != size:  # what was broken off goes on in its own parts
            self.source = reading.cut(self.path, LABOURERS, self._chunk_rows())
        rows = sum(part.rows for part in self.source.parts)
        self.register = standing.look(rows)
        facts, spans = knowing.facts_of(self.by, self.as_of), rules.spans_of(self.by)
        if not facts["villages"]:
            raise Refused(_("您的辖区里没有村(社区),不能装载名册。"))
        self.world = knowing.world_of(facts, self.register, spans)
        given = (self.source, facts, spans, self.register)
        self.staff = self._staff(rows, given)
        try:
            finals = self._judge()
            if self.dry_run:
                return self._told()
            self._write(finals)
        finally:
            self.staff.close()
        return self._told()

    def _find(self):
        """Find the load of this very file and day: one that was broken off goes on, one that is through is not done again."""
        known = Load.objects.filter(digest=self.source.digest, as_of=self.as_of)
        self.load = known.order_by("-begun_at").first()

    def _chunk_rows(self):
        if self.load is not None and self.load.chunk_rows:
            return self.load.chunk_rows
        if self.chunk:
            return self.chunk
        is_first = not Load.objects.filter(state=LoadState.LOADED).exists()
        return CHUNK[connection.vendor][0 if is_first else 1]

    def _staff(self, rows, given):
        source, facts, spans, register = given
        wanted = self.processes if self.processes is not None else (min(2, os.cpu_count() or 1) if rows > FEW and source.kind != "workbook" else 0)
        if not wanted:
            return working.Here(source, facts, spans, register)
        return working.Beside(wanted, source, facts, spans, register)

    def _judge(self):
        """Judge every part, close over the file. Returns ([Final], words of the marks)."""
        if self.source.kind == "workbook":
            jobs = zip(self.source.parts, reading.batches_of(self.source), strict=True)
        else:
            jobs = ((part,) for part in self.source.parts)
        parts = self._timed("judged", lambda: list(self._judged(jobs)))
        names = [name for name in self.source.names if name]
        with Faults(self.faults, names, LABOURERS.sentences) as faults:
            cells = {number: row for part in parts for number, row, _flags in part.odd}
            finals, self.words, self.codes, self.refused, _accepted = self._timed(
                "closed", lambda: closing.close(parts, LABOURERS, self.world, lambda row: faults.add(row, cells.get(row.number)), file=self.name, both_ways=BOTH_WAYS))  # fmt: skip
        self.ok = sum(len(one.told) for one in finals)
        return finals

    def _judged(self, jobs):
        for n, judged in enumerate(self.staff.each(working.judge_part, jobs), 1):
            yield judged
            self.say("judged", n, len(self.source.parts))

    def _write(self, finals):
        who = {"by": as_of_now(self.by), "at": self.at}
        if self.load is None:
            self.load = begin_load(digest=self.source.digest, size=self.source.size, name=self.name, as_of=self.as_of, **who)
        if self.load.state == LoadState.BEGUN:
            facts = {"rows": self.ok + self.refused, "rows_ok": self.ok, "rows_refused": self.refused, "chunk_rows": self._chunk_rows(), "findings": dict(self.codes)}
            self.load = judge_load(load_id=self.load.pk, facts=facts, **who)
        done = set(self.load.chunks.values_list("number", flat=True))
        if self.register.mode != "ask" and not done and self.ok > FEW:
            aside.set_aside(self.load)
        plan = self._plan()
        waiting = [final for final in finals if final.part.number not in done and len(final.told)]
        try:
            self._timed("written", lambda: self._parts(waiting, plan, finals, len(done)))
        finally:  # Ctrl-C leaves the last whole part, and nothing aside
            self._timed("ready", heal)
        counts = Counter()
        for known in self.load.chunks.values_list("counts", flat=True):
            counts.update(known)
        self.load = finish_load(load_id=self.load.pk, counts=dict(counts), **who)

    def _parts(self, waiting, plan, finals, done):
        for n, built in enumerate(self.staff.each(working.build_part, ((final, plan) for final in waiting)), 1):
            self._one(built, plan, finals)
            self.say("written", done + n, done + len(waiting))
            if self.register.mode == "ask":
                time.sleep(REST[connection.vendor])  # others have their turn

    def _one(self, built, plan, finals):
        """Write a part; should somebody have written one of its people or homes meanwhile, it is met and built anew."""
        for left in reversed(range(TRIES)):
            try:
                writing.ready(built)
                writing.load_chunk(load_id=self.load.pk, built=built, by=as_of_now(self.by), at=timezone.now())
                return
            except IntegrityError:
                if not left:
                    raise
                final = next(one for one in finals if one.part.number == built.number)
                here = working.Here(self.source, knowing.facts_of(self.by, self.as_of), rules.spans_of(self.by), standing.Register())
                built = next(here.each(working.build_part, [(final, plan)]))

    def _plan(self):
        at, load = self.load.begun_at, self.load
        said = dict.fromkeys(((writing.PERSON, "registered_at"), (writing.HOME, "registered_at"), (writing.STATUS, "recorded_at"), (writing.SPELL, "recorded_at")), at)
        said |= {(table, "recorded_by"): load.by_id for table in (writing.STATUS, writing.SPELL)}
        said |= {(table, "source"): load.file_name[:60] for table in (writing.STATUS, writing.SPELL)}
        said[writing.WORKER, "entered_on"] = load.as_of
        minors_after = (load.as_of.year - ADULT) * 10_000 + load.as_of.month * 100 + load.as_of.day
        return Plan(
            bytes.fromhex(load.secret), round(at.timestamp() * 1000), load.as_of, connection.vendor, writing.same_of(said), self.words, statuses_on(load.as_of), minors_after
        )

    def _timed(self, name, act):
        begun = time.monotonic()
        try:
            return act()
        finally:
            self.spent[name] = time.monotonic() - begun

    def _told(self):
        load = self.load
        if load is not None and load.state == LoadState.LOADED:
            told = {"load": str(load.pk), "state": load.state, "rows": load.rows, "rows_ok": load.rows_ok, "rows_refused": load.rows_refused, "counts": load.counts,
                    "findings": load.findings, "chunks": load.chunks.count(), "known": not self.spent}  # fmt: skip
        else:
            told = {"load": "", "state": "judged", "rows": self.ok + self.refused, "rows_ok": self.ok, "rows_refused": self.refused, "counts": {},
                    "findings": dict(self.codes), "chunks": 0, "known": False}  # fmt: skip
        return told | {"seconds": {name: round(one, 2) for name, one in self.spent.items()}}


@command("labour.begin_load")
def begin_load(*, digest, size, name, as_of, by, at):
    """Note that a file is being loaded, before anything of it is written."""
    rules.can_load(by).or_raise()
    secret = secrets.token_hex(32)
    load = Load.objects.create(digest=digest, size=size, file_name=name[:120], by_id=by.id, as_of=as_of, begun_at=at, secret=secret)
    journal.record(act="load.begin", subject=load, by=by, at=at, digest=digest, size=size)
    return load


@command("labour.judge_load")
def judge_load(*, load_id, facts, by, at):
    """Note the verdict on the whole file: writing begins."""
    load = Load.objects.select_for_update().get(pk=load_id)
    rules.can_go_on(by, load).or_raise()
    for name, value in facts.items():
        setattr(load, name, value)
    journal.move(load, LOAD, "judge", by=by, at=at, saving=tuple(facts), rows=facts["rows"], rows_ok=facts["rows_ok"], rows_refused=facts["rows_refused"])
    return load


@command("labour.finish_load")
def finish_load(*, load_id, counts, by, at):
    """End a load of which every part is written and everything that was set aside is back."""
    load = Load.objects.select_for_update().get(pk=load_id)
    rules.can_go_on(by, load).or_raise()
    if load.aside:
        raise Conflict()
    load.counts = counts
    journal.move(load, LOAD, "finish", by=by, at=at, saving=("counts",), **{name: n for name, n in counts.items() if isinstance(n, int)})
    return load


def heal():
    """Bring back what a load set aside, if one did: called with no other load under way."""
    for load in aside.lacking():
        aside.bring_back(load)


@contextlib.contextmanager
def alone():
    """One load at a time in a house, ended with its process whatever ends it. Raises Busy where another one is under way."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(hashtextextended('wanjia load', 0))")
            if not cursor.fetchone()[0]:
                raise Busy(_("另一份名册正在装载,请等它装完再试。"))
        try:
            yield
        finally:
            with contextlib.suppress(Exception), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended('wanjia load', 0))")
        return
    import fcntl

    name = hashlib.sha256(str(connection.settings_dict["NAME"]).encode()).hexdigest()[:16]
    with open(Path(settings.WANJIA_VAR) / f"load-{name}.lock", "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy(_("另一份名册正在装载,请等它装完再试。")) from None
        yield


__all__ = ["Busy", "Chunk", "Reject", "heal", "load_file"]
