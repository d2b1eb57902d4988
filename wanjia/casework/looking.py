"""What the tier above is to look at again, and what contradicts a closing. Nothing is asked of the database but the calendar.

One place says it for all acts: a move that takes a need back from what was called back or struck off contradicts that, whoever makes it.
"""

from wanjia.kernel.calendar import WorkingCalendar
from wanjia.policy.honesty import in_force

from .states import NeedState, RecheckFor

CONCLUDED = (NeedState.VERIFIED, NeedState.CLOSED)
# Moves by which what was called back or struck off goes back to be handled: nothing is left to look at before it is done anew.
BACK = ("dispute", "reopen", "resume")


def overturn(need, move, day):
    """Note that a move contradicts what was called back or struck off, and take the need off the list of rechecks."""
    if move not in BACK:
        return
    if move != "resume" and need.state in CONCLUDED:
        contradict(need, day)
    leave_list(need)


def contradict(need, day):
    """Note the first day on which a closing was contradicted; it stays."""
    need.contradicted_on = need.contradicted_on or day


def put_on_list(need, why, day, calendar=None):
    """Put a need on the list of rechecks (抽查名单) by its working days; what stands there already keeps its day and its reason."""
    if not need.recheck_for:
        need.recheck_for = RecheckFor(why)
        need.recheck_due_on = (calendar or WorkingCalendar.load()).add(day, in_force(day).due_days).on
    need.drawn = True  # whatever round follows, it is looked at again before it is struck off


def looked(recheck):
    """Return what the journal's line of a recheck carries of it: nothing of what was said but the word."""
    return {"id": recheck.pk, "word": str(recheck.word), "way": str(recheck.way), "round": recheck.round, "unit": str(recheck.by_org_id)}


def leave_list(need):
    """Take a need off the list."""
    need.recheck_for, need.recheck_due_on = "", None
