"""One of everything that schools keep, for who walks all addresses (tests/fuzz, tests/journeys): ids of an address, and how the rows come about."""

from ..models import Bell, Gate, PlanContact, PlanMark, PlanRisk, PlanVersion, Post, School, SchoolDay, Term
from . import acts_year as year
from .factories import bell, gate, school, term
from .plan_factories import mark, whole

KNOWN = {"school_id": School, "term_id": Term, "school_day_id": SchoolDay, "bell_id": Bell, "gate_id": Gate,
         "plan_id": PlanVersion, "guard_post_id": Post, "plan_risk_id": PlanRisk, "plan_contact_id": PlanContact, "plan_mark_id": PlanMark}  # fmt: skip


def plant(world):
    """Make them: a school with its bell and gate, a term, a day that is not as others; a plan with all that it holds."""
    school(world)
    bell(world)
    gate(world)
    term(world)
    year.a_day(world)
    one = whole(world)
    mark(world, one, post=one.posts.first())
