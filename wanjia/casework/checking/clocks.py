"""A need's dates, worked out again from its lines by another way of counting: day by day, over every stop that the lines tell of.

The fold (folding.py) says whether the row is what its lines changed; here it is asked whether those changes are what an extension, a stop or
a grade may make of a date. What was counted by an older table of working days is not counted again: a calendar's change moves no date back.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from wanjia.kernel.calendar import WorkingCalendar, today
from wanjia.kernel.models import Entry
from wanjia.orgs.workdays.queries import WRITES
from wanjia.policy.erased import WORD

from ..clocks import ASKS
from ..models import Milestone, Step
from ..states import EXTENSION

DAY = timedelta(days=1)
# Acts that may give a need another day. An imported ledger's own extension is a note of its paper.
MOVERS = {"record", "appeal", "triage", "regrade", "assign", "retime", "extended", "stop", "stop_agreed", "run"}
# a stop does not outlive these acts; they bring its date back
ENDING = {"assign", "arbitrate", "return", "raise", "hand_to", "hand_on", "relieve", "take_over", "take_desk", "report_done", "withdraw"}
STOPS = {"stop", "stop_agreed"}


@dataclass
class Table:
    """The working days, and since when they stand as they do."""

    calendar: WorkingCalendar
    since: datetime | None

    @classmethod
    def load(cls):
        """Read both."""
        changed = Entry.objects.filter(subject="orgs.daychange", act__in=WRITES).order_by("-seq").first()
        return cls(WorkingCalendar.load(), changed.at if changed else None)

    def counts(self, line):
        """Tell whether a line was counted by this table."""
        return self.since is None or line.recorded_at > self.since

    def running(self, start, days, stops):
        """Return the day on which so many working days have run since `start`, without those of the stops."""
        day = start
        while days > 0:
            day += DAY
            days -= self.calendar.works(day) and not any(first <= day < end for first, end in stops)
        return day


@dataclass
class Told:
    """A need's clock as far as its lines have told of it."""

    recorded_on: date
    facts: dict = field(default_factory=dict)
    stops: list = field(default_factory=list)
    asked_by: tuple = ()

    def day(self, name):
        """Return a day that the lines named last, or None."""
        value = self.facts.get(name)
        return date.fromisoformat(value) if value else None

    def take(self, line):
        """Go on by one line."""
        first, end = self.day("stopped_on"), self.day("runs_on")
        self.facts |= line.changed
        now = self.day("stopped_on"), self.day("runs_on")
        if line.act in STOPS:
            self.stops.append(now)
        elif self.stops and now != (first, end):
            self.stops[-1] = now
        if line.act in ASKS:
            self.asked_by = (line.by_id, line.by_org_id)


def faults_of(need, table):
    """Yield (column, is, should) for each date of one need that its lines do not bring about."""
    told = Told(need.row["recorded_on"])
    for line in need.lines:
        due, asked, first, by = told.day("due_on"), (told.facts.get("asked_for"), told.day("asked_until")), told.day("extended_from"), told.asked_by
        told.take(line)
        if line.n <= need.taken_over:
            continue
        after = told.day("due_on")
        if after != due and not (line.act in MOVERS or (line.act in ENDING and told.stops) or need.row["source_file"]):
            yield f"step {line.n}.due_on", after, due
        if line.act in ("extended", "stop_agreed"):
            yield from _decided(line, told, due=due, asked=asked, first=first, by=by)
        if line.act in STOPS:
            yield from _stopped(line, told, due)
        if line.act in ENDING and told.stops and told.stops[-1][1] > today(line.happened_at):
            yield f"step {line.n}.runs_on", told.stops[-1][1], today(line.happened_at)
        if table.counts(line) and told.stops and (after != due or line.act in STOPS):
            yield from _counted(line, told, table)


def _decided(line, told, *, due, asked, first, by):
    """What the tier above granted was asked for, by somebody of another unit; and more time but once."""
    if not by or line.by_id == by[0] or line.by_org_id == by[1]:
        yield f"step {line.n}.by", line.by_name, "somebody of another unit than asked"
    if line.act == "stop_agreed":
        if asked[0] in (None, "", EXTENSION) or told.day("runs_on") != asked[1]:
            yield f"step {line.n}.runs_on", told.day("runs_on"), asked[1]
        return
    if asked[0] != EXTENSION or told.day("due_on") != asked[1]:
        yield f"step {line.n}.due_on", told.day("due_on"), asked[1] if asked[0] == EXTENSION else due
    if told.day("extended_from") != due:
        yield f"step {line.n}.extended_from", told.day("extended_from"), due
    if first is not None:
        yield f"step {line.n}.act", line.act, "once"


def _stopped(line, told, due):
    """A stop begins on the day of its line, and remembers what was promised."""
    first, end = told.stops[-1]
    if first != today(line.recorded_at) or end is None or end <= first:
        yield f"step {line.n}.stopped_on", first, today(line.recorded_at)
    if told.day("stopped_from") != due:
        yield f"step {line.n}.stopped_from", told.day("stopped_from"), due


def _counted(line, told, table):
    """The day after a stop: so many working days as were given, without those on which the clock stood still."""
    start, days = told.day("graded_on") or told.recorded_on, told.facts.get("due_days")
    if days is not None:
        should = table.running(start, days, told.stops)
    elif line.act in STOPS | ENDING | {"run"}:
        first, end = told.stops[-1]
        base = told.day("stopped_from")
        stood = sum(table.calendar.works(first + n * DAY) and first + n * DAY > start for n in range((end - first).days))
        should = max(table.running(base, stood, ()), end)
    else:
        return
    if told.day("due_on") != should:
        yield f"step {line.n}.due_on", told.day("due_on"), should


def plans(_day):
    """Yield (need, what, is, should) for each step of a plan without its line, and each line without its step."""
    for name, moment, act in (("set", "set_at", "milestone"), ("done", "done_at", "milestone_done")):
        rows = Counter(Milestone.objects.exclude(**{moment: None}).values_list("need__number", moment))
        lines = Counter(Step.objects.filter(act=act).order_by().values_list("need__number", "recorded_at"))
        yield from ((number, f"milestone.{name}", at, "a line of the act that wrote it") for number, at in (rows - lines))
        yield from ((number, f"milestone.{name}", "gone", at) for number, at in (lines - rows))
    yield from _days(Milestone.objects.all(), "due_on", "set_at", "milestone", "{}:")
    yield from _days(Milestone.objects.exclude(done_at=None), "done_on", "done_at", "milestone_done", "({})")


def _days(rows, day, moment, act, spelt):
    """Each day of a step stands in a line of its moment, unless its words were erased. Several lines bear one moment where a clock ran behind the
    need's last."""
    said = {}
    for need, at, words in Step.objects.filter(act=act).values_list("need", "recorded_at", "words"):
        said.setdefault((need, at), []).append(words)
    for number, need, at, on in rows.values_list("need__number", "need", moment, day):
        lines = said.get((need, at), ())
        if lines and not any(spelt.format(on) in line or line == WORD for line in lines):
            yield number, f"milestone.{day}", on, " | ".join(line[:10] for line in lines)
