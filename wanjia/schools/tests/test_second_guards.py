"""Guards behind which another one stands: each is asked where the other lets pass, so that neither goes unseen."""

from datetime import timedelta

import pytest

from tests.house.quicker import done, just_before
from tests.house.worlds import World
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import Line, Post, Tier, User
from wanjia.orgs.roles import Role
from wanjia.registry.tests.factories import unit
from wanjia.solving.standing.commands import activate_plan
from wanjia.verdict import Refused

from ..guarding import commands as guarding
from ..inspecting import rules as ordering
from ..models import Bus, BusLine, BusSlip, Guard, Hazard, MendOrder, RoadOperation
from ..plans import rules as planning
from ..plans.commands import sign_plan
from ..riders import commands as riders
from ..riding import commands as riding
from ..riding import rules as rolls
from ..slips import commands as slips
from ..slips import pages as paper
from ..slips import rules as codes
from ..year import commands as year
from ..year import rules as calendar
from . import acts_buses as buses
from .acts import ACTS
from .acts_guards import entering
from .acts_plans import handed, signed
from .acts_year import SOON, far, of_a_day, of_two_posts, who
from .gate_factories import drawn, roster
from .gate_factories import officer as of_gates
from .inspection_factories import fire, fireman, hazard, person, police
from .plan_factories import plan
from .road_factories import operation, patrol
from .test_inheriting import ends
from .test_roster import WEDNESDAY

pytestmark = pytest.mark.django_db
DAY = MONDAY.date()


@pytest.fixture
def world(db):
    """The places, units and people of the house tests."""
    return World()


def also(user, role, of):
    """The same account with one more post; read anew."""
    Post.objects.create(user=user, organisation=of, role=role, from_on=DAY)
    return User.objects.get(pk=user.pk)


def test_a_post_over_a_whole_county_keeps_no_guards_of_another(world):
    """Of two posts: all units of both places are offered, and each guard is asked about by himself."""
    keeper = also(of_two_posts(world), Role.GATE_OFFICER, unit("东川区公安局", Tier.COUNTY, far(), Line.POLICE))
    what = entering(world) | {"party": "police", "school": None, "unit": unit("细沙乡卫生院", Tier.TOWNSHIP, world.xisha)}
    with pytest.raises(Refused, match="这个人不由您登记"):
        guarding.enter_guard(**what, by=keeper, at=MONDAY)
    assert guarding.enter_guard(**entering(world), by=keeper, at=MONDAY) == Guard.objects.get(), "the own school's he keeps"


def test_whose_unit_owns_nothing_is_offered_no_order(world):
    one = hazard(world)
    assert ordering.can_order(User.objects.get(pk=world.handler.pk), one.inspection)
    said = ordering.can_order(fireman(world), one.inspection)
    assert not said and said.reason == ordering.NOTHING


def test_an_order_over_nothing_is_not_issued(world):
    """What was to be ordered is given to another unit between the look and the order."""
    what = ACTS["schools.issue_order"].make(world)
    with just_before("SELECT", Hazard, lambda: Hazard.objects.update(owner=fire(world))) as came, pytest.raises(Refused, match="没有待开通知书的隐患"):
        done(world, "schools.issue_order", what)
    assert came and not MendOrder.objects.exists()


@pytest.mark.parametrize(("held", "role", "said"), [
    (patrol, Role.BUREAU_WORKER, ("接手巡查", "没有能巡查的人")), (lambda w: operation(w, unit=police(w)), Role.GATE_OFFICER, ("接手道路行动", "没有能填数的人")),
], ids=["patrol", "operation"])  # fmt: skip
def test_who_works_elsewhere_or_has_nobody_takes_nothing_of_the_road(world, held, role, said):
    one = held(world)
    abroad, empty = unit("东川区公安局", Tier.COUNTY, far(), Line.POLICE), unit("永善县公安局治安大队", Tier.COUNTY, world.county, Line.POLICE)
    person("yuanjing", "远警官", abroad, role)
    with pytest.raises(Refused, match=f"不在这个县,不能{said[0]}"):
        ends(world, abroad, of=police(world))
    with pytest.raises(Refused, match=said[1]):
        ends(world, empty, of=police(world))
    person("zhian", "治安警", empty, role)
    ends(world, empty, of=police(world))
    one.refresh_from_db()
    assert one.unit == empty if isinstance(one, RoadOperation) else one.forces.filter(unit=empty).exists()


def test_a_school_with_a_draft_is_offered_no_second_one(world):
    head = User.objects.get(pk=world.headmaster.pk)
    one = plan(world)
    assert planning.can_draft(head, one.school)
    plan(world, 2, state="plan_draft")
    said = planning.can_draft(head, one.school)
    assert not said and said.reason == planning.UNDER_WAY


def test_who_signs_for_two_sides_does_not_sign_again_for_the_one_that_did(world):
    what = handed(world, signs_for="plan_police")
    signed("plan_police", "schools")(world, what)
    both = also(world.gates, Role.SCHOOLS_OFFICER, world.education)
    assert set(planning.open_for(both, plan(world))) == {"plan_education"}
    with pytest.raises(Refused, match="这一方已经签过"):
        sign_plan(**what, by=both, at=MONDAY)


def test_a_line_is_opened_up_to_its_last_day(world):
    """Its page offers no trip once it has ended; a roll for tomorrow is refused this evening already."""
    what = buses.runs_today(world)
    line, attendant = BusLine.objects.get(), User.objects.get(pk=world.attendant.pk)
    BusLine.objects.update(to_on=DAY + timedelta(days=1))
    line.refresh_from_db()
    assert rolls.can_open(attendant, line, MONDAY)
    said = rolls.can_open(attendant, line, MONDAY + timedelta(days=1))
    assert not said and said.reason == rolls.ENDED
    with pytest.raises(Refused, match="这条线路已经停用"):
        riding.open_trip(**what, day=DAY + timedelta(days=1), by=attendant, at=MONDAY)
    assert riding.open_trip(**what, by=attendant, at=MONDAY)


def test_no_seat_begins_behind_the_end_of_its_bus(world):
    what = buses.seating(world)
    Bus.objects.update(to_on=DAY + timedelta(days=5))
    with pytest.raises(Refused, match="这一站不去这所学校,或者线路已经停用"):
        riders.seat_rider(**what, from_on=DAY + timedelta(days=6), **who(world))
    assert riders.seat_rider(**what, from_on=DAY + timedelta(days=4), **who(world))


def test_a_slip_is_shown_in_the_answer_to_its_act_alone(world, rf):
    rider = buses.rider(world)
    made = slips.issue_bus_slip(rider_id=rider.pk, **who(world))
    assert paper.paper(rf.get("/"), rider, made).status_code == 200
    with pytest.raises(Refused, match="只在生成的那一刻显示一次"):
        paper.paper(rf.get("/"), rider, BusSlip.objects.get())


def test_ten_wrong_codes_an_hour_are_enough(world):
    here, there = ({"address": one, "code": "ZZZZ9999"} for one in ("10.0.0.1", "10.0.0.2"))
    for _turn in range(codes.MISSES_AN_HOUR):
        assert slips.open_by_code(**here, at=MONDAY) is None
    with pytest.raises(Refused, match="输错太多次"):
        slips.open_by_code(**here, at=MONDAY)
    assert slips.open_by_code(**there, at=MONDAY) is None
    assert slips.open_by_code(**here, at=MONDAY + timedelta(hours=2)) is None


@pytest.mark.parametrize("of_school", [True, False])
def test_a_day_that_was_taken_back_is_not_taken_back_again(world, of_school):
    school_id = ACTS["schools.tell_own_day"].make(world)["school_id"]
    if of_school:
        year.tell_own_day(school_id=school_id, day=SOON, kind="exam", words="期中考试", **who(world))
    else:
        year.tell_day(**of_a_day(world), **who(world))
    row = calendar.SchoolDay.objects.get()
    assert calendar.can_drop_day(who(world)["by"], row)
    year.drop_day(school_day_id=row.pk, reason="改期了", **who(world))
    row.refresh_from_db()
    said = calendar.can_drop_day(who(world)["by"], row)
    assert not said and said.reason == calendar.ENDED


def test_a_roster_that_stood_once_is_not_put_in_force_again(world):
    """What was copied into it when it began to hold is no longer what stands."""
    roster(world)
    second, third = drawn(world, since=WEDNESDAY), drawn(world, since=WEDNESDAY + timedelta(days=1))
    for one in (second, third):
        activate_plan(plan_id=one.pk, by=of_gates(world), at=MONDAY)
    with pytest.raises(Refused, match="这一版以前用过"):
        activate_plan(plan_id=second.pk, by=of_gates(world), at=MONDAY)


def test_two_rosters_of_the_same_days_do_not_stand_beside_each_other(world):
    """The month's stands; one of half of it and more is drawn as something else."""
    roster(world)
    other = drawn(world, first=WEDNESDAY, end=WEDNESDAY + timedelta(days=40))
    with pytest.raises(Refused, match="这段时间已经有另一份排班在用"):
        activate_plan(plan_id=other.pk, by=of_gates(world), at=MONDAY)
