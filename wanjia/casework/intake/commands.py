"""A need is recorded: from this moment it has an owner and a date."""

from django.utils.translation import gettext as _

from wanjia.kernel import journal
from wanjia.kernel.calendar import CHINA, WorkingCalendar, today
from wanjia.kernel.command import command
from wanjia.kernel.verdict import Refused
from wanjia.policy.triage import step_days
from wanjia.registry.people.names import sounds_of

from ..commands import hand_over, note_step
from ..models import Need, NumberSeries
from ..queries import last_numbers, triage_desk
from ..states import Channel
from . import rules


@command("casework.record_need")
def record_need(*, village, channel, category, summary, requester_name, by, at, household=None, requester=None, **facts):
    """Record one need that a household voices (登记); it goes to the township's desk, to be answered within the reply days.

    facts: any of requester_relation, requester_last4, requester_phone, child, involves_child, school_name, story, basis.
    Raises Refused when the actor may not, or the household lies in another village.
    """
    rules.can_record(by, village).or_raise()
    if household is not None and household.village_id[:12] != village.code[:12]:
        raise Refused(_("户编号 %(number)s 不在所选的村(社区),请核对。") % {"number": household.number})
    if not summary.strip():
        raise Refused(_("请用一句话写清楚困难是什么。"))
    need = Need(
        village=village, household=household, requester=requester, requester_name=requester_name.strip(), channel=Channel(channel),
        category=category, summary=summary.strip(), recorded_by=by, recorded_org=by.org, **facts,
    )  # fmt: skip
    need.involves_child = need.involves_child or need.child_id is not None
    return open_need(need, by=by, at=at)


def open_need(need, *, by, at, happened_at=None):
    """Number and save a fresh need, give it its first owner and its reply date, and begin its timeline."""
    moment = happened_at or at
    calendar, day = WorkingCalendar.load(), today(moment)
    desk = triage_desk(need.village, day) or by.org
    if desk is None:
        raise Refused(_("找不到%(village)s的受理单位,请管理员先登记乡镇单位。") % {"village": need.village.name})
    need.recorded_at, need.recorded_on = moment, day
    need.requester_initials = sounds_of(need.requester_name)[1]
    need.number = next_number(need.village, moment)
    need.holder, need.due_on = desk, calendar.add(day, step_days("reply")).on
    need.step_due_on = calendar.add(day, step_days("screen")).on
    need.save(force_insert=True)
    hand_over(need, desk, by=by, at=at, happened_at=moment)
    journal.record(act="need.record", subject=need, by=by, at=at, after=need.state, area_code=need.village_id, number=need.number)
    note_step(need, "record", by=by, at=at, happened_at=moment, words=need.summary)
    return need


def next_number(village, moment):
    """Return the next ledger number of the village's county and month: county6-yyyymm-seq."""
    prefix = f"{village.code[:6]}-{moment.astimezone(CHINA):%Y%m}"
    series, created = NumberSeries.objects.select_for_update().get_or_create(prefix=prefix)
    series.last = (last_numbers(prefix + "-") if created else series.last) + 1
    series.save(update_fields=["last"])
    return f"{prefix}-{series.last:04d}"
