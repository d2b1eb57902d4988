"""What must be true of each need: reckoned from the acts that were acknowledged, and from nothing else.

One method an act, named as the command. The rules are written here a second time, on purpose: from the ledger's own rules (states, grid
of deadlines, two clocks), not from the code that keeps them. `Account.expected` (account.py) is what a row of the ledger is held against.
"""

import tomllib
from datetime import timedelta
from pathlib import Path

import wanjia.policy

from .account import Accounts, Line
from .shares import Shares
from .ties import Ties

RULES = tomllib.loads((Path(wanjia.policy.__file__).parent / "triage.toml").read_text(encoding="utf-8"))
GRID = {(cell["urgency"], cell["difficulty"]): cell for cell in RULES["cell"]}
STEPS = RULES["steps"]
SETTLED = ("solved", "aid_given")
REPORTED = ("done_reported", "verified", "closed")
RUNNING = ("registered", "admitted", "triaged", "assigned", "accepted", "in_progress", "returned", "reopened")  # the own clock runs
IN_HANDS = ("assigned", "accepted", "in_progress", "reopened")
WORKED = ("accept", "start", "note", "report_done", "hand_to", "hand_on", "return", "ask_extension", "stop", "ask_stop", "run",
          "help", "help_take", "help_agree", "help_send_back", "help_report", "help_give_again", "consult")  # fmt: skip
LEFT = ("relieve", "take_over", "take_desk")  # a person or a unit takes over from one that left: the state stays
# Which lines may follow in which state, and where they lead (None: it stays).
LEADS = {
    "record": ((None,), "registered"), "admit": (("registered",), "admitted"), "decline": (("registered",), "declined"),
    "appeal": (("declined",), "registered"), "triage": (("admitted",), "triaged"), "regrade": (("triaged", "returned", "reopened"), "triaged"),
    "assign": (("triaged", "returned", *IN_HANDS), "assigned"), "raise": (IN_HANDS, "triaged"), "recall": (("assigned",), "triaged"), "arbitrate": (("assigned", "accepted"), "triaged"),
    "accept": (("assigned", "reopened"), "accepted"),
    "return": (("assigned", "accepted"), "returned"), "hand_to": (("accepted",), "accepted"), "hand_on": (("in_progress",), "in_progress"),
    "start": (("accepted",), "in_progress"), "report_done": (("accepted", "in_progress"), "done_reported"),
    "verify": (("done_reported",), "verified"), "give_up_callback": (("done_reported",), "verified"),
    "dispute": (("done_reported", "verified", "closed"), "reopened"), "resume": (("verified",), "in_progress"), "close": (("verified",), "closed"),
    "reopen": (("closed", "withdrawn"), "reopened"), "withdraw": (RUNNING, "withdrawn"),
}  # fmt: skip


class Book(Accounts, Shares, Ties):
    """The second ledger. days: the county's working days, a Days."""

    def __init__(self, days):
        super().__init__()
        self.days = days

    def line(self, one, act, at, by, says=""):
        """Write one acknowledged line: what was promised and has passed is remembered, then the state moves."""
        if one.late_since is None and one.lines and one.state in RUNNING and one.due_on < at.day:
            one.late_since = one.due_on
        self._end_what_ends(one, act, at)
        self.overturned(one, act, at.day)
        if act in LEADS:
            self.reopened(one)
            one.state = LEADS[act][1]
        if act in WORKED:
            one.part.add(by.unit)
        one.lines.append(Line(act, at.moment, by.name, by.unit_name, says))
        one.dates.add(at.day)

    def _end_what_ends(self, one, act, at):
        """A stop was granted to one holder for one wait: every move but the first note ends it; some let an open request fall."""
        if (act in LEADS or act in LEFT) and act not in ("start", "record") and one.is_stopped(at.day):
            self._stop_ends(one, at.day)
        if act in ("start", "report_done", "decline", "withdraw"):
            one.raised = ""
        if act in LEADS and act not in ("accept", "hand_to"):  # who has begun nothing still waits for the session
            one.contested = False
        if act in ("assign", "take_over", "return", "raise", "report_done", "withdraw") and one.asked:
            one.asked, one.asked_until, one.asked_in = "", None, None

    def _clock(self, one, step, at):
        one.step, one.step_from = step, at.day if step else None
        one.step_due_on = self.days.after(at.day, STEPS[step]) if step else None

    # Each act, as its command is called.

    def record_need(self, one, at, by, *, desk):
        one.holder = desk
        one.days, one.due_on = STEPS["reply"], self.days.after(at.day, STEPS["reply"])
        self._clock(one, "screen", at)
        self.line(one, "record", at, by)

    def admit_need(self, one, at, by, *, reasonable="yes"):
        self.line(one, "admit", at, by)
        one.reasonable = reasonable
        self._clock(one, "triage", at)

    def decline_need(self, one, at, by):
        self.line(one, "decline", at, by)
        one.reasonable, one.ended_at, one.withdrawal = "no", at.moment, False
        self._clock(one, "", at)

    def appeal_decision(self, one, at, by, *, desk, ended_on):
        left, again = self.days.within(ended_on, one.due_on), any(line.act == "appeal" for line in one.lines)
        self.line(one, "appeal", at, by)
        one.holder, one.reasonable, one.ended_at, one.days = desk, "", None, None
        if at.day > ended_on <= one.due_on and (left or not again):  # else the day of before stays, passed or not
            one.due_on = self.days.after(at.day - timedelta(days=1), left) if left else at.day
        self._clock(one, "screen", at)

    def triage_need(self, one, at, by, *, urgency, difficulty):
        anew = one.state != "admitted"
        cell = GRID[urgency, difficulty]
        self.line(one, "regrade" if anew else "triage", at, by)
        one.urgency, one.difficulty, one.graded_on = urgency, difficulty, one.graded_on or at.day
        working = cell["unit"] == "working"
        plain = self.days.after(one.graded_on, cell["days"]) if working else one.graded_on + timedelta(days=cell["days"])
        later = one.first_due_on is not None and (plain > one.first_due_on or (one.extended_from is not None and plain == one.first_due_on))
        one.first_due_on = one.first_due_on or plain
        if not later:
            stood = sum(self._stood(one, first, end) for first, end in one.stops)
            one.due_on, one.days = self.days.after(plain, stood) if stood else plain, cell["days"] if working else None
            one.provisional = (working or bool(stood)) and self.days.is_provisional(one.due_on)
        self._forward(one, at.day)
        if not anew:
            self._clock(one, "assign", at)

    def assign_need(self, one, at, by, *, holder, due_on=None, arbitrated=False, helpers=()):
        """helpers: [(sub-task, unit, words)] of those that were named and did not help already."""
        if one.is_stopped(at.day):
            self._stop_ends(one, at.day)
        self.line(one, "assign", at, by)
        if due_on is not None and due_on != one.due_on and one.due_on >= at.day:
            one.due_on, one.days = due_on, None
        one.holder, one.given_by, one.handler, one.handed_on, one.given_on, one.arbitrated = holder, by.unit, None, at.day, at.day, arbitrated
        one.part.add(holder)
        self._clock(one, "accept", at)
        self._forward(one, at.day)
        self._end_parts(one, at, by, unit=holder)
        for pk, unit, words in helpers:
            self._ask(one, at, by, pk, unit, self.last_day_to_help(one, at.day), act="help_named", words=words)

    def contest_need(self, one, at, by):
        self.line(one, "contest", at, by)
        one.contested = True

    def arbitrate(self, one, at, by):
        """The session takes it out of the hands of whoever asked."""
        self.line(one, "arbitrate", at, by)

    def recall_need(self, one, at, by, *, desk):
        self.line(one, "recall", at, by)
        one.handler, one.holder, one.given_by = None, desk, by.unit
        self._clock(one, "reassign", at)

    def accept_need(self, one, at, by, *, handler):
        self.line(one, "accept", at, by)
        one.handler = handler
        self._clock(one, "", at)

    def hand_to_person(self, one, at, by, *, handler):
        self.line(one, "hand_to" if one.state == "accepted" else "hand_on", at, by)
        one.handler = handler

    def return_need(self, one, at, by, *, desk):
        self.line(one, "return", at, by)
        one.returns += desk != one.holder  # to oneself is no return
        one.handler, one.holder, one.given_by = None, desk, by.unit
        self._clock(one, "reassign", at)

    def add_note(self, one, at, by):
        self.line(one, "start" if one.state == "accepted" else "note", at, by)

    def report_done(self, one, at, by, *, outcome, planned_on=None):
        self.line(one, "report_done", at, by)
        one.outcome, one.planned_on, one.done_at, one.withdrawal = outcome, planned_on, at.moment, False
        one.confirmed = one.confirmed_by = one.slip_word = one.heard = ""
        one.missed, one.rechecked = [], False
        self._clock(one, "callback", at)

    def call_back(self, one, at, by, *, reached, word=""):
        if not reached:
            one.missed.append(at.moment)
            if self._given_up(one):
                self.line(one, "give_up_callback", at, by)
                one.callback_failed = True
                self._wait_for_closing(one, at)
            else:
                self.line(one, "callback_missed", at, by)
            return
        one.heard = word
        self._heard(one, at, by, word, "callback")

    def answer_by_slip(self, one, at, by, *, word):
        if word == "unsolved" and self.comes_late(one, at.moment):
            self.against(one, at, by, act="complaint")
            one.slip_word = word
            return
        if word == "unsolved" and one.state in ("closed", "withdrawn"):
            self.reopen_need(one, at, by)
            return
        one.slip_word = word
        if word == "unsolved":
            self._heard(one, at, by, word, "slip")
        elif one.slip != "caller":
            self.line(one, "slip_word", at, by)
        elif one.state == "verified":
            if one.confirmed != "solved":
                one.confirmed, one.confirmed_by, one.callback_failed = "solved", "slip", False
            self.line(one, "confirm", at, by)
        else:
            self._heard(one, at, by, word, "slip")

    def _heard(self, one, at, by, word, through):
        self.line(one, "dispute" if word == "unsolved" else "verify", at, by, word)
        one.confirmed, one.confirmed_by = word, through
        if word == "unsolved":
            one.callback_failed = one.callback_failed and through != "callback"
            self._back_to_unit(one, at)
        else:
            one.callback_failed = False
            self._wait_for_closing(one, at)

    def _back_to_unit(self, one, at):
        one.reopenings += 1
        one.handler, one.missed, one.heard, one.rechecked = None, [], "", False
        self._clock(one, "accept", at)

    def _wait_for_closing(self, one, at):
        waits = one.outcome == "planned" and one.planned_on > at.day
        self._clock(one, "" if waits else "close", at)

    def _given_up(self, one):
        rule, last, days, hours, n = RULES["callback"], None, set(), set(), 0
        for at in sorted(one.missed):
            if rule["from_hour"] <= at.hour < rule["to_hour"] and (last is None or (at - last).total_seconds() >= 3600 * rule["apart_hours"]):
                last, n = at, n + 1
                days.add(at.date())
                hours.add(at.hour)
        return n >= rule["tries"] and len(days) >= rule["days"] and len(hours) >= 2

    def close_need(self, one, at, by):
        self.line(one, "close", at, by)
        one.ended_at = at.moment
        self._clock(one, "", at)

    def reopen_need(self, one, at, by):
        self.line(one, "reopen", at, by)
        one.confirmed = one.confirmed_by = one.slip_word = ""
        one.ended_at, one.given_by, one.given_on = None, by.unit, at.day
        self._back_to_unit(one, at)

    def resume_planned(self, one, at, by):
        self.line(one, "resume", at, by)
        self._clock(one, "", at)

    def ask_withdrawal(self, one, at, by):
        self.line(one, "ask_withdrawal", at, by)
        one.withdrawal = True

    def withdraw_need(self, one, at, by):
        self._end_parts(one, at, by)
        self.line(one, "withdraw", at, by)
        one.ended_at, one.handler, one.withdrawal = at.moment, None, False
        self._clock(one, "", at)

    def keep_need(self, one, at, by):
        self.line(one, "keep", at, by)
        one.withdrawal = False

    def urge_need(self, one, at, by):
        self.line(one, "urge", at, by)
        one.urged_on = at.day

    def issue_slip(self, one, at, by, *, whose):
        self.line(one, "slip", at, by)
        one.slip = whose

    def add_milestone(self, one, at, by, *, mark):
        self.line(one, "milestone", at, by)
        one.marks.append(mark)

    def reach_milestone(self, one, at, by, *, mark):
        self.line(one, "milestone_done", at, by)
        mark.done_on = at.day

    # The clocks.

    def ask_extension(self, one, at, by, *, due_on):
        one.asked, one.asked_until, one.asked_in = "extension", due_on, one.reopenings
        self.line(one, "ask_extension", at, by)

    def stop_clock(self, one, at, by, *, reason, until):
        if reason != "papers" or one.papers_stopped:
            one.asked, one.asked_until = reason, until
            self.line(one, "ask_stop", at, by)
        else:
            one.papers_stopped = True
            self.line(one, "stop", at, by)
            self._stop_begins(one, at.day, until)

    def decide_clock(self, one, at, by, *, agree):
        asked, until = one.asked, one.asked_until
        one.asked, one.asked_until = "", None
        if asked == "extension":
            self.line(one, "extended" if agree else "not_extended", at, by)
            if agree:
                one.extended_from, one.due_on, one.days, one.told = one.due_on, until, None, False
                one.provisional = self.days.is_provisional(until)
            return
        self.line(one, "stop_agreed" if agree else "not_stopped", at, by)
        if agree:
            self._stop_begins(one, at.day, until)

    def tell_extension(self, one, at, by):
        self.line(one, "tell_extension", at, by)
        one.told = True

    def run_clock(self, one, at, by):
        self.line(one, "run", at, by)
        self._stop_ends(one, at.day)

    def _start(self, one):
        return one.graded_on or one.recorded_on

    def _stood(self, one, first, end):
        """Count the working days of a stop [first, end) that the need's clock would have counted."""
        return self.days.within(max(first - timedelta(days=1), self._start(one)), end - timedelta(days=1))

    def _stop_begins(self, one, first, end):
        one.stopped_from = one.due_on
        one.stops.append((first, end))
        self._after_stop(one)

    def _stop_ends(self, one, day):
        one.stops[-1] = (one.stops[-1][0], day)
        self._after_stop(one)
        self._forward(one, day)

    def _after_stop(self, one):
        first, end = one.stops[-1]
        if one.days is not None:
            one.due_on = self.days.running(self._start(one), one.days, one.stops)
        else:
            one.due_on = max(self.days.after(one.stopped_from, self._stood(one, first, end)), end)
        one.provisional = self.days.is_provisional(one.due_on)

    # What is handed over because somebody leaves or a unit ends.

    def handed(self, one, at, by, *, act, holder, handler):
        self.line(one, act, at, by)
        if act in LEFT:
            one.holder, one.handler = holder, handler
        if act == "take_over":
            one.part.add(holder)

    # What the ladder does by itself.

    def raised(self, one, at, by, *, act, holder, tier):
        step = "reassign" if act == "raise" else one.step or "reassign"
        self._end_parts(one, at, by, unit=holder)
        self.line(one, act, at, by)
        one.holder, one.given_by, one.raised = holder, None, tier
        if act == "raise":
            one.handler = None
        self._clock(one, step, at)

    def retime(self, one, at, by):
        """Count anew after a change of the working days: later only, and no day that has passed. Returns whether a line is due."""
        if not one.is_open:
            return False
        counted = one.days is not None and one.state in RUNNING and one.due_on >= at.day
        anew = self.days.running(self._start(one), one.days, one.stops) if counted else one.due_on
        later = counted and anew > one.due_on
        firm = counted and one.provisional and anew == one.due_on and not self.days.is_provisional(anew)
        step = one.step_due_on
        if one.step and step and step >= at.day:
            step = max(step, self.days.after(one.step_from, STEPS[one.step]))
        if not later and not firm and step == one.step_due_on:
            return False
        self.line(one, "retime", at, by)
        one.step_due_on = step
        if later or firm:
            one.provisional = self.days.is_provisional(anew)
        if later:
            one.due_on = anew
            one.first_due_on = one.first_due_on and max(one.first_due_on, self.days.after(self._start(one), one.days))
        return True
