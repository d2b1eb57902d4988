"""The collective's money: two hands, what is shared out is what the book and the meeting say, to the fen; nobody outside the till sees a home's part; whatever was altered is noticed."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import transaction
from django.db.models import ProtectedError, Sum
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from tests.house.quicker import just_before
from tests.house.worlds import World
from wanjia.policy import collective as policy
from wanjia.reporting.figures.queries import figures, rows_of
from wanjia.verdict import Conflict, Refused

from ..dividends import queries as dividends
from ..dividends.commands import adopt_run, check_receipts, draw_run, pay_share, set_shares, unpay_share
from ..dividends.rules import was_decided
from ..income import queries as book
from ..income.commands import book_voucher, draw_voucher, end_deal, receive_due, reverse_voucher
from ..models import (
    AgendaItem,
    CollectiveDeal,
    DividendRun,
    DividendShare,
    Meeting,
    MoneyAccount,
    MoneyLine,
    MoneyVoucher,
    ShareHolding,
)
from ..money_states import DealState, RunState, VoucherState
from ..yields.commands import tell_income, tell_yield
from ..yields.queries import growth, per_mu
from . import money_factories as made
from .money_factories import DAY, who

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def whole():
    return list(book.faults(None)) + list(dividends.faults(None)) == []


def read_pdf(body):
    """What a paper says."""
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(body)).pages)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def test_a_year_is_shared_out_reserve_first_to_the_fen(world):
    run = made.run(world, RunState.ADOPTED)
    assert (run.income_fen, run.cost_fen, run.carried_fen, run.reserve_fen, run.total_fen) == (300_000, 100_000, 500_000, 40_000, 660_000)
    assert [(one.hundredths, one.fen) for one in run.shares.order_by("serial")] == [(100, 132_000), (250, 330_000), (100, 132_000), (50, 66_000)]
    assert book.standing(world.datong.pk)["owed"] == 660_000 and book.standing(world.datong.pk)["reserve"] == 40_000
    assert whole() and MoneyLine.objects.aggregate(n=Sum("fen"))["n"] == 0


def test_amounts_are_figures_of_their_rows(world):
    """Income, costs and the dividend are added up from the rows that a link opens, in fen as the year's account has it, and shown in yuan; reversed in a later year, it is taken off there."""
    run = made.run(world, RunState.ADOPTED)
    end = date(2025, 12, 31)
    told = lambda model, day: {row["id"].rpartition(".")[2]: row for row in figures(model.objects.all(), day, DAY)}  # noqa: E731
    vouchers = told(MoneyVoucher, end)
    assert (vouchers["income_money"]["n"], vouchers["cost_money"]["n"], vouchers["income_money"]["shown"]) == (run.income_fen, run.cost_fen, "3,000.00")
    rows = rows_of("collective_vouchers.income_money", MoneyVoucher.objects.all(), end, DAY)
    assert rows.aggregate(n=Sum("fen"))["n"] == run.income_fen
    made.booked(world, reverse_voucher(money_voucher_id=MoneyVoucher.objects.get(category="in_operating").pk, words="登记重了", **who(world.register.yang)))
    assert [told(MoneyVoucher, day)["income_money"]["n"] for day in (end, DAY)] == [run.income_fen, book.sums(world.datong.pk, DAY.year)["income_fen"]] == [300_000, -300_000]
    assert (told(DividendRun, DAY)["money"]["n"], told(DividendRun, DAY)["money"]["shown"]) == (660_000, "6,600.00")


def test_the_printed_sheet_works_it_out_anew(world):
    """From the sheet alone: the total, the shares and the rule that it states."""
    run = made.run(world, yuan="6600.00", percent="20")
    DividendRun.objects.filter(pk=run.pk).update(total_fen=659_999)  # a sum that leaves fen over
    fen = policy.split(659_999, {one.home.number: one.hundredths for one in run.shares.select_related("home")})
    for one in run.shares.select_related("home"):
        DividendShare.objects.filter(pk=one.pk).update(fen=fen[one.home.number])
    text = "".join(read_pdf(signed_in(world.register.yang).get(reverse("village:dividend_sheet", args=[run.pk])).content).split())
    assert "6599.99" in text and "5.00份" in text
    for one in run.shares.select_related("home"):
        exact = 659_999 * one.hundredths
        assert exact // 500 <= one.fen <= exact // 500 + 1 and dividends.yuan(one.fen) in text


def test_every_home_is_paid_once_and_who_was_not_stays_in_sight(world):
    run = made.run(world, RunState.ADOPTED)
    first = run.shares.order_by("serial").first()
    pay_share(dividend_share_id=first.pk, way="by_cash", day=DAY, **who(world.register.yang))
    with pytest.raises(Refused, match="已经发了"):
        pay_share(dividend_share_id=first.pk, way="by_cash", day=DAY, **who(world.register.yang))
    assert dividends.unpaid_count(world.register.yang, DAY) == 3
    with pytest.raises(Refused, match="谁发的谁不能核对"):
        check_receipts(dividend_run_id=run.pk, **who(world.register.yang))
    assert book.standing(world.datong.pk)["cash"] == 700_000, "nothing left the book before another hand had looked"
    check_receipts(dividend_run_id=run.pk, **who(world.clerk))
    assert book.standing(world.datong.pk)["cash"] == 700_000 - first.fen and book.standing(world.datong.pk)["owed"] == 660_000 - first.fen
    with pytest.raises(Refused, match="已经核对入账"):
        unpay_share(dividend_share_id=first.pk, **who(world.register.yang))
    assert whole()


def test_a_home_that_the_same_person_paid_meanwhile_is_not_looked_at_by_him(world, monkeypatch):
    """While he who looks at receipts waits for the book, his other account pays a home: the rule had looked before."""
    first, second = made.share(world).run.shares.order_by("serial")[:2]
    pay_share(dividend_share_id=first.pk, way="by_cash", day=DAY, **who(world.register.yang))
    type(world.visitor).objects.filter(pk=world.visitor.pk).update(name=world.clerk.name)

    def waited(_village_id):
        DividendShare.objects.filter(pk=second.pk).update(paid_on=DAY, paid_at=first.run.drawn_at, way="by_cash", paid_by=world.visitor.pk)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(book, "alone_in", waited)
        with pytest.raises(Conflict), transaction.atomic():
            check_receipts(dividend_run_id=first.run_id, **who(world.clerk))
    check_receipts(dividend_run_id=first.run_id, **who(world.clerk))
    assert DividendShare.objects.filter(voucher__isnull=False).count() == 1 and whole()


def test_of_two_who_pay_one_home_at_once_one_is_told(world):
    share = made.share(world)

    def other():
        DividendShare.objects.filter(pk=share.pk).update(paid_on=DAY, paid_at=share.run.drawn_at, way="by_bank", version=9)

    with just_before("UPDATE", DividendShare, other) as came, pytest.raises(Conflict), transaction.atomic():
        pay_share(dividend_share_id=share.pk, way="by_cash", day=DAY, **who(world.register.yang))
    assert came, "it came to that"


@pytest.mark.parametrize(("spoilt", "words"), [
    ({}, ""), ({"votes_for": 67}, ""), ({"votes_for": 66}, "三分之二"), ({"matter": "collective_income"}, "三分之二"),
])  # fmt: skip
def test_only_what_the_members_meeting_decided_bears_a_dividend(world, spoilt, words):
    one = made.decision(world)
    AgendaItem.objects.filter(pk=one.pk).update(**spoilt | {"minutes": ""})
    one.refresh_from_db()
    told = was_decided(one, world.datong.pk, made.PLAN_TOLD)
    assert bool(told) == (not words) and words in str(told.reason or "")


def test_a_meeting_whose_minutes_nobody_signed_bears_none(world):
    one = made.decision(world, signs=False)
    assert not was_decided(one, world.datong.pk, made.PLAN_TOLD)


def test_a_council_bears_none_and_another_village_neither(world):
    one = made.decision(world, kind="council")
    assert not was_decided(one, world.datong.pk, made.PLAN_TOLD)
    other = made.decision(world)
    assert was_decided(other, world.datong.pk, made.PLAN_TOLD) and not was_decided(other, world.register.huangjin.pk, made.PLAN_TOLD)


@pytest.mark.parametrize(("told", "good"), [(10, True), (9, False), (-1, False)])
def test_members_have_the_plan_ten_days_before(world, told, good):
    """Art. 46."""
    assert bool(was_decided(made.decision(world), world.datong.pk, made.HELD - timedelta(days=told))) == good


@pytest.mark.parametrize(("day", "good"), [(date(2025, 4, 30), False), (date(2025, 5, 1), True)])
def test_no_dividend_cites_a_meeting_from_before_the_law(world, day, good):
    """The law of 2025-05-01 made the members' meeting; before it there is no rule by which it decides."""
    one = made.decision(world)
    Meeting.objects.filter(pk=one.meeting_id).update(day=day, told_on=day - timedelta(days=15))
    one = AgendaItem.objects.select_related("body", "meeting__body").get(pk=one.pk)
    assert bool(was_decided(one, world.datong.pk, day - timedelta(days=15))) == good


def test_a_year_that_was_shared_out_is_closed_and_what_was_wrong_is_reversed_in_this_one(world):
    made.run(world, RunState.ADOPTED)
    with pytest.raises(Refused, match="已经分红"):
        draw_voucher(village=world.datong, category="in_other", yuan="1", day=date(2025, 12, 31), paper="No.9", words="漏记", **who(world.register.yang))
    first = MoneyVoucher.objects.get(category="in_operating")
    back = reverse_voucher(money_voucher_id=first.pk, words="登记重了", **who(world.register.yang))
    with pytest.raises(Refused, match="谁登记的谁不能审批"):
        book_voucher(money_voucher_id=back.pk, **who(world.register.yang))
    made.booked(world, back)
    assert book.sums(world.datong.pk, 2026) == {"income_fen": -300_000, "cost_fen": 0, "carried_fen": 0}
    assert book.by_category(world.datong.pk, 2026)[0][1] == -300_000 and whole()
    with pytest.raises(ProtectedError):
        MoneyVoucher.objects.all().delete()


def test_what_the_reserve_is_used_for_cites_a_paper_of_its_own_and_needs_two_hands(world):
    made.run(world, RunState.ADOPTED)  # 400 yuan in the reserve, 7,000 in cash
    asked = {"village": world.datong, "category": "use_reserve", "day": DAY, "words": "修村道", **who(world.register.yang)}
    with pytest.raises(Refused, match="公积公益金只有 400"):
        made.booked(world, draw_voucher(**asked, yuan="400.01", paper="No.70"))
    one = draw_voucher(**asked, yuan="150", paper="No.71")
    with pytest.raises(Refused, match="谁登记的谁不能审批"):
        book_voucher(money_voucher_id=one.pk, **who(world.register.yang))
    made.booked(world, one)
    assert {name: book.standing(world.datong.pk)[name] for name in ("cash", "reserve")} == {"cash": 685_000, "reserve": 25_000}
    assert book.sums(world.datong.pk, 2026) == {"income_fen": 0, "cost_fen": 0, "carried_fen": 0} and book.used(world.datong.pk, 2026) == 15_000 and whole()
    assert "−150.00" in signed_in(world.register.yang).get(reverse("village:money")).content.decode(), "it goes out of the cash box"
    for category, paper in (("use_reserve", "No.71"), ("out_public", "No.71"), ("use_reserve", "no. 71"), ("out_public", "NO.71")):
        with pytest.raises(Refused, match="已经登记过"):  # however it is spelt, as of the fee and of projects
            draw_voucher(**asked | {"category": category}, yuan="1", paper=paper)
    for _twice in range(2):  # negative control: two costs of one paper stay as they were
        draw_voucher(**asked | {"category": "out_public"}, yuan="1", paper="No.72")
    text = "".join(read_pdf(signed_in(world.register.yang).get(reverse("village:account_sheet", args=[world.datong.pk, 2026])).content).split())
    assert "使用公积公益金" in text and "150.00" in text
    made.booked(world, reverse_voucher(money_voucher_id=one.pk, words="金额写错了", **who(world.register.yang)))
    assert book.standing(world.datong.pk)["reserve"] == 40_000 and book.used(world.datong.pk, 2026) == 0 and whole()
    assert draw_voucher(**asked, yuan="140", paper="No.71").pk, "the same paper, rightly"


def test_the_next_year_begins_with_what_was_left(world):
    made.run(world, RunState.ADOPTED, yuan="6000")
    assert book.sums(world.datong.pk, 2026)["carried_fen"] == 60_000


def test_of_what_is_due_no_more_comes_than_is_due(world):
    one = made.deal(world, DealState.IN_FORCE)
    asked = {"collective_deal_id": one.pk, "due": one.dues.first(), "day": DAY, "paper": "No.7"}
    first = receive_due(**asked, yuan="5000", **who(world.register.yang))
    assert book.overdue(world.register.yang, DAY).count() == 1
    with pytest.raises(Refused, match="只差 7000"):
        receive_due(**asked, yuan="7000.01", **who(world.register.yang))
    receive_due(**asked, yuan="7000", **who(world.register.yang))
    assert book.overdue(world.register.yang, DAY).count() == 0
    made.booked(world, first)
    made.booked(world, reverse_voucher(money_voucher_id=first.pk, words="支票退了", **who(world.register.yang)))
    assert book.overdue(world.register.yang, DAY).count() == 1, "what was reversed is due again"


def test_shares_are_as_of_a_day_and_a_later_change_moves_no_earlier_dividend(world):
    run = made.run(world, RunState.ADOPTED)
    set_shares(home=made.home(world, 20), shares="9", from_on=DAY, basis="成员大会确认", **who(world.register.yang))
    assert sum(one.hundredths for one in dividends.holdings_on(world.datong.pk, DAY)) == 1300
    assert sum(one.hundredths for one in dividends.holdings_on(world.datong.pk, run.day)) == 500 and whole()


@pytest.mark.parametrize("alter", [
    lambda w: DividendShare.objects.filter(serial=1).update(fen=132_001),
    lambda w: (DividendShare.objects.filter(serial=1).update(fen=131_999), DividendShare.objects.filter(serial=2).update(fen=330_001)),
    lambda w: MoneyAccount.objects.filter(purse="cash").update(fen=1),
    lambda w: MoneyLine.objects.filter(voucher__kind="money_income").update(fen=7),
    lambda w: MoneyVoucher.objects.filter(kind="money_income").update(fen=7),
    lambda w: MoneyVoucher.objects.filter(kind="money_income").update(year=2024),
    lambda w: DividendRun.objects.update(income_fen=300_001),
], ids=["one part", "two parts", "balance", "lines", "amount", "year", "sums"])  # fmt: skip
def test_whatever_was_altered_is_noticed(world, alter):
    made.run(world, RunState.ADOPTED)
    assert whole()
    alter(world)
    assert not whole()


def test_the_board_says_totals_and_the_share_and_no_home(world):
    made.run(world, RunState.ADOPTED)
    said = [str(one.said) for one in dividends.on_board(world.datong, DAY + timedelta(days=1), 5, "")]
    assert any("分红 6600.00 元" in one and "每份 1320.00 元" in one for one in said)
    assert not any("3300.00" in one or made.home(world, 21).number in one for one in said)
    assert dividends.on_board(world.datong, DAY - timedelta(days=1), 5, "") == [], "not before it was adopted"


def test_a_homes_part_is_seen_by_whoever_pays_and_nobody_else(world):
    one = made.share(world)
    address, paper = reverse("village:dividend_share", args=[one.pk]), reverse("village:dividend_sheet", args=[one.run_id])
    assert signed_in(world.register.yang).get(address).status_code == 200
    for user in (world.leader, world.register.leader):
        client = signed_in(user)
        assert client.get(address).status_code in (403, 404) and client.get(paper).status_code in (403, 404)
        page = client.get(reverse("village:dividend_run", args=[one.run_id]))
        assert page.status_code == 200 and "1320.00" in page.content.decode() and one.home.number not in page.content.decode()
    sheet = read_pdf(signed_in(world.leader).get(reverse("village:account_sheet", args=[world.datong.pk, 2025])).content)
    assert "6600.00" in sheet and "400.00" in sheet and one.home.number not in sheet


def test_the_page_says_how_often_the_account_is_published_and_what_at_once(world):
    """农村集体经济组织法第四十五条."""
    made.run(world, RunState.ADOPTED)
    page = signed_in(world.register.yang).get(reverse("village:money")).content.decode()
    assert "财务至少每 92 天公布一次" in page and "涉及集体和成员利益的重大事项" in page and "第四十五条" in page


def test_means_are_told_of_five_homes_and_of_four_not(world):
    for n in range(5):
        one = made.home(world, 40 + n)
        made.villager(world, 40 + n)
        if n == 4:
            assert growth([world.datong.pk], 2025, DAY)["more"] is None and "few" in per_mu([world.datong.pk], 2026, DAY)[0]
        tell_income(home=one, year=2024, yuan="30000", method="told", **who(world.register.yang))
        tell_income(home=one, year=2025, yuan=f"{40000 + n}", method="told", **who(world.register.yang))
        tell_yield(home=one, plot="大田", mu="2", year=2026, season="early", crop="rice", jin=2000, yuan="3000", method="weighed", **who(world.register.yang))
    assert growth([world.datong.pk], 2025, DAY) == {"n": 5, "mean": 4_000_200, "more": 1_000_200, "small": 5}
    assert per_mu([world.datong.pk], 2026, DAY)[0] | {"crop": ""} == {"crop": "", "n": 5, "homes": 5, "jin": 1000, "fen": 150_000, "mu": 1000}


def test_two_plans_of_one_year_are_one(world):
    asked = made.planned(world)
    draw_run(**asked, **who(world.register.yang))
    with pytest.raises(Conflict):
        draw_run(**asked, **who(world.register.yang))
    assert ShareHolding.objects.count() == 4


def test_what_came_after_the_plan_stops_it(world):
    run = made.run(world)
    made.booked(world, draw_voucher(village=world.datong, category="out_tax", yuan="1", day=date(2025, 7, 1), paper="No.8", words="税金", **who(world.register.yang)))
    with pytest.raises(Refused, match="账或者份额变了"):
        adopt_run(dividend_run_id=run.pk, **who(world.clerk))


def test_a_waiting_voucher_moves_nothing(world):
    made.voucher(world)
    assert not MoneyLine.objects.exists() and MoneyVoucher.objects.get().state == VoucherState.DRAWN


def test_a_second_account_of_who_wrote_the_shares_adopts_no_dividend(world):
    one = made.run(world)
    ShareHolding.objects.update(set_by=world.visitor)
    type(world.visitor).objects.filter(pk=world.visitor.pk).update(name=world.clerk.name, phone="")
    with pytest.raises(Refused, match="同一个人"):
        adopt_run(dividend_run_id=one.pk, **who(world.clerk))


def test_a_second_account_of_who_drew_a_contract_up_does_not_end_it(world):
    """After that day nothing is asked of the other side."""
    one = made.deal(world, DealState.IN_FORCE)
    type(world.visitor).objects.filter(pk=world.register.yang.pk).update(name=world.clerk.name, phone="")
    with pytest.raises(Refused, match="同一个人"):
        end_deal(collective_deal_id=one.pk, ended_on=DAY, reason="双方协商解除", **who(world.clerk))


def test_a_contract_that_ends_takes_nothing_off_that_was_due_already(world):
    """Ended with a past day, what was overdue was asked of nobody any more."""
    one = made.deal(world, DealState.IN_FORCE)
    asked = {"collective_deal_id": one.pk, "reason": "双方协商解除", **who(world.register.yang)}
    CollectiveDeal.objects.filter(pk=one.pk).update(drawn_by=world.clerk, checked_by=None)
    with pytest.raises(Refused, match="2026-03-01 那一期已经到期"):
        end_deal(ended_on=date(2026, 2, 28), **asked)
    end_deal(ended_on=date(2026, 3, 1), **asked)
    assert book.dues().filter(deal=one).get().out == 1_200_000


@pytest.mark.parametrize(("held", "good"), [(date(2025, 12, 31), False), (date(2026, 1, 1), True)])
def test_a_decision_bears_no_dividend_of_a_year_that_was_not_over(world, held, good):
    """Nor of any later year: art. 46 has the members told the year's account before they decide."""
    asked = made.planned(world)
    Meeting.objects.filter(pk=asked["item"].meeting_id).update(day=held, told_on=held - timedelta(days=15))
    asked |= {"item": AgendaItem.objects.select_related("body", "meeting__body").get(pk=asked["item"].pk), "told_on": held - timedelta(days=15)}
    if good:
        assert draw_run(**asked, **who(world.register.yang)).year == 2025
    else:
        with pytest.raises(Refused, match="过完以后"):
            draw_run(**asked, **who(world.register.yang))


def test_one_decision_bears_the_dividend_of_one_year(world):
    """A meeting that decided on last year's money did not decide on the year's before."""
    asked = made.planned(world)
    DividendRun.objects.filter(pk=draw_run(**asked, **who(world.register.yang)).pk).update(year=2024)
    with pytest.raises(Refused, match="另一年的分红"):
        draw_run(**asked, **who(world.register.yang))
    DividendRun.objects.update(state=RunState.DROPPED)
    assert draw_run(**asked, **who(world.register.yang)).year == 2025


def test_with_whom_a_contract_is_made_is_seen_by_the_villages_own_hands(world):
    """Whose rent is late is a debt: leaders see what and how much, never whose."""
    one = made.deal(world, DealState.IN_FORCE, home=world.register.home)
    pages = (reverse("village:collective_deals"), reverse("village:collective_deal", args=[one.pk]))
    for user, sees in ((world.register.yang, True), (world.clerk, True), (world.leader, False), (world.register.leader, False)):
        for page in pages:
            shown = signed_in(user).get(page)
            assert shown.status_code == 200 and "12000.00" in shown.content.decode()
            assert (one.party in shown.content.decode()) == sees, (user, page)
        assert (world.register.home.number in shown.content.decode()) == sees, user


def test_nobody_signs_for_a_dividend_that_was_not_adopted(world):
    keeper = signed_in(world.register.yang)
    sheet = lambda run: read_pdf(keeper.get(reverse("village:dividend_sheet", args=[run.pk])).content)  # noqa: E731
    one = made.share(world)
    assert keeper.get(reverse("village:dividend_receipt", args=[one.pk])).status_code == 200 and "不能发放" not in sheet(one.run)
    draft = made.draft_share(world)
    assert keeper.get(reverse("village:dividend_receipt", args=[draft.pk])).status_code == 404 and "不能发放" in sheet(draft.run)
    assert "打印收据" not in keeper.get(reverse("village:dividend_share", args=[draft.pk])).content.decode()
