"""When somebody may be told: within the hours of a working day of the editable calendar, never at midnight nor on a holiday."""

from wanjia.kernel.calendar import CHINA, WorkingCalendar, today
from wanjia.kernel.command import SystemActor
from wanjia.policy.ladder import in_force

# The clock's own hand. It decides nothing: what falls due on which day follows from dates that people set and from a dated rule with its source.
CLOCK = SystemActor(name="系统(按时限)")


def in_hours(at, calendar=None):
    """Tell whether a moment lies within the hours of a working day. Where no ladder is in force nobody is told anything."""
    edition, here = in_force(today(at)), at.astimezone(CHINA)
    return edition is not None and edition.opens <= here.time() < edition.closes and (calendar or WorkingCalendar.load()).works(here.date())
