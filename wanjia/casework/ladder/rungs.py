"""Which clocks of a need run on a day, and which of their rungs have fallen due (policy/ladder.py). Counts, and asks the database nothing."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from wanjia.kernel.calendar import WorkingCalendar, today
from wanjia.policy.ladder import Clock, fallen

from ..clocks import start_of, stopped_total
from ..promise import kind_of
from ..states import BEFORE_DONE, OPEN, Climbs, NeedState, Outcome

DAY = timedelta(days=1)
EXTENDED = ".extended"  # ends the turn of a need's own clock once it was put off: it climbs anew by its new day


class Remembering(WorkingCalendar):
    """The working days of one round: thousands of clocks ask for the same few dates."""

    @cached_property
    def _counted(self):
        return {}

    def add(self, start, days):
        """Return the Due date so many working days after `start`."""
        key = start, days
        if key not in self._counted:
            self._counted[key] = super().add(start, days)
        return self._counted[key]

    def between(self, start, end):
        """Count the working days after `start` up to and including `end`."""
        key = start, end
        if key not in self._counted:
            self._counted[key] = super().between(start, end)
        return self._counted[key]


PLANNED = (NeedState.DONE_REPORTED, NeedState.VERIFIED)


@dataclass(frozen=True, kw_only=True)
class Running(Clock):
    """One clock that runs: which one, and in which turn."""

    clock: str
    turn: str


@dataclass(frozen=True)
class Reached:
    """One rung that has fallen due and was not climbed yet."""

    running: Running
    level: int
    due_on: date


@dataclass(frozen=True)
class Facts:
    """What a need's own row does not say: since when something waits for the tier above; its open item: (key, called on, held on); the parts that
    lie with helpers: (key, asked on, due on, since when a consultation waits for the helper's yes, or None).
    """

    asked_on: date | None = None
    item: tuple | None = None
    parts: tuple = ()


def _clock(clock, turn, starts_on, ends_on, stopped=0):
    return Running(starts_on, ends_on, stopped, clock=clock, turn=turn)


def running(need, day, facts, edition, calendar):
    """Yield the Running clocks of a need on a day. A stopped clock does not run; nor does the step of what waits for its plan's day."""
    if need.state in BEFORE_DONE and need.due_on and not need.is_stopped(day):
        turn = f"{kind_of(need)}.{need.reopenings}" + (EXTENDED if need.extended_from else "")
        yield _clock(Climbs.NEED, turn, start_of(need), need.due_on, stopped_total(need, calendar))
    planned = need.state in PLANNED and need.outcome == Outcome.PLANNED and need.planned_on is not None
    if need.state in OPEN and need.step_due_on and not (planned and need.state == NeedState.VERIFIED):
        since = need.step_from_on or need.step_due_on - DAY
        yield _clock(Climbs.STEP, f"{need.step_clock}.{since:%Y%m%d}.{str(need.holder_id)[:8]}", since, need.step_due_on)
    if planned and need.done_at:
        yield _clock(Climbs.PLAN, f"{need.planned_on:%Y%m%d}.{need.reopenings}", min(need.planned_on, today(need.done_at)), need.planned_on)
    if need.asked_for and facts.asked_on:
        yield _clock(Climbs.ASKED, f"{need.asked_for}.{facts.asked_on:%Y%m%d}", facts.asked_on, calendar.add(facts.asked_on, edition.asked_days).on)
    if facts.item and need.state in BEFORE_DONE:
        key, called_on, on = facts.item
        yield _clock(Climbs.SESSION, str(key), min(called_on, on), on)
    for key, asked_on, due_on, unsigned in facts.parts if need.state in BEFORE_DONE else ():
        yield _clock(Climbs.HELP, f"{key}.{asked_on:%Y%m%d}", min(asked_on, due_on), due_on)
        if unsigned:
            yield _clock(Climbs.AGREE, f"{key}.{unsigned:%Y%m%d}", unsigned, calendar.add(unsigned, edition.agree_days).on)


def reached(need, day, facts, taken, edition, calendar):
    """List the Reached rungs of a need on a day, the highest first; of equal ones the need's own clock before the others.

    taken: {(clock, turn, level): the day on which it was climbed}.
    """
    found = []
    for clock in running(need, day, facts, edition, calendar):
        climbed = {level: on for (name, turn, level), on in taken.items() if (name, turn) == (clock.clock, clock.turn)}
        found += (Reached(clock, *one) for one in fallen(edition.of(clock.clock), clock, climbed, day, calendar))
    return sorted(found, key=lambda one: (-one.level, list(Climbs).index(one.running.clock)))
