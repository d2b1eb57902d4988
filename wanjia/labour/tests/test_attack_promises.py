"""What a hostile reader tried on promises: a yes to work that is no more, a no after the coach was listed, a lock lost by a version worked before it."""

import pytest

from wanjia.registry.models import Person
from wanjia.solving.models import Standing
from wanjia.solving.runs import commands as runs
from wanjia.solving.standing.commands import activate_plan
from wanjia.verdict import Refused

from ..departures import commands as departures
from ..departures import plans as season
from ..departures.commands import plans_that_stand, take_departures
from ..following.commands import follow
from ..matching import commands
from ..models import Departure, Employer, Proposal, Seat, Trip, Vacancy, Worker
from ..vacancies.commands import withdraw_vacancy
from ..workers.commands import take_off
from . import trips as t
from .factories import TODAY, later
from .matching_factories import drive, one, put_in_force, vacancy, wish, worked

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(monkeypatch):
    return drive(monkeypatch)


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch):
    monkeypatch.setattr(runs, "start_process", lambda *_words: None)


def proposed(world):
    """Both are proposed the same work, and it stands."""
    wish(world, world.he)
    wish(world, world.she)
    vacancy(world, "装配工", places=2, pay=6000)
    return put_in_force(world, worked(world))


@pytest.mark.parametrize("how", ["off the board", "barred", "barred no more", "stale"])
def test_a_yes_is_taken_to_work_that_is_there(world, how):
    plan = proposed(world)
    if how == "off the board":
        withdraw_vacancy(vacancy_id=Vacancy.objects.get().pk, reason="不招了", by=world.officer, at=later(1))
    elif how == "stale":  # the control: it is confirmed anew while his yes waits
        Vacancy.objects.update(stale_on=TODAY)
    else:
        Employer.objects.update(barred_to_on=later(30 if how == "barred" else 1).date())
    says = lambda: commands.accept_proposal(proposal_id=one(world, plan).pk, by=world.li, at=later(1))  # noqa: E731
    if how in ("off the board", "barred"):
        with pytest.raises(Refused, match="撤下,或者用工单位被投诉查实"):
            says()
    else:
        assert says().state == "accepted"


def taken(world):
    """Both said yes, and are on the list of departures."""
    plan = proposed(world)
    for worker in (world.he, world.she):
        commands.accept_proposal(proposal_id=one(world, plan, worker).pk, by=world.li, at=later(1))
    assert take(world) == 2
    return plan


def take(world):
    return take_departures(campaign_id=world.drive.pk, earliest_on=t.GOES, latest_on=later(6).date(), by=world.officer, at=later(1, 1))


def carried(plan):
    return {one.departure.worker_id for one in Seat.objects.filter(plan=plan)}


def test_nobody_is_carried_to_work_that_was_taken_off_the_board(world):
    plan = proposed(world)
    commands.accept_proposal(proposal_id=one(world, plan).pk, by=world.li, at=later(0, 2))
    Vacancy.objects.update(state="withdrawn", withdrawn_because="厂停了")
    assert plans_that_stand(world.drive) and take(world) == 0


@pytest.mark.parametrize("off", [True, False])
def test_who_said_no_since_sits_in_no_new_version(world, monkeypatch, off):
    """The control: without the look at what he said since, he is planned for."""
    plan = taken(world)
    commands.decline_proposal(proposal_id=one(world, plan).pk, why="孩子病了", by=world.li, at=later(1, 2))
    if not off:
        monkeypatch.setattr(season, "OFF", season.Q(pk__in=[]))
    version = t.planned(world, at=later(1, 3))
    assert carried(version) == ({world.she.pk} if off else {world.he.pk, world.she.pk})
    assert version.words.get("本人改口不去、岗位已撤下、退出名册的,没有安排", 0) == int(off)


def seats(world):
    return [seat.state for seat in Seat.objects.filter(departure__worker=world.he)]


@pytest.mark.parametrize("freed", [True, False])
def test_a_no_frees_the_seat_of_the_version_in_force(world, monkeypatch, freed):
    """The control: he stays on the roll of a coach that he said he does not take."""
    plan = taken(world)
    t.standing(world, at=later(1, 2))
    if not freed:
        monkeypatch.setattr(commands, "free_seats", lambda *_who, **_when: None)
    commands.decline_proposal(proposal_id=one(world, plan).pk, why="孩子病了", by=world.li, at=later(1, 3))
    assert seats(world) == (["cancelled"] if freed else ["booked"])
    assert {seat.state for seat in Seat.objects.filter(departure__worker=world.she)} == {"booked"}


@pytest.mark.parametrize("how", ["taken off", "dead", "still there"])
def test_who_left_the_roll_rides_nowhere(world, how):
    t.listed(world)
    t.listed(world, world.she)
    t.standing(world)
    if how == "taken off":
        take_off(worker_id=world.he.pk, because="school", on=TODAY, by=world.li, at=later(0, 1))
    elif how == "dead":
        Person.objects.filter(pk=world.he.pk).update(died_on=TODAY)
        follow([world.he.pk], day=TODAY, by=world.li, at=later(0, 1))
    assert seats(world) == ["booked" if how == "still there" else "cancelled"]
    assert carried(t.planned(world, at=later(0, 2))) == ({world.he.pk, world.she.pk} if how == "still there" else {world.she.pk})


def test_a_version_worked_before_his_no_is_not_put_in_force(world):
    plan = taken(world)
    stale = t.planned(world, at=later(1, 2))
    commands.decline_proposal(proposal_id=one(world, plan).pk, why="孩子病了", by=world.li, at=later(1, 3))
    with pytest.raises(Refused, match="重新计算"):
        activate_plan(plan_id=stale.pk, by=world.officer, at=later(1, 4))
    fresh = t.planned(world, at=later(1, 5))
    activate_plan(plan_id=fresh.pk, by=world.officer, at=later(1, 6))
    assert carried(fresh) == {world.she.pk} and Departure.objects.filter(state="listed").count() == 2


@pytest.mark.parametrize("kept", [True, False])
def test_a_no_under_the_next_version_of_the_proposals_is_heard_by_the_coaches(world, monkeypatch, kept):
    """He was listed by his yes under the version before. The control: the list still reads that one, and he is planned for."""
    taken(world)
    if not kept:
        monkeypatch.setattr(commands, "_keep_listed", lambda *_plans: None)
    again = put_in_force(world, worked(world, at=later(1, 2)), at=later(1, 3))
    commands.decline_proposal(proposal_id=one(world, again).pk, why="孩子病了", by=world.li, at=later(1, 4))
    assert carried(t.planned(world, at=later(1, 5))) == ({world.she.pk} if kept else {world.he.pk, world.she.pk})


@pytest.mark.parametrize("kept", [True, False])
def test_who_arrives_after_another_version_came_has_begun_in_it(world, monkeypatch, kept):
    """The control: his place is promised on beside the one that he took off the vacancy."""
    taken(world)
    trip = t.ready(world, t.standing(world, at=later(1, 2))[0], at=later(1, 2))
    if not kept:
        monkeypatch.setattr(commands, "_keep_listed", lambda *_plans: None)
    again = put_in_force(world, worked(world, at=later(1, 3)), at=later(1, 4))
    t.handed(world, t.sent(world, trip, at=later(1, 5)))
    assert {row.state for row in Proposal.objects.filter(plan=again)} == ({"started"} if kept else {"accepted"})
    assert Vacancy.objects.get().left == 0


def test_who_was_listed_by_hand_for_what_he_said_yes_to_is_heard_too(world):
    plan = proposed(world)
    commands.accept_proposal(proposal_id=one(world, plan).pk, by=world.li, at=later(1))
    t.listed(world, vacancy=Vacancy.objects.get(), at=later(1, 1))
    t.listed(world, world.she, at=later(1, 1))
    commands.decline_proposal(proposal_id=one(world, plan).pk, why="孩子病了", by=world.li, at=later(1, 2))
    assert carried(t.planned(world, at=later(1, 3))) == {world.she.pk}


@pytest.mark.parametrize("same", [True, False])
def test_a_lock_set_after_the_working_is_not_lost(world, monkeypatch, same):
    """Of the same work the lock goes along; of other work the version is refused. The control is the swap that does not look."""
    wish(world, world.he)
    Worker.objects.filter(pk=world.she.pk).update(left_on=TODAY, left_because="age")
    vacancy(world, "包装工", pay=4500)
    plan = put_in_force(world, worked(world))
    if not same:
        vacancy(world, "装配工", pay=6000)
    better = worked(world, at=later(1))
    commands.hold_proposal(proposal_id=one(world, plan).pk, by=world.officer, at=later(1, 1))
    if same:
        put_in_force(world, better, at=later(1, 2))
        assert one(world, better).held
        return
    with pytest.raises(Refused, match="锁定或改过"):
        put_in_force(world, better, at=later(1, 2))
    monkeypatch.setattr(commands, "_keep_held", lambda *_plans: None)
    put_in_force(world, better, at=later(1, 2))
    assert Proposal.objects.get(plan=better, worker=world.he).held is False


@pytest.mark.parametrize("waits", [True, False])
def test_a_coach_released_while_the_swap_waited_for_it_is_read(world, monkeypatch, waits):
    """Whoever has the row of a coach is waited for before the coaches are read: the version is refused. The control: he was not waited for, and his coach stays behind."""
    t.listed(world)
    trip = t.ready(world, t.standing(world)[0])
    Trip.objects.filter(pk=trip.pk).update(held=False)  # its papers had locked it
    stale, by = t.planned(world), world.officer

    def releases(_plan=None):
        Trip.objects.filter(pk=trip.pk).update(state="released", held=True, version=trip.version + 9)

    if waits:
        monkeypatch.setattr(departures, "hold_trips", releases)
        with pytest.raises(Refused, match="锁定、放行了车次"):
            activate_plan(plan_id=stale.pk, by=by, at=later(0, 1))
        return
    monkeypatch.setattr(departures, "hold_trips", lambda _plan: None)
    activate_plan(plan_id=stale.pk, by=by, at=later(0, 1))
    releases()
    assert Trip.objects.get(pk=trip.pk).plan_id != Standing.objects.get(kind="charters").plan_id
