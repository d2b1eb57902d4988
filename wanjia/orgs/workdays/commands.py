"""The acts on the working-day table: load what is published, load a new year's notice, change one day."""

from django.utils.translation import gettext as _

from wanjia.kernel import journal
from wanjia.kernel.calendar import seed_days
from wanjia.kernel.command import command
from wanjia.kernel.models import CalendarDay
from wanjia.kernel.verdict import first_refusal

from . import followers, notice, rules


@command("orgs.load_published_workdays")
def load_published(*, by, at):
    """Load the published years that come with the product; days already in the table stay as they are. Returns how many."""
    rules.can_keep_workdays(by).or_raise()
    known = set(CalendarDay.objects.values_list("day", flat=True))
    missing = [day for day in seed_days() if day.day not in known]
    return _keep(missing, "orgs.load_published_workdays", by, at) if missing else 0


@command("orgs.load_workdays")
def load_workdays(*, text, source, by, at):
    """Load a year's notice from pasted lines (放假调休通知); the same days again change nothing. Returns how many changed."""
    rules.can_keep_workdays(by).or_raise()
    first_refusal((bool(source.strip()), _("请写明依据,例如通知的名称或文号。"))).or_raise()
    standing = CalendarDay.objects.in_bulk()
    rows = [row for row in notice.read(text, source.strip()) if _differs(row, standing.get(row.day))]
    return _keep(rows, "orgs.load_workdays", by, at, source) if rows else 0


@command("orgs.keep_workday")
def keep_workday(*, day, works, name, source, by, at):
    """Say of one day that it is worked or not, and on what paper that rests. A plain weekday or weekend needs no row."""
    rules.can_keep_workdays(by).or_raise()
    first_refusal((bool(source.strip()), _("请写明依据,例如通知的名称或文号。"))).or_raise()
    before = CalendarDay.objects.filter(day=day).first()
    row, _created = CalendarDay.objects.update_or_create(
        day=day,
        defaults={"works": works, "name": name.strip() or (_("调休上班") if works else _("放假")), "source": source.strip()},
    )
    journal.record(
        act="orgs.keep_workday", subject=row, by=by, at=at, reason=source, works=works,
        before=_word(before.works if before else day.weekday() < 5), after=_word(works),
    )  # fmt: skip
    followers.tell(source=source.strip(), by=by, at=at)
    return row


@command("orgs.clear_workday")
def clear_workday(*, day, reason, by, at):
    """Take a day out of the table: it counts by Monday to Friday again."""
    rules.can_keep_workdays(by).or_raise()
    first_refusal((bool(reason.strip()), _("请写明原因。"))).or_raise()
    for row in CalendarDay.objects.filter(day=day):
        journal.record(act="orgs.clear_workday", subject=row, by=by, at=at, reason=reason, before=_word(row.works))
        row.delete()
        followers.tell(source=reason.strip(), by=by, at=at)


def _differs(row, old):
    return old is None or (old.works, old.name) != (row.works, row.name)


def _keep(rows, act, by, at, source=""):
    CalendarDay.objects.bulk_create(rows, update_conflicts=True, unique_fields=["day"], update_fields=["works", "name", "source"])
    years = sorted({row.day.year for row in rows})
    journal.record(act=act, subject=rows[0], by=by, at=at, reason=source, days=len(rows), years=years)
    followers.tell(source=source.strip() or rows[0].source, by=by, at=at)
    return len(rows)


def _word(works):
    return "班" if works else "休"
