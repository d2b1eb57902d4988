"""Each CHECK and each unique constraint of plans, met by name: the row that it refuses."""

from uuid import uuid4

from wanjia.kernel.tests.tried import MONDAY
from wanjia.schools.models import PlanVersion
from wanjia.schools.plan_states import PlanState, SignsFor

from .factories import START
from .plan_factories import contact, mark, plan, post, signed


def _update(world, state=PlanState.DRAFT, **facts):
    one = plan(world, state=state)
    return PlanVersion.objects.filter(pk=one.pk).update(**facts)


def _sign(world, *same):
    """A row beside the first signature, like it in `same` alone; not saved."""
    first = signed(world, plan(world, state=PlanState.HANDED), by=world.headmaster)
    facts = {"signs_for": SignsFor.POLICE, "unit": world.civil, "signed_by": world.gates} | {name: getattr(first, name) for name in same}
    return type(first)(plan=first.plan, signed_at=MONDAY, **facts)


def _draft(world, make, **facts):
    """A row beside the first of a draft; not saved."""
    first = make(world, plan(world, state=PlanState.DRAFT))
    for name, value in facts.items():
        setattr(first, name, value)
    return first


def _numbered_next(one):
    """The plan as it would be written once more, under the next number; not saved."""
    one.number += 1
    return one


CHECKS = {
    "plan_ends_when_replaced": lambda w: _update(w, to_on=START),
    "plan_reviewed_later": lambda w: _update(w, review_on=START),
    "plan_handed_by_when": lambda w: _update(w, state=PlanState.HANDED, handed_at=None),
    "post_needs_somebody": lambda w: post(w, plan(w, state=PlanState.DRAFT), police=0, guards=0, teachers=0, parents=3),
    "mark_on_the_sheet": lambda w: mark(w, plan(w, state=PlanState.DRAFT), x=1001),
    "mark_is_line_or_point": lambda w: mark(w, plan(w, state=PlanState.DRAFT), x2=9, y2=9),
}
ONCE = {
    "plan_numbered_once": lambda w: plan(w, state=PlanState.REPLACED, to_on=START),
    "one_plan_of_a_school_under_way": lambda w: _numbered_next(plan(w, state=PlanState.DRAFT)),
    "one_plan_of_a_school_stands": lambda w: _numbered_next(plan(w)),
    "plan_signed_once_for_each": lambda w: _sign(w, "signs_for"),
    "plan_signed_once_by_a_unit": lambda w: _sign(w, "unit"),
    "plan_signed_once_by_a_hand": lambda w: _sign(w, "signed_by"),
    "contact_once_a_plan": lambda w: _draft(w, contact),
    "post_named_once": lambda w: _draft(w, post, same_as=uuid4()),
    "post_once_in_a_plan": lambda w: _draft(w, post, name="别的岗"),
}
