"""A plan of the small school: one version with its posts, as far as it was signed."""

from datetime import date

from wanjia.kernel.tests.tried import MONDAY
from wanjia.schools.models import PlanVersion, Post
from wanjia.schools.plan_states import PlanState

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
