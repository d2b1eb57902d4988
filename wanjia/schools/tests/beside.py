"""One of everything that schools keep, for who walks all addresses (tests/fuzz, tests/journeys): ids of an address, and how the rows come about."""

from ..models import (
    Bell,
    Busy,
    Consent,
    DutySwap,
    Gate,
    GateDuty,
    Guard,
    GuardAbsence,
    LawLesson,
    LeaderDay,
    Lecturer,
    ParentClass,
    PlanContact,
    PlanMark,
    PlannedLesson,
    PlanRisk,
    PlanVersion,
    Post,
    School,
    SchoolDay,
    Term,
    VicePrincipal,
)
from . import acts_families, acts_guards, acts_leading, acts_roster
from . import acts_year as year
from .factories import bell, gate, school, term
from .gate_factories import ground, roster
from .lesson_factories import lesson, planned, vice
from .plan_factories import mark, whole

KNOWN = {"school_id": School, "term_id": Term, "school_day_id": SchoolDay, "bell_id": Bell, "gate_id": Gate,
         "school_plan_id": PlanVersion, "guard_post_id": Post, "plan_risk_id": PlanRisk, "plan_contact_id": PlanContact, "plan_mark_id": PlanMark, "guard_id": Guard,
         "busy_id": Busy, "consent_id": Consent, "gate_duty_id": GateDuty, "duty_swap_id": DutySwap, "guard_absence_id": GuardAbsence, "leader_day_id": LeaderDay,
         "lecturer_id": Lecturer, "vice_principal_id": VicePrincipal, "law_lesson_id": LawLesson, "planned_lesson_id": PlannedLesson, "parent_class_id": ParentClass}  # fmt: skip


def plant(world):
    """Make them: a school with its bell and gate, a term, a day that is not as others; a plan with all that it holds; a roster that stands, somebody away, an exchange that waits."""
    school(world)
    bell(world)
    gate(world)
    term(world)
    year.a_day(world)
    ground(world)
    one = whole(world)  # a draft beside the plan that stands
    mark(world, one, post=one.posts.first())
    roster(world)
    acts_guards.busy(world)
    acts_roster.asked(world)
    acts_roster.absence(world)
    acts_leading.waits(world)
    vice(world)
    lesson(world, topic="fraud", slips=40)
    planned(world)
    acts_families.came(world)
