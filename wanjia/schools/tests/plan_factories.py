"""A plan of the small school: one version with its posts, as far as it was signed."""

from datetime import date

from wanjia.kernel.tests.tried import MONDAY
from wanjia.schools.models import PlanContact, PlanMark, PlanRisk, PlanSignature, PlanVersion, Post
from wanjia.schools.plan_states import PlanState, SignsFor

from .factories import START, gate, school

MADE = MONDAY.replace(year=START.year, month=START.month, day=START.day)
WAY = (PlanState.HANDED, PlanState.STANDS, PlanState.REPLACED)
REVIEW = date(2027, 8, 31)


def plan(world, number=1, state=PlanState.STANDS, **facts):
    """A version of the plan stands, without a post; it goes the way that its table names."""
    one, to_on = facts.pop("school", None) or school(world), facts.pop("to_on", None)
    given = {"from_on": START, "review_on": REVIEW, "drafted_at": MADE, "drafted_for": one.unit, "traffic": "门前单行,禁止掉头", "staggering": "低年级先走"}
    made, new = PlanVersion.objects.get_or_create(school=one, number=number, defaults=given | facts)
    for passed in WAY[: WAY.index(state) + 1] if new and state in WAY else ():
        PlanVersion.objects.filter(pk=made.pk).update(state=passed, handed_at=MADE, to_on=to_on if passed == PlanState.REPLACED else None)
    made.refresh_from_db()
    return made


def post(world, plan, going=False, **facts):
    """A post at its gate: one of the police, one guard, one teacher."""
    at = facts.pop("gate", None) or school(world).gates.filter(to_on=None).first() or gate(world)
    given = {"name": "东门岗", "before": 20, "after": 20, "task": "疏导、护送", "police": 1, "guards": 1, "teachers": 1}
    return Post.objects.create(plan=plan, gate=at, going=going, **given | facts)


def risk(world, plan):
    """A risk of it, owned by the school."""
    return PlanRisk.objects.create(plan=plan, place="东门外", what="大车多", measure="高峰禁行", owner=plan.school.unit)


def contact(world, plan):
    """The police station's number."""
    return PlanContact.objects.create(plan=plan, place="派出所", phone="0870-4121110")


def mark(world, plan, **facts):
    """A sign on its map."""
    return PlanMark.objects.create(plan=plan, **{"kind": "mark_drop_off", "x": 300, "y": 400} | facts)


def whole(world, state=PlanState.DRAFT, number=1, **facts):
    """A version that has what the rules ask before it is handed in."""
    made = plan(world, number, PlanState.DRAFT, **{"weather": "雨天提前20分钟", "incident": "一键报警,封闭校门"} | facts)
    for going in (False, True):
        post(world, made, going)
    risk(world, made)
    contact(world, made)
    for passed in WAY[: WAY.index(state) + 1] if state in WAY else ():
        PlanVersion.objects.filter(pk=made.pk).update(state=passed, handed_at=MADE)
    made.refresh_from_db()
    return made


def signed(world, plan, signs_for=SignsFor.SCHOOL, by=None):
    """A signature under it."""
    return PlanSignature.objects.create(plan=plan, signs_for=signs_for, unit=plan.school.unit, signed_at=MADE, signed_by=by)
