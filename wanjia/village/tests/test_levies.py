"""Money and labour for a project: nothing is asked before meeting, township, county and notice; caps; who is let off is sealed; labour never becomes a debt; money adds up; arrears are nobody else's business."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from pypdf import PdfReader

from tests.house.worlds import World
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import Line, Tier
from wanjia.orgs.roles import Role
from wanjia.policy import levies as policy
from wanjia.policy import meetings as law
from wanjia.registry.models import DatedStatus
from wanjia.registry.tests.factories import unit, worker
from wanjia.verdict import Refused

from ..demo.levies import live
from ..levies import queries, rules
from ..levies.collecting import commands as collecting
from ..levies.commands import approve_levy, charge_levy, cite_levy, draw_levy
from ..levy_states import LevyState as S
from ..models import AgendaItem, Levy, LevyPayment, LevyShare, LevySpend, Objection, PublicNotice
from . import levy_factories as made
from .factories import body, home, villager
from .levy_factories import DAY, who

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def client_of(user):
    client = Client()
    client.force_login(type(user).objects.get(pk=user.pk))
    return client


def test_caps_and_ages_go_by_the_edition_of_the_day():
    """国办发〔2007〕4号: since 2007-01-16; the caps are the province's."""
    before, after = policy.in_force(date(2007, 1, 15)), policy.in_force(date(2007, 1, 16))
    assert "国办发〔2007〕4号" in after.source and "国办发〔2007〕4号" not in before.source and after.confirm and before.confirm
    assert (after.head_fen, after.worker_days, after.lines) == (1500, 10, ("agriculture",))
    assert {one.source for one in policy.grounds().values()} == {"国办发〔2007〕4号第六条", "国办发〔2007〕4号第七条"}


@pytest.mark.parametrize(("sex", "born", "works"), [
    ("男", date(2008, 11, 2), True), ("男", date(2008, 11, 3), False), ("男", date(1970, 11, 3), True), ("男", date(1970, 11, 2), False), ("女", date(1975, 11, 3), True), ("女", date(1975, 11, 2), False), ("女", None, False), ("", date(1990, 1, 1), False),
])  # fmt: skip
def test_a_labourer_is_of_an_age(sex, born, works):
    """The day somebody turns 18, and the last day at 55 (women 50)."""
    assert policy.in_force(DAY).is_worker(sex, born, DAY) is works


@pytest.mark.parametrize(("day", "known"), [(date(2018, 12, 28), False), (date(2018, 12, 29), True), (date(2025, 12, 31), True), (date(2026, 1, 1), True)])
def test_public_works_are_for_the_assembly_or_its_representatives(day, known):
    """组织法 24, 28 (2018), 28, 32 (2026)."""
    found = [one for one in law.reserved(day) if one.code == rules.MATTER]
    assert bool(found) is known and all("representatives" in one.to and "council" not in one.to for one in found)


def test_a_council_and_too_few_votes_decide_on_no_project(world):
    one = made.levy(world, S.DRAFT)
    for item in (made.decision(world, kind="council"), made.decision(world, votes=4)):
        assert not rules.was_decided(item, world.datong.pk)
        with pytest.raises(Refused, match="请选村民会议"):
            cite_levy(levy_id=one.pk, item=item, signed=2, **who(world.register.yang))
    AgendaItem.objects.update(votes_for=8)
    assert rules.was_decided(made.decision(world), world.datong.pk)


@pytest.mark.parametrize(("state", "stops"), [(S.DRAFT, "县里复审"), (S.DECIDED, "县里复审"), (S.CHECKED, "县里复审"), (S.APPROVED, "")])
def test_nothing_is_asked_before_the_county_approved(world, state, stops):
    one = made.levy(world, state)
    if stops:
        with pytest.raises(Refused, match=stops):
            charge_levy(levy_id=one.pk, **who(world.clerk))
        assert not LevyShare.objects.exists()
    else:
        charge_levy(levy_id=one.pk, **who(world.clerk))
        assert LevyShare.objects.exists()


@pytest.mark.parametrize(("spoilt", "good"), [({}, True), ({"until_on": DAY}, False), ({"withdrawn_on": DAY, "withdrawn_because": "异议成立"}, False), (None, False)])
def test_nothing_is_asked_before_the_notice_hung_its_days(world, spoilt, good):
    """组织法 36: on its last day it hangs still."""
    one = made.levy(world, S.APPROVED)
    if spoilt is None:
        Objection(notice=PublicNotice.objects.get(), words="我家不受益", way="spoken", told_on=DAY, told_at=MONDAY).save(force_insert=True)
    elif spoilt:
        PublicNotice.objects.update(**spoilt)
    assert bool(rules.stood_its_days(one, DAY)) is good


def test_caps_count_all_projects_of_the_year_and_not_those_given_up(world):
    one = made.levy(world, S.DRAFT)
    with pytest.raises(Refused, match=r"已经有 10\.00 元"):
        draw_levy(**made.plan(world, per_head="5.01", per_worker=0, told_on=DAY), **who(world.visitor))
    with pytest.raises(Refused, match="已经有 3 个"):
        draw_levy(**made.plan(world, per_head="0", per_worker=8, told_on=DAY), **who(world.visitor))
    two = draw_levy(**made.plan(world, per_head="5", per_worker=7, told_on=DAY), **who(world.visitor))
    assert (two.year, two.serial) == (2026, 2)
    Levy.objects.filter(pk=one.pk).update(state=S.DROPPED, reason="先不做")
    assert queries.within_caps(world.datong.pk, 2026, 1000, 3, DAY)
    assert queries.within_caps(world.datong.pk, 2027, 1500, 10, DAY), "another year begins anew"


def test_what_was_drawn_up_last_year_counts_in_the_year_in_which_it_is_due(world):
    """Approved in December, let be due in January: this year's caps hold for it, and it counts among what this year asks."""
    one, new_year = made.levy(world, S.APPROVED), MONDAY + timedelta(days=60)
    two = draw_levy(**made.plan(world, per_head="10", per_worker=0, told_on=date(2027, 1, 1)), **who(world.visitor, new_year))
    assert two.year == 2027
    with pytest.raises(Refused, match=r"已经有 10\.00 元"):
        charge_levy(levy_id=one.pk, **who(world.clerk, new_year))
    Levy.objects.filter(pk=two.pk).update(state=S.DROPPED, reason="先不做")
    charge_levy(levy_id=one.pk, **who(world.clerk, new_year))
    with pytest.raises(Refused, match=r"已经有 10\.00 元"):
        draw_levy(**made.plan(world, per_head="10", per_worker=0, told_on=date(2027, 1, 1)), **who(world.visitor, new_year))


def test_no_old_meeting_decides_on_a_plan_drawn_up_after_it(world):
    """The notice is written down late by fifteen days at most, so that the meeting came after it."""
    with pytest.raises(Refused, match="最多补记 15 天"):
        draw_levy(**made.plan(world, told_on=DAY - timedelta(days=16)), **who(world.visitor))
    one = draw_levy(**made.plan(world, told_on=DAY - timedelta(days=15)), **who(world.visitor))
    with pytest.raises(Refused, match="再开会表决"):
        cite_levy(levy_id=one.pk, item=made.decision(world), signed=2, **who(world.register.yang))


def test_nothing_is_worked_before_it_is_due_nor_wished_before_the_plan_hung(world):
    asked = {"levy_share_id": made.share(world).pk, **who(world.visitor)}
    told_on = Levy.objects.get().told_on
    with pytest.raises(Refused, match="还没有这件事"):
        collecting.note_labour(day=DAY - timedelta(days=1), days=1, **asked)
    with pytest.raises(Refused, match="还没有这件事"):
        collecting.buy_labour(days=1, wished_on=told_on - timedelta(days=1), way="cash", **asked)
    assert collecting.note_labour(day=DAY, days=1, **asked) and collecting.buy_labour(days=1, wished_on=told_on, way="cash", **asked), "the control"


@pytest.mark.parametrize("state", [S.APPROVED, S.CHARGED])
def test_who_is_let_off_all_of_it_stands_on_no_sheet_that_neighbours_sign(world, state):
    made.levy(world, S.DRAFT)
    DatedStatus.objects.create(household=world.register.home, scheme="relief", scheme_version="2026", code="extreme", from_on=date(2026, 7, 2), recorded_at=MONDAY)
    villager(world, 0)
    one, other = made.levy(world, state), home(world, 0)
    text = "".join(_text(client_of(world.visitor).get(f"/village/levies/{one.pk}/roll/")).split())
    assert other.number in text and world.register.home.number not in text


def test_the_roll_says_how_many_homes_it_leaves_out(world, monkeypatch):
    monkeypatch.setattr("wanjia.village.levies.views.ON_PAPER", 1)
    n = made.levy(world).homes
    assert f"另有{n - 1}户" in "".join(_text(client_of(world.visitor).get(f"/village/levies/{Levy.objects.get().pk}/roll/")).split())


def test_who_owes_what_goes_by_heads_labourers_and_who_is_let_off(world):
    """王建国 41, 张桂芳 40, 王小雨 10: three heads, two labourers."""
    one = made.levy(world, S.DRAFT)
    line = next(line for line in queries.lines(one, DAY) if line.home == world.register.home)
    assert (line.heads, line.workers, line.fen, line.days) == (3, 2, 3000, 6)
    made.relief(world)
    line = next(line for line in queries.lines(one, DAY) if line.home == world.register.home)
    assert (line.heads, line.workers, line.days) == (3, 1, 3)
    DatedStatus.objects.create(household=world.register.home, scheme="relief", scheme_version="2026", code="extreme", from_on=date(2026, 7, 2), recorded_at=MONDAY)
    line = next(line for line in queries.lines(one, DAY) if line.home == world.register.home)
    assert (line.fen, line.days) == (0, 0), "特困供养: by law, without asking"


def test_a_group_asks_its_own_homes_alone(world):
    for n in range(20, 22):
        villager(world, n, group="三组" if n > 20 else "一组")
    one = made.levy(world, S.DECIDED)
    assert {line.home.group_name for line in queries.lines(one, DAY)} >= {"一组", "三组"}
    one.item.body.group_name = "三组"
    assert [line.home.group_name for line in queries.lines(one, DAY)] == ["三组"]


def test_labour_is_paid_instead_by_ones_own_wish_at_once_and_is_never_a_debt(world):
    share = made.share(world)
    due = share.due_fen
    one = made.bought(world)
    share.refresh_from_db()
    assert (one.fen, one.days, share.due_fen, share.paid_fen, share.days_bought) == (6000, 1, due, 0, 1)
    collecting.reverse_levy_payment(levy_payment_id=one.pk, words="没有申请,退回", **who(world.clerk))
    share.refresh_from_db()
    assert (share.days_bought, share.due_fen, Levy.objects.get().held_fen) == (0, due, 0), "the day is owed again, no money"
    assert list(queries.faults(None)) == []


def test_days_written_wrong_are_taken_back_and_never_below_nought(world):
    made.labour(world)
    share = made.share(world)
    back = {"levy_share_id": share.pk, "day": DAY, "words": "记错了户", **who(world.visitor)}
    with pytest.raises(Refused, match="只剩 1 个"):
        collecting.note_labour(days=-2, **back)
    collecting.note_labour(days=-1, **back)
    share.refresh_from_db()
    assert share.days_done == 0 and list(queries.faults(None)) == []


def test_money_adds_up_and_what_does_not_is_noticed(world):
    made.payment(world)
    made.bought(world)
    made.labour(world)
    one = made.spend(world)
    with pytest.raises(Refused, match="另一个人审批"):
        collecting.decide_levy_spend(levy_spend_id=one.pk, grant=True, **who(world.register.yang))
    collecting.decide_levy_spend(levy_spend_id=one.pk, grant=True, **who(world.clerk))
    assert Levy.objects.get().held_fen == 2000 + 6000 - 1250 and list(queries.faults(None)) == []
    Levy.objects.update(held_fen=1)
    LevyShare.objects.filter(pk=made.share(world).pk).update(paid_fen=1, days_done=2, days_bought=0)
    assert len(list(queries.faults(None))) == 4, "each column is asked"


@pytest.mark.parametrize(("column", "hand"), [("checked_by", "clerk"), ("approved_by", "clerk"), ("checked_by", "township_leader")])
def test_who_looked_for_township_or_county_lets_nothing_be_due(world, column, hand):
    """The control: another hand does."""
    one = made.levy(world, S.APPROVED)
    Levy.objects.update(checked_by=None)
    Levy.objects.update(**{column: getattr(world, hand)})
    stopped = hand == "clerk"
    assert list(queries.to_charge(world.clerk, DAY)) == ([] if stopped else [one])
    if stopped:
        with pytest.raises(Refused, match="这一步请另一个人办"):
            charge_levy(levy_id=one.pk, **who(world.clerk))
    else:
        assert charge_levy(levy_id=one.pk, **who(world.clerk)).state == S.CHARGED


def test_no_more_homes_sign_than_stand_on_the_roll(world):
    one, item = made.levy(world, S.DRAFT), made.decision(world)
    n = len(queries.lines(one, item.meeting.day))
    with pytest.raises(Refused, match=f"名册上只有 {n} 户"):
        cite_levy(levy_id=one.pk, item=item, signed=n + 1, **who(world.register.yang))
    one = cite_levy(levy_id=one.pk, item=item, signed=n, **who(world.register.yang))
    assert n > 0 and (one.signed, one.asked) == (n, n)


def test_money_that_came_back_is_a_red_line_and_its_voucher_may_be_written_down_right(world):
    one = made.spent(world)
    held = Levy.objects.get().held_fen
    again = {"levy_id": one.levy_id, "yuan": "9", "what": "水泥运费", "payee": "细沙运输队", "voucher": one.voucher, "day": DAY, **who(world.visitor)}
    with pytest.raises(Refused, match="登记过"):
        collecting.draw_levy_spend(**again)
    with pytest.raises(Refused, match="谁登记的谁不能审批"):
        LevySpend.objects.update(drawn_by=world.clerk, decided_by=None)
        collecting.reverse_levy_spend(levy_spend_id=one.pk, reason="多付的退回来了", **who(world.clerk))
    LevySpend.objects.update(drawn_by=world.register.yang, decided_by=world.clerk)
    collecting.reverse_levy_spend(levy_spend_id=one.pk, reason="多付的退回来了", **who(world.clerk))
    red = LevySpend.objects.get(reverses=one)
    assert (red.fen, red.serial, Levy.objects.get().held_fen, list(queries.faults(None))) == (-one.fen, one.serial + 1, held + one.fen, [])
    with pytest.raises(Refused, match="已经冲正"):
        collecting.reverse_levy_spend(levy_spend_id=one.pk, reason="多付的退回来了", **who(world.clerk))
    said = "".join(str(line.said) for line in queries.on_board(world.datong, DAY, 9))
    assert "冲正 −12.50 元" in said and "多付的退回来了" in said and "细沙运输队" not in said
    assert collecting.draw_levy_spend(**again).fen == 900
    for spend in (one, red):
        assert "支出 " in client_of(world.clerk).get(f"/village/levies/spends/{spend.pk}/").content.decode()


def test_the_board_asks_no_more_of_three_projects_than_of_one(world, django_assert_num_queries):
    made.payment(world)
    with django_assert_num_queries(5):
        assert len(queries.on_board(world.datong, DAY, 9)) == 1
    for n in (2, 3):
        Levy.objects.create(village=world.datong, year=2026, serial=n, name=f"步道{n}", what="做一段", budget_fen=1, head_fen=1, worker_days=0, told_on=DAY, drawn_at=MONDAY)
    with django_assert_num_queries(5):
        assert len(queries.on_board(world.datong, DAY, 9)) == 3


@pytest.mark.parametrize("answered", [True, False])
def test_the_desk_calls_for_a_project_once_every_objection_is_answered(world, answered):
    one = made.levy(world, S.APPROVED)
    outcome = {"outcome": "explained", "answer": "查过了", "answered_for": "村民委员会", "answered_on": DAY, "answered_at": MONDAY} if answered else {}
    Objection(notice=PublicNotice.objects.get(), words="我家不受益", way="spoken", told_on=DAY, told_at=MONDAY, **outcome).save(force_insert=True)
    assert list(queries.to_charge(world.clerk, DAY)) == ([one] if answered else []) and bool(rules.stood_its_days(one, DAY)) is answered


def test_a_refused_spending_frees_its_voucher(world):
    one = made.spend(world)
    collecting.decide_levy_spend(levy_spend_id=one.pk, grant=False, reason="看不清", **who(world.clerk))
    with pytest.raises(Refused, match="登记过"):
        asked = {"levy_id": one.levy_id, "yuan": "9", "what": "水泥运费", "payee": "细沙运输队", "day": DAY, **who(world.visitor)}
        collecting.draw_levy_spend(voucher="0126", **asked)
        collecting.draw_levy_spend(voucher=" 01 26", **asked)
    assert LevySpend.objects.count() == 2


def test_who_owes_and_why_somebody_is_let_off_is_for_the_keepers_alone(world):
    made.relief(world)
    one, share = made.levy(world), made.share(world)
    home, keeper = world.register.home.number, client_of(world.visitor)
    assert home in keeper.get(f"/village/levies/{one.pk}/homes/").content.decode()
    for path in (f"/village/levies/{one.pk}/homes/", f"/village/levies/shares/{share.pk}/", f"/village/levies/{one.pk}/roll/"):
        assert keeper.get(path).status_code == 200
        assert {client_of(user).get(path).status_code for user in (world.clerk, world.register.leader, world.farming)} <= {403, 404}, path
    for user in (world.register.leader, world.farming):
        page = client_of(user).get(f"/village/levies/{one.pk}/").content.decode()
        assert one.name in page and home not in page and "腰伤" not in page and "因病" not in page
    with connection.cursor() as cursor:
        cursor.execute("SELECT ground, words FROM village_levyrelief")
        lies = b"".join(map(bytes, cursor.fetchone()))
    assert one.reliefs.get().ground == "unable" and b"unable" not in lies and "腰伤".encode() not in lies, "sealed as it lies"


def test_the_county_looks_by_its_own_unit_and_the_board_names_nobody(world):
    one = made.levy(world, S.CHECKED)
    civil = worker("minzheng-tou", "段民政", unit("永善县民政局", Tier.COUNTY, world.county, Line.CIVIL), Role.BUREAU_HEAD)
    assert list(queries.waiting(world.farming, DAY)[0]) == [one]
    with pytest.raises(Refused, match="管农民负担的单位"):
        approve_levy(levy_id=one.pk, passes=True, words="同意", **who(civil))
    approve_levy(levy_id=one.pk, passes=False, words="没有申请奖补", **who(world.farming))
    assert Levy.objects.get().state == S.DROPPED and queries.on_board(world.datong, DAY, 5) == []


def test_the_board_and_the_papers_say_sums_and_no_home(world):
    made.payment(world)
    one = made.levy(world)
    said = [str(line.said) for line in queries.on_board(world.datong, DAY, 5)]
    assert len(said) == 1 and "已收 20.00 元" in said[0] and world.register.home.number not in said[0]
    keeper = client_of(world.visitor)
    paper = _text(keeper.get(f"/village/levies/{one.pk}/plan/"))
    assert "三组步道" in paper and world.register.home.number not in paper
    assert world.register.home.number in _text(keeper.get(f"/village/levies/{one.pk}/roll/")).replace("\n", "")
    receipt = _text(keeper.get(f"/village/levies/receipts/{LevyPayment.objects.get().pk}/paper/"))
    assert "贰拾元整" in receipt and "000001" in receipt


def _text(answer):
    return "".join(sheet.extract_text() for sheet in PdfReader(BytesIO(answer.content)).pages)


def test_the_demo_village_lives_a_project_through_the_acts(world):
    body(world, "representatives", seats=10)
    for n in range(10, 14):
        villager(world, n)
    told = live(world.datong.code, lambda _said: None)
    one = Levy.objects.get()
    assert told["paid"] >= 4 and told["days"] >= 4 and one.state == S.CHARGED and list(queries.faults(None)) == []
    assert not live(world.datong.code, lambda _said: None)
