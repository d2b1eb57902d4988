"""Patrols: each day of a plan is walked, or it is written why not, or it is alarmed; several forces are one patrol; what is found is a step on the notice's receipt, in its order."""

from datetime import time, timedelta
from random import Random
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.house.worlds import World
from wanjia.doors import moment
from wanjia.kernel.command import SystemActor
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.duties import Duty
from wanjia.orgs.models import Line, Tier
from wanjia.orgs.roles import Role
from wanjia.orgs.units.commands import end_organisation
from wanjia.registry.tests.factories import unit
from wanjia.reporting.figures.queries import figures
from wanjia.schools.models import NoticeStep, Patrol, PatrolFinding, PatrolForce
from wanjia.schools.patrols import commands, queries, rules
from wanjia.schools.patrols.satchel import carried
from wanjia.schools.road_states import PatrolState
from wanjia.verdict import Conflict, Refused

from .acts_roads import finding, one_more, planning
from .inspection_factories import fire, fireman, lead, leader, officer, person, police
from .notice_factories import END, notice, receipt
from .road_factories import DAY, patrol, walked

pytestmark = pytest.mark.django_db
INSTALLER = SystemActor("系统安装", duties=frozenset({Duty.MANAGE_AREAS, Duty.MANAGE_USERS, Duty.SET_RULES}))
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def world():
    """The house's world."""
    return World()


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """Every page is of that Monday."""
    monkeypatch.setattr(moment, "timezone", SimpleNamespace(now=lambda: MONDAY))


def at(days):
    """A moment so many days on."""
    return MONDAY + timedelta(days=days)


def planned(world, **facts):
    """A plan of four evenings, of which three are chosen."""
    return commands.plan_patrols(**planning(world, **facts), by=leader(world), at=MONDAY)


def test_a_plan_is_a_patrol_a_day_and_none_is_skipped_silently(world):
    plan = planned(world)
    rows = list(plan.patrols.order_by("day"))
    assert [one.day for one in rows] == [DAY, DAY + timedelta(days=1), DAY + timedelta(days=2)] and all(one.forces.count() == 2 for one in rows)
    assert queries.queue(leader(world), DAY) == {"schools:my_patrols": 1} and queries.alarmed(leader(world), DAY) == 0
    commands.walk_patrol(patrol_id=rows[0].pk, people=4, places=3, by=officer(world), at=at(0))
    assert queries.alarmed(leader(world), DAY + timedelta(days=1)) == 0
    assert queries.alarmed(leader(world), DAY + timedelta(days=3)) == 2 == queries.alarmed(officer(world), DAY + timedelta(days=3)), "both forces are told"
    assert queries.alarmed(fireman(world), DAY + timedelta(days=3)) == 0
    commands.miss_patrol(patrol_id=rows[1].pk, reason="暴雨,道路中断", by=leader(world), at=at(3))
    assert queries.alarmed(leader(world), DAY + timedelta(days=30)) == 1, "it is told until somebody says something"
    with pytest.raises(Refused, match="过了 3 天才来登记"):
        commands.walk_patrol(patrol_id=rows[2].pk, people=4, places=3, by=leader(world), at=at(6))
    commands.miss_patrol(patrol_id=rows[2].pk, reason="走了没有登记,记不清了", by=leader(world), at=at(6))
    assert queries.alarmed(leader(world), DAY + timedelta(days=30)) == 0


def test_nobody_has_walked_it_before_it_sets_out(world):
    """Of today, an hour before: a patrol that is told in the morning is one that nobody walks in the evening. From its hour on it is told."""
    one, before = patrol(world), MONDAY - timedelta(hours=1, minutes=1)
    with pytest.raises(Refused, match="出发的时间"):
        commands.walk_patrol(patrol_id=one.pk, people=4, places=3, by=leader(world), at=before)
    with pytest.raises(Refused, match="出发的时间"):
        commands.find_on_patrol(**finding(world, patrol_id=one.pk), by=leader(world), at=before)
    assert commands.walk_patrol(patrol_id=one.pk, people=4, places=3, by=leader(world), at=MONDAY - timedelta(hours=1)).state == PatrolState.WALKED


def test_a_telephone_takes_the_form_along_before_the_patrol_sets_out(world, client):
    """In the morning its page opens with its form: at the river there is no line. The list offers it where it is taken along, and on a desk from its hour on."""
    one = patrol(world, from_at=time(19, 30), to_at=time(21))
    client.force_login(leader(world), backend=BACKEND)
    there = reverse("schools:patrol_walk", args=[one.pk])
    assert 'name="people"' in client.get(there, headers={"Satchel": "1"}).content.decode()
    lists = [client.get(reverse("schools:my_patrols"), headers=how).content.decode() for how in ({"Satchel": "1"}, {})]
    assert [there in shown for shown in lists] == [True, False]


def test_two_forces_of_one_patrol_count_once(world):
    one = walked(world)
    assert one.forces.count() == 2
    with pytest.raises(Refused, match="已经登记过"):
        commands.walk_patrol(patrol_id=one.pk, people=2, places=3, by=officer(world), at=MONDAY)
    with pytest.raises(Conflict, match="加参加单位"):
        commands.plan_patrol(**one_more(world, route=one.route), by=leader(world), at=MONDAY)
    shown = {row["id"]: row["shown"] for row in figures(Patrol.objects.all(), None, DAY)}
    assert (shown["patrols.due"], shown["patrols.walked"], shown["patrols.joint"], shown["patrols.silent"]) == ("1", "1/1", "1/1", "0/1")


def test_a_plan_that_ends_leaves_a_reason_on_each_day_that_follows(world):
    plan = planned(world)
    commands.end_patrol_plan(patrol_plan_id=plan.pk, day=DAY + timedelta(days=1), reason="考试提前结束", by=leader(world), at=MONDAY)
    assert list(plan.patrols.order_by("day").values_list("state", "reason")) == [("patrol_planned", ""), ("patrol_missed", "考试提前结束"), ("patrol_missed", "考试提前结束")]
    again = planned(world, name="又安排", from_on=DAY + timedelta(days=1))
    assert again.patrols.count() == 2, "what was excused may be planned anew"


def test_what_is_found_is_a_step_on_the_receipt_in_its_order_with_the_answer_kept(world):
    one, served = patrol(world), receipt(world, served=True)
    facts = {"patrol_id": one.pk, "receipt": served, "words": "还在放音响", "by": officer(world), "at": MONDAY}
    with pytest.raises(Refused, match="先登记“劝告”"):
        commands.find_on_patrol(step="educate", licensed=2, **facts)
    commands.find_on_patrol(step="advise", licensed=0, **facts)
    commands.find_on_patrol(step="educate", licensed=2, reply="说不知道有通告", **facts)
    with pytest.raises(Refused, match="要有证据"):
        commands.find_on_patrol(step="hand_over", licensed=2, reply="当事人不陈述", handed_to=police(world), **facts)
    assert PatrolFinding.objects.count() == NoticeStep.objects.count() == 2, "a step that is refused leaves nothing on the patrol"
    commands.find_on_patrol(step="hand_over", licensed=2, reply="当事人不陈述", evidence="笔录1份", handed_to=police(world), **facts)
    assert list(served.steps.values_list("step", "reply")) == [("advise", ""), ("educate", "说不知道有通告"), ("hand_over", "当事人不陈述")]
    assert {row.step.receipt_id for row in one.findings.all()} == {served.pk}
    with pytest.raises(Refused, match="就是走过了"):
        commands.miss_patrol(patrol_id=one.pk, reason="没有去,下雨", by=officer(world), at=MONDAY)


def test_what_was_found_on_the_last_evening_is_entered_the_next_day(world):
    """A patrol past midnight, or without a signal: the day of the step decides, and no step is of a day after the last."""
    one = patrol(world, day=END)
    what = finding(world) | {"patrol_id": one.pk, "by": leader(world)}
    commands.find_on_patrol(**what, at=at(8))
    assert NoticeStep.objects.get().day == END == one.notice.until_on and PatrolFinding.objects.count() == 1
    after = patrol(world, day=END + timedelta(days=1), route="后一天")
    with pytest.raises(Refused, match="生效的日子里"):
        commands.find_on_patrol(**what | {"patrol_id": after.pk}, at=at(8))


def test_after_an_appeal_a_patrol_only_advises(world):
    appeal = notice(world, name="期末暂停营业倡议书", asks="close", basis="", paper="")
    one = patrol(world, notice=appeal, route="网吧一条街")
    served = receipt(world, served=True, name="期末暂停营业倡议书", asks="close", basis="", paper="")
    commands.find_on_patrol(**finding(world, patrol_id=one.pk, receipt=served), by=leader(world), at=MONDAY)
    with pytest.raises(Refused, match="没有强制力,只能劝告"):
        commands.find_on_patrol(**finding(world, patrol_id=one.pk, receipt=served, step="educate"), by=leader(world), at=MONDAY)


@pytest.mark.parametrize("seed", range(6))
def test_in_any_order_of_acts_every_day_is_walked_excused_or_alarmed(world, seed):
    """Whatever is done with a plan, on the day after its last each of its patrols is in exactly one of three places, and the alarm counts those of the third."""
    dice, plan = Random(seed), planned(world, weekdays=[1, 2, 3, 4, 5, 6, 7])
    rows = list(plan.patrols.order_by("day"))
    for day in range(5):
        for one in dice.sample(rows, 2):
            act, by = dice.choice([
                lambda key: {"does": commands.walk_patrol, "patrol_id": key, "people": 2, "places": 1}, lambda key: {"does": commands.miss_patrol, "patrol_id": key, "reason": "暴雨,道路中断"},
            ]), dice.choice([leader, officer, fireman])  # fmt: skip
            what = act(one.pk)
            try:
                what.pop("does")(**what, by=by(world), at=at(day))
            except Refused:
                continue
    states = list(plan.patrols.values_list("state", "told_at", "reason", "people"))
    walked_ones, missed = [row for row in states if row[0] == PatrolState.WALKED and row[1] and row[3]], [row for row in states if row[0] == PatrolState.MISSED and row[2]]
    assert queries.alarmed(leader(world), DAY + timedelta(days=9)) == len(rows) - len(walked_ones) - len(missed)


def test_the_evening_opens_without_a_line(world):
    one = patrol(world)
    pages = carried(leader(world), DAY)
    assert [page.path for page in pages] == [reverse("schools:my_patrols"), reverse("schools:patrol_walk", args=[one.pk]), reverse("schools:patrol_step", args=[one.pk])]
    assert [page.act for page in pages] == [False, True, True] and not carried(fireman(world), DAY)


def test_the_pages_say_who_walks_and_what_nobody_told(world, client):
    one = patrol(world, day=DAY - timedelta(days=1))
    client.force_login(leader(world), backend=BACKEND)
    assert [row.pk for row in client.get(reverse("schools:patrols")).context["silent"]] == [one.pk]
    assert "没有登记,也没有写原因" in client.get(reverse("schools:patrol", args=[one.pk])).content.decode()
    desk = client.get("/").content.decode()
    assert "有 1 次巡查过了日子" in desk
    commands.join_patrol(patrol_id=one.pk, other=fire(world), other_people=2, by=leader(world), at=MONDAY)
    assert "永善县消防救援大队" in client.get(reverse("schools:patrol", args=[one.pk])).content.decode()
    assert client.get(reverse("schools:patrol_plan", args=[one.plan_id])).context["silent"] == 1


def test_the_place_that_was_tapped_stands_in_the_form(world, client):
    one, place = patrol(world, notice=notice(world)), receipt(world, served=True)
    client.force_login(officer(world), backend=BACKEND)
    page = client.get(reverse("schools:patrol", args=[one.pk])).content.decode()
    there = f"{reverse('schools:patrol_step', args=[one.pk])}?receipt={place.pk}"
    assert there in page
    form = client.get(there)
    assert form.context["form"]["receipt"].value() == str(place.pk)
    assert f'action="{there.partition("?")[0]}"' in form.content.decode(), "a telephone keeps the form without a place: what is sent there waits for the line"
    assert client.get(reverse("schools:patrol_step", args=[one.pk])).context["form"]["receipt"].value() is None


def test_a_unit_that_ends_leaves_no_evening_to_nobody(world):
    """Its successor walks what it would have walked, and is told of what nobody told; where both walked along, their people are put together."""
    heir, one = unit("永善县社会工作局", Tier.COUNTY, world.county, Line.CIVIL), patrol(world, day=DAY - timedelta(days=1))
    hand, tonight = person("shegong", "沙社工", heir, Role.BUREAU_HEAD), patrol(world, day=DAY)
    commands.join_patrol(patrol_id=tonight.pk, other=heir, other_people=1, by=leader(world), at=MONDAY)
    end_organisation(unit_id=lead(world).pk, on=DAY, reason="机构改革", with_posts=True, all_to=f"u{heir.pk}", by=INSTALLER, at=MONDAY)
    assert queries.adrift(DAY) == set() and {row.unit_id for row in Patrol.objects.all()} == {heir.pk}
    assert dict(tonight.forces.values_list("unit", "people")) == {heir.pk: 3, police(world).pk: 2} and dict(one.forces.values_list("unit", "people")) == {heir.pk: 2, police(world).pk: 2}
    hand = person("shegong", "沙社工", heir, Role.BUREAU_HEAD)
    assert queries.alarmed(hand, DAY) == 1 and commands.walk_patrol(patrol_id=tonight.pk, people=4, places=3, by=hand, at=MONDAY).state == PatrolState.WALKED


def test_a_plan_goes_over_two_months_counted_with_both_ends(world):
    longest = rules.LONGEST.days
    facts = planning(world, notice=None, weekdays=[1, 2, 3, 4, 5, 6, 7])
    with pytest.raises(Refused, match="一次最多安排"):
        commands.plan_patrols(**facts | {"until_on": DAY + timedelta(days=longest)}, by=leader(world), at=MONDAY)
    assert commands.plan_patrols(**facts | {"until_on": DAY + timedelta(days=longest - 1)}, by=leader(world), at=MONDAY).patrols.count() == longest


def test_whoever_only_looks_on_sees_the_places_of_his_own_reach(world, client):
    """The leader of a unit that walks along opens the patrol; places of another township where the notice was served are not his."""
    one, there = patrol(world), receipt(world, served=True)
    PatrolForce.objects.create(patrol=one, unit=unit("码口镇综治中心", Tier.TOWNSHIP, world.register.makou), people=2)
    onlooker = person("makou-lingdao", "席领导", unit("码口镇综治中心", Tier.TOWNSHIP, world.register.makou), Role.LEADER)
    places = {}
    for who in (leader(world), onlooker):
        client.force_login(who, backend=BACKEND)
        places[who.username] = [row.pk for row in client.get(reverse("schools:patrol", args=[one.pk])).context["places"]]
    assert places == {leader(world).username: [there.pk], onlooker.username: []}


def test_the_evening_asks_no_more_for_ten_patrols_than_for_two(world, client):
    client.force_login(officer(world), backend=BACKEND)
    asked = []
    for n in (2, 10):
        for k in range(n):
            patrol(world, route=f"第{k}条路线")
        with CaptureQueriesContext(connection) as told:
            assert client.get(reverse("schools:my_patrols")).context["page"].paginator.count == n
        asked.append(len(told))
    assert asked[1] <= asked[0]
