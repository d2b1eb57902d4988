"""Points and the shop: what is claimed is booked after its days, an objection stops it, months add up, red lines hold; whatever happens in whatever order, the book is whole."""

import random
from datetime import date, timedelta

import pytest
from django.db.models import ProtectedError, Sum
from django.test import Client

from tests.house.quicker import just_before
from tests.house.worlds import World
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.policy import points as policy
from wanjia.registry.models import Household
from wanjia.reporting.figures.queries import figures
from wanjia.verdict import Conflict, Refused

from ..booking import queries as book
from ..booking.commands import reverse_points
from ..models import Good, PointAccount, PointClaim, PointEntry, PointLine, PointMonth, PointObjection, PointScheme, Redemption
from ..point_states import ClaimState, Purse, SchemeState
from ..points.commands import (
    adopt_scheme,
    answer_point_objection,
    book_points,
    draw_scheme,
    object_to_claim,
    post_claim,
    propose_points,
    refuse_claim,
)
from ..points.queries import left
from ..shop import queries as shop
from ..shop.commands import check_month, check_stock, close_month, count_stock, give_back, redeem, restock
from . import point_factories as made
from .point_factories import BOOKED, DAY, who

pytestmark = pytest.mark.django_db
LAST = MONDAY + timedelta(days=3)  # the last day on the board


@pytest.fixture
def world():
    return World()


def balance():
    return PointAccount.objects.get(purse=Purse.HOME).balance


def test_a_claim_is_booked_on_the_day_after_its_last(world):
    one = made.claim(world, ClaimState.POSTED)
    assert (one.posted_on, one.until_on) == (DAY, DAY + timedelta(days=3))
    assert book_points(by=CLOCK, at=LAST) == 0 and not PointEntry.objects.exists()
    assert book_points(by=CLOCK, at=BOOKED) == 1 and balance() == 10
    assert book_points(by=CLOCK, at=BOOKED) == 0, "once"
    assert list(book.faults(None)) == [] and PointLine.objects.aggregate(n=Sum("points"))["n"] == 0


def test_an_unanswered_objection_keeps_it_from_the_book_and_an_upheld_one_for_good(world):
    objection = made.objected(world)
    assert book_points(by=CLOCK, at=BOOKED) == 0
    answer_point_objection(point_claim_id=objection.claim_id, objection=objection, upheld=True, answer="签到表上没有他家", **who(world.clerk))
    objection.claim.refresh_from_db()
    assert objection.claim.state == ClaimState.REFUSED and objection.claim.reason
    assert book_points(by=CLOCK, at=BOOKED) == 0


def test_one_that_is_not_upheld_lets_it_through(world):
    objection = made.objected(world)
    answer_point_objection(point_claim_id=objection.claim_id, objection=objection, upheld=False, answer="问了小组长,来了", **who(world.clerk))
    assert book_points(by=CLOCK, at=BOOKED) == 1


def test_points_out_and_promised_never_exceed_what_the_shelves_cost(world):
    """Liability ≤ stock × cover: forty pieces of ten, so forty claims of ten; the forty-first waits for goods."""
    made.soap(world, pieces=2)
    first = made.claim(world, ClaimState.POSTED)
    scheme = made.scheme(world)
    assert left(scheme) == 10
    made.claim(world, ClaimState.POSTED, day=DAY - timedelta(days=1))
    third = made.claim(world, day=DAY - timedelta(days=2))
    with pytest.raises(Refused, match="只够再发 0 分"):
        post_claim(point_claim_id=third.pk, **who(world.clerk))
    refuse_claim(point_claim_id=first.pk, reason="当天没有组织清扫", **who(world.clerk))
    assert post_claim(point_claim_id=third.pk, **who(world.clerk)).state == ClaimState.POSTED


def test_what_was_given_wrongly_is_reversed_and_nothing_is_deleted(world):
    entry = made.entry(world)
    reverse_points(point_entry_id=entry.pk, words="登记成了另一户,已当面说明", **who(world.clerk, BOOKED))
    assert balance() == 0 and [(one.kind, one.reverses_id) for one in PointEntry.objects.order_by("serial")] == [("award", None), ("reversal", entry.pk)]
    with pytest.raises(ProtectedError):
        PointEntry.objects.all().delete()


def test_what_is_returned_comes_back_to_home_and_shelf(world):
    one = made.redemption(world)
    assert (balance(), Good.objects.get().on_hand) == (0, 39)
    give_back(redemption_id=one.pk, words="没有拆开", **who(world.visitor, BOOKED))
    assert (balance(), Good.objects.get().on_hand) == (10, 40)
    assert list(shop.faults(None)) == [] == list(book.faults(None))


def test_a_new_version_needs_another_hand_and_ends_the_one_before(world):
    old = made.scheme(world)
    new = draw_scheme(village=world.datong, fen=50, cover=80, **made.RESOLVED, **who(world.visitor))
    new.items.create(clause=1, head="works", words="清扫村道", points=5)
    adopt_scheme(point_scheme_id=new.pk, **who(world.clerk))
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.state, old.to_on) == (SchemeState.ENDED, DAY)
    claiming = {"home": world.register.home, "words": "清扫村道", **who(world.visitor)}
    with pytest.raises(Refused, match="不是这一版办法"):
        propose_points(item=old.items.get(), day=DAY, **claiming)
    with pytest.raises(Refused, match="不是这一版办法"):
        propose_points(item=new.items.get(), day=DAY - timedelta(days=1), **claiming)
    assert propose_points(item=old.items.get(), day=DAY - timedelta(days=1), **claiming).points == 10, "a deed of the old rules' days is not lost"


def test_one_deed_is_not_claimed_by_two_versions(world):
    """In the morning by the old rules; in the afternoon the new ones begin."""
    made.claim(world)
    new = draw_scheme(village=world.datong, fen=100, cover=80, **made.RESOLVED, **who(world.visitor))
    new.items.create(clause=3, head="works", words="打扫", points=20)
    adopt_scheme(point_scheme_id=new.pk, **who(world.clerk))
    new.refresh_from_db()
    with pytest.raises(Conflict, match="已经申报过"):
        propose_points(home=world.register.home, item=new.items.get(), day=DAY, words="清扫村道", **who(world.visitor))


def test_a_home_in_which_nobody_ever_lived_is_due_nothing(world):
    empty = Household.objects.create(number="530000000999", village=world.datong, registered_at=MONDAY)
    with pytest.raises(Refused, match="已经没有人"):
        propose_points(home=empty, item=made.item(world), day=DAY, words="清扫村道", **who(world.visitor))


def test_nothing_comes_into_a_month_that_was_closed_while_it_waited(world):
    """Begun at 23:59 of the last day, it waited for whoever closed the month at midnight."""
    made.entry(world)
    midnight = MONDAY.replace(year=2026, month=12, day=1, hour=0)
    close_month(village=world.datong, month="2026-11", **who(world.visitor, midnight))
    with pytest.raises(Conflict, match="已经结账"):
        redeem(good_id=made.soap(world).pk, home=world.register.home, pieces=1, way="at_shop", **who(world.visitor, BOOKED))
    assert redeem(good_id=made.soap(world).pk, home=world.register.home, pieces=1, way="at_shop", **who(world.visitor, midnight)).points == 10


@pytest.mark.parametrize("month", ["9999-12", "2026-13", "2026/10"])
def test_a_month_that_is_none_is_refused(world, month):
    with pytest.raises(Refused, match="月份写成"):
        close_month(village=world.datong, month=month, **who(world.visitor))


@pytest.mark.parametrize(("kind", "more"), [("award", 5), ("redeem", 5), ("reversal", 5), ("give_back", -5)])
def test_a_booking_that_was_changed_whole_is_noticed(world, kind, more):
    """Whoever owns the database changes both lines and both balances alike: it no longer says what the claim, the receipt or the first booking says."""
    if kind == "reversal":
        reverse_points(point_entry_id=made.entry(world).pk, words="登记成了另一户", **who(world.clerk, BOOKED))
    else:
        taken = made.redemption(world)
    if kind == "give_back":
        give_back(redemption_id=taken.pk, words="没有拆开", **who(world.visitor, BOOKED))
    assert list(book.faults(None)) == []
    entry = PointEntry.objects.get(kind=kind)
    for line in entry.lines.all():
        moved = more if line.account.purse == Purse.HOME else -more
        PointLine.objects.filter(pk=line.pk).update(points=line.points + moved)
        PointAccount.objects.filter(pk=line.account_id).update(balance=line.account.balance + moved)
    assert (entry, more) in [(one[0], one[2] - one[3]) for one in book.faults(None)]


@pytest.mark.parametrize(("words", "word"), [("领低保的家庭主动打扫", "低保"), ("孩子考上大学", "考上"), ("动员投票", "投票"), ("没有上访", "上访"), ("按时还贷款", "贷款"), ("低 保户", "低保")])
def test_points_touch_nothing_that_law_grants(world, words, word):
    """乡村治理积分制的红线: relief, school, votes, petitions, debts."""
    with pytest.raises(Refused, match=word):
        propose_points(home=world.register.home, item=made.item(world), day=DAY, words=words, **who(world.visitor))


@pytest.mark.parametrize(("worth", "fen", "points"), [(1000, 100, 10), (1001, 100, 11), (99, 100, 1), (5250, 100, 53), (5250, 50, 105)])
def test_a_things_points_follow_from_its_worth(worth, fen, points):
    assert policy.price(worth, fen) == points


def test_a_month_adds_up_and_only_another_signs_it(world):
    made.redemption(world)
    december = MONDAY + timedelta(days=35)
    one = close_month(village=world.datong, month="2026-11", **who(world.register.yang, december))
    assert (one.opening, one.awarded, one.spent, one.closing, one.redemptions, one.homes, one.stock_fen) == (0, 10, 10, 0, 1, 0, 39_000)
    with pytest.raises(Refused, match="谁算的谁不能核对"):
        check_month(point_month_id=one.pk, **who(world.register.yang, december))
    assert check_month(point_month_id=one.pk, **who(world.clerk, december)).state == "points_checked"


def test_a_board_without_names_and_pages_for_both(world):
    made.objected(world)
    client = Client()
    client.force_login(world.visitor, backend="django.contrib.auth.backends.ModelBackend")
    for address in ("/village/points/", "/village/points/accounts/", "/village/shop/", "/village/shop/redemptions/", "/village/points/months/"):
        assert client.get(address).status_code == 200, address
    paper = client.get(f"/village/points/board/{world.datong.code}/")
    assert paper.status_code == 200 and paper["Content-Type"] == "application/pdf"
    client.force_login(world.register.stranger, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/village/points/board/{world.datong.code}/").status_code == 404


def some_act(world, dice, at):
    """Do one act of points or the shop, whichever the dice say; what is refused is refused."""
    good, home = Good.objects.get(name="洗衣粉"), world.register.home
    claims, entries, taken = (list(rows) for rows in (made.PointClaim.objects.all(), PointEntry.objects.filter(kind="award"), Redemption.objects.all()))
    pick = lambda rows: dice.choice(rows).pk  # noqa: E731
    day = at.date() - timedelta(days=dice.randrange(20))
    acts = [
        lambda: propose_points(home=home, item=made.item(world), day=day, words="清扫村口的路", **who(world.register.yang, at)),
        lambda: post_claim(point_claim_id=pick(claims), **who(world.clerk, at)), lambda: refuse_claim(point_claim_id=pick(claims), reason="没有来", **who(world.clerk, at)),
        lambda: object_to_claim(point_claim_id=pick(claims), words="没看见他家", **who(world.visitor, at)), 
        lambda: reverse_points(point_entry_id=pick(entries), words="记错了户", **who(world.clerk, at)), lambda: redeem(good_id=good.pk, home=home, pieces=dice.randrange(1, 3), way="at_shop", **who(world.visitor, at)),
        lambda: give_back(redemption_id=pick(taken), words="没有拆开", **who(world.visitor, at)), lambda: restock(good_id=good.pk, pieces=dice.randrange(1, 5), **who(world.visitor, at)),
        lambda: count_stock(good_id=good.pk, counted=dice.randrange(0, 12), words="数过了", **who(world.visitor, at)), lambda: check_stock(good_id=good.pk, **who(world.clerk, at)),
    ]  # fmt: skip
    try:
        dice.choice(acts)()
    except (Refused, Conflict, IndexError):
        return


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_done_in_whatever_order_the_book_is_whole(world, seed):
    """Any order of acts over two months: lines add up to nought, balances and shelves are their sums, none below nought, each month ends where the next begins."""
    dice = random.Random(seed)
    made.soap(world, pieces=30)
    made.scheme(world)
    for step in range(120):
        some_act(world, dice, MONDAY + timedelta(hours=12 * step))
        book_points(by=CLOCK, at=MONDAY + timedelta(hours=12 * step))  # as the sweep of the day does
    assert list(book.faults(None)) == [] == list(shop.faults(None))
    assert PointLine.objects.aggregate(n=Sum("points"))["n"] in (0, None)
    assert PointAccount.objects.aggregate(n=Sum("balance"))["n"] in (0, None)
    after = MONDAY + timedelta(days=92)
    for month in shop.months_left(world.datong.pk, date(2027, 2, 2)):
        close_month(village=world.datong, month=month, **who(world.visitor, after))
    closed = list(PointMonth.objects.order_by("month"))
    assert closed and [one.closing for one in closed[:-1]] == [one.opening for one in closed[1:]]
    assert closed[-1].closing == PointAccount.objects.filter(purse=Purse.HOME).aggregate(n=Sum("balance"))["n"]
    assert PointScheme.objects.count() == 1
    last = date(2026, 12, 31)
    counted = {row["id"]: row["n"] for model in (PointClaim, Redemption) for row in figures(model.objects.all(), last, after.date())}
    home_lines = PointLine.objects.filter(account__purse=Purse.HOME, entry__day__lte=last)
    assert counted["point_claims.earned"] - counted["redemptions.spent"] == (home_lines.aggregate(n=Sum("points"))["n"] or 0)


def test_a_line_that_is_lost_is_noticed(world):
    """Negative control: the check of the book feels a balance that its lines do not say, and pieces that no move says."""
    made.redemption(world)
    PointAccount.objects.filter(purse=Purse.HOME).update(balance=7)
    Good.objects.update(on_hand=12)
    assert [(one[2], one[3]) for one in book.faults(None)] == [(7, 0)] and [(one[2], one[3]) for one in shop.faults(None)] == [(12, 39)]


def test_an_objection_that_another_hand_answers_meanwhile_is_answered_once(world):
    what = {"point_claim_id": (one := made.objected(world)).claim_id, "objection": one, "upheld": True, "answer": "签到表上没有他家"}
    first = {"upheld": False, "answer": "问了小组长,来了", "answered_on": DAY}
    with just_before("UPDATE", PointObjection, lambda: PointObjection.objects.filter(pk=one.pk).update(**first)) as came, pytest.raises(Conflict):
        answer_point_objection(**what, **who(world.clerk))
    assert came


def test_what_came_counts_when_another_hand_has_looked(world):
    """One hand's television at a fen, or nine thousand pieces that nobody saw, answers for no point."""
    one = made.coming(world, pieces=9000)
    assert one.on_hand == 0 and shop.standing(world.datong.pk) is None
    scheme = made.scheme(world)
    assert left(scheme) == 0
    restock(good_id=one.pk, pieces=5, **who(world.visitor))
    with pytest.raises(Refused, match="自己登记的进货"):
        check_stock(good_id=one.pk, **who(world.visitor))
    one = check_stock(good_id=one.pk, **who(world.clerk))
    assert one.on_hand == 9005 and left(scheme) == 90_050 and list(shop.faults(None)) == []
    with pytest.raises(Refused, match="多出来的按补货登记"):
        count_stock(good_id=one.pk, counted=9006, words="又数了一遍", **who(world.visitor))
