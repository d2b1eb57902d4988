"""Let what nobody keeps climb, and count days anew after a change of the calendar: by the clock's own hand, each with its line."""

from django.urls import reverse

from wanjia.kernel import journal
from wanjia.kernel.calendar import WorkingCalendar, today
from wanjia.kernel.command import command
from wanjia.orgs.delivery.commands import tell
from wanjia.policy.ladder import told

from ..cuts.commands import follow
from . import counting, rules
from .above import Above

ABOUT = "aid"  # of the messages outside the house


@command("registry.climb_aid")
def climb_aid(*, by, at):
    """Let every day of aid that nobody keeps climb to the rung it has come to, and tell whoever sees to it; return how many climbed.

    One message a row and round: the highest rung. A raise waits for a 督办 that was really sent (`behind`).
    """
    rules.can_count(by).or_raise()
    day, calendar, climbed = today(at), WorkingCalendar.load(), 0
    above = Above(day)
    for row in list(counting.waiting()):
        if level := counting.reached(row, day, calendar):
            climbed += _climb(row, level, above, day, calendar, by=by, at=at)
    return climbed


def _climb(row, level, above, day, calendar, *, by, at):
    row = _locked(row)
    if row is None or counting.reached(row, day, calendar) != level:  # somebody did it meanwhile
        return False
    unit = told(above.chain(row.village_id), level)
    row.level, row.climbed_on, row.told = level, day, unit
    row.save(update_fields=["level", "climbed_on", "told"])
    journal.record(act="aid.climbed", subject=row, by=by, at=at, area_code=row.village_id, level=level, due_on=row.due_on, told=unit and unit.pk)
    if unit:
        path = f"{reverse('registry:aid')}?tab={counting.TABS[type(row)]}"
        tell([unit], ABOUT, number="1", path=path, key=f"{ABOUT}:{row.pk}:{row.due_on:%Y%m%d}:{level}", at=at)
    return True


def _locked(row):
    """Return the row under lock as it is now, where it still waits; else None."""
    return counting.WAITING[type(row)]().select_for_update(of=("self",)).filter(pk=row.pk).first()


@command("registry.recount_aid")
def recount_aid(*, source, by, at):
    """Count the days of aid anew by today's calendar (重算期限): later only, and none that has passed. Returns how many moved; again, nothing moves.

    source: the notice that changed the calendar.
    """
    rules.can_count(by).or_raise()
    calendar, day, n = WorkingCalendar.load(), today(at), 0
    for row, _new in list(counting.all_moved(calendar, day)):
        row = _locked(row)
        new = row and counting.moved(row, calendar, day)
        if new:
            was, row.due_on = row.due_on, new
            row.save(update_fields=["due_on"])
            journal.record(act="aid.recount", subject=row, by=by, at=at, area_code=row.village_id, reason=source, was=was, due_on=new)
            n += 1
    return n


@command("registry.follow_cuts")
def follow_cuts(*, by, at):
    """Let every open proposal go that lies elsewhere than its aid: what moved by a merge, by a list, or with its village. Returns how many went."""
    rules.can_count(by).or_raise()
    return follow(by=by, at=at)
