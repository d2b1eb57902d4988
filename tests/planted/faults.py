"""The faults: name → what is wrong, and how the product is bent for it."""

import dataclasses
import inspect
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from unittest.mock import patch

from wanjia.casework import clocks, commands
from wanjia.casework.assignment import commands as assignment
from wanjia.casework.assignment import rules as assigning
from wanjia.casework.callback import commands as callback
from wanjia.casework.clock import commands as clock
from wanjia.casework.closing import commands as closing
from wanjia.casework.closing import rules as striking
from wanjia.casework.handling import commands as handling
from wanjia.casework.importing import commands as importing
from wanjia.casework.retiming import queries as retiming
from wanjia.casework.screening import commands as screening
from wanjia.casework.sessions import commands as sessions
from wanjia.casework.sessions import queries as sitting
from wanjia.casework.slip import commands as slip
from wanjia.casework.triage import commands as triage
from wanjia.casework.urging import commands as urging
from wanjia.indicators import definitions
from wanjia.kernel import acts, command, journal
from wanjia.kernel.calendar import Due, WorkingCalendar, today
from wanjia.orgs.models import Post
from wanjia.reporting.figures import queries as figures
from wanjia.verdict import ALLOWED

FAULTS = {}


def fault(words):
    """Declare one fault: a function that gives the patches which plant it."""

    def keep(plants):
        FAULTS[plants.__name__] = (words, plants)
        return plants

    return keep


@contextmanager
def planted(name):
    """Live within a fault."""
    with ExitStack() as patches:
        for one in FAULTS[name][1]():
            patches.enter_context(one)
        yield


def without(*names):
    """Put guards out of order: the rules of these names let everybody do everything."""
    asked = acts.judge
    return patch.object(acts, "judge", lambda may, *args: ALLOWED if getattr(may, "__name__", "") in names else asked(may, *args))


def after(where, name, then):
    """Let `then(answer, *args, **what)` follow a function, and give its answer in place."""
    true = getattr(where, name)

    def bent(*args, **what):
        return then(true(*args, **what), *args, **what)

    return patch.object(where, name, bent)


def nothing(*_args, **_what):
    """Do nothing."""


# Owners and moves.


@fault("a hand-over drops the owner: nobody begins to hold the need")
def hand_over_without_owner():
    yield patch.object(assignment, "hand_over", nothing)


@fault("a hand-over leaves the old owner's spell open beside none of its own")
def owner_without_spell():
    yield patch.object(assignment, "hand_over", lambda need, unit, **_who: setattr(need, "holder", unit))


@fault("what is sent back stays with the unit that sent it")
def return_goes_nowhere():
    yield patch.object(assignment, "assigner_of", lambda need, _at: need.holder)


@fault("a return clears the promised day and gives a fresh one")
def return_begins_anew():
    def bent(need, name, *, at, **what):
        if name == "return":
            need.due_on = WorkingCalendar.load().add(today(at), 10).on
        return commands.advance(need, name, at=at, **what)

    yield patch.object(assignment, "advance", bent)


@fault("a merged unit takes its needs along: nobody is let hand them on")
def merged_unit_orphans():
    yield patch.object(assigning, "is_forsaken", lambda _need, _day: False)


@fault("a third return is let through")
def third_return():
    yield patch.object(assigning, "is_arbitrated", lambda _need: False)


@fault("sent back after the day is let through")
def return_any_day():
    yield patch.object(assigning, "last_day_to_return", lambda _need: None)


@fault("the agenda of a session forgets what came back twice")
def agenda_forgets():
    yield patch.object(sitting, "arbitrated", lambda _day: sitting.Q(pk__in=[]))


@fault("a session hands over without its line")
def decision_without_line():
    def bent(need, act, **what):
        if act != "decide":
            return commands.note_step(need, act, **what)
        return need.steps.order_by("-n").first()

    yield patch.object(sessions, "note_step", bent)
    yield patch.object(assigning, "is_decided", lambda _need: True)


@fault("whoever left his post may still act")
def left_and_acts():
    yield patch.object(Post, "is_held_on", lambda post, day: not post.waiting and post.from_on <= day)


@fault("any unit signs for another's need")
def anybody_signs():
    yield without("can_accept")


# The need's own clock, and the step's.


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
    yield without("can_decide")


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
    yield patch.object(retiming, "start_of", lambda need: today(calendar_now()))


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


@fault("the desk may promise a later day than the grade gives")
def later_by_hand():
    def bent(need, name, *, at, due_on=None, **what):
        asked = inspect.currentframe().f_back.f_locals.get("due_on")
        need.due_on = asked or need.due_on
        return commands.advance(need, name, at=at, due_on=due_on, **what)

    yield patch.object(assignment, "advance", bent)
    yield patch.object(WorkingCalendar, "provisional", WorkingCalendar.provisional)


# Once, and not twice.


@fault("an idempotency key is ignored")
def key_ignored():
    yield patch.object(command, "_once", lambda _key, _name, _by, _what, _at, act, _reads: act())


@fault("a key answers whatever body comes with it")
def any_body_under_a_key():
    yield patch.object(command, "salted_hmac", lambda *_args, **_what: type("Same", (), {"hexdigest": lambda _self: "0" * 64})())


@fault("an urging is written twice")
def urged_twice():
    yield patch.object(urging, "note_step", lambda *args, **what: [commands.note_step(*args, **what) for _turn in (1, 2)][-1])


@fault("a unit is urged as often as one likes on one day")
def urged_again():
    yield without("can_urge")


@fault("the journal misses the first notes")
def journal_misses():
    true = journal.record

    def bent(**what):
        line = true(**what)
        if what["act"] == "need.start":
            journal.transaction.get_connection().lines_held.remove(line)
        return line

    yield patch.object(journal, "record", bent)


@fault("an import drops a row")
def import_drops():
    true = importing.take_rows
    yield patch("wanjia.casework.importing.ledger.take_rows", lambda rows, **what: true(rows[:-1] if len(rows) > 1 else rows, **what))


@fault("the same file twice makes its needs twice")
def import_doubles():
    yield patch("wanjia.casework.importing.ledger._There.has", lambda _there, _row: False)
    yield patch("wanjia.casework.importing.ledger.take_rows", lambda rows, *, source_file, **what: importing.take_rows(rows, source_file=f"{source_file[:40]}{str(what['at'].timestamp())[-8:]}", **what))


# The household's word, and the end.


@fault("a slip's word is taken for the household's, whoever printed it")
def slip_of_anybody():
    yield patch.object(slip.rules, "is_trusted", lambda _slip, _need: True)


@fault("a slip answers before done is reported")
def slip_too_early():
    yield patch.object(slip.rules, "can_speak", lambda _need: ALLOWED)


@fault("the handler's own people call back")
def own_callback():
    yield without("can_call_back")


@fault("one call that nobody takes is enough to give up")
def given_up_at_once():
    yield patch.object(callback, "given_up", lambda _need: True)


@fault("three calls in one hour are enough to give up")
def three_in_one_hour():
    yield patch.object(callback, "given_up", lambda need: callback.this_round(need.callbacks, need).filter(reached=False).count() >= 2)


@fault("what was drawn is struck off without a recheck")
def closed_unchecked():
    yield patch.object(striking, "is_drawn", lambda _need: False)


@fault("a plan is struck off, or taken up, before its day")
def plan_before_its_day():
    yield without("can_resume")


@fault("a need is withdrawn though nobody asked")
def withdrawn_unasked():
    yield without("can_check_withdrawal")


@fault("done is reported before the household was told of the extension")
def reported_untold():
    yield patch.object(handling.rules, "told", lambda _need: True)


@fault("reopening makes it settled still: the old word stays")
def word_stays():
    def bent(need, name, **what):
        if name == "reopen":
            need.confirmed, need.confirmed_by = "solved", "callback"
        return commands.advance(need, name, **what)

    yield patch.object(closing, "advance", bent)


@fault("an appeal gives the whole time anew")
def appeal_begins_anew():
    yield patch.object(screening.rules, "opens_anew", lambda _need: True)
    yield patch.object(WorkingCalendar, "between", lambda _table, _start, _end: 3)


# Figures.


def redefined(name, **change):
    """Let one figure ask something else."""
    true = definitions._kept

    def bent(kind, population):
        found = true(kind, population)
        return {**found, name: dataclasses.replace(found[name], **change)} if name in found else found

    bent.cache_clear = true.cache_clear
    yield patch.object(definitions, "_kept", bent)
    yield patch.object(definitions, "_tree", definitions._tree.__wrapped__)


@fault("a withdrawn need counts as reasonable")
def withdrawn_counted():
    yield from redefined("needs.reasonable", where={"reasonable": ["yes", "partly"], "not_state": ["declined"]})


@fault("what is late stops being late once it is reported done")
def late_not_counted():
    yield from redefined("needs.overdue", where={"state": "working", "due_on_before": "day"})


@fault("a share counts what its whole does not")
def share_beyond_its_whole():
    yield from redefined("needs.settled", where={"outcome": "settled"})


@fault("a household's slip counts as a callback")
def slip_counted_as_callback():
    yield from redefined("needs.confirmed", where={"reasonable": ["yes", "partly"], "state": "reported", "confirmed": ["solved"]})


@fault("the list behind a figure forgets to ask whose it is")
def list_differs():
    yield after(figures, "rows_of_all", lambda rows, ids, *_args, **_what: rows.exclude(returns__gt=0) if ids == ["needs.open"] else rows)


@fault("a past day is read by the clock of today")
def past_from_today():
    yield patch("wanjia.reporting.figures.facts.last_lines", lambda of, _day, _known, _until: of.lines.objects.filter(state_after="closed") | of.lines.objects.filter(n=1))


def calendar_now():
    """Return the moment that everybody takes for now."""
    from django.utils import timezone

    return timezone.now()
