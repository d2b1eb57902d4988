"""The acts on the working-day table: load what is published, load a new year's notice, change one day, agree to another unit's change.

A change that gives more rest than the published calendar waits for a person of another unit (ADR 86); any other is made at once.
"""

from datetime import date
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import WorkingCalendar, seed_days
from wanjia.kernel.command import command
from wanjia.kernel.models import CalendarDay
from wanjia.orgs.duties import Duty
from wanjia.verdict import Refused, TooLate, first_refusal

from ..agreeing.queries import asker
from ..agreeing.rules import AGREES, can_agree, can_refuse
from ..locks import hold
from ..models import ChangeState, DayChange, digest
from ..subjects import SELDOM
from . import followers, pages, rules
from .queries import changed_rows, changed_since, table_with
from .subjects import CHANGES, DAYS

PROPOSED = {"orgs.propose_workdays": _("提出改日历,等另一个单位同意")}
TABLE = "workdays"  # what is judged is the table that is written


@command("orgs.load_published_workdays")
def load_published(*, by, at):
    """Load the published years that come with the product; days already in the table stay as they are. Returns the change, or None."""
    rules.can_keep_workdays(by).or_raise()
    known = set(CalendarDay.objects.values_list("day", flat=True))
    missing = [day for day in seed_days() if day.day not in known]
    return _change("orgs.load_published_workdays", missing, (), missing[0].source, by=by, at=at) if missing else None


@act(
    DAYS, "load_workdays", at="notice", words=_("导入放假通知"), done=pages.changed, duty=Duty.SET_RULES, may=rules.can_keep_workdays, new=True,
    before=pages.first(lambda text, source, **_key: (changed_rows(text, source), ())), call=None, because=SELDOM,
    lines={"orgs.load_workdays": _("导入放假通知"), **PROPOSED},
)  # fmt: skip
def load_workdays(
    *, by, at,
    text: Annotated[str, Asked(
        _("放假和调休的日子"), _("每行一天或一段,例如:2027-10-01至2027-10-07,休,国庆节;2027-10-09,班。"), rows=8, most=pages.LONGEST,
    )],
    source: Annotated[str, Asked(_("依据"), _("例如:国务院办公厅关于2027年部分节假日安排的通知。"), most=120)],
):  # fmt: skip
    """Load a year's notice from pasted lines (放假调休通知). Returns the change; None when the same days stand already."""
    first_refusal((bool(source.strip()), _("请写明依据,例如通知的名称或文号。"))).or_raise()
    rows = changed_rows(text, source.strip())
    return _change("orgs.load_workdays", rows, (), source, by=by, at=at) if rows else None


@act(
    DAYS, "keep_workday", at="day", words=_("修改工作日历的一天"), done=pages.changed, duty=Duty.SET_RULES, may=rules.can_keep_workdays, new=True,
    before=pages.first(lambda day, works, **_rest: ([CalendarDay(day=day, works=works)], ())), call=None, because=SELDOM,
    lines={"orgs.keep_workday": _("修改工作日历的一天")},
)  # fmt: skip
def keep_workday(
    *, by, at,
    day: Annotated[date, Asked(_("日期"))],
    works: Annotated[bool, Asked(_("这一天"), answers=(_("上班"), _("放假")))],
    name: Annotated[str, Asked(_("名称"), most=30)] = "",
    source: Annotated[str, Asked(_("依据"), most=120)],
):  # fmt: skip
    """Say of one day that it is worked or not, and on what paper that rests. Returns the change."""
    first_refusal((bool(source.strip()), _("请写明依据,例如通知的名称或文号。"))).or_raise()
    named = name.strip() or str(_("调休上班") if works else _("放假"))
    row = CalendarDay(day=day, works=works, name=named, source=source.strip())
    return _change("orgs.keep_workday", [row], (), source, by=by, at=at)


@act(
    DAYS, "clear_workday", at="day/clear", words=_("恢复工作日历的一天"), done=pages.changed, duty=Duty.SET_RULES, may=rules.can_keep_workdays, new=True,
    before=pages.first(lambda day, **_rest: ((), [day])), call=None, because=SELDOM, lines={"orgs.clear_workday": _("恢复工作日历的一天")},
)  # fmt: skip
def clear_workday(*, day: Annotated[date, Asked(_("日期"))], reason: Annotated[str, Asked(_("原因"), most=200)], by, at):
    """Take a day out of the table: it counts by Monday to Friday again. Returns the change, or None when it does not stand there."""
    first_refusal((bool(reason.strip()), _("请写明原因。"))).or_raise()
    stands = CalendarDay.objects.filter(day=day).exists()
    return _change("orgs.clear_workday", [], [day], reason, by=by, at=at) if stands else None


@act(
    CHANGES, "decide_workdays", at="decide", words=_("另一个单位的意见"), done=pages.decided, duty=(Duty.SET_RULES, *AGREES), may=rules.can_decide,
    raises=(TooLate,), template="orgs/workdays/change.html", more=pages.would_move, call=None, because=SELDOM,
    lines={"orgs.agree_workdays": _("同意改日历"), "orgs.decline_workdays": _("没有同意改日历")}, by_line={"orgs.agree_workdays": AGREES},
)  # fmt: skip
def decide_workdays(
    change, *, by, at,
    agree: Annotated[bool, Asked(_("您的意见"), answers=(_("同意"), _("不同意")))],
    words: Annotated[str, Asked(_("理由"), most=200)] = "",
):  # fmt: skip
    """Give another unit's word on a waiting change: it is made, or never. Whoever keeps the table may take a change back, not agree."""
    hold(TABLE)
    if change.state != ChangeState.WAITING:
        raise TooLate(_("这次日历改动已经处理过了。"))
    if agree:
        can_agree(by, change).or_raise()
    (rules.still_as_asked(changed_since(change)) if agree else can_refuse(words)).or_raise()
    act = "orgs.agree_workdays" if agree else "orgs.decline_workdays"
    change.hear(agree=agree, words=words, by=by, org=by.org_name_for(act), at=at)
    if agree:
        return _write(change, act, by=by, at=at)
    change.save()
    journal.record(act=act, subject=change, by=by, at=at, reason=change.words, asked_by=change.by_name)
    return change


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
