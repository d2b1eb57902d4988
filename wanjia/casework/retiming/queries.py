"""Which promises a working-day table would move. Nothing is written here."""

from dataclasses import dataclass
from datetime import date

from wanjia.policy.triage import step_days

from ..clocks import start_of, stopped_total
from ..models import Need
from ..states import BEFORE_DONE, OPEN

# What decides whether a date moves.
ASKED = (
    "state", "due_days", "due_on", "due_provisional", "graded_on", "recorded_on", "step_clock", "step_due_on", "step_from_on", "stopped_on",
    "runs_on", "stopped_days",
)  # fmt: skip


@dataclass(frozen=True)
class Moved:
    """What a table would move on one need: its promised day, the date of its step; None: stays. firm: the day stays, no longer 暂定.

    provisional, step_provisional: the new day lies past the published calendar.
    """

    due_on: date | None = None
    step_due_on: date | None = None
    provisional: bool = False
    firm: bool = False
    step_provisional: bool = False

    def __bool__(self):
        return bool(self.due_on or self.step_due_on or self.firm)


def open_needs():
    """Return the needs that hold a date counted in working days."""
    return Need.objects.filter(state__in=OPEN).exclude(due_days=None, step_clock="")


def moved(need, calendar, day):
    """Return what `calendar` moves on a need on `day` (ADR 68).

    Never to an earlier day than the household was told, and never a day that has passed: a broken promise is not mended by
    a calendar. A day chosen by hand, or counted in plain days, stays.
    """
    due = step = None
    if need.due_days is not None and need.state in BEFORE_DONE and need.due_on >= day:
        due = calendar.add(start_of(need), need.due_days + stopped_total(need, calendar))
    if need.step_clock and need.step_due_on and need.step_due_on >= day:
        step = calendar.add(need.step_from_on, step_days(need.step_clock))
    return Moved(
        due.on if due and due.on > need.due_on else None, step.on if step and step.on > need.step_due_on else None,
        bool(due and due.provisional), bool(due and need.due_provisional and not due.provisional and due.on == need.due_on),
        bool(step and step.provisional),
    )  # fmt: skip


def all_moved(calendar, day):
    """Yield (need, Moved) of every open need that `calendar` would move, by number."""
    for need in open_needs().only("number", "summary", *ASKED).order_by("number").iterator(chunk_size=2000):
        if would := moved(need, calendar, day):
            yield need, would


def preview(calendar, day):
    """Return what the working-day page lists before a change: [(number, words, old, new)]."""
    lines = []
    for need, would in all_moved(calendar, day):
        if would.due_on:
            lines.append((need.number, need.summary, need.due_on, would.due_on))
        if would.step_due_on:
            lines.append((need.number, need.summary, need.step_due_on, would.step_due_on))
    return lines

