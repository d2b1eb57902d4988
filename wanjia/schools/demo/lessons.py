"""Law in the demo county's schools, up to yesterday: lecturers of five organs, vice-principals of most schools, first lessons and others, a summer campaign, a reason; the plan of the rest of the term; parents' classes. Everybody is invented."""

from collections import Counter
from datetime import date, timedelta

from django.utils import timezone

from wanjia.kernel.calendar import CHINA, today
from wanjia.orgs.models import Organisation, User
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.policy.statuses import months_after
from wanjia.solving.runs import process
from wanjia.solving.standing.commands import activate_plan

from ..families import commands as families
from ..families.rules import homes_for
from ..lecturing.commands import draw_lessons
from ..lessons import commands as lessons
from ..lessons import queries
from ..models import Lecturer, School, Term
from ..year.bells import Year

OFFICER = "xuean"
PEOPLE = (("向法官", "court"), ("冷检察官", "procuratorate"), ("晏警官", "police"), ("游司法", "justice"), ("蒲普法", "law_office"), ("阮庭长", "court"), ("瞿所长", "police"), ("仲律助", "justice"), ("蔺警官", "police"))
TOPICS = ("minors", "bullying", "net", "traffic", "fraud", "drugs", "crime")
WITHOUT, SILENT, REASON = 3, 2, 1  # the last schools: so many have no vice-principal; of two nothing is told, of one a reason


def live(code, say):
    """Live them once; returns {what: how many}. Nothing where nobody answers for schools, or lecturers stand already."""
    told, by = Counter(), User.objects.filter(username=OFFICER).first()
    term = Term.objects.filter(area__code=code[:6].ljust(12, "0")).order_by("-from_on").first()
    schools = list(School.objects.filter(area__code__startswith=code[:6], to_on=None).select_related("unit", "area").order_by("area_id", "pk"))
    if by is None or term is None or not schools or Lecturer.objects.exists():
        return told
    now = timezone.now().astimezone(CHINA).replace(hour=10, minute=0, second=0, microsecond=0) - timedelta(days=1)
    began = now - timedelta(days=max(0, (today(now) - term.from_on).days))
    people = _lecturers(code, by, began, told)
    taught = schools[: max(1, len(schools) - SILENT - REASON)]
    for n, school in enumerate(schools[: max(1, len(schools) - WITHOUT)]):
        who = people[(n // 2) % len(people)]
        if who.organ != "law_office" and who.terms.count() < 2:
            lessons.appoint_vice(lecturer_id=who.pk, school=school, from_on=term.from_on, to_on=months_after(term.from_on, 36), letter=f"教聘〔{term.from_on.year}〕{n + 1}号", by=by, at=began)
            told["vice_principals"] += 1
    for n, school in enumerate(taught):
        _taught(n, school, people, term, by, now, told)
    _summer(taught, people, term, by, began, told)
    _parents(taught, people, by, now, told)
    for school in schools[len(taught) : len(taught) + REASON]:
        lessons.write_reason(school_id=school.pk, term=term, words="塌方断路,讲师三次没有到,改在下月", makes_up_on=today(now) + timedelta(days=20), by=by, at=now)
    if term.to_on > today(now) + timedelta(days=20):
        plan = process.run(draw_lessons(term_id=term.pk, by=by, at=now), at=now)
        if plan.state == "ready":
            activate_plan(plan_id=plan.pk, by=by, at=now)
            told["plans"] += 1
    lessons.look_for_lessons(by=CLOCK, at=now)
    say(f"  法治课 {told['lessons']} 节,法治副校长 {told['vice_principals']} 名次 / {told['lessons']} law lessons, {told['vice_principals']} terms of office")
    return told


def _lecturers(code, by, at, told):
    units = list(Organisation.objects.filter(to_on=None, area__code=code[:6].ljust(12, "0")).exclude(line="education").order_by("name"))
    found = []
    for n, (name, organ) in enumerate(PEOPLE):
        unit = next((one for one in units if any(word in one.name for word in {"police": ("公安",), "justice": ("司法",), "court": ("法院",), "procuratorate": ("检察",)}.get(organ, ()))), units[n % len(units)])
        facts = {"legal_since": date(2008 + n, 7, 1), "from_on": today(at), "phone": f"1388701{n:04d}"} | ({"retired_on": date(at.year, 3, 1), "born_on": date(at.year - 61, 2, 1)} if n == 6 else {})
        one = lessons.enter_lecturer(name=name, unit=unit, organ=organ, **facts, by=by, at=at)
        lessons.query_lecturer(lecturer_id=one.pk, asked_on=today(at) - timedelta(days=30 * (n % 2)), clear=True, by=by, at=at)
        found.append(one)
        told["lecturers"] += 1
    return found


def _taught(n, school, people, term, by, now, told):
    """The first lesson of the term, and up to three others by the school's own vice-principal, two hours each now and then."""
    days = [one.day for one in Year([school], term.from_on, today(now)).days(school) if 0 < one.weekday < 7 and not one.exam]
    own = next((one.lecturer for one in queries.serving(today(now)).filter(school=school)), people[n % len(people)])
    for k, day in enumerate(days[:: max(1, len(days) // 3)][: 1 + (n + 1) % 3]):
        facts = {"occasion": "first" if k == 0 else "lesson", "topic": TOPICS[(n + k) % len(TOPICS)], "grades": list(school.teaches())[-2 - k % 2 :], "heard": 60 + 7 * n % 90, "hours": 1 + (n + k) % 2}
        lessons.tell_lesson(school_id=school.pk, day=day, **facts, way=("phone", "paper", "face")[(n + k) % 3], lecturer=own, by=by, at=now - (today(now) - day))
        told["lessons"] += 1


def _summer(schools, people, term, by, at, told):
    """A take-home campaign of the first days: slips went out, most came back."""
    for n, school in enumerate(schools[:3]):
        one = lessons.tell_lesson(
            school_id=school.pk, day=term.from_on, occasion="hand", topic=("drowning", "traffic", "fraud")[n], grades=list(school.teaches())[:3], heard=120 + n, hours=0, slips=120 + n, way="paper",
            lecturer=people[2], by=by, at=at,
        )  # fmt: skip
        lessons.count_back(law_lesson_id=one.pk, back=101 + n, by=by, at=at)
        told["campaigns"] += 1


def _parents(schools, people, by, now, told):
    """A judge speaks to the parents of three schools; the homes that came, of those round about."""
    for n, school in enumerate(schools[:3]):
        day = today(now) - timedelta(days=9 + 7 * n)
        one = families.tell_parent_class(school_id=school.pk, day=day, aspects=["duty", "liability"] if n else ["duty", "state", "society", "liability"], lecturer=people[0], more=12 + n, way="phone", by=by, at=now)
        for home in homes_for(one, by, today(now))[: 6 + 3 * n]:
            families.add_parent_home(parent_class_id=one.pk, household=home, by=by, at=now)
            told["homes"] += 1
        told["parent_classes"] += 1
