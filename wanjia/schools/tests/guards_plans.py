"""Each CHECK and each unique constraint of plans, met by name: the row that it refuses."""

from wanjia.kernel.tests.tried import MONDAY
from wanjia.schools.models import PlanVersion
from wanjia.schools.plan_states import PlanState, SignsFor

from .factories import START
from .plan_factories import contact, mark, plan, post, signed, whole


def _update(world, state=PlanState.DRAFT, **facts):
    one = plan(world, state=state)
    return PlanVersion.objects.filter(pk=one.pk).update(**facts)


def _sign(world, **facts):
    one = plan(world, state=PlanState.HANDED)
    first = signed(world, one, by=world.headmaster)
    given = {"plan": one, "signs_for": SignsFor.POLICE, "unit": world.civil, "signed_at": MONDAY, "signed_by": world.gates} | {name: getattr(first, name) for name in facts}
    return type(first).objects.create(**given)


def _twice(make):
    def once(world):
        one = plan(world, state=PlanState.DRAFT)
        make(world, one)
        return make(world, one)

    return once


def _same(world):
    one = post(world, plan(world, state=PlanState.DRAFT))
    return post(world, one.plan, name="别的岗", same_as=one.same_as)


CHECKS = {
    "plan_ends_when_replaced": lambda w: _update(w, to_on=START),
    "plan_reviewed_later": lambda w: _update(w, review_on=START),
    "plan_handed_by_when": lambda w: _update(w, state=PlanState.HANDED, handed_at=None),
    "post_needs_somebody": lambda w: post(w, plan(w, state=PlanState.DRAFT), police=0, guards=0, teachers=0, parents=3),
    "mark_on_the_sheet": lambda w: mark(w, plan(w, state=PlanState.DRAFT), x=1001),
    "mark_is_line_or_point": lambda w: mark(w, plan(w, state=PlanState.DRAFT), x2=9, y2=9),
}
ONCE = {
    "plan_numbered_once": lambda w: PlanVersion.objects.create(school=plan(w).school, number=1, from_on=START, review_on=MONDAY.date(), drafted_at=MONDAY, drafted_for=plan(w).school.unit),
    "one_plan_of_a_school_under_way": lambda w: (whole(w), plan(w, 2, state=PlanState.DRAFT)),
    "one_plan_of_a_school_stands": lambda w: (plan(w), plan(w, 2)),
    "plan_signed_once_for_each": lambda w: _sign(w, signs_for=1),
    "plan_signed_once_by_a_unit": lambda w: _sign(w, unit=1),
    "plan_signed_once_by_a_hand": lambda w: _sign(w, signed_by=1),
    "contact_once_a_plan": _twice(contact),
    "post_named_once": _twice(lambda w, one: post(w, one)),
    "post_once_in_a_plan": _same,
}
