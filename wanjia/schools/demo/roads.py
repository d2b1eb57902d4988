"""Operations on the road and patrols of the demo county's last weeks: told, one corrected, one that waits for its counts since yesterday; evenings walked by two forces, one excused, one that nobody told; tonight's and next week's. All is invented."""

from collections import Counter
from datetime import datetime, time, timedelta

from django.utils import timezone

from wanjia.kernel.calendar import CHINA, today
from wanjia.orgs.models import Area, Line, Organisation, User

from ..models import RoadOperation, SafetyNotice, School
from ..patrols import commands as patrols
from ..roads import commands as roads

COUNTS, WALKS = "huxue", "xiluodu"  # accounts
PLACES = (("中心城区学校路口", "safe_school", "07:00", "08:20"), ("客运站至中学路段", "safe_school", "17:10", "18:20"), ("迎宾大道", "night_check", "21:30", "00:30"), ("通村公路口", "bus_check", "06:40", "07:50"))


def live(code, say):
    """Live them once; returns {what: how many}. Nothing where whoever counts or walks is missing, or operations stand already."""
    told, people = Counter(), {name: User.objects.filter(username=name).first() for name in (COUNTS, WALKS)}
    county = Area.objects.filter(pk=code[:6].ljust(12, "0")).first()
    if county is None or not all(people.values()) or RoadOperation.objects.exists() or not people[COUNTS].live_posts or not people[COUNTS].live_posts[0].reach.covers(county.pk):
        return told
    now = timezone.now().astimezone(CHINA)
    _roads(county, people[COUNTS], now, told)
    _patrols(people[WALKS], now, told)
    say(f"  道路行动 {told['operations']} 次,巡查 {told['patrols']} 次 / {told['operations']} operations on the road, {told['patrols']} patrols")
    return told


def _at(day, hour):
    return datetime.combine(day, time(hour), CHINA)


def _roads(county, by, now, told):
    """Every third day one, of two months, so that the month before is whole; counts told the same evening, the one of a week ago corrected, yesterday's not told yet."""
    unit, town = by.live_posts[0].organisation, f"{county.pk[:6]}001000"
    where = Area.objects.filter(pk=town, to_on=None).first() or county
    near = School.objects.filter(area__code__startswith=where.stem, to_on=None).order_by("unit__name", "pk").first()
    for n, back in enumerate(range(46, 0, -3)):
        day, (place, sort, starts, ends) = today(now) - timedelta(days=back), PLACES[n % len(PLACES)]
        one = roads.plan_operation(
            area=where, place=place, unit=unit, sort=sort, day=day, starts=starts, ends=ends, near=near if n % 2 == 0 else None, traffic=4 + n % 3, special=2 if n % 2 == 0 else 0, station=2, by=by,
            at=_at(max(day - timedelta(days=2), today(now) - timedelta(days=45)), 9),
        )  # fmt: skip
        told["operations"] += 1
        if back == 1:
            continue
        found = dict.fromkeys(("fatigue", "other", "passed_on"), 0) | {"stopped": 34 + 7 * n % 40, "overload": n % 3, "drink": 1 if sort == "night_check" else 0, "bare": 3 + n % 5, "operation": 1 if n % 6 == 0 else 0, "carriage": 1 if n % 5 == 2 else 0}
        found |= {"educated": found["overload"] + found["bare"], "punished": found["drink"] + found["operation"]}
        roads.report_counts(road_operation_id=one.pk, **found, by=by, at=_at(day, 23) if day < today(now) else now)
        if back == 7:
            roads.correct_counts(road_operation_id=one.pk, reason="漏记一起超员,照执法记录补上", **found | {"overload": found["overload"] + 1, "educated": found["educated"] + 1}, by=by, at=_at(day + timedelta(days=1), 9))


def _patrols(by, now, told):
    """The town walks five evenings after its notice, with the police; and an evening route of this month, past school and river."""
    unit, day = by.live_posts[0].organisation, today(now)
    police = Organisation.objects.filter(area__code__startswith=unit.area_id[:6], line=Line.POLICE, to_on=None).order_by("area_id", "name").first()
    along = {"other": police, "other_people": 2} if police else {}
    notice = SafetyNotice.objects.filter(issuer=unit, until_on__lt=day, issued_at__isnull=False).select_related("area").order_by("-until_on").first()
    near = School.objects.filter(area__code__startswith=unit.area.stem, to_on=None).order_by("unit__name", "pk").first()
    facts = {"area": unit.area, "unit": unit, "starts": "19:30", "ends": "21:00", "people": 2, "by": by}
    if notice:
        first = _at(notice.from_on - timedelta(days=1), 9)
        plan = patrols.plan_patrols(
            name="期中考试晚间巡查", route="校门口—金沙广场—江边步道", from_on=notice.from_on, until_on=notice.until_on, weekdays=[1, 2, 3, 4, 5, 6, 7], notice=notice, near=near, **facts, **along, at=first,
        )  # fmt: skip
        for n, one in enumerate(plan.patrols.order_by("day")):
            _told(one, n, by, told, notice)
    plan = patrols.plan_patrols(
        name="晚间护学巡查", route="晚自习放学路—滨江路口", from_on=day - timedelta(days=12), until_on=day + timedelta(days=9), weekdays=[1, 2, 3, 4, 5, 6, 7], near=near, **facts, at=_at(day - timedelta(days=12), 9),
    )  # fmt: skip
    silent = day - timedelta(days=2)
    for n, one in enumerate(plan.patrols.filter(day__lt=day).exclude(day=silent).order_by("day")):
        _told(one, n, by, told)


def _told(one, n, by, told, notice=None):
    """Say that a patrol was walked, or of each sixth why not; what is found on the second goes on its receipt."""
    at = _at(one.day, 22)
    told["patrols"] += 1
    if n % 6 == 4:
        patrols.miss_patrol(patrol_id=one.pk, reason="大雨,江边步道封闭", by=by, at=at)
        return
    if notice and n == 2:
        served = notice.receipts.filter(served_on__isnull=False).exclude(venue=None).order_by("venue__name").first()
        if served:
            patrols.find_on_patrol(patrol_id=one.pk, receipt=served, step="advise", words="晚上还开着音响,当场关掉", licensed=2, reply="说以为只管白天", by=by, at=at)
    patrols.walk_patrol(patrol_id=one.pk, people=4 if notice else 2, places=3 + n % 4, seen="" if n % 3 else "路口摩托车停放占道,劝离两辆", by=by, at=at)

