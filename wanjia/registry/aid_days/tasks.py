"""The tick, and what hangs on the calendar: what a change left is counted anew, what nobody keeps climbs, in working hours."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from wanjia.kernel.calendar import WorkingCalendar, today
from wanjia.orgs.workdays.hours import CLOCK, in_hours
from wanjia.orgs.workdays.queries import latest_source

from ..cuts.queries import astray
from ..models import AidCut, AidRefusal
from . import counting
from .commands import climb_aid, follow_cuts, recount_aid


def is_due(at):
    """Tell whether a round has anything to do: asked before it is written down."""
    calendar = WorkingCalendar.load()
    return in_hours(at, calendar) and (astray().exists() or counting.wants_a_round(today(at), calendar))


@task(priority=10)
def tick():
    """Do one round: first what moved away and what a change of the calendar left, then the rungs; outside the hours nothing happens, and nothing is lost."""
    at = timezone.now()
    if not in_hours(at):
        return 0
    follow_cuts(by=CLOCK, at=at)
    recount_aid(source=latest_source(), by=CLOCK, at=at)
    return climb_aid(by=CLOCK, at=at)


def changed(change, *, at):
    """Count anew once the calendar has changed; there are few, and it is done at once."""
    return recount_aid(source=change.told if change else latest_source(), by=CLOCK, at=at)


def preview(calendar, day):
    """Return what the page of the working days lists before a change: [(number, words, old, new)], no home and no name among them."""
    return [(str(row.pk)[:8].upper(), _named(row), row.due_on, new) for row, new in counting.all_moved(calendar, day)]


def _named(row):
    return _("救助停减这一步") if isinstance(row, AidCut) else _("送达不予救助决定") if isinstance(row, AidRefusal) else _("补齐先行救助手续")
