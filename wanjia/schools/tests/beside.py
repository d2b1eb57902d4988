"""One of everything that schools keep, for who walks all addresses (tests/fuzz, tests/journeys): ids of an address, and how the rows come about."""

from ..models import (
    Attendant,
    Bell,
    Bus,
    BusDrill,
    BusDriver,
    BusLine,
    BusTrip,
    Busy,
    Consent,
    DutySwap,
    Gate,
    GateDuty,
    Guard,
    GuardAbsence,
    Hazard,
    HazardPhoto,
    Inspection,
    InspectionRound,
    LawLesson,
    LeaderDay,
    Lecturer,
    MendOrder,
    NoticeReceipt,
    Operator,
    ParentClass,
    Patrol,
    PatrolPlan,
    PlanContact,
    PlanMark,
    PlannedLesson,
    PlanRisk,
    PlanVersion,
    Post,
    Receiver,
    Ride,
    Rider,
    RoadOperation,
    RoundTeam,
    RoundVenue,
    SafetyNotice,
    School,
    SchoolDay,
    Settlement,
    Term,
    Venue,
    VicePrincipal,
)
from . import acts_buses as buses
from . import acts_campus, acts_drills, acts_families, acts_fares, acts_guards, acts_leading, acts_roster
from . import acts_year as year
from . import inspection_factories as inspections
from . import notice_factories as notices
from . import road_factories as roads
from .factories import bell, gate, school, term
from .gate_factories import ground, roster
from .lesson_factories import lesson, planned, vice
from .plan_factories import mark, whole

KNOWN = {"school_id": School, "term_id": Term, "school_day_id": SchoolDay, "bell_id": Bell, "gate_id": Gate,
         "school_plan_id": PlanVersion, "guard_post_id": Post, "plan_risk_id": PlanRisk, "plan_contact_id": PlanContact, "plan_mark_id": PlanMark, "guard_id": Guard,
         "busy_id": Busy, "consent_id": Consent, "gate_duty_id": GateDuty, "duty_swap_id": DutySwap, "guard_absence_id": GuardAbsence, "leader_day_id": LeaderDay,
         "operator_id": Operator, "bus_id": Bus, "bus_driver_id": BusDriver, "attendant_id": Attendant, "bus_line_id": BusLine, "rider_id": Rider, "receiver_id": Receiver, "bus_trip_id": BusTrip, "ride_id": Ride, "settlement_id": Settlement,
         "venue_id": Venue, "inspection_round_id": InspectionRound, "round_team_id": RoundTeam, "round_venue_id": RoundVenue, "inspection_id": Inspection, "mend_order_id": MendOrder, "hazard_id": Hazard,
         "campus_hazard_id": Hazard, "campus_order_id": MendOrder, "bus_drill_id": BusDrill, "picture_id": HazardPhoto, "safety_notice_id": SafetyNotice, "notice_receipt_id": NoticeReceipt,
         "road_operation_id": RoadOperation, "patrol_plan_id": PatrolPlan, "patrol_id": Patrol,
         "lecturer_id": Lecturer, "vice_principal_id": VicePrincipal, "law_lesson_id": LawLesson, "planned_lesson_id": PlannedLesson, "parent_class_id": ParentClass}  # fmt: skip


def plant(world):
    """Make them: a school with its bell and gate, a term, a day that is not as others; a plan with all that it holds; a roster that stands, somebody away, an exchange that waits; a bus with a child aboard and whoever may receive it."""
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
    buses.receiver(world)
    acts_fares.settled(world)
    buses.aboard(world)
    inspections.recheck(world)  # with its round, place, look and order
    inspections.photo(world)
    acts_campus.beside(world)
    acts_drills.drill(world)
    notices.step(world)  # with its notice, place and receipt
    roads.operation(world)
    roads.patrol(world)  # with its plan
    vice(world)
    lesson(world, topic="fraud", slips=40)
    planned(world)
    acts_families.came(world)
