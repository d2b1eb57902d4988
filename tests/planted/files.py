"""Faults of leaves to read children's files. That a leave follows a child who moved no year has met; `test_access_reach.py` proves it (test_a_leave_ends_where_the_child_moves_or_comes_into_other_care)."""

from datetime import timedelta
from unittest.mock import patch

from wanjia.registry.access import commands as access
from wanjia.registry.access import queries, rules
from wanjia.verdict import ALLOWED

from .planting import EveryDay, fault, instead, nothing, without


@fault("a leave that has run out still opens the file")
def read_after_its_time():
    yield instead(["access.rules.can_read"], lambda actor, leave, at: ALLOWED if (leave.state, leave.by_id) == ("granted", actor.id) else rules.can_read(actor, leave, at))


@fault("anybody reads by a leave that was given to one")
def read_by_anybody():
    yield instead(["access.rules.can_read"], lambda _actor, leave, at: rules.can_read(leave.by, leave, at))


@fault("a bureau approves what another asks for")
def approved_by_a_bureau():
    yield without("access.rules.can_decide")


@fault("a bureau reviews what another broke open")
def reviewed_by_a_bureau():
    yield without("access.rules.can_review")


@fault("an emergency opens the files for a day")
def broken_for_a_day():
    yield patch("wanjia.policy.access.Edition.broken_for", timedelta(hours=24))


@fault("those who answer for a child's file hear of no emergency")
def broken_untold():
    yield patch.object(access.permits, "owners", lambda _code, _day: [])


@fault("somebody breaks as many files open on a day as he likes")
def broken_on_and_on():
    yield patch.object(rules, "broken_today", lambda _by, _at: 0)


@fault("the days of a review count the weekend")
def review_in_calendar_days():
    yield patch.object(access, "WorkingCalendar", EveryDay)


@fault("a review that comes too late is not said to the auditor")
def late_review_unsaid():
    yield patch.object(rules, "overdue", lambda _actor, _day: access.FileAccess.objects.none())


@fault("an emergency to be reviewed is on nobody's list")
def review_unlisted():
    yield patch.object(queries, "to_review", lambda _actor: [])


@fault("a reading by a leave leaves no line")
def reading_without_line():
    yield patch.object(access.journal, "record_reading", nothing)


@fault("what was approved for a shorter time lasts as long as it was asked for")
def shortened_in_vain():
    yield patch.object(access, "_shorter", lambda leave, _until, _at: leave.until_at)
