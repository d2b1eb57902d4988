"""Places around the schools of the demo county's town; one joint inspection before exams that is done, one sweep that is under way and ends soon with places left. All names are invented."""

from collections import Counter
from datetime import timedelta

from django.utils import timezone

from wanjia.kernel.calendar import CHINA, today
from wanjia.orgs.models import Area, Level, Organisation, User
from wanjia.orgs.roles import Role
from wanjia.policy import inspecting as policy

from ..inspecting import commands as inspecting
from ..inspection_states import HazardState
from ..models import Hazard, RoundVenue, School, Venue
from ..rounds import commands as rounds
from ..venues.commands import enter_venue

NETBARS = ("飞鱼", "蓝月", "极点", "星河", "乐途", "云上", "新浪潮", "三江", "金沙岸", "小石桥", "北岸")
OTHERS = (("ktv", "金嗓子量贩KTV"), ("ktv", "夜色歌城"), ("bookshop", "求知书店"), ("printer", "迅印图文"), ("printer", "民生印刷厂"), ("cinema", "金沙影城"), ("shop", "校门口文具店"), ("hotel", "江景宾馆"))
EXAM_KINDS = ["netbar", "ktv", "bookshop", "printer", "cinema"]
SWEEP_KINDS = ["netbar", "ktv", "shop", "hotel"]
LEADS, SWEEPS = "wenlv", "xuean"  # accounts
UNITS = ("永善县文化和旅游局", "永善县公安局", "永善县消防救援大队", "永善县应急管理局", "永善县卫生健康局")
ENTERED, BEGAN, ENDED = 70, 40, 26  # days ago
LEFT = 4  # places of the sweep that are still to be looked at


def live(code, say):
    """Live them once; returns {what: how many}. Nothing where whoever leads is missing, or places stand already."""
    told, people = Counter(), {name: User.objects.filter(username=name).first() for name in (LEADS, SWEEPS, "gongan", "yingji")}
    county = Area.objects.filter(pk=code[:6].ljust(12, "0")).first()
    if county is None or not all(people.values()) or Venue.objects.exists() or not people[LEADS].live_posts or not people[LEADS].live_posts[0].reach.covers(county.pk):
        return told
    now = timezone.now().astimezone(CHINA).replace(hour=9, minute=40, second=0, microsecond=0)
    units = _units(county)
    _places(county, people[LEADS], now - timedelta(days=ENTERED), told)
    _exams(county, units, people, now, told)
    _sweep(county, units, people, now, told)
    _campus(county, units, people, now, told)
    say(f"  周边场所 {told['places']} 处,检查 {told['looked']} 处,隐患 {told['hazards']} 条 / {told['places']} places, {told['looked']} inspected, {told['hazards']} hazards")
    return told


def _units(county):
    """The seven units of the joint inspection: five of the county, and the two subdistricts of its town, as far as they stand."""
    named = list(Organisation.objects.filter(name__in=UNITS, to_on=None, area=county))
    town = Organisation.objects.filter(tier="township", line="", to_on=None, area__code__in=(f"{county.pk[:6]}001000", f"{county.pk[:6]}002000"))
    return sorted(named, key=lambda one: UNITS.index(one.name)) + list(town.order_by("area_id", "name"))[:2]


def _places(county, by, at, told):
    villages = list(Area.objects.filter(level=Level.VILLAGE, to_on=None, code__startswith=f"{county.pk[:6]}00").order_by("code")[:6])
    near = School.objects.filter(area__code__startswith=county.pk[:6], to_on=None).order_by("unit__area_id", "pk").first()
    for n, (kind, name) in enumerate([*(("netbar", f"{name}网吧") for name in NETBARS), *OTHERS]):
        village = villages[n % len(villages)]
        beside = {"near": near, "metres": 230 + 70 * n} if near and n % 4 == 0 else {}
        enter_venue(area=village, kind=kind, name=name, address=f"环城路{n + 3}号", **beside, by=by, at=at)
        told["places"] += 1


def _teams(one, units, by, at):
    """Two teams, each with police and fire where they stand."""
    for half in (units[:4], units[4:] + units[:2]):
        rows = {}
        for n, unit in enumerate(half, 1):
            rows |= {f"unit{n}": unit, f"people{n}": 2, f"licensed{n}": 1 if n > 2 else 2}
        rounds.add_team(inspection_round_id=one.pk, **rows, by=by, at=at)


def _exams(county, units, people, now, told):
    """Begun forty days ago and done a fortnight later: what was found is closed but for one that is overdue since yesterday and one that waits for its recheck."""
    by, at = people[LEADS], now - timedelta(days=BEGAN)
    one = rounds.plan_round(
        area=county, name=f"{at:%Y}年期中考试前联合检查", kind="joint", calls="exam", kinds=EXAM_KINDS, lead=units[0], from_on=today(at), until_on=today(now - timedelta(days=ENDED)),
        goal="考前清理校园周边文化娱乐场所,一次上门各单位一起查,让考生安静考试。", by=by, at=at,
    )  # fmt: skip
    _teams(one, units, by, at)
    rounds.begin_round(inspection_round_id=one.pk, by=by, at=at)
    stops = list(RoundVenue.objects.filter(round=one).select_related("venue").order_by("planned_on", "pk"))
    for n, stop in enumerate(stops[:-1]):
        wrong = {3: {"exits": "bad"}, 5: {"minors": "bad", "no_minors_sign": "fixed"}, 7: {"equipment": "bad"}, 9: {"wiring": "fixed"}, 11: {"equipment": "bad", "hygiene": "bad"}}.get(n, {})
        _look(stop, wrong, units, people, at + timedelta(days=1 + n % 10), told)
    rounds.leave_out(round_venue_id=stops[-1].pk, reason="停业装修,卷帘门锁着,开业前补查", by=by, at=at + timedelta(days=11))
    _mend(one, people, now, told)
    rounds.finish_round(inspection_round_id=one.pk, words="名单全部查完,一处停业写明原因;隐患限期整改,逐条复查。", by=by, at=now - timedelta(days=ENDED))
    told["rounds"] += 1


def _look(stop, wrong, units, people, at, told):
    """Look at a place: what is named is wrong, all else in order."""
    said = {}
    for item in policy.in_force(today(at)).of(stop.venue.kind):
        if (answer := wrong.get(item.code)) is not None:
            said[f"note_{item.code}"] = "二楼" if item.code in ("exits", "equipment") else ""
        said[f"item_{item.code}"] = answer or "ok"
    came = [one for one in units if stop.round.teams.filter(units__unit=one).exists()]
    found = inspecting.record_inspection(round_venue_id=stop.pk, day=today(at), came=came[:5], people=8, licensed=6, signed="signed", **said, by=people[LEADS], at=at)
    told["looked"] += 1
    told["hazards"] += found.hazards.count()


def _mend(one, people, now, told):
    """Order what was found, and bring it as far as it shall come: the second is overdue since yesterday, the last waits for its recheck, all others are closed."""
    hazards = list(Hazard.objects.filter(inspection__stop__round=one, state=HazardState.FOUND).select_related("owner", "inspection").order_by("serial"))
    at, day = now - timedelta(days=BEGAN - 12), today(now)
    for n, hazard in enumerate(hazards):
        owner = hazard.owner if _of(hazard.owner) else people["yingji"].live_posts[0].organisation  # the fire brigade has no account: who answers for safety follows it up
        due = {1: day - timedelta(days=1), len(hazards) - 1: day + timedelta(days=2)}.get(n, today(at) + timedelta(days=10))
        facts = {name: getattr(hazard, name) for name in ("words", "basis", "grade", "measure", "place")}
        inspecting.settle_hazard(hazard_id=hazard.pk, **facts, owner=owner, answers="店长", due_on=due, reason="器材要订货,到货后安装", funds="自筹,不超过2000元", fallback="改好以前专人值守", by=people[LEADS], at=at)
    for inspection_id, owner_id in Hazard.objects.filter(pk__in=[one.pk for one in hazards]).values_list("inspection", "owner").distinct().order_by("inspection", "owner"):
        owner = Organisation.objects.get(pk=owner_id)
        inspecting.issue_order(inspection_id=inspection_id, unit=owner, by=_of(owner), at=at)
        told["orders"] += 1
    for n, hazard in enumerate(hazards):
        ordered, *others = _hands(Hazard.objects.get(pk=hazard.pk).owner)
        if n == len(hazards) - 1:
            inspecting.mend_hazard(hazard_id=hazard.pk, mended_on=day - timedelta(days=1), words="已按要求改好,等复查", by=ordered, at=now - timedelta(days=1))
        elif n != 1 and others:
            later = at + timedelta(days=9)
            inspecting.recheck_hazard(hazard_id=hazard.pk, passed=True, day=today(later), licensed=2, words="现场看过,已改好", by=others[0], at=later)


def _hands(unit):
    """Those who inspect for a unit, whoever orders first: what nobody told to be mended another hand closes."""
    return list(User.objects.filter(posts__organisation=unit, posts__to_on=None, posts__role__in=("bureau_worker", "bureau_head", "township_worker", "schools_officer")).order_by("pk"))


def _of(unit):
    """Somebody who inspects for a unit."""
    return next(iter(_hands(unit)), None)


def _sweep(county, units, people, now, told):
    """Under way for a week, ends the day after tomorrow, with places left: the desk of whoever leads says so."""
    by, at = people[SWEEPS], now - timedelta(days=7)
    lead = by.live_posts[0].organisation
    one = rounds.plan_round(
        area=county, name=f"{now.month}月校园周边地毯式排查", kind="sweep", calls="other_call", kinds=SWEEP_KINDS, lead=lead, from_on=today(at), until_on=today(now) + timedelta(days=2), by=by, at=at,
    )  # fmt: skip
    _teams(one, units, by, at)
    rounds.begin_round(inspection_round_id=one.pk, by=by, at=at)
    stops = list(RoundVenue.objects.filter(round=one).select_related("venue").order_by("planned_on", "pk"))
    for n, stop in enumerate(stops[:-LEFT]):
        _look(stop, {"exits": "bad"} if n == 2 else {"tobacco": "bad"} if stop.venue.kind == "shop" else {}, units, people, at + timedelta(days=1 + n % 5), told)
    told["rounds"] += 1


def _campus(county, units, people, now, told):
    """The grounds of the school that has a headmaster's account, looked at without notice: two things are to be mended, one by the day after tomorrow, one that was due yesterday."""
    head = User.objects.filter(posts__role=Role.HEADMASTER, posts__to_on=None, posts__organisation__area__code__startswith=county.pk[:6]).order_by("pk").first()
    school = School.objects.filter(unit__in=[one.organisation_id for one in head.live_posts], to_on=None).select_related("unit", "area").first() if head else None
    owner = people["yingji"].live_posts[0].organisation
    if school is None:
        return
    by, at = people[SWEEPS], now - timedelta(days=5)
    place = enter_venue(area=school.area, kind="campus", name=school.unit.name, address=school.address, campus=school, by=people[LEADS], at=now - timedelta(days=ENTERED))
    one = rounds.plan_round(
        area=county, name=f"{now.month}月校园安全不定期检查", kind="spot", calls="other_call", kinds=["campus"], lead=by.live_posts[0].organisation, from_on=today(at), until_on=today(now) + timedelta(days=6), by=by, at=at,
    )  # fmt: skip
    _teams(one, units, by, at)
    rounds.begin_round(inspection_round_id=one.pk, by=by, at=at)
    stop = RoundVenue.objects.select_related("venue", "round").get(round=one, venue=place)
    items = [item.code for item in policy.in_force(today(at)).of("campus")][:2]
    _look(stop, dict.fromkeys(items, "bad"), units, people | {LEADS: by}, at, told)
    for n, hazard in enumerate(Hazard.objects.filter(inspection__stop=stop).order_by("serial")):
        facts = {name: getattr(hazard, name) for name in ("words", "basis", "grade", "measure", "place")}
        due = today(now) + timedelta(days=2 if n else -1)
        inspecting.settle_hazard(hazard_id=hazard.pk, **facts, owner=owner, answers="分管副校长", due_on=due, funds="公用经费,不超过3000元", fallback="改好以前安排专人值守", by=by, at=at)
    inspecting.issue_order(inspection_id=stop.inspection.pk, unit=owner, by=_of(owner), at=at)
    told["places"], told["rounds"], told["orders"] = told["places"] + 1, told["rounds"] + 1, told["orders"] + 1
