"""Faults of the need's own clock and of the step's."""

import dataclasses
from datetime import date, timedelta
from unittest.mock import patch

from django.utils import timezone

from wanjia.casework import clocks, commands
from wanjia.casework.assignment import commands as assignment
from wanjia.casework.callback import commands as callback
from wanjia.casework.clock import commands as clock
from wanjia.casework.retiming import queries as retiming
from wanjia.casework.triage import commands as triage
from wanjia.kernel.calendar import Due, WorkingCalendar, today
from wanjia.verdict import ALLOWED

from .planting import after, fault, nothing, without


@fault("dates are counted in calendar days")
def calendar_days():
    yield patch.object(WorkingCalendar, "add", lambda table, start, days: Due(start + timedelta(days=days), table.provisional(start + timedelta(days=days))))


@fault("public holidays are not skipped")
def holidays_worked():
    yield patch.object(WorkingCalendar, "works", lambda _table, day: day.weekday() < 5)


@fault("weekend days worked to make up for holidays do not count")
def make_up_days_lost():
    true = WorkingCalendar.works
    yield patch.object(WorkingCalendar, "works", lambda table, day: day.weekday() < 5 and true(table, day))


@fault("the day of the act itself counts as a working day")
def first_day_counts():
    true = WorkingCalendar.add
    yield patch.object(WorkingCalendar, "add", lambda table, start, days: true(table, start - timedelta(days=1), days) if days else true(table, start, days))


@fault("an extension is granted by asking")
def extension_by_asking():
    def bent(need, act, **what):
        if act == "ask_extension":
            need.extended_from, need.due_on, need.due_days = need.due_on, need.asked_until, None
        return commands.note_step(need, act, **what)

    yield patch.object(clock, "note_step", bent)


@fault("more time is granted twice")
def extended_twice():
    yield without("can_ask_extension")


@fault("a unit's own leader decides what the unit asks")
def granted_by_oneself():
    yield without("clock.rules.can_decide")


@fault("a stopped clock runs on: the date does not move")
def stopped_clock_runs():
    yield patch.object(clocks, "due_if_ended", lambda need, _end, _calendar: Due(need.due_on))


@fault("a stop that ended early leaves the date where it was")
def stop_never_ends():
    yield patch.object(clocks, "end_stop", nothing)
    yield patch.object(clock, "end_stop", nothing)


@fault("a stop outlives the hand that was granted it")
def stop_outlives():
    yield patch.object(commands, "leave", nothing)


@fault("a stop touches the step's clock")
def stop_moves_step():
    def bent(_answer, need, until, *_rest):
        need.step_due_on = until

    yield after(clock, "begin_stop", bent)


@fault("a clock may stand still for as long as one likes")
def endless_stop():
    yield patch.object(clock.rules, "stop_may_last", lambda _until, _day: ALLOWED)


@fault("grading anew begins the time anew")
def regrade_begins_anew():
    def bent(need, due, days):
        need.first_due_on = need.first_due_on or due.on
        need.due_on, need.due_provisional, need.due_days = due.on, due.provisional, days

    true = triage.grade

    def grade(need, *args, at):
        need.graded_on = None
        return true(need, *args, at=at)

    yield patch.object(triage, "promise", bent)
    yield patch.object(triage, "grade", grade)


@fault("a need that its household calls unsolved gets a fresh date")
def dispute_begins_anew():
    def bent(need, name, *, at, **what):
        if name == "dispute":
            need.due_on = WorkingCalendar.load().add(today(at), 5).on
        return commands.advance(need, name, at=at, **what)

    yield patch.object(callback, "advance", bent)


@fault("counting anew resets the first clock")
def retiming_resets():
    yield patch.object(retiming, "start_of", lambda need: today(timezone.now()))


@fault("counting anew brings days forward")
def retiming_brings_forward():
    true = retiming.moved

    def bent(need, table, day):
        would = true(need, table, day)
        counted = need.due_days is not None and need.state in retiming.BEFORE_DONE and need.due_on >= day
        due = table.add(retiming.start_of(need), need.due_days).on if counted else None
        return dataclasses.replace(would, due_on=due if due and due != need.due_on else would.due_on)

    yield patch.object(retiming, "moved", bent)


@fault("counting anew forgets the step")
def retiming_forgets_step():
    yield after(retiming, "moved", lambda would, *_args: dataclasses.replace(would, step_due_on=None))


@fault("lateness is forgotten once done is reported")
def lateness_forgotten():
    yield patch.object(commands, "_remember_lateness", nothing)


@fault("an earlier day agreed at the hand-over is not kept")
def earlier_day_lost():
    def bent(need, name, **what):
        need.due_on = date.fromisoformat(need.was["due_on"])
        return commands.advance(need, name, **what)

    yield patch.object(assignment, "advance", bent)
