"""What a hostile reader tried on plans and journeys: a county's plan put in force by a township's post, a yes for somebody gone, a place promised twice, one call for three."""

from contextlib import nullcontext
from datetime import date

import pytest

from wanjia.orgs.models import Post, Tier, User
from wanjia.orgs.roles import Role
from wanjia.registry.tests.factories import unit
from wanjia.solving import rules as plan_rules
from wanjia.solving.models import Standing
from wanjia.solving.runs import commands as runs
from wanjia.solving.standing.commands import activate_plan
from wanjia.verdict import Refused

from ..campaigns.commands import open_campaign
from ..departures import commands as departures
from ..departures import rules
from ..departures.commands import set_days
from ..matching import commands
from ..models import FollowUp, Proposal, Worker
from ..riding.commands import note_follow_up
from ..states import Answer, Evidence
from .factories import NOW, TODAY, later
from .matching_factories import drive, one, put_in_force, vacancy, wish, worked
from .trips import handed, listed, planned

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(monkeypatch):
    return drive(monkeypatch)


@pytest.fixture
def both(world):
    """Works plans of the county, and puts those of one township in force."""
    Post.objects.create(user=world.second, organisation=unit("细沙乡就业服务所", Tier.TOWNSHIP, world.xisha, "labour"), role=Role.LABOUR_OFFICER, from_on=date(2020, 1, 1))
    return User.objects.get(pk=world.second.pk)


def test_who_puts_a_townships_plans_in_force_leaves_the_countys_alone(world, both):
    wish(world, world.he)
    vacancy(world)
    plan = worked(world)
    with pytest.raises(Refused, match="不在您的范围"):
        activate_plan(plan_id=plan.pk, by=both, at=later(0, 1))
    assert not Standing.objects.exists()


def test_by_a_duty_held_anywhere_he_would(world, both, monkeypatch):
    """The negative control."""
    monkeypatch.setattr(plan_rules.scope, "covers", lambda *_who, **_what: True)
    wish(world, world.he)
    vacancy(world)
    activate_plan(plan_id=worked(world).pk, by=both, at=later(0, 1))
    assert Standing.objects.exists()


@pytest.mark.parametrize("left", [True, False])
def test_nobody_starts_who_left_the_roll(world, left):
    wish(world, world.he)
    vacancy(world, places=9)
    plan = put_in_force(world, worked(world))
    commands.accept_proposal(proposal_id=one(world, plan).pk, by=world.li, at=later(1))
    Worker.objects.filter(pk=world.he.pk).update(left_on=TODAY if left else None, left_because="died" if left else "")
    with pytest.raises(Refused, match="已退出") if left else nullcontext():
        commands.start_proposal(proposal_id=one(world, plan).pk, on=TODAY, evidence=Evidence.CONTRACT, by=world.li, at=later(1))
    assert one(world, plan).state == ("accepted" if left else "started")


@pytest.mark.parametrize("said", [Answer.ACCEPTED, Answer.DECLINED])
def test_a_place_promised_in_another_drive_is_not_given_away_by_hand(world, said):
    wish(world, world.he)
    wish(world, world.she)
    poor = vacancy(world, "包装工", pay=4500, places=2)
    plan = worked(world)
    good = vacancy(world, "装配工", pay=6000)
    other = open_campaign(name="春风行动", area=world.county, from_on=TODAY, until_on=world.drive.until_on, by=world.officer, at=NOW)
    plan_two = type(plan).objects.create(kind=plan.kind, about=str(other.pk), area=world.county, number=1, settings={}, asked_at=NOW, asked_by=world.officer, beat_at=NOW)
    Standing.objects.create(kind=plan.kind, about=str(other.pk), plan=plan_two, since=NOW, by=world.officer)
    Proposal.objects.create(plan=plan_two, worker=world.she, vacancy=good, worth=1)
    Proposal.objects.filter(plan=plan_two).update(state=said)
    mine = one(world, plan)
    assert mine.vacancy_id == poor.pk
    refused = pytest.raises(Refused, match="都推荐出去了") if said == Answer.ACCEPTED else nullcontext()
    with refused:
        commands.move_proposal(proposal_id=mine.pk, vacancy=good, by=world.officer, at=later(1))
    assert one(world, plan).vacancy_id == (poor.pk if said == Answer.ACCEPTED else good.pk)


def test_one_call_does_not_stand_for_three(world, monkeypatch):
    handed(world)
    last = FollowUp.objects.order_by("due_on").last()
    with pytest.raises(Refused, match="还没有到回访的时候"):
        note_follow_up(follow_up_id=last.pk, result="there", by=world.li, at=later(20))
    monkeypatch.setattr(rules, "EARLY", rules.timedelta(days=99))  # the negative control
    note_follow_up(follow_up_id=last.pk, result="there", by=world.li, at=later(20))


@pytest.mark.parametrize("facts", [{"latest_on": date(9999, 12, 31)}, {"earliest_on": date(1, 1, 1)}])
def test_days_of_another_century_are_told_at_once(world, facts):
    with pytest.raises(Refused, match="核对年份"):
        listed(world, **facts)
    departure = listed(world)
    told = {"earliest_on": departure.earliest_on, "latest_on": departure.latest_on} | facts
    with pytest.raises(Refused, match="核对年份"):
        set_days(departure_id=departure.pk, **told, by=world.li, at=NOW)


def test_without_the_look_the_planner_meets_them(world, monkeypatch):
    """The negative control: what the slip of a year does to whoever changes a trip by hand."""
    from ..departures import timing
    from ..models import Seat

    monkeypatch.setattr(departures, "A_YEAR", rules.timedelta(days=9_999_999))
    monkeypatch.setattr(runs, "start_process", lambda *_words: None)
    departure = listed(world)
    activate_plan(plan_id=planned(world).pk, by=world.officer, at=NOW)
    set_days(departure_id=departure.pk, earliest_on=date(1, 1, 1), latest_on=date(9999, 12, 31), by=world.li, at=NOW)
    with pytest.raises(OverflowError):
        timing.changes(Seat.objects.get())
