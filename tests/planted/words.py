"""Faults of the household's word and of the end."""

from unittest.mock import patch

from wanjia.casework import commands
from wanjia.casework.callback import commands as callback
from wanjia.casework.closing import commands as closing
from wanjia.casework.closing import rules as striking
from wanjia.casework.handling import commands as handling
from wanjia.casework.screening import commands as screening
from wanjia.casework.slip import commands as slip
from wanjia.kernel.calendar import WorkingCalendar
from wanjia.verdict import ALLOWED

from .planting import fault, without


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
