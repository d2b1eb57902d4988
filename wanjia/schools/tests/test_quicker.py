"""Who is quicker by a breath, in schools: each compare-and-set of an act, and each rule of once, is met by another hand that writes in between."""

import pytest

from tests.house.quicker import done, just_before
from tests.house.worlds import World
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import Line, Tier
from wanjia.registry.tests.factories import unit
from wanjia.verdict import Conflict

from ..models import (
    Attendance,
    Bell,
    BusDrill,
    BusTrip,
    Busy,
    Consent,
    GateDuty,
    Guard,
    GuardAbsence,
    Hazard,
    Inspection,
    InspectionRound,
    LawLesson,
    LeaderDay,
    NoticeReceipt,
    Operator,
    ParentClass,
    PatrolPlan,
    PlannedLesson,
    PlanSignature,
    PlanVersion,
    Receiver,
    Rider,
    RoadOperation,
    RoundVenue,
    SafetyNotice,
    School,
    SchoolDay,
    Term,
    Venue,
    VicePrincipal,
)
from ..plan_states import SignsFor
from .acts import ACTS
from .plan_factories import plan

pytestmark = pytest.mark.django_db
DAY, NEWER = MONDAY.date(), {"version": 99}


@pytest.fixture
def world(db):
    """The places, units and people of the house tests."""
    return World()


# (act, the table that it writes, what another hand puts there meanwhile)
CHANGED = [
    ("schools.change_operator", Operator, NEWER),
    ("schools.take_back_drill", BusDrill, NEWER),
    ("schools.take_back_parent_class", ParentClass, NEWER),
    ("schools.change_guard", Guard, NEWER),
    ("schools.leave_guard", Guard, NEWER),
    ("schools.end_busy", Busy, NEWER),
    ("schools.withdraw_consent", Consent, {"withdrawn_at": MONDAY, "to_on": DAY}),
    ("schools.climb_hazard", Hazard, NEWER),
    ("schools.receive_hazard", Hazard, NEWER),
    ("schools.settle_hazard", Hazard, NEWER),
    ("schools.agree_leader_day", LeaderDay, NEWER),
    ("schools.hold_leader_day", LeaderDay, NEWER),
    ("schools.hold_planned", PlannedLesson, NEWER),
    ("schools.move_planned", PlannedLesson, NEWER),
    ("schools.count_back", LawLesson, NEWER),
    ("schools.take_back_lesson", LawLesson, NEWER),
    ("schools.end_vice", VicePrincipal, NEWER),
    ("schools.serve_notice", NoticeReceipt, NEWER),
    ("schools.change_notice", SafetyNotice, NEWER),
    ("schools.end_patrol_plan", PatrolPlan, NEWER),
    ("schools.change_plan", PlanVersion, NEWER),
    ("schools.confirm_receiver", Receiver, NEWER),
    ("schools.end_rider", Rider, NEWER),
    ("schools.delay_trip", BusTrip, NEWER),
    ("schools.correct_counts", RoadOperation, NEWER),
    ("schools.give_duty", GateDuty, NEWER),
    ("schools.hold_duty", GateDuty, NEWER),
    ("schools.mend_absence", GateDuty, NEWER),
    ("schools.take_back", GuardAbsence, {"taken_back_at": MONDAY}),
    ("schools.assign_stop", RoundVenue, NEWER),
    ("schools.change_round", InspectionRound, NEWER),
    ("schools.change_venue", Venue, NEWER),
    ("schools.end_venue", Venue, NEWER),
    ("schools.end_bell", Bell, NEWER),
    ("schools.change_school", School, NEWER),
    ("schools.change_term", Term, NEWER),
    ("schools.drop_day", SchoolDay, {"dropped_at": MONDAY}),
]


def a_mark(_world, what):
    """Somebody else marks the same guard."""
    one = GateDuty.objects.get(pk=what["gate_duty_id"])
    same = {name: getattr(one, name) for name in ("guard", "school", "post", "place", "party", "n", "day", "from_at")}
    Attendance.objects.create(**same, came=False, marked_at=MONDAY)


def a_visit(_world, what):
    """Somebody else writes down what was found at the same place."""
    facts = {"day": DAY, "answers": {}, "people": 2, "licensed": 2, "signed": "signed", "recorded_at": MONDAY}
    Inspection.objects.create(stop_id=what["round_venue_id"], **facts)


def a_draft(world, _what):
    """Somebody else begins the next version."""
    plan(world, state="plan_draft")


def a_signature(world, what):
    """The same side signs, in the name of another unit."""
    of = unit("永善县交警大队", Tier.COUNTY, world.county, Line.POLICE)
    PlanSignature.objects.create(plan_id=what["school_plan_id"], signs_for=SignsFor.POLICE, unit=of, signed_at=MONDAY, signed_by=world.schools)


# (act, the table into which it puts a row, what another hand puts there meanwhile, what is said)
MADE = [
    ("schools.mark_duty", Attendance, a_mark, ""),
    ("schools.record_inspection", Inspection, a_visit, "这一处这一轮已经查过。"),
    ("schools.draft_plan", PlanVersion, a_draft, "这所学校已经有一版在起草或者送签"),
    ("schools.sign_plan", PlanSignature, a_signature, "这一方已经签过。"),
]


@pytest.mark.parametrize(("act", "model", "values"), CHANGED, ids=[row[0] for row in CHANGED])
def test_a_row_that_is_written_meanwhile_is_not_written_over(world, act, model, values):
    what = ACTS[act].make(world)
    with just_before("UPDATE", model, lambda: model.objects.update(**values)), pytest.raises(Conflict):
        done(world, act, what)


def test_who_marks_a_second_time_does_not_write_over_a_third_mark(world):
    what = ACTS["schools.mark_duty"].make(world)
    a_mark(world, what)
    with just_before("UPDATE", Attendance, lambda: Attendance.objects.update(**NEWER)) as came, pytest.raises(Conflict):
        done(world, "schools.mark_duty", what)
    assert came


@pytest.mark.parametrize(("act", "model", "makes", "said"), MADE, ids=[row[0] for row in MADE])
def test_a_row_that_is_made_meanwhile_is_told_in_words(world, act, model, makes, said):
    what = ACTS[act].make(world)
    with just_before("INSERT INTO", model, lambda: makes(world, what)), pytest.raises(Conflict) as told:
        done(world, act, what)
    assert said in str(told.value.reason)


@pytest.mark.parametrize(("act", "verb", "model"), [(act, "UPDATE", model) for act, model, _values in CHANGED] + [(act, "INSERT INTO", model) for act, model, *_said in MADE])
def test_whoever_is_alone_is_not_told_so(world, act, verb, model):
    """Negative control: the same act, and nobody writes meanwhile."""
    what = ACTS[act].make(world)
    with just_before(verb, model, lambda: None) as came:
        done(world, act, what)
    assert came, "the act writes that table no more"
