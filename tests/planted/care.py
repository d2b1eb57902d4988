"""Faults of care: somebody near a child who was never looked at, a contact counted twice, a call that is dropped, a stranger at the gate."""

from datetime import date
from unittest.mock import patch

from wanjia.care.canteen import commands as canteen
from wanjia.care.classes import commands as classes
from wanjia.care.classes import rules as gate
from wanjia.care.lines import commands as lines
from wanjia.care.lines import standing
from wanjia.care.models import LineContact, MissedCall
from wanjia.care.pairing import commands as pairing
from wanjia.care.pairing import rules as taking
from wanjia.care.rhythms import queries as rhythms
from wanjia.verdict import ALLOWED

from .planting import after, fault, nothing, without

APP = "wanjia.care"
MAY_TAKE = 5  # reasons of pairing.rules.may_take; a place left is the third


@fault("an unvetted helper is paired")
def unvetted_paired():
    yield patch.object(taking, "may_be_near_children", lambda _helper, _day: ALLOWED)


@fault("a child is paired again with whom it asked to be rid of")
def asked_and_forgotten():
    yield patch.object(taking, "asked_of", lambda _helper, _child: False)


@fault("a helper takes more children than she takes on")
def capacity_forgotten():
    true = taking.first_refusal
    yield patch.object(taking, "first_refusal", lambda *asked: true(*(one for n, one in enumerate(asked) if len(asked) != MAY_TAKE or n != 2)))


@fault("a helper goes and leaves children behind")
def leaves_children_behind():
    yield without("helpers.rules.can_leave")


@fault("a hand-over leaves the old pair standing")
def handed_over_and_kept():
    true = pairing._begin
    yield patch.object(pairing, "_begin", lambda child, helper, old, *args, **what: old if old is not None else true(child, helper, old, *args, **what))


@fault("who is to have somebody is looked at by nobody")
def entitled_unseen():
    yield patch.object(pairing, "eligible", lambda _children, _day: ())


@fault("a contact is counted twice")
def contact_twice():
    def then(child, _child, line, way, reached, on, note, *, by, at):
        one = LineContact.objects.filter(child=child, line=line, on=on).latest("recorded_at")
        LineContact.objects.create(child=child, helper=one.helper, line=line, way="school" if way != "school" else "phone", reached=reached, on=on, note=note, recorded_at=at, recorded_by=by)
        return child

    yield after(lines, "_note", then)


@fault("nobody reached is a line kept")
def unanswered_and_kept():
    yield patch.object(standing, "COUNTS", standing.Q(taken_back_at=None))


@fault("a contact that was taken back still counts")
def taken_back_and_counted():
    yield patch.object(standing, "COUNTS", standing.Q(reached=True))


@fault("whoever may not be near children meets the child")
def unvetted_meets():
    yield patch.object(lines.rules, "may_be_near_children", lambda _helper, _day: ALLOWED)


@fault("a rhythm does not follow the register")
def rhythm_left_behind():
    yield patch.object(rhythms, "followed", lambda _people, _day: ())


@fault("who waits for a seat does not move up")
def line_stands_still():
    yield patch.object(classes, "_move_up", nothing)


@fault("any code fetches any child")
def stranger_at_the_gate():
    true = gate.may_fetch
    yield patch.object(gate, "may_fetch", lambda collector, child, day: ALLOWED if collector else true(collector, child, day))
    yield patch.object(classes, "_saying", lambda presence, _code: presence.child.collectors.filter(to_on=None).first())


@fault("a late child is no alarm")
def late_unsaid():
    yield patch.object(gate, "late", lambda _presence, _at: False)


@fault("a class ends while a child is still there")
def ended_with_a_child():
    yield without("classes.rules.can_close")


@fault("a missed meal's call is dropped")
def call_dropped():
    yield patch.object(MissedCall.objects, "create", nothing)


@fault("whoever was not marked is missed by nobody")
def missed_by_nobody():
    yield patch.object(canteen.queries, "late_meals", lambda _at: ())


@fault("a meal is over before whoever did not come was called")
def closed_uncalled():
    yield without("canteen.rules.can_close")


class OfTheDay(date):
    """A day that is every day."""

    def __eq__(self, _other):
        return True

    __hash__ = date.__hash__


@fault("a call on the day after is one of the day")
def called_late():
    true = canteen.today
    yield patch.object(canteen, "today", lambda at: OfTheDay(*true(at).timetuple()[:3]))
