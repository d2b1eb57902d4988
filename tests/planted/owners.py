"""Faults of owners and moves."""

from unittest.mock import patch

from wanjia.casework import commands
from wanjia.casework.assignment import commands as assignment
from wanjia.casework.assignment import rules as assigning
from wanjia.casework.sessions import commands as sessions
from wanjia.casework.sessions import queries as sitting
from wanjia.kernel.calendar import WorkingCalendar, today
from wanjia.orgs.models import Post
from wanjia.verdict import ALLOWED

from .planting import fault, nothing, without


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
    yield patch.object(assigning, "may_answer_for", lambda _person, _need, _day: ALLOWED)
