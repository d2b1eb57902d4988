"""The gates of the small school: guards of four parties who can come, its plan with two posts, a month's roster that stands."""

from datetime import date, timedelta

from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import User
from wanjia.schools.models import Consent, GateDuty, Guard, Post, Qualification
from wanjia.schools.rostering import drawing
from wanjia.solving.models import Plan, Standing
from wanjia.solving.runs import process

from .factories import END, START, bell, gate, of_education, school, term
from .plan_factories import plan, post

FIRST, LAST = date(2026, 11, 1), date(2026, 12, 1)
DAY = MONDAY.date()


def guard(world, name="魏老师", party="teacher", **facts):
    """Somebody who stands at the gate of the school, with what his party asks for."""
    given = {"unit": of_education(world), "school": school(world), "phone": "13887000012", "from_on": START} | facts
    one, made = Guard.objects.get_or_create(name=name, party=party, defaults=given)
    if made and party == "guard":
        Qualification.objects.create(guard=one, kind="licence", from_on=START, until_on=END, recorded_at=MONDAY)
    if made and party == "parent":
        Consent.objects.create(guard=one, way="paper", from_on=START, to_on=END, recorded_at=MONDAY)
    return one


def force(world):
    """Everybody of the small school: two of each party in office, one parent."""
    police = {"unit": world.office, "school": school(world)}
    return [
        guard(world, "魏老师"), guard(world, "方老师"), guard(world, "蒋老师"), guard(world, "老邹", "guard"), guard(world, "老喻", "guard"), guard(world, "彭警官", "police", **police),
        guard(world, "章警官", "police", **police), guard(world, "苗家长", "parent"),
    ]  # fmt: skip


def ground(world):
    """The school with its term, bells, gate and signed plan: at the gate stand one of the police, one guard, one teacher, and a parent if one comes."""
    term(world)
    one = school(world)
    if not one.bells.exists():
        bell(world)
    if not one.gates.exists():
        gate(world)
    stands = plan(world, 2)  # number 1 may be a draft of somebody else's
    for going in (False, True):
        if not Post.objects.filter(plan=stands, going=going).exists():
            post(world, stands, going=going, parents=1)
    return one


def officer(world):
    """The officer in charge of gates, afresh."""
    return User.objects.get(pk=world.gates.pk)


def drawn(world, *, first=FIRST, end=LAST, since=None, at=MONDAY, number=None):
    """A version of the month's roster, worked from rows by the engine itself."""
    settings = {"first": first.isoformat(), "end": end.isoformat(), "since": (since or first).isoformat(), "term": False}
    about = drawing.about(world.county, first, end)
    number = number or Plan.objects.filter(kind=drawing.KIND, about=about).count() + 1
    one = Plan.objects.create(kind=drawing.KIND, about=about, area=world.county, number=number, asked_at=at, beat_at=at, asked_by=officer(world), settings=settings)
    return process.run(one, at=at)


def roster(world):
    """The month's roster stands; returns the version."""
    standing = Standing.objects.filter(kind=drawing.KIND).first()
    if standing:
        return standing.plan
    ground(world)
    force(world)
    one = drawn(world)
    assert one.state == "ready", one.fault
    Standing.objects.create(kind=one.kind, about=one.about, plan=one, since=MONDAY, by=officer(world))
    return one


def duty(world, day=DAY + timedelta(days=2), party="teacher", going=False):
    """One duty of the roster that stands."""
    return GateDuty.objects.select_related("guard", "school", "post", "plan").get(plan=roster(world), day=day, party=party, going=going, school=school(world))
