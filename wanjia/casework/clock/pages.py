"""What the pages of the clock's acts show besides their forms."""

from django.utils.translation import gettext as _

from wanjia.kernel.calendar import WorkingCalendar

from .. import clocks
from ..promise import promise_of
from ..states import EXTENSION


def reason_of(need):
    """Return the words with which the holder asked last; they are what the household is told."""
    line = asking(need)
    return line.words if line else ""


def asking(need):
    """Return the line of the timeline with which the holder asked last, or None."""
    return need.steps.filter(act__in=clocks.ASKS).order_by("-n").first()


def longest(request, need):
    """To which day it may be put off, and what is promised now."""
    calendar, day = WorkingCalendar.load(), request.day
    return {"latest": need.due_on and clocks.longest_extension(need, calendar), "promise": promise_of(need, day, calendar=calendar)}


def longest_stop(request, need):
    """Until when a clock that is stopped today may stand still; whether it has stopped for papers before."""
    return {"latest": clocks.longest_stop(request.day, WorkingCalendar.load())}


def asked(request, need):
    """What the holder asks, in its own words."""
    return {"line": asking(need), "extension": need.asked_for == EXTENSION, "promise": promise_of(need, request.day)}


def stopped(need):
    """Say whether the clock stands still, or waits for the tier above."""
    if need.asked_for:
        return _("已报上一级审批。批准以前,期限照算。")
    return _("已挂起,最晚 %(day)s 自己恢复计时。") % {"day": need.runs_on}
