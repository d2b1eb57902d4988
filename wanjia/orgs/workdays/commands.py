"""The acts on the working-day table: load what is published, load a new year's notice, change one day, agree to another unit's change.

A change that gives more rest than the published calendar waits for a person of another unit (ADR 86); any other is made at once.
"""

from django.utils.translation import gettext as _

from wanjia.kernel import journal
from wanjia.kernel.calendar import WorkingCalendar, seed_days
from wanjia.kernel.command import command
from wanjia.kernel.models import CalendarDay
from wanjia.verdict import Refused, first_refusal

from ..agreeing.models import ChangeState, asker
from ..agreeing.rules import can_agree, can_refuse
from ..locks import hold
from . import followers, notice, rules
from .models import DayChange, digest
from .queries import changed_since, table_with

TABLE = "workdays"  # what is judged is the table that is written


@command("orgs.load_published_workdays")
def load_published(*, by, at):
    """Load the published years that come with the product; days already in the table stay as they are. Returns the change, or None."""
    rules.can_keep_workdays(by).or_raise()
    known = set(CalendarDay.objects.values_list("day", flat=True))
    missing = [day for day in seed_days() if day.day not in known]
    return _change("orgs.load_published_workdays", missing, (), missing[0].source, by=by, at=at) if missing else None


@command("orgs.load_workdays")
def load_workdays(*, text, source, by, at):
    """Load a year's notice from pasted lines (放假调休通知). Returns the change; None when the same days stand already."""
    rules.can_keep_workdays(by).or_raise()
    first_refusal((bool(source.strip()), _("请写明依据,例如通知的名称或文号。"))).or_raise()
    rows = changed_rows(text, source.strip())
    return _change("orgs.load_workdays", rows, (), source, by=by, at=at) if rows else None


@command("orgs.keep_workday")
def keep_workday(*, day, works, name, source, by, at):
    """Say of one day that it is worked or not, and on what paper that rests. Returns the change."""
    rules.can_keep_workdays(by).or_raise()
    first_refusal((bool(source.strip()), _("请写明依据,例如通知的名称或文号。"))).or_raise()
    named = name.strip() or (_("调休上班") if works else _("放假"))
    row = CalendarDay(day=day, works=works, name=named, source=source.strip())
    return _change("orgs.keep_workday", [row], (), source, by=by, at=at)


@command("orgs.clear_workday")
def clear_workday(*, day, reason, by, at):
    """Take a day out of the table: it counts by Monday to Friday again. Returns the change, or None when it does not stand there."""
    rules.can_keep_workdays(by).or_raise()
    first_refusal((bool(reason.strip()), _("请写明原因。"))).or_raise()
    stands = CalendarDay.objects.filter(day=day).exists()
    return _change("orgs.clear_workday", [], [day], reason, by=by, at=at) if stands else None


@command("orgs.decide_workdays")
def decide_workdays(*, change_id, agree, by, at, words=""):
    """Give another unit's word on a waiting change: it is made, or never. Whoever keeps the table may take a change back, not agree."""
    hold(TABLE)
    change = DayChange.objects.select_for_update(of=("self",)).filter(pk=change_id).first()
    if change is None or change.state != ChangeState.WAITING:
        raise Refused(_("这次日历改动已经处理过了。"))
    if agree or not rules.can_keep_workdays(by):
        can_agree(by, change).or_raise()
    (rules.still_as_asked(changed_since(change)) if agree else can_refuse(words)).or_raise()
    act = "orgs.agree_workdays" if agree else "orgs.decline_workdays"
    change.hear(agree=agree, words=words, by=by, org=by.org_name_for(act), at=at)
    if agree:
        return _write(change, act, by=by, at=at)
    change.save()
    journal.record(act=act, subject=change, by=by, at=at, reason=change.words, asked_by=change.by_name)
    return change


def changed_rows(text, source):
    """Return the days of a pasted notice that differ from how they stand. Raises Refused when a line cannot be read."""
    standing = CalendarDay.objects.in_bulk()
    return [row for row in notice.read(text, source) if _differs(row, standing.get(row.day))]


def _differs(row, old):
    return old is None or (old.works, old.name) != (row.works, row.name)


def _change(act, rows, without, source, *, by, at):
    """Make a change of the table, or let it wait for another unit."""
    rules.can_name([row.day for row in rows], at).or_raise()
    hold(TABLE)
    days = [[row.day.isoformat(), row.works, row.name, row.source] for row in rows] + [[day.isoformat(), None, "", ""] for day in without]
    change = DayChange(act=act, days=days, source=source.strip(), run_by_id=by.id, **asker(by, at, act=act))
    before = WorkingCalendar.load()
    touched = [*(row.day for row in rows), *without]
    if not rules.needs_second(by, before, table_with(rows, without), touched):
        return _write(change, act, by=by, at=at)
    if DayChange.objects.filter(state=ChangeState.WAITING, days=days).exists():
        raise Refused(_("同样的改动已经在等另一个单位同意,不用再提。"))
    change.save(force_insert=True)
    journal.record(act="orgs.propose_workdays", subject=change, by=by, at=at, reason=source, days=days)
    return change


def _write(change, act, *, by, at):
    """Write the days of a change, and tell what hangs on them."""
    rows, without, table = change.rows, change.without, WorkingCalendar.load()
    CalendarDay.objects.bulk_create(rows, update_conflicts=True, unique_fields=["day"], update_fields=["works", "name", "source"])
    CalendarDay.objects.filter(day__in=without).delete()
    change.state = ChangeState.MADE
    change.save()
    days = [*(row.day for row in rows), *without]
    one = {"before": _word(table.works(days[0])), "after": _word(WorkingCalendar.load().works(days[0]))} if len(days) == 1 else {}
    asked = {"asked_by": change.by_name} if change.decided_by_id else {}
    journal.record(
        act=act, subject=change, by=by, at=at, reason=change.source, days=len(days), years=sorted({day.year for day in days}),
        digest=digest(change.days), **one, **asked,
    )  # fmt: skip
    followers.tell(change, at=at)
    return change


def _word(works):
    return "班" if works else "休"
