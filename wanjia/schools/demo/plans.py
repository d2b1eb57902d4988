"""The central school of each township and one of the county with term, bells, gates and a plan: most stand, one waits for signatures, one came back, one has none."""

from collections import Counter
from datetime import date, timedelta

from django.utils import timezone

from wanjia.kernel.calendar import CHINA, today
from wanjia.orgs.accounts.commands import give_post
from wanjia.orgs.models import Area, Line, Organisation, Tier, User
from wanjia.orgs.models.areas import Level
from wanjia.orgs.roles import Role

from ..models import School
from ..plans import commands as plans
from ..plans.drawing import palette
from ..year import commands as year

BEGAN = 40  # days ago
SAID = {
    "traffic": "上下学前后门前单行,大货车绕行;两侧 100 米禁停,禁止掉头;接送区即停即走。", "staggering": "一至三年级先走,四至六年级晚 20 分钟。",
    "weather": "大雨、凝冻时提前 20 分钟到岗,开启雨棚,低年级由教师送到接送区。", "incident": "一键报警,封闭校门,学生退回教室,值班领导到场;派出所 5 分钟内到。",
    "equipment": "反光锥 12 个、警戒带、停车牌、对讲机 4 部、防暴器材一套。", "walking": 55, "riding": 25, "driven": 12, "by_bus": 8,
}  # fmt: skip
RISKS = (("东门外弯道", "弯道视线被挡,大货车多", "高峰时段民警指挥,限速 30"), ("北侧路口", "没有信号灯", "设护送员,学生列队过街"))
SIGNS = (
    ("mark_road", 60, 700, 940, 700, ""), ("mark_road", 800, 90, 800, 930, "过境路"), ("mark_one_way", 150, 640, 640, 640, ""), ("mark_no_parking", 330, 790, 720, 790, ""),
    ("mark_drop_off", 180, 800, None, None, ""), ("mark_blind", 860, 830, None, None, ""),
)  # fmt: skip
PLACES = {"school": (430, 380), "gate": ((430, 560), (800, 560)), "post": ((300, 700), (800, 700))}


def live(code, _say):
    """Live them once; returns {what: how many}. Nothing where the schools officer is missing, or schools stand already."""
    told, people = Counter(), {name: User.objects.filter(username=name).first() for name in ("xuean", "huxue", "admin")}
    if not all(people.values()) or School.objects.filter(area__code__startswith=code[:6]).exists():
        return told
    now = timezone.now().astimezone(CHINA).replace(hour=9, minute=20, second=0, microsecond=0)
    at = now - timedelta(days=BEGAN)
    county = Area.objects.get(pk=f"{code[:6]}000000")
    first, end, name = _term(today(now))
    year.enter_term(area=county, name=name, from_on=first, to_on=end, by=people["xuean"], at=at)
    units = Organisation.objects.filter(line=Line.EDUCATION, area__code__startswith=code[:6], to_on=None).exclude(tier=Tier.COUNTY, name__endswith="局").select_related("area").order_by("-area_id", "name")
    for n, unit in enumerate(units):
        own = User.objects.filter(posts__organisation=unit, posts__to_on=None, posts__role__in=(Role.SCHOOL_WORKER, Role.HEADMASTER)).first()
        village = Area.objects.filter(code__startswith=unit.area.stem, level=Level.VILLAGE, to_on=None).order_by("code").first()
        if own is None or village is None:
            continue
        school = _school(unit, village, first, people["xuean"], at)
        told["schools"] += 1
        if n != 2:
            _plan(n, school, own, people, at, told)
    return told


def _term(day):
    """Return (first day, first day of the holidays, name) of the term in which a day lies, or of the next."""
    autumn = day.year if day.month > 7 else day.year - 1 if day.month == 1 else None
    if autumn:
        return date(autumn, 9, 1), date(autumn + 1, 1, 16), f"{autumn}年秋季学期"
    return date(day.year, 2, 20), date(day.year, 7, 11), f"{day.year}年春季学期"


def _school(unit, village, first, by, at):
    school = year.enter_school(unit=unit, area=village, address=f"{village.short_name}学校路1号", grades=[1, 2, 3, 4, 5, 6], from_on=first, boards=False, by=by, at=at)
    week = [1, 2, 3, 4, 5]
    year.set_bell(school_id=school.pk, grades=[1, 2, 3], weekdays=week, from_on=first, arrives="07:30", leaves="17:20", by=by, at=at)
    year.set_bell(school_id=school.pk, grades=[4, 5, 6], weekdays=week, from_on=first, arrives="07:30", leaves="17:40", by=by, at=at)
    year.enter_gate(school_id=school.pk, name="正门", kind="gate", from_on=first, road=True, by=by, at=at)
    year.enter_gate(school_id=school.pk, name="门前斑马线", kind="crossing", from_on=first, road=True, by=by, at=at)
    return school


def _plan(n, school, own, people, at, told):
    """Write a plan, and bring it as far as it shall come: the first waits for the police, the second came back, all others stand."""
    day = today(at)
    plan = plans.draft_plan(school_id=school.pk, from_on=day + timedelta(days=7), by=own, at=at)
    plan = plans.change_plan(school_plan_id=plan.pk, from_on=plan.from_on, review_on=plan.review_on, **SAID, by=own, at=at)
    for place, what, measure in RISKS[: 1 + n % 2]:
        plans.add_risk(school_plan_id=plan.pk, place=place, what=what, measure=measure, owner=school.unit, by=own, at=at)
    plans.add_contact(school_plan_id=plan.pk, place="学校值班室", phone=f"0870-00{9000 + n}", by=own, at=at)
    _draw(plan, own, at)
    plans.hand_in_plan(school_plan_id=plan.pk, by=own, at=at)
    told["plans"] += 1
    if n == 1:
        reason = "斑马线上学时要有一名教师护送,请加上再送"
        plans.send_back_plan(school_plan_id=plan.pk, reason=reason, by=people["huxue"], at=at + timedelta(days=1))
        return
    if not any(post.role == Role.HEADMASTER for post in own.live_posts):
        give_post(user_id=own.pk, organisation=school.unit, role=Role.HEADMASTER, from_on=day, by=people["admin"], at=at)
    signers = [User.objects.get(pk=own.pk), people["xuean"], people["huxue"]][: 2 if n == 0 else 3]
    for later, by in enumerate(signers, 1):
        plans.sign_plan(school_plan_id=plan.pk, by=by, at=at + timedelta(days=later))


def _draw(plan, own, at):
    places = {"gate": iter(PLACES["gate"]), "post": iter(PLACES["post"])}
    for _value, _words, kind, gate, post, _drawn in palette(plan):
        if kind == "mark_school" or gate or post:
            x, y = next(places["gate"] if gate else places["post"], (500, 500)) if gate or post else PLACES["school"]
            plans.put_mark(school_plan_id=plan.pk, kind=kind, x=x, y=y, gate=gate, post=post, by=own, at=at)
    for kind, x, y, x2, y2, words in SIGNS:
        plans.put_mark(school_plan_id=plan.pk, kind=kind, x=x, y=y, x2=x2, y2=y2, words=words, by=own, at=at)
