"""A village's plan: what the meeting decided, accepted by another hand, late items in sight, what stands there beside what was planned."""

from datetime import date, timedelta

import pytest

from tests.house.worlds import World
from wanjia.kernel.tests.tried import MONDAY
from wanjia.verdict import Refused

from ..deciding.commands import answer_objection
from ..models import AgendaItem, Meeting, PlanWork, VillagePlan
from ..plan_states import AssetState, PlanState, WorkState
from ..planning import queries, rules
from ..planning.commands import adopt_plan, draw_plan, drop_village_plan, write_work
from ..planning.working.commands import accept_work, end_asset, send_work_back, tell_asset
from . import plan_factories as made
from .factories import objection, posted
from .plan_factories import DAY, who

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


@pytest.mark.parametrize(("day", "good"), [(date(2025, 12, 31), False), (date(2026, 1, 1), True)])
def test_planning_is_reserved_to_the_assembly_since_2026(world, day, good):
    """组织法 art. 28 of the revision of 2025: before it this matter is none."""
    one = made.decision(world)
    Meeting.objects.filter(pk=one.meeting_id).update(day=day, told_on=day - timedelta(days=5))
    one = AgendaItem.objects.select_related("body", "meeting__body").get(pk=one.pk)
    assert bool(rules.was_decided(one, world.datong.pk)) == good


def test_a_council_decides_on_no_plan(world):
    assert not rules.was_decided(made.decision(world, kind="council"), world.datong.pk)
    assert rules.was_decided(made.decision(world), world.datong.pk)


def test_what_came_before_the_meeting_again_bears_no_plan(world):
    """An objection to the decision was upheld while the plan was being drawn up."""
    plan = made.plan(world, PlanState.DRAFT)
    told = objection(world, posted(world, plan.item))
    answer_objection(objection_id=told.pk, outcome="upheld", answer="有三户没有算进去,再议", answered_for="村务监督委员会", **who(world.visitor))
    with pytest.raises(Refused, match="请选村民会议"):
        adopt_plan(village_plan_id=plan.pk, **who(world.clerk))


def test_an_item_is_done_when_another_hand_accepted_it(world):
    one = made.work(world, WorkState.REPORTED)
    assert queries.counted(one.plan)["done"] == 0
    with pytest.raises(Refused, match="不能验收"):
        accept_work(plan_work_id=one.pk, **who(world.register.yang))
    send_work_back(plan_work_id=one.pk, words="成活不到五成", **who(world.clerk))
    one = PlanWork.objects.get(pk=one.pk)
    assert (one.state, one.spent_fen, one.notes.get().words) == (WorkState.PLANNED, 0, "成活不到五成")
    made.work(world, WorkState.ACCEPTED)
    assert queries.counted(one.plan) == {"n": 1, "done": 1, "fen": 18_000_000, "spent": 17_200_000}


def test_nothing_of_a_plan_that_ended_is_accepted(world):
    """Nor does the desk offer it; the control: while it was in force."""
    one = made.work(world, WorkState.REPORTED)
    assert list(queries.to_review(world.clerk)) == [one] and rules.can_accept(world.clerk, one, MONDAY)
    adopt_plan(village_plan_id=made.plan(world, PlanState.DRAFT).pk, **who(world.clerk))
    for act, words in ((accept_work, {}), (send_work_back, {"words": "成活不到五成"})):
        with pytest.raises(Refused, match="不是现行的"):
            act(plan_work_id=one.pk, **words, **who(world.clerk))
    assert not queries.to_review(world.clerk)


def test_what_is_late_stays_in_sight_until_it_is_said_to_be_done(world):
    one = made.work(world)
    assert queries.alarmed(world.register.yang, DAY) == 1
    assert queries.overdue(PlanWork.objects.all(), one.due_on).count() == 0, "not on its last day"
    made.work(world, WorkState.REPORTED)
    assert queries.alarmed(world.register.yang, DAY) == 0


def test_assets_foot_with_the_plan_once_another_hand_saw_them(world):
    made.asset(world)
    one = queries.footed([made.work(world)])[0]
    assert (one.there, one.short) == (0, 30_000)
    asset = made.asset(world, AssetState.THERE)
    one = queries.footed([made.work(world)])[0]
    assert (one.there, one.short) == (12_000, 18_000) and list(queries.faults(None)) == []
    PlanWork.objects.filter(pk=one.pk).update(unit="km")
    assert list(queries.faults(None)), "what is measured otherwise than planned is noticed"
    PlanWork.objects.filter(pk=one.pk).update(unit="mu")
    end_asset(village_asset_id=asset.pk, reason="水毁,会议同意核销", **who(world.clerk))
    assert queries.footed([made.work(world)])[0].there == 0


def test_the_board_says_how_many_are_done_and_no_name(world):
    made.work(world, WorkState.ACCEPTED)
    said = [str(one.said) for one in queries.on_board(world.datong, DAY, 5)]
    assert "1 项,已经验收 1 项" in said[0] and "1号区“苗木区”" in said[1] and len(said) == 3 and not any(world.register.yang.name in one for one in said)
    assert queries.on_board(world.datong, made.HELD, 5) == [], "not before it was in force"


def test_a_new_version_ends_the_one_before(world):
    old, new = made.plan(world), made.plan(world, PlanState.DRAFT)
    adopt_plan(village_plan_id=new.pk, **who(world.clerk))
    old.refresh_from_db()
    assert (old.state, old.to_on) == (PlanState.ENDED, DAY) and queries.overdue(PlanWork.objects.filter(plan=old), DAY).count() == 0


def test_a_decision_bears_one_version_and_what_was_dropped_is_drawn_up_again(world):
    """Or a version that no meeting ever saw would cite the one that it saw."""
    one = made.decision(world)
    asked = {"village": world.datong, "item": one, **who(world.register.yang)}
    drawn = draw_plan(name="大同村三年建设规划", **asked)
    drop_village_plan(village_plan_id=drawn.pk, reason="写错了", **who(world.register.yang))
    drawn = draw_plan(name="大同村建设规划", **asked)
    VillagePlan.objects.filter(pk=drawn.pk).update(state=PlanState.IN_FORCE, from_on=DAY)
    with pytest.raises(Refused, match="另一版规划"):
        draw_plan(name="另一个规划", **asked)


def test_a_size_larger_than_its_column_is_refused_with_words(world):
    """The column is a four-byte number of hundredths: PostgreSQL answered with an error, and so did the page."""
    asked = {"village": world.datong, "name": "苗木基地二期", "unit": "mu", "belongs": "collective", "yuan": "1", "from_on": DAY}
    with pytest.raises(Refused, match="最多两位小数"):
        tell_asset(size="99999999", **asked, **who(world.register.yang))
    plan = made.plan(world, PlanState.DRAFT)
    work = {"n": 2, "aspect": plan.aspects.get(n=1), "words": "苗木基地再扩", "owner": world.register.yang, "due_on": DAY, "size": "99999999", "unit": "mu"}
    with pytest.raises(Refused, match="最多两位小数"):
        write_work(village_plan_id=plan.pk, **work, **who(world.register.yang))


def test_a_second_account_of_who_wrote_an_asset_down_does_not_say_that_it_is_gone(world):
    one = made.asset(world, AssetState.THERE)
    type(world.visitor).objects.filter(pk=world.register.yang.pk).update(name=world.clerk.name, phone="")
    with pytest.raises(Refused, match="同一个人"):
        end_asset(village_asset_id=one.pk, reason="水毁,会议同意核销", **who(world.clerk))
