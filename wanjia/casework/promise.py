"""What was promised to the household, in one sentence: which promise, by which day, whether that day may still move, whether
it moved and why, and what became of it. The slip's page, the need's page, the desk, the papers and the API all say it by this.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wanjia.kernel.calendar import WorkingCalendar, lateness, today

from .clocks import stopped_total
from .states import BEFORE_DONE, NEED, StopReason

WEEKDAYS = (gettext_lazy("星期一"), gettext_lazy("星期二"), gettext_lazy("星期三"), gettext_lazy("星期四"), gettext_lazy("星期五"),
            gettext_lazy("星期六"), gettext_lazy("星期日"))  # fmt: skip
# What is promised: that the household is answered whether its need is taken up, or that the need is settled and answered.
REPLY, SETTLE = "reply", "settle"
WHAT = {REPLY: gettext_lazy("答复"), SETTLE: gettext_lazy("办结")}
# The same as it is said to the household itself.
TOLD = {REPLY: gettext_lazy("给您答复"), SETTLE: gettext_lazy("办好并给您回话")}
# A stop moves the day by the working days that do not count: what stood just before is said, not what was promised first.
STOPS = ("stop", "stop_agreed")
CLOCK_ACTS = (*STOPS, "run")


@dataclass(frozen=True)
class Change:
    """One time that the promised day was moved: on which day, from when to when, by which act and why."""

    on: date
    before: date
    after: date
    why: str
    act: str = ""

    @property
    def put_off(self):
        """Say what the tier above granted: 原定 …,因…,…经上一级批准改为 …."""
        words = {"before": spelled(self.before), "after": spelled(self.after), "why": self.why, "on": spelled(self.on, weekday=False)}
        return _("原定 %(before)s,因%(why)s,%(on)s经上一级批准改为 %(after)s") % words

    def since(self, before, *, bare=False):
        """Say from what to what it was moved, and why; bare: why is said beside it already."""
        words = {"before": spelled(before), "on": spelled(self.on, weekday=False), "after": spelled(self.after), "why": self.why}
        if bare:
            return _("这个日期变过:原来是 %(before)s,%(on)s改为 %(after)s") % words
        return _("这个日期变过:原来是 %(before)s,%(on)s改为 %(after)s,原因:%(why)s") % words


@dataclass(frozen=True)
class Stop:
    """A clock that stands still (挂起): since when, until when at the latest, why, how many working days it has stood still so far."""

    on: date
    until: date
    why: str
    days: int

    @property
    def sentence(self):
        """Say it: 2026 年 11 月 4 日起挂起,因为等待诉求人材料(…),已停 3 个工作日,最晚 2026 年 11 月 20 日恢复计时."""
        words = {"on": spelled(self.on, weekday=False), "until": spelled(self.until), "why": self.why, "days": self.days}
        return _("%(on)s起挂起,因为%(why)s;已停 %(days)s 个工作日,最晚 %(until)s自己恢复计时") % words

    @property
    def told(self):
        """Say it to the household itself, which knows of no clock: what is waited for, and that those days do not count."""
        words = {"on": spelled(self.on, weekday=False), "until": spelled(self.until), "why": self.why}
        return _("从 %(on)s起先等一等:%(why)s。等的日子不算在期限里,最晚从 %(until)s接着算") % words


@dataclass(frozen=True)
class Promise:
    """One promise of one need, as it stands on a day."""

    kind: str
    due_on: date
    provisional: bool
    running: bool
    late: int
    day: date
    changes: tuple = ()
    stop: Stop | None = None
    stopped_days: int = 0

    @property
    def what(self):
        """Return what is promised, in a word."""
        return WHAT[self.kind]

    @property
    def sentence(self):
        """Say the promise: 12月17日(星期四)前办结 / 应在2023年3月12日(星期日)前答复,已经晚了2年多."""
        return self._said(self.what, spelled(self.due_on))

    @property
    def told(self):
        """Say the promise to the household itself: 12月3日(星期四)前给您答复."""
        return self._said(TOLD[self.kind], spelled(self.due_on, near=self.day))

    def _said(self, what, by_day):
        words = {"day": by_day, "what": what}
        if self.late:
            said = _("应在 %(day)s前%(what)s,已经晚了%(late)s") % {**words, "late": lateness(self.late, self.due_on, self.day)}
        else:
            said = _("%(day)s前%(what)s") % words
        return said + (_("(暂定:那一年的放假安排还没有公布,公布后可能顺延)") if self.provisional and not self.late else "")

    @property
    def moved(self):
        """Say that the promised day was moved, from what to what and why; '' when it never was."""
        if not self.changes:
            return ""
        last, granted = self.changes[-1], [one for one in self.changes if one.act == "extended"]
        said = [one.put_off for one in granted]
        if last.act != "extended":
            first = last if last.act in CLOCK_ACTS else self.changes[0]
            said.append(last.since(first.before, bare=self.stop is not None and last.act in STOPS))
        return ";".join(said)


def promise_of(need, day, steps=None, calendar=None):
    """Return the Promise of a need on `day`, or None for one without a date.

    steps: its timeline, when it is at hand already; calendar: the working-day table, when it is at hand.
    """
    if need.due_on is None:
        return None
    calendar = calendar or WorkingCalendar.load()
    running = need.state in BEFORE_DONE
    return Promise(
        kind=kind_of(need), due_on=need.due_on,
        provisional=need.due_days is not None and need.due_on > calendar.through, running=running,
        late=max(calendar.between(need.due_on, day), 1) if running and need.due_on < day else 0,
        changes=changes_of(need, steps), day=day, stop=_stop(need, day, steps, calendar),
        stopped_days=stopped_total(need, calendar, day) if need.stopped_on else 0,
    )  # fmt: skip


def _stop(need, day, steps, calendar):
    if not need.is_stopped(day):
        return None
    said = [line for line in (need.steps.all() if steps is None else steps) if line.act in ("stop", "stop_agreed")]
    why = max(said, key=lambda line: line.n).words if said else StopReason(need.stop_reason).label
    return Stop(need.stopped_on, need.runs_on, str(why), stopped_total(need, calendar, day))


def kind_of(need):
    """Return which promise a need's date is: to answer while it is not graded, then to settle."""
    return REPLY if need.graded_on is None and need.first_due_on is None else SETTLE


def is_provisional(due_on, calendar=None):
    """Tell whether a date counted in working days lies beyond the published calendar (暂定)."""
    return due_on is not None and due_on > (calendar or WorkingCalendar.load()).through


def changes_of(need, steps=None):
    """Return the Changes of the promised day, oldest first, from the need's timeline."""
    lines = sorted(need.steps.all() if steps is None else steps, key=lambda step: step.n)
    found, before = [], None
    for line in lines:
        if after := line.changed.get("due_on"):
            after = date.fromisoformat(after)
            if before and before != after:
                found.append(Change(today(line.recorded_at), before, after, _why(line), line.act))
            before = after
    return tuple(found)


def _why(line):
    """Say why a line moved the date: by its act where that is a move; any other line (a calendar's, an imported ledger's, a 延期) carries it in its words."""
    if line.act in ("triage", "regrade"):
        return _("研判后按轻重缓急定了办结时限")
    return NEED.moves[line.act].words if line.act in NEED.moves else line.words


def spelled(day, *, weekday=True, near=None):
    """Spell a day as people read it: 2026 年 12 月 17 日(星期四); without the year where it is that of `near`."""
    short = near is not None and near.year == day.year
    said = (_("%(month)s 月 %(day)s 日") if short else _("%(year)s 年 %(month)s 月 %(day)s 日")) % {"year": day.year, "month": day.month, "day": day.day}
    return _("%(day)s(%(weekday)s)") % {"day": said, "weekday": WEEKDAYS[day.weekday()]} if weekday else said
