"""Count one need's dates anew after the calendar changed; and all of them, each in its own short transaction."""

from django.db import transaction
from django.utils.translation import gettext as _

from wanjia.kernel import gate
from wanjia.kernel.calendar import WorkingCalendar, today
from wanjia.kernel.command import command
from wanjia.orgs.accounts.queries import as_of_now
from wanjia.registry.importing.pace import Pace

from ..clocks import start_of
from ..commands import note_step, take
from . import queries, rules


@command("casework.retime_need")
def retime_need(*, need_id, source, by, at):
    """Count an open need's dates anew by today's calendar (重算时限); a line of its timeline says from what to what and why.

    source: the notice that changed the calendar. Returns whether anything moved; done again, nothing moves.
    """
    rules.can_retime(by).or_raise()
    need, at = take(need_id, at)
    calendar = WorkingCalendar.load()
    would = queries.moved(need, calendar, today(at))
    if not would:
        return False
    said = []
    if would.due_on:
        said.append(_("办理时限由 %(old)s 改为 %(new)s") % {"old": need.due_on, "new": _day(would.due_on, would.provisional)})
        need.due_on, need.due_provisional = would.due_on, would.provisional
        need.first_due_on = need.first_due_on and max(need.first_due_on, calendar.add(start_of(need), need.due_days).on)
    if would.firm:
        said.append(_("办理时限 %(day)s 不变,不再是暂定") % {"day": need.due_on})
        need.due_provisional = False
    if would.step_due_on:
        said.append(_("本环节时限由 %(old)s 改为 %(new)s") % {"old": need.step_due_on, "new": _day(would.step_due_on, would.step_provisional)})
        need.step_due_on = would.step_due_on
    # What moved comes first: a line has an end, and the source, with two units and two people, may be long.
    note_step(need, "retime", by=by, at=at, words=_("工作日历有变:%(said)s。依据:%(source)s") % {"source": source, "said": ";".join(said)})
    return True


def _day(day, provisional):
    """Say a day past the published calendar with that it may still move: the line is what the household is told by."""
    return _("%(day)s(暂定)") % {"day": day} if provisional else str(day)


def retime_all(*, source, by, at, beat=lambda _moved: None):
    """Count every open need anew that today's calendar moves; returns how many moved. Stopped half-way, it goes on when asked again.

    Each need is a transaction of its own, and others have their turn between: what a kill leaves is whole, and the rest still waits.
    beat: called within each need's transaction, before with 0 and after with how many it moved; where it raises, that need stays as
    it was. Before, so that what it locks is locked ahead of the journal's head, as by whoever stops the recount: else each waits for the other.
    """
    waiting, pace = [need.pk for need, _would in queries.all_moved(WorkingCalendar.load(), today(at))], Pace()
    moved = 0
    for pk in waiting:
        with transaction.atomic():
            gate.beside()
            beat(0)
            one = int(retime_need(need_id=pk, source=source, by=as_of_now(by), at=at))
            beat(one)
        moved += one
        pace.rest()
    return moved
