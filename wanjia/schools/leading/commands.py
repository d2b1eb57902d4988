"""The acts of leaders' days: a month is proposed, a day is agreed to, whether it was held is said."""

from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs.fields import only
from wanjia.orgs.models import Area
from wanjia.verdict import Conflict, Refused

from ..duties import Duty
from ..models import Guard, LeaderDay
from ..rostering import queries as rosters
from ..rostering.commands import days_of
from ..rostering.drawing import schools_of
from . import rules
from .spreading import leaders, proposed
from .subjects import LEADER_DAYS


@act(LEADER_DAYS, "leader_days_propose", at="propose", words=_("排领导带班日"), done=_("已排,看过再定。"), duty=Duty.DRAW_ROSTER, may=rules.proposes, new=True, lines={"leader_day.propose": _("排领导带班日")})
def propose_leader_days(
    *, by, at,
    area: Annotated[Area, Asked(_("范围"), among=rosters.counties, within=rules.ELSEWHERE, initial=only(rosters.counties))],
    month: Annotated[str, Asked(_("哪个月"), among=rosters.months, buttons=True, initial=rosters.next_month)],
):  # fmt: skip
    """Propose a leader for each reinforced day of each school of a month that has none (领导带班日): the first days of a term, feasts, exams."""
    first, end = days_of(area, month.strip(), today(at))
    first = max(first, today(at))
    made = proposed(schools_of(area, first, end), first, end) if first < end else []
    if not made:
        raise Refused(_("这个月没有还缺带班领导的加强日,或者没有登记带班领导。"))
    rows = LeaderDay.objects.bulk_create([LeaderDay(school=school, day=day, guard=guard, proposed_at=at) for school, day, guard in made])
    journal.record(act="leader_day.propose", subject=area, by=by, at=at, area_code=area.pk, made=len(rows))
    return rows[0]


@act(LEADER_DAYS, "leader_day_agree", at="agree", words=_("定下带班"), done=_("已定。"), duty=Duty.DRAW_ROSTER, may=rules.can_agree, rank=10, lines={"leader_day.agree": _("定下领导带班")})
def agree_leader_day(
    leader_day, *, by, at,
    guard: Annotated[Guard, Asked(_("谁带班"), among=lambda row, _actor, day: leaders([row.school] if row else []).on(day), within=_("这个人不是带班领导。"), select=True,
                                  initial=lambda row, _actor, _day: row.guard_id)],
):  # fmt: skip
    """Agree to a leader's day (定下带班), by the leader who was proposed or another."""
    changed = LeaderDay.objects.filter(pk=leader_day.pk, version=leader_day.version)
    try:
        with transaction.atomic():
            if not changed.update(guard=guard, agreed_at=at, agreed_by=by if by.id else None, version=leader_day.version + 1):
                raise Conflict()
    except IntegrityError:
        raise Refused(_("他这一天已经在别的学校带班。")) from None
    leader_day.refresh_from_db()
    journal.record(act="leader_day.agree", subject=leader_day, by=by, at=at, area_code=leader_day.school.area_id, guard=str(guard.pk))
    return leader_day


@act(LEADER_DAYS, "leader_day_hold", at="hold", words=_("登记带班"), done=_("已记下。"), duty=Duty.MARK_GATES, may=rules.can_hold, rank=20, lines={"leader_day.hold": _("登记领导带班")})
def hold_leader_day(leader_day, *, by, at, held: Annotated[bool, Asked(_("到了吗"), answers=(_("到了"), _("没到")))]):
    """Say whether the leader came (登记带班)."""
    if not LeaderDay.objects.filter(pk=leader_day.pk, version=leader_day.version).update(held=held, version=leader_day.version + 1):
        raise Conflict()
    leader_day.refresh_from_db()
    journal.record(act="leader_day.hold", subject=leader_day, by=by, at=at, area_code=leader_day.school.area_id, held=held)
    return leader_day
