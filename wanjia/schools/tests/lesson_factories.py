"""Law in the small school: a lecturer of the police whose records were asked, who serves there as vice-principal; a lesson of his."""

from datetime import date, timedelta

from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import User
from wanjia.schools.lecturing import drawing
from wanjia.schools.models import LawLesson, Lecturer, PlannedLesson, RecordQuery, VicePrincipal
from wanjia.solving.models import Plan, Standing
from wanjia.solving.runs import process

from .factories import START, school, term

DAY = MONDAY.date()


def lecturer(world, name="平法官", **facts):
    """Somebody who lectures, and against whom nothing stands."""
    given = {"unit": world.office, "organ": "police", "legal_since": date(2010, 1, 1), "from_on": START, "phone": "13887000031"} | facts
    one, made = Lecturer.objects.get_or_create(name=name, defaults=given)
    if made:
        RecordQuery.objects.create(lecturer=one, asked_on=START, clear=True, recorded_at=MONDAY)
    return one


def vice(world, **facts):
    """He is vice-principal of the school for three years."""
    given = {"from_on": START, "to_on": date(2029, 9, 1), "letter": "永教聘〔2026〕7号", "appointed_at": MONDAY} | facts
    return VicePrincipal.objects.get_or_create(lecturer=given.pop("lecturer", None) or lecturer(world), school=given.pop("school", None) or school(world), defaults=given)[0]


def lesson(world, **facts):
    """A lesson that he gave a week ago, of the term that goes on."""
    given = {
        "school": school(world), "term": term(world), "day": DAY - timedelta(days=7), "occasion": "lesson", "topic": "bullying", "grades": "5 6", "lecturer": lecturer(world), "hours": 1, "heard": 80,
        "way": "phone", "recorded_at": MONDAY,
    }  # fmt: skip
    return LawLesson.objects.create(**given | facts)


def drawn(world, *, at=MONDAY, since=DAY + timedelta(days=1)):
    """A version of the term's plan, worked from rows by the engine itself."""
    one = term(world)
    number = Plan.objects.filter(kind=drawing.KIND, about=str(one.pk)).count() + 1
    facts = {"kind": drawing.KIND, "about": str(one.pk), "area": one.area, "number": number, "settings": {"since": since.isoformat()}}
    return process.run(Plan.objects.create(**facts, asked_at=at, beat_at=at, asked_by=User.objects.get(pk=world.schools.pk)), at=at)


def planned(world, **facts):
    """A planned lesson of a plan that stands: the lecturer comes tomorrow."""
    one = term(world)
    if not (standing := Standing.objects.filter(kind=drawing.KIND).first()):
        officer = User.objects.get(pk=world.schools.pk)
        plan = Plan.objects.create(kind=drawing.KIND, about=str(one.pk), area=one.area, number=1, asked_at=MONDAY, asked_by=officer, settings={"since": DAY.isoformat()})
        for state in ("running", "ready"):
            Plan.objects.filter(pk=plan.pk).update(state=state)
        standing = Standing.objects.create(kind=plan.kind, about=plan.about, plan=plan, since=MONDAY, by=officer)
    given = {"school": school(world), "n": 0, "lecturer": lecturer(world), "topic": "net", "day": DAY + timedelta(days=1)} | facts
    return PlannedLesson.objects.get_or_create(plan=standing.plan, school=given.pop("school"), n=given.pop("n"), defaults=given)[0]
