"""Fees: each home once and by its clause, no more paid than due, two hands for money, the purse its rows' sum, arrears nobody else's business; whatever happens in whatever order, the account adds up."""

import random
from datetime import date, timedelta
from io import BytesIO
from itertools import pairwise

import pytest
from django.db.models import F, ProtectedError
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from tests.house.quicker import just_before
from tests.house.worlds import World
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import Post, Tier
from wanjia.orgs.roles import Role
from wanjia.policy import fees as policy
from wanjia.registry.memberships import heads_of
from wanjia.registry.models import Absence, DatedStatus, Household, Person
from wanjia.registry.tests.factories import unit, worker
from wanjia.verdict import Conflict, Refused

from ..demo.fees import live
from ..fee_states import RuleState, RunState, WaiverState
from ..fees import queries
from ..fees.commands import adopt_fee_rule, check_run, draw_fee_rule, draw_fee_run, drop_fee_run
from ..models import FeeCharge, FeePayment, FeePurse, FeeRule, FeeRun, FeeSpend, FeeWaiver
from ..purse.commands import (
    approve_spend,
    ask_waiver,
    decide_waiver,
    draw_spend,
    refuse_spend,
    reverse_payment,
    reverse_spend,
    take_payment,
)
from . import fee_factories as made
from .factories import body, villager
from .fee_factories import DAY, FIRST, MET, who

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def relief(world, home, code="minimum", **facts):
    return DatedStatus.objects.create(household=home, scheme="relief", scheme_version="2026", code=code, from_on=date(2026, 7, 2), recorded_at=MONDAY, **facts)


def away(person, **facts):
    return Absence.objects.create(person=person, place="宁波", from_on=date(2026, 3, 1), recorded_at=MONDAY, **facts)


def client_of(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def due(world):
    return {line.home.number: (line.heads, line.fen, line.clause and line.clause.ground, line.due) for line in queries.lines(made.rule(world), DAY)}


def test_each_home_in_which_somebody_lives_is_due_once_and_by_the_clause_that_helps_it_most(world):
    made.rule(world).clauses.create(ground="extreme", percent=100, words="特困户不收")
    poor, gone, both, dead = (villager(world, n) for n in range(4))
    relief(world, poor.memberships.get().household)
    away(gone)
    relief(world, both.memberships.get().household, "margin")
    away(both)
    Person.objects.filter(pk=dead.pk).update(died_on=DAY - timedelta(days=1))
    Household.objects.create(number="530000000999", village=world.datong, registered_at=MONDAY)
    number = lambda person: person.memberships.get().household.number  # noqa: E731
    assert due(world) == {
        world.register.home.number: (3, 6000, None, 6000), number(poor): (1, 6000, "minimum", 0), number(gone): (1, 6000, "empty_home", 3000), number(both): (1, 6000, "empty_home", 3000),
    }  # fmt: skip


@pytest.mark.parametrize(("from_on", "to_on", "ground"), [
    (DAY + timedelta(days=1), None, None), (DAY, None, "minimum"), (date(2026, 7, 2), DAY, None), (date(2026, 7, 2), DAY + timedelta(days=1), "minimum"),
])  # fmt: skip
def test_a_ground_counts_on_its_days(world, from_on, to_on, ground):
    one = relief(world, world.register.home)
    DatedStatus.objects.filter(pk=one.pk).update(from_on=from_on, to_on=to_on)
    assert due(world)[world.register.home.number][2] == ground


@pytest.mark.parametrize(("basis", "fen"), [("per_home", 6000), ("per_head", 18000), ("per_present", 12000)])
def test_a_rate_is_by_home_or_by_heads_or_by_those_at_home(world, basis, fen):
    FeeRule.objects.filter(pk=made.rule(world).pk).update(basis=basis)
    away(world.register.home.memberships.order_by("pk").first().person)
    assert due(world)[world.register.home.number][1] == fen


def test_nobody_owes_before_another_has_checked_and_a_repeated_run_charges_nobody_twice(world):
    villager(world, 1)
    one = made.run(world)
    assert not FeeCharge.objects.exists() and (one.homes, one.exempt, one.due_fen, one.until_on) == (2, 0, 12000, date(2027, 1, 1))
    with pytest.raises(Refused, match="谁算的谁不能核对"):
        check_run(fee_run_id=one.pk, **who(world.register.yang))
    check_run(fee_run_id=one.pk, **who(world.clerk))
    assert FeeCharge.objects.count() == 2 and list(queries.faults(None)) == []
    with pytest.raises(Conflict, match="一户不收两次"):
        draw_fee_run(village=world.datong, month="2026-10", **who(world.visitor))
    assert FeeCharge.objects.count() == 2


def test_whoever_moves_in_between_drawing_and_checking_stops_the_run(world):
    one = made.run(world)
    villager(world, 1)
    with pytest.raises(Refused, match="不一样了"):
        check_run(fee_run_id=one.pk, **who(world.clerk))
    drop_fee_run(fee_run_id=one.pk, reason="重新算", **who(world.visitor))
    again = draw_fee_run(village=world.datong, month="2026-10", **who(world.visitor))
    assert again.homes == 2 and check_run(fee_run_id=again.pk, **who(world.clerk)).state == RunState.CHARGED


def test_a_new_version_begins_where_the_old_one_has_not_charged_yet(world):
    made.run(world, RunState.CHARGED)
    new = draw_fee_rule(village=world.datong, basis="per_head", span="month", yuan="2", resolved="代表会议第 5 项", resolved_on=DAY, from_on=date(2026, 12, 1), **who(world.visitor))
    with pytest.raises(Refused, match="已经算到 2027-01-01"):
        adopt_fee_rule(fee_rule_id=new.pk, **who(world.clerk))
    FeeRule.objects.filter(pk=new.pk).update(from_on=date(2027, 1, 1))
    adopt_fee_rule(fee_rule_id=new.pk, **who(world.clerk))
    assert [queries.rule_on(world.datong.pk, day).serial for day in (FIRST, date(2026, 12, 31), date(2027, 1, 1))] == [1, 1, 2]
    assert queries.rule_on(world.datong.pk, FIRST - timedelta(days=1)) is None


def test_a_home_pays_in_parts_and_never_more_than_it_owes(world):
    one = made.charge(world)
    first = take_payment(fee_charge_id=one.pk, yuan="20", way="cash", **who(world.visitor))
    second = take_payment(fee_charge_id=one.pk, yuan="39.99", way="transfer", words="0041", **who(world.visitor))
    one.refresh_from_db()
    assert (first.serial, second.serial, one.left_fen, queries.balance(world.datong.pk)) == (1, 2, 1, 5999)
    with pytest.raises(Refused, match=r"只剩 0\.01 元"):
        take_payment(fee_charge_id=one.pk, yuan="0.02", way="cash", **who(world.visitor))


def test_two_who_take_the_same_money_at_once_take_it_once(world):
    """What another hand took just before the act's own statement leaves too little."""
    one = made.charge(world)
    with just_before("UPDATE", FeeCharge, lambda: FeeCharge.objects.filter(pk=one.pk).update(paid_fen=F("due_fen"))) as came, pytest.raises(Refused, match=r"只剩 0\.00 元"):
        take_payment(fee_charge_id=one.pk, yuan="60", way="cash", **who(world.visitor))
    assert came and not FeePayment.objects.exists()


def test_a_wrong_receipt_is_reversed_by_another_hand_and_the_home_owes_again(world):
    one = made.payment(world)
    with pytest.raises(Refused, match="谁收的谁不能冲正"):
        reverse_payment(fee_payment_id=one.pk, words="登记错了户", **who(world.register.yang))
    back = reverse_payment(fee_payment_id=one.pk, words="登记错了户", **who(world.clerk))
    assert (back.serial, back.fen, back.reverses_id, back.yuan) == (2, -2000, one.pk, "−20.00") and one.charge.payments.count() == 2
    assert FeeCharge.objects.get().left_fen == 6000 and queries.balance(world.datong.pk) == 0 and list(queries.faults(None)) == []
    with pytest.raises(ProtectedError):
        FeePayment.objects.all().delete()
    paper = client_of(world.visitor).get(f"/village/fees/receipts/{one.pk}/paper/").content
    assert "已冲正" in "".join(sheet.extract_text() for sheet in PdfReader(BytesIO(paper)).pages), "printed again, it says that it stands no more"


def test_a_waiver_lets_off_what_was_asked_and_a_refusal_nothing(world):
    one = made.waiver(world)
    decide_waiver(fee_waiver_id=one.pk, grant=False, answer="上一期刚减过", **who(world.clerk))
    assert FeeCharge.objects.get().left_fen == 6000
    again = ask_waiver(fee_charge_id=one.charge_id, yuan="60", reason="老人住院", **who(world.visitor))
    decide_waiver(fee_waiver_id=again.pk, grant=True, answer="同意全免", **who(world.clerk))
    assert FeeCharge.objects.get().left_fen == 0 and queries.balance(world.datong.pk) == 0 and list(queries.faults(None)) == []


def test_what_is_spent_leaves_the_purse_and_what_comes_back_returns(world):
    one = made.spend(world, approved=True)
    assert queries.balance(world.datong.pk) == 750
    reverse_spend(fee_spend_id=one.pk, reason="车没有来,退了", **who(world.clerk))
    assert queries.balance(world.datong.pk) == 2000 and sorted(FeeSpend.objects.values_list("serial", "fen")) == [(1, 1250), (2, -1250)]
    assert list(queries.faults(None)) == []


def test_no_more_is_spent_than_came(world):
    made.payment(world)
    dear = made.spend(world, yuan="20.01")
    with pytest.raises(Refused, match=r"账上只有 20\.00 元"):
        approve_spend(fee_spend_id=dear.pk, **who(world.clerk))
    assert FeeSpend.objects.get().state == "spend_drawn" and queries.balance(world.datong.pk) == 2000


def test_money_that_no_receipt_says_is_noticed(world):
    """Negative control of the check: a purse, a charge, a run that are not what their rows say."""
    made.spend(world, approved=True)
    FeePurse.objects.update(fen=9)
    FeeCharge.objects.update(paid_fen=30)
    FeeRun.objects.update(due_fen=7)
    assert [(one[2], one[3]) for one in queries.faults(None)] == [(9, 750), (30, 2000), (7, 6000)]


def test_the_account_of_a_quarter_is_in_less_out(world):
    made.spend(world, approved=True)
    decide_waiver(fee_waiver_id=made.waiver(world).pk, grant=True, answer="同意减一半", **who(world.clerk))
    spring = MONDAY + timedelta(days=200)
    take_payment(fee_charge_id=FeeCharge.objects.get().pk, yuan="5", way="cash", **who(world.visitor, spring))
    found = queries.account(world.datong.pk, spring.date())
    assert [(one.word, one.opening, one.came, one.waived, one.spent, one.closing) for one in found] == [
        ("2026-4", 0, 2000, 3000, 1250, 750), ("2027-1", 750, 0, 0, 0, 750), ("2027-2", 750, 500, 0, 0, 1250),
    ]  # fmt: skip
    assert queries.account(world.datong.pk, FIRST) == [] and queries.balance(world.datong.pk) == 1250


def test_who_owes_is_seen_by_whoever_keeps_the_fees_and_by_nobody_else(world):
    """Neither the township that looks over the money, nor its leader, nor the board."""
    charge, payment = made.charge(world), made.payment(world)
    keeper = client_of(world.visitor)
    for address in ("/village/fees/", "/village/fees/charges/", f"/village/fees/charges/{charge.pk}/", f"/village/fees/receipts/{payment.pk}/"):
        assert keeper.get(address).status_code == 200, address
    assert keeper.get(f"/village/fees/receipts/{payment.pk}/paper/")["Content-Type"] == "application/pdf"
    head = heads_of([world.register.home])[world.register.home.pk][0]
    for address in ("/village/fees/charges/", reverse("village:fee_take", args=[charge.pk])):
        page = keeper.get(address).content.decode()
        assert head in page and world.register.home.number in page, "a home is called by its head and its number"
    for text, there in ((head, True), (world.register.home.number, True), ("查无此人", False)):
        assert (f"/village/fees/charges/{charge.pk}/" in keeper.get("/village/fees/charges/", {"q": text}).content.decode()) is there, text
    for user in (world.clerk, world.register.leader, world.leader, world.admin):
        other = client_of(user)
        assert other.get("/village/fees/charges/").status_code in (302, 403, 404), user
        assert other.get(f"/village/fees/charges/{charge.pk}/").status_code in (302, 403, 404), user
    shown = client_of(world.register.leader).get("/village/fees/").content.decode()
    assert world.register.home.number not in shown and "王" not in "".join(one.said for one in queries.on_board(world.datong, DAY, 20, ""))


def test_the_board_shows_rules_account_and_spending_newest_first_up_to_its_day(world):
    made.spend(world, approved=True)
    lines = queries.on_board(world.datong, DAY, 9, "")
    assert [one.on for one in lines] == sorted((one.on for one in lines), reverse=True) and len(lines) == 3
    said = "\n".join(one.said for one in lines)
    assert "60.00 元" in said and "结余 7.50 元" in said and "0417" in said and "细沙运输队" not in said
    assert len(queries.on_board(world.datong, DAY, 1, "")) == 1 and queries.on_board(world.xinmin, DAY, 9, "") == []
    paper = client_of(world.visitor).get(f"/village/fees/account/{world.datong.pk}/2026/4/")
    assert paper["Content-Type"] == "application/pdf" and client_of(world.visitor).get(f"/village/fees/account/{world.datong.pk}/2026/3/").status_code == 404


def test_a_quarters_account_says_the_rate_that_held_in_it(world, monkeypatch):
    """Not that of the day after it."""
    monkeypatch.setattr("wanjia.village.fees.views.pdf", lambda template, context, name: render_to_string(template, context).encode())
    turn = date(2026, 10, 1)
    FeeRule.objects.filter(pk=made.payment(world).charge.run.rule_id).update(state=RuleState.ENDED, from_on=date(2026, 7, 1), to_on=turn, resolved_on=date(2026, 6, 30))
    made.rule(world, from_on=turn, resolved_on=turn, fen=8000)
    FeePayment.objects.update(day=turn - timedelta(days=1))
    said = [client_of(world.visitor).get(f"/village/fees/account/{world.datong.pk}/2026/{n}/").content.decode().split("标准:")[1].split(",")[0] for n in (3, 4)]
    assert [one.endswith(rate) for one, rate in zip(said, ("60.00 元", "80.00 元"), strict=True)] == [True, True], said


@pytest.mark.parametrize(("day", "days"), [(date(2025, 12, 31), 0), (date(2026, 1, 1), 15)])
def test_the_account_is_put_up_each_quarter_and_since_2026_for_fifteen_days(day, days):
    """组织法 (2010) 第三十条; (2025) 第三十五、三十六条, in force 2026-01-01."""
    assert (policy.in_force(day).publish_months, policy.in_force(day).publish_days) == (3, days)


@pytest.mark.parametrize("words", ["欠费的罚 款二十元", "不交的停发补贴", "欠费名单上公开栏", "三个月不交加收滞纳金"])
def test_a_fee_is_tied_to_no_fine_no_benefit_and_no_shaming(world, words):
    with pytest.raises(Refused, match="不能写"):
        draw_fee_rule(village=world.datong, basis="per_home", span="month", yuan="2", from_on=FIRST, **MET | {"resolved": words}, **who(world.visitor))


@pytest.mark.parametrize(("fen", "percent", "cut"), [(6000, 50, 3000), (101, 50, 51), (100, 100, 100), (1, 1, 1)])
def test_what_is_let_off_is_rounded_in_the_homes_favour(fen, percent, cut):
    assert policy.cut_of(fen, percent) == cut


def some_act(world, dice, at):
    """Do one act with the fee's money, whichever the dice say; what is refused is refused."""
    one, n = FeeCharge.objects.order_by("pk")[dice.randrange(2)], dice.randrange(1, 40)
    pick = lambda rows: dice.choice(list(rows)).pk  # noqa: E731
    hand = {"by": type(world.clerk).objects.get(pk=world.clerk.pk), "at": at}
    mine = {"by": type(world.visitor).objects.get(pk=world.visitor.pk), "at": at}
    acts = [
        lambda: take_payment(fee_charge_id=one.pk, yuan=f"{n}.5", way="cash", **mine), lambda: ask_waiver(fee_charge_id=one.pk, yuan=str(n), reason="家里困难", **mine),
        lambda: decide_waiver(fee_waiver_id=pick(FeeWaiver.objects.all()), grant=n % 2 == 0, answer="商量过了", **hand), lambda: reverse_payment(fee_payment_id=pick(FeePayment.objects.all()), words="登记错了", **hand),
        lambda: draw_spend(village=world.datong, yuan=str(n), what="垃圾清运车费", payee="运输队", voucher=str(dice.random()), day=DAY, **mine), lambda: approve_spend(fee_spend_id=pick(FeeSpend.objects.all()), **hand),
        lambda: refuse_spend(fee_spend_id=pick(FeeSpend.objects.all()), reason="票据不对", **hand), lambda: reverse_spend(fee_spend_id=pick(FeeSpend.objects.all()), reason="退回来了", **hand),
    ]  # fmt: skip
    try:
        dice.choice(acts)()
    except (Refused, Conflict, IndexError):
        return


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_done_in_whatever_order_the_account_adds_up(world, seed):
    dice = random.Random(seed)
    villager(world, 1)
    made.run(world, RunState.CHARGED)
    for step in range(90):
        some_act(world, dice, MONDAY + timedelta(hours=30 * step))
    assert list(queries.faults(None)) == []
    found = queries.account(world.datong.pk, (MONDAY + timedelta(days=200)).date())
    assert found[-1].closing == queries.balance(world.datong.pk) >= 0 and all(one.closing == after.opening for one, after in pairwise(found))
    assert sorted(FeePayment.objects.values_list("serial", flat=True)) == list(range(1, FeePayment.objects.count() + 1)), "no receipt is missing"
    assert FeePayment.objects.exists() and FeeWaiver.objects.exists() and FeeSpend.objects.exists()


def test_the_demo_village_lives_it_once_and_its_account_adds_up(world):
    body(world)
    for n in range(8):
        villager(world, n)
    told = live(world.datong.code, lambda _said: None)
    assert told["paid"] >= 6 and told["stretches"] == 8 and told["feasts"] == 3 and list(queries.faults(None)) == []
    assert FeeWaiver.objects.filter(state=WaiverState.GRANTED).count() == 1 and queries.balance(world.datong.pk) > 0
    assert not live(world.datong.code, lambda _said: None)


@pytest.mark.parametrize("yuan", ["30000000", "999999999999", "9E11"])
def test_a_spending_larger_than_its_column_is_refused_with_words(world, yuan):
    with pytest.raises(Refused, match="1000 万"):
        made.spend(world, yuan=yuan)
    assert not FeeSpend.objects.exists()


def test_no_home_is_charged_by_rules_that_ended(world):
    """The next version begins within a quarter that nobody charged: by the old one the homes would pay for months that it does not reach."""
    made.rule(world)
    new = draw_fee_rule(village=world.datong, basis="per_home", span="month", yuan="10", resolved="代表会议第 5 项", resolved_on=date(2026, 10, 20), from_on=date(2026, 11, 1), **who(world.visitor))
    adopt_fee_rule(fee_rule_id=new.pk, **who(world.clerk))
    with pytest.raises(Refused, match="到 2026-11-01 为止"):
        draw_fee_run(village=world.datong, month="2026-10", **who(world.visitor))
    assert draw_fee_run(village=world.datong, month="2026-11", **who(world.visitor)).until_on == date(2026, 12, 1)


def test_to_whom_it_was_paid_is_seen_in_his_own_village_alone_and_stands_in_no_line(world):
    one = made.spend(world, approved=True)
    where = f"/village/fees/spends/{one.pk}/"
    assert one.payee in client_of(world.visitor).get(where).content.decode()
    elsewhere = worker("huangjin9", "岩村干", unit("黄金村村民委员会", Tier.VILLAGE, world.register.huangjin), Role.VILLAGE_WORKER)
    Post.objects.filter(user=world.leader).update(user=elsewhere)
    shown = client_of(elsewhere).get(where)
    assert shown.status_code == 200 and one.payee not in shown.content.decode()
    for facts in ({"what": "付给细沙运输队的车费"}, {"what": "付给细沙·运输队的车费"}, {"voucher": "细沙运输队收条"}):
        asked = {"village": world.datong, "yuan": "1", "what": "11 月垃圾清运车费", "payee": "细沙运输队", "voucher": "0999", "day": DAY} | facts
        with pytest.raises(Refused, match="不写付给谁"):
            draw_spend(**asked, **who(world.register.yang))
    with pytest.raises(Refused, match="不写付给谁"):
        reverse_spend(fee_spend_id=one.pk, reason="细沙运输队多收的退回来了", **who(world.clerk))


def test_a_voucher_that_was_written_down_wrongly_is_reversed_and_written_down_right(world):
    """Its number is the paper's: there is no other to write."""
    made.payment(world, "60")
    asked = {"village": world.datong, "what": "10 月垃圾清运车费", "payee": "细沙运输队", "voucher": "NO-0417", "day": DAY, **who(world.register.yang)}
    for yuan in ("15.20", "12.50"):
        one = draw_spend(yuan=yuan, **asked)
        with pytest.raises(Conflict, match="已经登记过"):
            draw_spend(yuan="1", **asked)
        approve_spend(fee_spend_id=one.pk, **who(world.clerk))
        if yuan == "15.20":
            reverse_spend(fee_spend_id=one.pk, reason="金额登记错了,重新登记", **who(world.clerk))
    assert queries.balance(world.datong.pk) == 6000 - 1250 and list(queries.faults(DAY)) == []


@pytest.mark.parametrize("voucher", ["NO-0417", "ＮＯ－０４１７", "no 0417", "NO\u200b-0417", "No.0417"])
def test_a_voucher_counts_once_however_it_is_spelt(world, voucher):
    made.spend(world, voucher="NO-0417")
    with pytest.raises(Conflict, match="已经登记过"):
        draw_spend(village=world.datong, yuan="12.50", what="10 月垃圾清运车费", payee="细沙运输队", voucher=voucher, day=DAY, **who(world.visitor))
