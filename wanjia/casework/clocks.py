"""How stopped days and an extension count. Nothing is asked of the database but the calendar, and nothing written but the need at hand.

The need's own clock is counted in working days of the calendar; those of a stop, [stopped_on, runs_on), do not count. The step's
clock is another (commands.start_step): a stop touches it not at all.
"""

from datetime import timedelta

from wanjia.kernel.calendar import WorkingCalendar
from wanjia.policy.triage import rules as limits

DAY = timedelta(days=1)
# Moves that leave a stopped clock alone: the first note says that work began. Any other ends it: it was granted to one holder, for one wait.
KEEPS = ("start",)
# Moves at which what waits for the tier above falls: it was asked by one holder, about what is still to be done.
DROPS = ("assign", "take_over", "return", "raise", "report_done", "withdraw")
# The lines by which a holder asks the tier above.
ASKS = ("ask_extension", "ask_stop")
# Moves by which what was raised is out of the hands of the tier above, or over. Handed out and signed for it is not yet: taken back, or sent back
# before anybody began, it lies there again.
HANDED = ("start", "report_done", "decline", "withdraw")


def start_of(need):
    """Return the day from which the need's own clock is counted."""
    return need.graded_on or need.recorded_on


def span_days(need, first, end, calendar):
    """Count the working days of the stop [first, end) that the need's clock would have counted."""
    return max(calendar.between(max(first - DAY, start_of(need)), end - DAY), 0)


def stopped_total(need, calendar, until=None):
    """Count the working days that do not count: of the stops before, and of the last one up to `until` (its own end if None)."""
    if need.stopped_on is None:
        return 0
    end = min(until or need.runs_on, need.runs_on)
    return need.stopped_days + (span_days(need, need.stopped_on, end, calendar) if end > need.stopped_on else 0)


def due_if_ended(need, end, calendar):
    """Return the Due date of a need whose stop ends on the day `end`."""
    days = span_days(need, need.stopped_on, end, calendar)
    if need.due_days is not None:
        return calendar.add(start_of(need), need.due_days + need.stopped_days + days)
    due = calendar.add(need.stopped_from, days)
    return due if due.on >= end else calendar.add(end, 0)  # a date chosen by hand may lie on a day of rest: the day of going on is left


def begin_stop(need, until, day, calendar=None):
    """Stop the need's own clock from `day` on, to `until` at the latest."""
    calendar = calendar or WorkingCalendar.load()
    need.stopped_days = stopped_total(need, calendar)
    need.stopped_on, need.runs_on, need.stopped_from = day, until, need.due_on
    due = due_if_ended(need, until, calendar)
    need.due_on, need.due_provisional = due.on, due.provisional


def end_stop(need, day, calendar=None):
    """Let the clock run again from `day` on; nothing happens where it runs. The date comes back by the days that were not needed."""
    if not need.is_stopped(day):
        return
    calendar = calendar or WorkingCalendar.load()
    due = due_if_ended(need, day, calendar)
    need.runs_on, need.due_on, need.due_provisional = day, due.on, due.provisional


def leave(need, move, day):
    """End what does not outlive this move: a stop, and what waits for the tier above."""
    if move not in KEEPS:
        end_stop(need, day)
    if move in DROPS and need.asked_for:
        drop_asking(need)
        need.asked_in = None
    if move in HANDED:
        need.raised_from = ""


def drop_asking(need):
    """Nothing waits for the tier above any more."""
    need.asked_for, need.asked_until = "", None


def longest_extension(need, calendar):
    """Return the last day to which a need may be put off: as long again as it had been given first, counted as that was."""
    if need.due_days is not None:
        return calendar.add(need.due_on, need.due_days).on
    return need.due_on + ((need.first_due_on or need.due_on) - start_of(need))


def longest_stop(day, calendar):
    """Return the last day on which a clock stopped on `day` runs again."""
    return calendar.add(day, limits()["stopping"]["days"]).on


def after_stops(need, due, calendar=None):
    """Return the Due date of a grade once the working days are added during which the clock stood still."""
    if need.stopped_on is None:
        return due
    calendar = calendar or WorkingCalendar.load()
    return calendar.add(due.on, stopped_total(need, calendar))
