"""The day's look: patterns, and the least draw of a month that is over. By the clock (with the day's sweep) or by command; asked twice it does nothing twice."""

from datetime import timedelta

from wanjia.kernel.calendar import today

from ..drawing.rules import month_of
from ..ladder.rules import CLOCK
from .commands import draw_least, look_for_patterns


def look(*, at):
    """Do the day's look; return {"findings": n, "least": n}."""
    last = month_of(at - timedelta(days=today(at).day))
    return {"findings": look_for_patterns(by=CLOCK, at=at), "least": draw_least(month=last, by=CLOCK, at=at)}
