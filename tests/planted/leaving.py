"""Faults of what somebody leaves behind who is gone at once."""

from unittest.mock import patch

from wanjia.orgs.accounts import commands as accounts
from wanjia.orgs.handing import commands as handing
from wanjia.orgs.handing import queries

from .planting import EveryDay, fault, nothing


@fault("who is gone at once leaves no task behind")
def leaves_no_task():
    yield patch.object(accounts, "leave_standing", nothing)


@fault("a hand-over stands for ever: nobody sees that all of it is in other hands")
def handover_for_ever():
    yield patch.object(handing, "_looked_at", lambda *_args, **_what: False)


@fault("a hand-over that is late climbs nowhere")
def handover_never_climbs():
    yield patch.object(queries, "reached", lambda _row, _day, _calendar: 0)


@fault("a hand-over is said to be done, and hands over nothing")
def handed_over_in_vain():
    yield patch.object(handing, "pass_on", lambda *_args, **_what: 1)


@fault("the days of a hand-over count the weekend")
def handover_in_calendar_days():
    yield patch.object(handing, "WorkingCalendar", EveryDay)
