"""Guards of the demo county's schools, this month's roster (from the twentieth the next one too), who came yesterday, one teacher who told this morning that he is ill. Everybody is invented."""

from collections import Counter
from contextlib import suppress
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from wanjia.kernel.calendar import CHINA, today
from wanjia.orgs import scope
from wanjia.orgs.models import Area, User
from wanjia.orgs.roles import Role
from wanjia.policy.statuses import months_after
from wanjia.solving.runs import process
from wanjia.solving.standing.commands import activate_plan
from wanjia.verdict import Refused

from ..duties import Duty
from ..gates.commands import mark_duty, record_talk
from ..guarding import commands as guarding
from ..leading import commands as leading
from ..models import Guard, LeaderDay, PlanVersion
from ..plan_states import PlanState
from ..rostering.commands import draw_roster, tell_away
from ..rostering.queries import TERM
from ..rostering.rules import starts_at
from ..rostering.standing import duties

FAMILY, GIVEN = "岑尹柏宁阮池仲蔺瞿晏", ("守义", "文秀", "建川", "春燕", "永才", "玉兰", "成坤", "小满")
MANY = (("teacher", 6), ("guard", 2), ("parent", 3))
WEEK = [1, 2, 3, 4, 5]


def live(code, _say):
    """Live them once; returns {what: how many}. Nothing where no plan of a school stands."""
    told = Counter()
    officer = User.objects.filter(username="huxue").first()
    schools = [one.school for one in PlanVersion.objects.filter(state=PlanState.STANDS, school__area__code__startswith=code[:6]).select_related("school__unit", "school__area").order_by("school__area_id")]
    if officer is None or not schools or Guard.objects.exists():
        return told
    now = timezone.now().astimezone(CHINA)
    first = today(now).replace(day=1)
    at = now.replace(day=1, hour=8, minute=0, second=0, microsecond=0)
    for n, school in enumerate(schools):
        _guards(n, school, officer, at, told)
    county = Area.objects.get(pk=f"{code[:6]}000000")
    months = [(first, at)] + ([(months_after(first, 1), now)] if now.day >= 20 else [])
    for month, moment in months:
        plan = process.run(draw_roster(area=county, month=f"{month:%Y-%m}", by=officer, at=moment), at=moment)
        if plan.state == "ready":
            activate_plan(plan_id=plan.pk, by=officer, at=moment)
            told["rosters"] += 1
    _leaders(county, now, officer, told)
    _yesterday(schools, now, officer, told)
    _ill(schools, now, told)
    return told


def _own(school):
    return User.objects.filter(posts__organisation=school.unit, posts__to_on=None, posts__role__in=(Role.SCHOOL_WORKER, Role.HEADMASTER)).order_by("pk").first()


def _guards(n, school, officer, at, told):
    """Six teachers, two guards with a licence, three parents who offered, three of the police based here: enough for both bells by the rules of a week."""
    who, day = _own(school) or officer, at.date()
    station = scope.unit(officer, duty=Duty.KEEP_GUARDS)
    for party, many in (*MANY, ("police", 3)):
        for k in range(many):
            by = officer if party == "police" else who
            name = FAMILY[(n * 3 + k + len(party)) % len(FAMILY)] + GIVEN[(n + 2 * k + len(party)) % len(GIVEN)]
            unit = station if party == "police" else school.unit
            one = guarding.enter_guard(name=name, party=party, unit=unit, from_on=day, weekdays=WEEK, school=school, phone=f"1388700{n:02d}{k:02d}", by=by, at=at)
            if party == "guard":
                guarding.qualify_guard(guard_id=one.pk, kind="licence", from_on=day - timedelta(days=200), until_on=day + timedelta(days=90 + 500 * k), by=by, at=at)
            if party == "parent":
                guarding.consent_guard(guard_id=one.pk, way="paper", from_on=day, to_on=day + timedelta(days=120), by=by, at=at)
            told["guards"] += 1


def _leaders(county, now, officer, told):
    """Two of the police lead; the reinforced days of the term that are still to come are proposed, the first half of them agreed to."""
    station = scope.unit(officer, duty=Duty.KEEP_GUARDS)
    for k, name in enumerate(("瞿正明", "晏克勤")):
        guarding.enter_guard(name=name, party="police", unit=station, from_on=today(now).replace(day=1), weekdays=WEEK, phone=f"138870099{k:02d}", leads=True, by=officer, at=now)
    with suppress(Refused):  # in the last weeks of a term no such day is left
        leading.propose_leader_days(area=county, month=TERM, by=officer, at=now)
    rows = list(LeaderDay.objects.order_by("day", "pk"))
    for one in rows[: (len(rows) + 1) // 2]:
        leading.agree_leader_day(leader_day_id=one.pk, guard=one.guard, by=officer, at=now)
    told["leader_days"] += len(rows)


def _yesterday(schools, now, officer, told):
    """The last day at the gates is marked: all came but one."""
    last = max((day for day in duties(schools, today(now) - timedelta(days=4), today(now)).values_list("day", flat=True)), default=None)
    rows = duties(schools, last, last + timedelta(days=1)).filter(guard__isnull=False).select_related("school", "guard") if last else ()
    for n, one in enumerate(rows):
        mark_duty(gate_duty_id=one.pk, came=n != 3, by=officer, at=starts_at(one) + timedelta(minutes=15))
        told["marks"] += 1
    if last:
        at = datetime.combine(last, time(16), CHINA)
        record_talk(school_id=schools[0].pk, topic="骑车戴头盔,坐车系安全带", heard=46, by=officer, at=at)


def _ill(schools, now, told):
    """A teacher of the first school tells this morning that he is ill, today where he still stands today, else on his next day: the alarm stands, somebody is to be found."""
    rows = duties(schools[:1], today(now), date(9999, 1, 1)).filter(party="teacher", guard__isnull=False).select_related("guard").order_by("day", "from_at")
    ahead = next((one for one in rows[:20] if starts_at(one) > now), None)
    by = _own(schools[0])
    if ahead and by:
        tell_away(guard_id=ahead.guard_id, from_on=ahead.day, until_on=ahead.day, why="ill", way="phone", by=by, at=now)
        told["absences"] += 1

