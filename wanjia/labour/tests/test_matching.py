"""Who is proposed which work: what the engine may know, what a plan proposes and why, what the labourer says to it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wanjia.registry.models import Person
from wanjia.solving.models import Plan, Standing
from wanjia.verdict import Refused

from ..campaigns.commands import match_campaign
from ..campaigns.queries import by_day
from ..matching import commands, plans, queries
from ..models import Proposal, Start, Worker
from ..outreach.queries import going
from ..states import Answer, Care, Evidence
from ..workers.commands import enrol_worker
from .factories import NOW, TODAY, later
from .matching_factories import drive, one, proposed, put_in_force, vacancy, wish, worked

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(monkeypatch):
    return drive(monkeypatch)


def test_everybody_gets_what_suits_him_best_and_no_more_than_there_are_places(world):
    wish(world, world.he)
    wish(world, world.she)
    good, poor = vacancy(world, "装配工", pay=6000), vacancy(world, "包装工", pay=4500)
    plan = worked(world)
    assert (plan.state, plan.fault, sorted(proposed(plan).values())) == ("ready", "", ["包装工", "装配工"])
    assert plan.words["placed"] == 2 and plan.gap == 0
    placed = {row.vacancy_id: row for row in Proposal.objects.filter(plan=plan)}
    assert (placed[good.pk].worth, placed[poor.pk].worth) == (6000, 4500)
    assert placed[poor.pk].next_vacancy_id == good.pk and placed[poor.pk].lacked >= 0, "he is told what was next and what was lacking"


@pytest.mark.parametrize(
    ("facts", "offer", "why"),
    [
        pytest.param({"wants_place": "county"}, {"place": "330200"}, "不在愿去的地区", id="he wants to stay in the county"),
        pytest.param({"wants_pay": 7000}, {}, "低于本人最低工资要求", id="he wants more"),
        pytest.param({"care": Care.COUNTY}, {}, "需要留在本县", id="his mother needs him near"),
        pytest.param({"care": Care.HOME}, {"place": "530625"}, "赶不上回家时间", id="his child comes home at 17:40"),
        pytest.param({}, {"trade": "drive"}, "没有所需技能", id="he cannot drive"),
        pytest.param({}, {"least_age": 45}, "年龄不符", id="older people are wanted"),
    ],
)
def test_what_shuts_somebody_out_is_never_proposed_and_is_said(world, facts, offer, why):
    wish(world, world.he, **facts)
    Worker.objects.filter(pk=world.she.pk).update(left_on=TODAY, left_because="age")
    vacancy(world, **offer)
    plan = worked(world)
    assert proposed(plan) == {"王建国": None}
    (option,) = plans.options_of(world.anew(world.he), plan)
    assert why in option.against[0] and not option.fits


def test_work_from_which_one_is_home_in_time_is_proposed(world):
    wish(world, world.he, care=Care.HOME)
    vacancy(world, place="530625", home_by="17:30", places=9)
    assert proposed(worked(world))["王建国"] == "分拣工"


def test_nobody_under_sixteen_and_nobody_of_seventeen_in_unsafe_work(world):
    Person.objects.filter(pk=world.head.pk).update(birth_on=date(2009, 6, 1))
    Person.objects.filter(pk=world.wife.pk).update(birth_on=date(2011, 6, 1))
    wish(world, world.he, trade="build")
    vacancy(world, trade="build", title="钢筋工")
    assert proposed(worked(world)) == {"王建国": None}


def test_what_must_not_count_is_never_asked_of_the_database(world):
    wish(world, world.he)
    vacancy(world)
    plan = match_campaign(campaign_id=world.drive.pk, floor=0, by=world.officer, at=NOW)
    with CaptureQueriesContext(connection) as asked:
        plans.build(plan)
    rows = [one["sql"] for one in asked if "labour_worker" in one["sql"]]
    assert rows
    for column in ('"sex"', '"ethnicity"', '"health"', '"political"', '"education"', '"hukou_kind"', '"name"', "marital", "relig"):
        assert not any(column in sql for sql in rows), f"{column} reached the engine's door"


def test_a_change_of_sex_or_ethnicity_changes_no_proposal(world):
    wish(world, world.he)
    wish(world, world.she)
    vacancy(world, "装配工", pay=6000)
    before = proposed(worked(world))
    Person.objects.filter(pk__in=(world.head.pk, world.wife.pk)).update(sex="女", ethnicity="苗族")
    assert proposed(worked(world, at=later(0, 1))) == before


def test_a_floor_for_priority_families_places_them_first_and_says_its_price(world):
    wish(world, world.he, wants_pay=None)
    wish(world, world.she, trade="cook", wants_trade="factory")
    Worker.objects.filter(pk=world.she.pk).update(lifted=True)
    Worker.objects.filter(pk=world.he.pk).update(trade="factory")
    vacancy(world, "装配工", pay=6000)
    free = worked(world)
    assert sum(title is not None for title in proposed(free).values()) == 1
    floored = worked(world, at=later(0, 1), floor=100)
    assert proposed(floored)["张桂芳"] == "装配工" and floored.words["priority_placed"] == 1


def test_the_labourer_decides_and_a_no_is_not_asked_again(world):
    wish(world, world.he)
    Worker.objects.filter(pk=world.she.pk).update(left_on=TODAY, left_because="age")
    vacancy(world, "装配工", pay=6000)
    vacancy(world, "包装工", pay=4500)
    plan = worked(world)
    row = one(world, plan)
    with pytest.raises(Refused, match="没有启用"):
        commands.accept_proposal(proposal_id=row.pk, by=world.li, at=later(0, 1))
    put_in_force(world, plan)
    commands.tell_proposal(proposal_id=row.pk, by=world.li, at=later(0, 2))
    commands.decline_proposal(proposal_id=row.pk, why="太远了", by=world.li, at=later(0, 3))
    again = worked(world, at=later(1))
    assert proposed(again) == {"王建国": "包装工"}


def test_a_yes_stands_through_the_next_version(world):
    wish(world, world.he)
    wish(world, world.she)
    first = vacancy(world, "装配工", pay=6000)
    plan = put_in_force(world, worked(world))
    (his,) = Proposal.objects.filter(plan=plan, vacancy=first)
    commands.accept_proposal(proposal_id=his.pk, by=world.li, at=later(0, 2))
    vacancy(world, "包装工", pay=9000)
    second = worked(world, at=later(1))
    assert Proposal.objects.get(plan=second, worker=his.worker_id).vacancy_id == first.pk
    put_in_force(world, second, at=later(1, 1))
    assert Proposal.objects.get(plan=second, worker=his.worker_id).state == Answer.ACCEPTED
    assert Plan.objects.filter(state="ready").count() == 2 and Standing.objects.get().plan == second


def test_a_yes_after_the_working_stops_a_version_that_would_break_it(world):
    wish(world, world.he)
    Worker.objects.filter(pk=world.she.pk).update(left_on=TODAY, left_because="age")
    vacancy(world, "包装工", pay=4500)
    plan = put_in_force(world, worked(world))
    vacancy(world, "装配工", pay=6000)
    better = worked(world, at=later(1))
    commands.accept_proposal(proposal_id=one(world, plan).pk, by=world.li, at=later(1, 1))
    with pytest.raises(Refused, match="有 1 人在计算以后答应了别的岗位"):
        put_in_force(world, better, at=later(1, 2))
    assert Standing.objects.get().plan == plan


def test_who_started_has_a_spell_and_takes_a_place(world):
    wish(world, world.he)
    Worker.objects.filter(pk=world.she.pk).update(left_on=TODAY, left_because="age")
    work = vacancy(world, places=2)
    row = one(world, put_in_force(world, worked(world)))
    commands.accept_proposal(proposal_id=row.pk, by=world.li, at=later(0, 2))
    commands.start_proposal(proposal_id=row.pk, on=later(3).date(), evidence=Evidence.CONTRACT, by=world.li, at=later(3))
    work.refresh_from_db()
    he = world.anew(world.he)
    assert (work.left, Start.objects.get().spell.worker_id, he.place, he.how) == (1, he.pk, "outside", "organised")
    day = later(3).date()
    assert [row[1:] for row in by_day(world.drive, day)][-1] == (1, 1)


def test_a_change_by_hand_is_judged_priced_and_held(world):
    wish(world, world.he)
    wish(world, world.she)
    vacancy(world, "装配工", pay=6000)
    poor, full = vacancy(world, "包装工", pay=4500, places=2), vacancy(world, "驾驶员", "drive", pay=9000)
    plan = worked(world)
    (his,) = Proposal.objects.filter(plan=plan, vacancy__title="装配工")
    with pytest.raises(Refused, match="不能做,或者已经没有名额"):
        commands.move_proposal(proposal_id=his.pk, vacancy=full, by=world.officer, at=later(0, 1))
    commands.move_proposal(proposal_id=his.pk, vacancy=poor, by=world.officer, at=later(0, 1))
    his.refresh_from_db()
    assert (his.vacancy_id, his.worth, his.held) == (poor.pk, 4500, True)
    put_in_force(world, plan, at=later(0, 2))
    assert Proposal.objects.get(plan=worked(world, at=later(1)), worker=his.worker_id).vacancy_id == poor.pk, "held through the next version"


def test_a_hand_cannot_overfill_a_vacancy(world):
    wish(world, world.he)
    wish(world, world.she)
    good, poor = vacancy(world, "装配工", pay=6000), vacancy(world, "包装工", pay=4500)
    plan = worked(world)
    (hers,) = Proposal.objects.filter(plan=plan, vacancy=poor)
    with pytest.raises(Refused, match="名额在这一版里都推荐出去了"):
        commands.move_proposal(proposal_id=hers.pk, vacancy=good, by=world.officer, at=later(0, 1))


def test_nobody_to_match_and_nothing_to_match_with_are_said(world):
    plan = worked(world)
    assert plan.state == "failed" and "没有还缺人的岗位" in plan.fault
    Worker.objects.update(left_on=TODAY, left_because="age")
    vacancy(world)
    assert "没有可以推荐的劳动力" in worked(world, at=later(0, 1)).fault


def test_the_pages_of_a_run(world, client):
    wish(world, world.he)
    vacancy(world)
    plan = put_in_force(world, worked(world))
    row = Proposal.objects.filter(plan=plan, vacancy__isnull=False).first()
    client.force_login(world.officer, backend="django.contrib.auth.backends.ModelBackend")
    assert "百日行动" in client.get(reverse("labour:campaigns")).content.decode()
    assert "正在使用" in client.get(reverse("labour:campaign", args=[world.drive.pk])).content.decode()
    assert "分拣工" in client.get(reverse("labour:proposals", args=[plan.pk])).content.decode()
    page = client.get(reverse("labour:proposal", args=[row.pk])).content.decode()
    assert "为什么是这个" in page and "性别、民族、婚姻、宗教、健康不参加比较" in page
    assert "换了会怎样" in client.get(reverse("labour:move_to", args=[row.pk])).content.decode()
    client.force_login(world.li, backend="django.contrib.auth.backends.ModelBackend")
    assert "本人愿去" in client.get(reverse("labour:proposal", args=[row.pk])).content.decode()
    assert "分拣工" in client.get(reverse("labour:my_proposals")).content.decode()
    client.force_login(world.stranger, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("labour:proposal", args=[row.pk])).status_code == 404


def test_a_version_stands_once_on_the_drives_page_and_a_proposal_opens_its_vacancy_and_its_list(world, client):
    wish(world, world.he)
    vacancy(world)
    put_in_force(world, worked(world))
    later_one = worked(world, at=later(0, 1))
    row = Proposal.objects.filter(plan__number=1, vacancy__isnull=False).first()
    client.force_login(world.officer, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("labour:campaign", args=[world.drive.pk])).content.decode()
    assert page.count("第 1 版") == 1 and page.count("第 2 版") == 1 and reverse("solving:plan", args=[later_one.pk]) in page
    page = client.get(reverse("labour:proposal", args=[row.pk])).content.decode()
    assert reverse("labour:vacancy", args=[row.vacancy_id]) in page and reverse("labour:my_proposals") in page
    client.force_login(world.li, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("labour:proposal", args=[row.pk])).content.decode()
    for name, sent in (("tell", True), ("accept", True), ("decline", False)):
        assert (f'action="{reverse(f"labour:{name}", args=[row.pk])}"' in page) is sent, "what asks nothing more is sent by its own button"
    client.force_login(world.second, backend="django.contrib.auth.backends.ModelBackend")
    assert reverse("labour:proposals", args=[row.plan_id]) in client.get(reverse("labour:proposal", args=[row.pk])).content.decode()


def test_whose_answer_is_waited_for_stands_before_whom_to_tell_and_who_is_to_go(world):
    for worker in (world.he, world.she):
        wish(world, worker)
    vacancy(world, places=2)
    put_in_force(world, worked(world))
    first, second = queries.mine(world.li)
    commands.tell_proposal(proposal_id=second.pk, by=world.li, at=later(0, 2))
    assert [one.pk for one in queries.mine(world.li)] == [second.pk, first.pk], "whose answer is waited for before whom to tell"
    commands.accept_proposal(proposal_id=second.pk, by=world.li, at=later(0, 3))
    assert [one.pk for one in queries.mine(world.li)] == [first.pk, second.pk], "whom to tell before who is to go"
    assert going([first.worker_id, second.worker_id]) == {second.worker_id}, "whoever said yes is told of no other work"


def test_a_new_labourer_is_compared_the_next_time(world):
    wish(world, world.he)
    vacancy(world, places=5)
    assert len(proposed(worked(world))) == 2
    joined = world.join("王大年", "父亲", date(1968, 1, 5), 31)
    enrol_worker(person_id=joined.pk, by=world.li, at=NOW)
    assert len(proposed(worked(world, at=later(0, 1)))) == 3


def test_whoever_names_no_trade_is_proposed_what_is_learnt_there_and_a_wish_is_taken_at_its_word(world):
    Worker.objects.filter(pk=world.she.pk).update(left_on=TODAY, left_because="age")
    vacancy(world, "普工")
    vacancy(world, "货车司机", "drive", pay=9000)
    wish(world, world.he, trade="")
    assert proposed(worked(world)) == {"王建国": "普工"}
    wish(world, world.he, trade="", wants_trade="cook")
    assert proposed(worked(world, at=later(0, 1))) == {"王建国": None}
