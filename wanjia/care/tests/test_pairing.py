"""Pairs: who is proposed whom and why; put in force as one act; nobody is parted who need not be; who leaves hands over; killed, what stood stands."""

import random
from datetime import date, timedelta
from types import SimpleNamespace

import numpy as np
import pytest
from django.db import connection, transaction
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from tests.house.worlds import World
from wanjia.care.helpers.commands import leave_helper
from wanjia.care.models import Entitled, Helper, Pair, PairProposal
from wanjia.care.pairing import commands, kin, options, plans, queries
from wanjia.kernel.calendar import WorkingCalendar
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.registry.models import Person
from wanjia.solving.standing.commands import activate_plan
from wanjia.verdict import Refused

from . import acts_pairing as acts
from .factories import helper

pytestmark = pytest.mark.django_db
DAY = MONDAY.date()


class Quiet:
    """A control that lets the engine run."""

    seconds = None

    def should_stop(self):
        return False

    def progress(self, share, words):
        pass


@pytest.fixture
def world():
    return World()


def officer(world):
    return acts.who(world, "officer")


def test_a_version_put_in_force_makes_the_pairs_and_nothing_before(world):
    plan = acts.drawn(world)
    assert plan.state == "ready" and Pair.objects.count() == 0
    activate_plan(plan_id=plan.pk, **officer(world))
    (pair,) = Pair.objects.all()
    assert (pair.child, pair.helper.name, pair.plan_number, pair.to_on) == (world.register.child, "岳帮扶", 1, None)
    assert "language" in PairProposal.objects.get().why


def test_who_left_meanwhile_stops_the_whole_version(world):
    plan = acts.drawn(world)
    Helper.objects.update(to_on=DAY, end_reason="退休")
    with pytest.raises(Refused, match="重新计算"):
        activate_plan(plan_id=plan.pk, **officer(world))
    assert Pair.objects.count() == 0


def test_without_looking_again_a_helper_who_left_is_paired(world, monkeypatch):
    """Negative control."""
    plan = acts.drawn(world)
    Helper.objects.update(to_on=DAY, end_reason="退休")
    monkeypatch.setattr(queries, "clear_on", lambda _day: Q())
    activate_plan(plan_id=plan.pk, **officer(world))
    assert Pair.objects.get().helper.to_on == DAY


def test_a_child_who_came_of_age_meanwhile_stops_the_whole_version(world):
    plan = acts.drawn(world)
    Person.objects.filter(pk=world.register.child.pk).update(birth_on=DAY.replace(year=DAY.year - 18))
    with pytest.raises(Refused, match="重新计算"):
        activate_plan(plan_id=plan.pk, **officer(world))
    assert Pair.objects.count() == 0


def test_whoever_has_more_children_meanwhile_than_agreed_stops_the_whole_version(world):
    plan = acts.drawn(world)
    one = Helper.objects.get()
    Helper.objects.update(capacity=1)
    Pair.objects.create(child=world.register.wife, helper=one, from_on=DAY)
    with pytest.raises(Refused, match="能帮的人数"):
        activate_plan(plan_id=plan.pk, **officer(world))
    assert Pair.objects.count() == 1


def test_a_version_is_put_in_force_by_as_many_questions_however_many_helpers_stand_in_it(world):
    """Who is clear and who has too many is asked of all at once; only the pairs themselves are written one by one."""
    plan = acts.drawn(world)
    asked = []
    for n in (1, 3):
        with CaptureQueriesContext(connection) as met, transaction.atomic():
            commands.swap(plan, None, **officer(world))
            transaction.set_rollback(True)
        asked.append(sum("backgroundcheck" in query["sql"].lower() for query in met))
        for k in range(n, 3):
            one, child = acts.able(world, name=f"某帮扶{k}"), world.register.join(f"王{k}", "儿子", date(2015, 5, 1 + k), 40 + 2 * k, schooling="primary")
            PairProposal.objects.create(plan=plan, child=child, helper=one)
    assert asked[0] == asked[1] > 0


def test_who_takes_over_a_post_takes_its_children_on_and_only_where_somebody_may(world):
    pair = Pair.objects.get(pk=acts.paired(world)["pair_id"])
    handed = {"why": "moved", **acts.who(world)}
    unit = SimpleNamespace(person=None, unit=world.office)
    with pytest.raises(Refused, match="能接这个孩子"):
        commands.take_pairs({pair.pk: unit}, None, **handed)
    other = acts.able(world, name="岑帮扶")
    commands.take_pairs({pair.pk: unit}, None, **handed)
    pair.refresh_from_db()
    assert (pair.end_reason, pair.handed_to.helper) == ("left", other)


def test_a_helper_with_children_does_not_leave_before_they_are_handed_over(world):
    acts.paired(world)
    one = Pair.objects.get()
    with pytest.raises(Refused, match="没有交接"):
        leave_helper(helper_id=one.helper_id, reason="调到外县", **acts.who(world))
    commands.hand_pair(pair_id=one.pk, helper=acts.able(world, name="岑帮扶"), why="left", **acts.who(world))
    one.refresh_from_db()
    assert (one.to_on, one.end_reason, one.handed_to.helper.name) == (DAY, "left", "岑帮扶")
    leave_helper(helper_id=one.helper_id, reason="调到外县", **acts.who(world))


def test_a_child_without_anybody_is_an_alarm_with_a_date(world):
    acts.entitled(world)
    row = Entitled.objects.get()
    assert row.alone and row.due_on == WorkingCalendar.load().add(DAY, 10).on
    care = acts.who(world)["by"]
    assert queries.alarmed(care, row.due_on) == 0 and queries.alarmed(care, row.due_on + timedelta(days=1)) == 1
    commands.pair_child(entitled_id=row.pk, helper=acts.able(world), **acts.who(world))
    assert queries.alarmed(care, row.due_on + timedelta(days=1)) == 0


def test_the_day_s_look_takes_off_who_is_not_to_have_somebody_any_more(world):
    acts.entitled(world)
    world.register.child.statuses.all().delete()
    assert commands.watch_entitled(area=world.county, by=CLOCK, at=MONDAY + timedelta(days=1)) == (0, 1)
    assert Entitled.objects.get().to_on == DAY + timedelta(days=1)


def county(children, helpers, seed=1, standing=None):
    """A question made of numbers alone: villages of ten children, helpers who serve two villages each."""
    dice = random.Random(seed)
    edges = [], [], [], []
    for child in range(children):
        for one in range(helpers):
            if child // 10 % 7 in (one % 7, (one + 1) % 7):
                for column, value in zip(edges, (child, one, 100 + dice.choice((0, 5, 10, 20)), 0), strict=True):
                    column.append(value)
    alone = np.array([child % 12 == 0 for child in range(children)])
    return plans.Posed(
        list(range(children)), [Row(one) for one in range(helpers)], np.full(helpers, 3), alone,
        np.full(children, -1) if standing is None else standing, np.zeros(children, bool), *(np.array(column, np.int64) for column in edges), 30,
    )  # fmt: skip


class Row:
    """A helper as a number."""

    def __init__(self, pk):
        self.pk = pk


def test_whoever_is_to_have_somebody_alone_has_somebody_alone():
    posed = county(60, 30)
    answer = plans.solve(posed, Quiet())
    assert plans.judge(posed, answer) == []
    used = np.bincount(answer.plan[answer.plan >= 0], minlength=30)
    assert all(used[answer.plan[row]] == 1 for row in np.flatnonzero(posed.alone)) and used.max() <= 3
    assert answer.words["alone_placed"] == 5 == answer.words["alone"]


def test_a_held_pair_that_is_to_be_alone_stays_alone():
    posed = county(13, 1, standing=np.array([0] + [-1] * 12))  # the first and the thirteenth are to have somebody alone, and there is one helper
    posed.held[0] = True
    assert posed.alone[12] and (posed.helper == 0).sum() == 13
    assert list(plans.solve(posed, Quiet()).plan) == [0] + [-1] * 12


def test_the_referee_sees_a_pair_outside_the_area_and_a_helper_with_too_many():
    """Negative control of the referee: an answer that breaks the rules."""
    posed = county(30, 10)
    answer = plans.solve(posed, Quiet())
    answer.plan[:] = 0
    assert len(plans.judge(posed, answer)) >= 2


def test_after_some_left_no_pair_changes_that_need_not():
    posed = county(140, 100)
    before = plans.solve(posed, Quiet()).plan
    gone = set(range(0, 40, 2))
    again = county(140, 100, standing=np.where(np.isin(before, list(gone)), -1, before))
    stays = ~np.isin(again.helper, list(gone))
    again.child, again.helper, again.points, again.why = (column[stays] for column in (again.child, again.helper, again.points, again.why))
    after = plans.solve(again, Quiet()).plan
    kept = again.standing >= 0
    assert (after[kept] == again.standing[kept]).all() and (after >= 0).all()


def test_without_the_worth_of_what_stands_pairs_are_parted():
    """Negative control: nothing is lost when a pair is parted."""
    posed = county(140, 70, seed=1)
    before = plans.solve(posed, Quiet()).plan
    other = county(140, 70, seed=2, standing=before)
    other.kept = 0
    assert (plans.solve(other, Quiet()).plan != before).any()
    other.kept = 30
    assert (plans.solve(other, Quiet()).plan == before).all()


def test_kin_are_never_paired(world):
    one = acts.able(world, person=world.register.head)
    assert kin.kin_of(one, world.register.child, DAY)
    assert not kin.kin_of(helper(world, name="旁人"), world.register.child, DAY)
    acts.drawing(world)
    assert [option.against for option in options.remedies(world.register.child, DAY) if option.helper == one] == [("是亲属",)]


def test_whose_unit_has_nothing_to_do_with_the_village_is_neither_offered_nor_taken(world):
    """What is never given up in a plan is not given up by hand either."""
    what, one = acts.pairing(world), acts.afar(world)
    assert [option.name for option in queries.able_for(Entitled.objects.get(), acts.who(world)["by"], DAY)] == ["岳帮扶"]
    with pytest.raises(Refused, match="没有挂联"):
        commands.pair_child(entitled_id=what["entitled_id"], helper=one, **acts.who(world))


def test_the_roster_on_paper_is_journalled_child_by_child(world, client):
    from wanjia.kernel.models import Entry

    acts.paired(world)
    client.force_login(acts.who(world)["by"], backend="django.contrib.auth.backends.ModelBackend")
    assert world.register.child.name not in client.get("/care/pairs/").content.decode()
    page = client.get("/care/pairs/roster/")
    assert world.register.child.name in page.content.decode()
    assert Entry.objects.filter(act="child.named_in_care", subject_id=str(world.register.child.pk)).count() == 1


def test_what_a_version_proposes_is_read_before_it_stands(world, client):
    plan = acts.drawn(world)
    client.force_login(acts.who(world)["by"], backend="django.contrib.auth.backends.ModelBackend")
    for shown in ("", "new", "kept", "parted", "none"):
        assert client.get(f"/care/plans/{plan.pk}/pairs/?shown={shown}").status_code == 200
    assert queries.counts_of(plan) == {"new": 1, "kept": 0, "parted": 0, "none": 0}
    activate_plan(plan_id=plan.pk, **officer(world))
    assert queries.counts_of(plan) == {"new": 0, "kept": 1, "parted": 0, "none": 0}, "a version in force parts nobody"


# Who is proposed to nobody keeps whom it has: the version knows it.


def kept_by_nobody_s_proposal(world):
    """A helper of one place accompanies a child, and has turned out to be its kin; another child waits, and nobody else serves the village. A version is worked."""
    one, facts = acts.able(world, capacity=1, person=world.register.head), {"sex": "女", "birth_on": date(2016, 5, 1), "village": world.datong, "registered_at": MONDAY}
    other = acts.disabled(world, Person.objects.create(name="邻家孩子", **facts))
    acts.disabled(world)
    Pair.objects.create(child=world.register.child, helper=one, from_on=DAY - timedelta(days=30))
    acts.runs.start_process = lambda *_words: None
    plan = commands.draw_pairs(area=world.county, **acts.who(world))
    acts.process.run(acts.Plan.objects.get(pk=plan.pk))
    return acts.Plan.objects.get(pk=plan.pk), one, other


def test_a_child_proposed_to_nobody_keeps_its_helper_s_place_and_the_version_stands(world):
    plan, one, other = kept_by_nobody_s_proposal(world)
    assert {row.child_id: row.helper_id for row in PairProposal.objects.filter(plan=plan)} == {world.register.child.pk: None, other.pk: None}
    activate_plan(plan_id=plan.pk, **officer(world))
    assert [pair.child for pair in Pair.objects.filter(helper=one, to_on=None)] == [world.register.child]


def test_counting_its_place_free_the_version_is_refused_for_ever(world, monkeypatch):
    """Negative control: the referee finds it, where the engine counts her place free; put in force it would be refused."""
    monkeypatch.setattr(plans, "_crowded", lambda posed, _choice: np.zeros(len(posed.children), bool))
    plan, one, other = kept_by_nobody_s_proposal(world)
    assert plan.state != "ready"
    PairProposal.objects.create(plan=plan, child=other, helper=one)
    with pytest.raises(Refused, match="能帮的人数"), transaction.atomic():
        commands.swap(plan, None, **officer(world))


def one_helper(capacity, alone):
    """The first of two children has the only helper, who does not serve it any more; the second could have her."""
    posed = county(2, 1, standing=np.array([0, -1]))
    posed.capacity[:], posed.alone = capacity, np.array(alone)
    mine = posed.child == 1
    posed.child, posed.helper, posed.points, posed.why = (column[mine] for column in (posed.child, posed.helper, posed.points, posed.why))
    return posed


@pytest.mark.parametrize(("capacity", "alone", "plan"), [
    (1, (False, False), [-1, -1]), (2, (False, False), [-1, 0]), (2, (True, False), [-1, -1]), (2, (False, True), [-1, 0]), (3, (True, True), [-1, -1]),
])  # fmt: skip
def test_who_keeps_her_is_counted_and_is_alone_where_it_is_to_be(capacity, alone, plan):
    """The fourth: the second finds nobody alone, and shares whom there is."""
    posed = one_helper(capacity, alone)
    answer = plans.solve(posed, Quiet())
    assert list(answer.plan) == plan and plans.judge(posed, answer) == []


def test_the_referee_counts_whoever_keeps_her():
    posed = one_helper(1, (False, False))
    assert plans.judge(posed, plans.Answer(np.array([-1, 0]), {})) != [] == plans.judge(posed, plans.Answer(np.array([-1, -1]), {}))
