"""A handful of the county's schools write their plans: most stand, one came back, one waits for a signature; the others have none yet."""

from collections import Counter
from datetime import timedelta

from django.utils import timezone

from wanjia.kernel.calendar import CHINA, today
from wanjia.orgs.accounts.commands import give_post
from wanjia.orgs.models import User
from wanjia.orgs.roles import Role

from ..models import PlanVersion, School
from ..plans import commands as plans
from ..plans.drawing import palette

BEGAN, HANDFUL = 40, 6  # days ago; schools
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
SCHOOL, GATES, OUTSIDE = (430, 380), ((430, 560), (800, 560), (150, 380)), 120  # a post stands so far before its own gate


def live(code, _say):
    """Live them once; returns {what: how many}. Nothing where whoever signs is missing, or plans stand already."""
    told, people = Counter(), {name: User.objects.filter(username=name).first() for name in ("xuean", "huxue", "admin")}
    if not all(people.values()) or PlanVersion.objects.exists():
        return told
    now = timezone.now().astimezone(CHINA).replace(hour=9, minute=20, second=0, microsecond=0)
    rows = School.objects.filter(area__code__startswith=code[:6], bells__isnull=False, gates__isnull=False).distinct().select_related("unit", "area").order_by("unit__area_id", "unit__name")
    kept = [(one, own) for one in rows if (own := _own(one))][:HANDFUL]
    for n, (school, own) in enumerate(sorted(kept, key=lambda pair: pair[0].unit.area_id != f"{code[:6]}000000")):
        _plan(n, school, own, people, now - timedelta(days=BEGAN), told)
    return told


def _own(school):
    return User.objects.filter(posts__organisation=school.unit, posts__to_on=None, posts__role__in=(Role.SCHOOL_WORKER, Role.HEADMASTER)).order_by("pk").first()


def _plan(n, school, own, people, at, told):
    """Write a plan, and bring it as far as it shall come: the third waits for the police, the second came back, all others stand."""
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
    signers = [User.objects.get(pk=own.pk), people["xuean"], people["huxue"]][: 2 if n == 2 else 3]
    for later, by in enumerate(signers, 1):
        plans.sign_plan(school_plan_id=plan.pk, by=by, at=at + timedelta(days=later))


def _draw(plan, own, at):
    signs, places = palette(plan), iter(GATES)
    at_gates = {gate.pk: next(places, (500, 500)) for _value, _words, _kind, gate, _post, _drawn in signs if gate}
    for _value, _words, kind, gate, post, _drawn in signs:
        if kind == "mark_school" or gate or post:
            x, y = at_gates[(gate or post.gate).pk] if gate or post else SCHOOL
            y += OUTSIDE if post else 0
            plans.put_mark(school_plan_id=plan.pk, kind=kind, x=x, y=y, gate=gate, post=post, by=own, at=at)
    for kind, x, y, x2, y2, words in SIGNS:
        plans.put_mark(school_plan_id=plan.pk, kind=kind, x=x, y=y, x2=x2, y2=y2, words=words, by=own, at=at)
