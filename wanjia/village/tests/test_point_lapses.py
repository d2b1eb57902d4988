"""Points lapse only by a rule that says so, thirty days after the homes were told, by another hand; the oldest are spent first; what lapsed wrongly is put back, and all books agree."""

from datetime import date, timedelta

import pytest
from django.test import Client

from tests.house.worlds import World
from wanjia.policy import points as policy
from wanjia.verdict import Refused

from ..board.sections import points as on_board
from ..booking import queries as book
from ..booking.commands import reverse_points
from ..booking.lapsing import amounts, told_to
from ..models import PointAccount, PointEntry, PointLapse, PointLine, PointScheme
from ..point_states import ClaimState, Purse
from ..points.appeals.commands import answer_appeal
from ..points.lapses import queries
from ..points.lapses.commands import book_lapse, drop_lapse, tell_lapse
from ..points.queries import points_out
from ..shop.commands import check_month, close_month, redeem
from . import point_factories as made
from .point_factories import OVER, TOLD, who

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def balance():
    return PointAccount.objects.get(purse=Purse.HOME).balance


def earned_in(year):
    """Let the last award be of another year."""
    PointEntry.objects.filter(pk=PointEntry.objects.filter(kind="award").order_by("-serial").first().pk).update(day=date(year, 6, 1))


def test_no_point_lapses_by_rules_that_do_not_say_so(world):
    made.entry(world)
    with pytest.raises(Refused, match="没有说积分会过期"):
        tell_lapse(point_scheme_id=made.scheme(world).pk, year=2026, **who(world.register.yang, TOLD))
    PointScheme.objects.filter(pk=made.scheme(world).pk).update(lapse_years=1)
    assert tell_lapse(point_scheme_id=made.scheme(world).pk, year=2026, **who(world.register.yang, TOLD)).pk, "negative control: the same points under rules that do"


@pytest.mark.parametrize(("told", "until"), [("2027-01-01", "2027-12-31"), ("2027-12-01", "2027-12-31"), ("2027-12-02", "2028-01-01"), ("2029-03-01", "2029-03-31")])
def test_homes_have_thirty_days_and_never_less_than_their_rules_say(world, told, until):
    made.scheme(world, lapse_years=1)
    made.entry(world)
    one = tell_lapse(point_scheme_id=made.scheme(world).pk, year=2026, **who(world.register.yang, TOLD.replace(year=int(told[:4]), month=int(told[5:7]), day=int(told[8:]))))
    assert (one.until_on, policy.in_force(one.told_on).lapse_notice_days) == (date.fromisoformat(until), 30)


def test_what_lapses_leaves_the_book_by_a_line_that_names_its_rule(world):
    one = made.lapse(world)
    assert [(home.home_id, home.points) for home in queries.homes_of(one)] == [(world.register.home.pk, 10)] and balance() == 10
    one = book_lapse(point_lapse_id=one.pk, **who(world.clerk, OVER))
    assert (balance(), points_out(world.datong.pk), one.points, one.homes) == (0, 0, 10, 1)
    entry = PointEntry.objects.get(kind="lapse")
    assert entry.lapse.scheme == made.scheme(world) and sorted(entry.lines.values_list("account__purse", "points")) == [("home", -10), ("lapsed", 10)]
    assert list(book.faults(None)) == [] == list(queries.faults(None))


def test_what_is_spent_meanwhile_does_not_lapse(world):
    one = made.lapse(world)
    redeem(good_id=made.soap(world).pk, home=world.register.home, pieces=1, way="at_shop", **who(world.register.yang, OVER))
    assert book_lapse(point_lapse_id=one.pk, **who(world.clerk, OVER)).points == 0 and not PointEntry.objects.filter(kind="lapse").exists()


def test_the_oldest_are_spent_first(world):
    """Ten of 2026 and ten of 2027, one piece of ten taken in 2027: those of 2026 are gone, those of 2027 lapse a year later."""
    made.scheme(world, lapse_years=1)
    made.redemption(world)
    made.claim(world, ClaimState.POSTED, day=made.DAY - timedelta(days=1))
    made.claim(world, ClaimState.BOOKED, day=made.DAY - timedelta(days=1))
    earned_in(2027)
    with pytest.raises(Refused, match="没有剩下的"):
        tell_lapse(point_scheme_id=made.scheme(world).pk, year=2026, **who(world.register.yang, TOLD))
    one = tell_lapse(point_scheme_id=made.scheme(world).pk, year=2027, **who(world.register.yang, OVER))
    assert one.until_on == date(2028, 12, 31) and list(amounts(one).values()) == [10]


def test_points_of_two_years_lapse_each_once_in_either_order(world):
    made.scheme(world, lapse_years=1)
    made.entry(world)
    made.claim(world, ClaimState.POSTED, day=made.DAY - timedelta(days=1))
    made.claim(world, ClaimState.BOOKED, day=made.DAY - timedelta(days=1))
    earned_in(2027)
    late = OVER.replace(year=2030)
    for year in (2027, 2026):
        one = tell_lapse(point_scheme_id=made.scheme(world).pk, year=year, **who(world.register.yang, late))
        assert book_lapse(point_lapse_id=one.pk, **who(world.clerk, late + timedelta(days=40))).points == 10
    assert balance() == 0 and list(book.faults(None)) == []


def test_points_of_a_version_that_lets_none_lapse_stay(world):
    """Of two versions only the second says that points lapse: the ten of the first stay."""
    one = made.lapse(world)
    made.claim(world, ClaimState.POSTED, day=made.DAY - timedelta(days=1))
    made.claim(world, ClaimState.BOOKED, day=made.DAY - timedelta(days=1))
    older = PointScheme.objects.create(village=world.datong, serial=9, fen=100, cover=100, drawn_at=TOLD, state="scheme_draft", **made.RESOLVED)
    item = older.items.create(clause=1, head="works", words="清扫", points=10)
    made.PointClaim.objects.filter(day=made.DAY - timedelta(days=1)).update(item=item)
    assert balance() == 20 and book_lapse(point_lapse_id=one.pk, **who(world.clerk, OVER)).points == 10 and balance() == 10


def test_what_lapsed_wrongly_is_put_back_by_another_and_an_award_is_taken_back_once(world):
    one = made.lapse(world)
    award = made.entry(world)
    book_lapse(point_lapse_id=one.pk, **who(world.clerk, OVER))
    made.claim(world, ClaimState.POSTED, day=made.DAY - timedelta(days=1))
    made.claim(world, ClaimState.BOOKED, day=made.DAY - timedelta(days=1))
    with pytest.raises(Refused, match="先冲正过期"):
        reverse_points(point_entry_id=award.pk, words="登记成了另一户", **who(world.clerk, OVER))
    lapsed = PointEntry.objects.get(kind="lapse")
    reverse_points(point_entry_id=lapsed.pk, words="公告没有贴到他家组里", **who(world.clerk, OVER))
    assert (balance(), PointEntry.objects.get(kind="restore").reverses) == (20, lapsed) and list(book.faults(None)) == []
    reverse_points(point_entry_id=award.pk, words="登记成了另一户", **who(world.clerk, OVER))
    assert balance() == 10 and list(book.faults(None)) == [] == list(queries.faults(None))


def lapsed_with_ten_more(world, last=None):
    """The home's ten points of 2026 lapsed, and it was given ten others, which an award taken back twice would take too."""
    one = made.lapse(world)
    (last or (lambda: book_lapse(point_lapse_id=one.pk, **who(world.clerk, OVER))))()
    made.claim(world, ClaimState.POSTED, day=made.DAY - timedelta(days=1))
    made.claim(world, ClaimState.BOOKED, day=made.DAY - timedelta(days=1))
    earned_in(2027)
    return one


def test_an_appeal_that_is_upheld_late_takes_back_nothing_that_lapsed_already(world):
    made.scheme(world, lapse_years=1)
    appealed = made.appeal(world)
    lapsed_with_ten_more(world)
    said = {"point_appeal_id": appealed.pk, "upheld": True, "answer": "看了签到表,问了组长", **who(world.visitor, OVER)}
    with pytest.raises(Refused, match="先冲正过期"):
        answer_appeal(**said)
    assert balance() == 10
    reverse_points(point_entry_id=PointEntry.objects.get(kind="lapse").pk, words="这一笔本来就记错了", **who(world.clerk, OVER))
    assert answer_appeal(**said).state == "appeal_upheld" and balance() == 10, "the control"


@pytest.mark.parametrize("races", [True, False])
def test_who_waits_for_a_lapse_to_be_booked_does_not_take_the_same_points_back(world, monkeypatch, races):
    """The book was being written by whoever carried the lapse out: the look before it was over said nothing of it."""
    one, award = lapsed_with_ten_more(world, last=lambda: None), made.PointEntry.objects.filter(kind="award").order_by("serial").first()
    waits = [races]

    def alone_in(_village):
        if waits.pop() if waits else False:
            book_lapse(point_lapse_id=one.pk, **who(made.reviewer(world), OVER))

    monkeypatch.setattr(book, "alone_in", alone_in)
    if races:
        with pytest.raises(Refused, match="先冲正过期"):
            reverse_points(point_entry_id=award.pk, words="登记成了另一户", **who(world.clerk, OVER))
    else:
        reverse_points(point_entry_id=award.pk, words="登记成了另一户", **who(world.clerk, OVER))
    assert balance() == (20 if races else 10), "the other's hand is undone with ours here, where one connection stands for both"


def test_points_of_another_villages_version_do_not_lapse_by_ours(world):
    """A home that moved here brings what it was given there, by a version of the same number: that lapses by its own rules."""
    one = made.lapse(world)
    made.claim(world, ClaimState.POSTED, day=made.DAY - timedelta(days=1))
    made.claim(world, ClaimState.BOOKED, day=made.DAY - timedelta(days=1))
    theirs = PointScheme.objects.create(village=world.register.huangjin, serial=one.scheme.serial, fen=100, cover=100, lapse_years=1, drawn_at=TOLD, state="scheme_draft", **made.RESOLVED)
    item = theirs.items.create(clause=1, head="works", words="清扫", points=10)
    made.PointClaim.objects.filter(day=made.DAY - timedelta(days=1)).update(item=item)
    assert book_lapse(point_lapse_id=one.pk, **who(world.clerk, OVER)).points == 10 and balance() == 10
    assert list(amounts(one).values()) == [10], "whose is whose is known of what lapsed, too"


def test_a_month_prints_what_lapsed(world):
    one = book_lapse(point_lapse_id=made.lapse(world).pk, **who(world.clerk, OVER))
    assert one.points == 10
    PointEntry.objects.filter(kind="award").update(day=date(2027, 12, 1))  # the months between, in which nothing happened
    february = OVER.replace(month=2, day=2)
    for month in ("2027-12", "2028-01"):
        closed = close_month(village=world.datong, month=month, **who(world.register.yang, february))
    assert (closed.opening, closed.lapsed, closed.closing, closed.homes) == (10, 10, 0, 0)
    check_month(point_month_id=closed.pk, **who(world.clerk, february))
    assert "过期 10 分" in str(on_board(world.datong, february.date(), 9, "")[0])
    client = Client()
    client.force_login(world.visitor, backend="django.contrib.auth.backends.ModelBackend")
    assert "本月过期" in client.get(f"/village/points/months/{closed.pk}/").content.decode()


def test_a_lapse_that_was_changed_whole_is_noticed(world):
    """Negative control: lines and balances changed alike no longer say what the lapse says."""
    one = book_lapse(point_lapse_id=made.lapse(world).pk, **who(world.clerk, OVER))
    for line in PointLine.objects.filter(entry__lapse=one):
        less = 4 if line.account.purse == Purse.HOME else -4
        PointLine.objects.filter(pk=line.pk).update(points=line.points + less)
        PointAccount.objects.filter(pk=line.account_id).update(balance=line.account.balance + less)
    assert list(book.faults(None)) == [] and [(row[0], row[2], row[3]) for row in queries.faults(None)] == [(one, 10, 6)]


def test_homes_are_told_on_board_sheet_and_their_own_page(world):
    one = made.lapse(world)
    assert "2028-01-14" in str(on_board(world.datong, TOLD.date(), 9, "")[0]) and not on_board(world.datong, TOLD.date(), 9, "一组")
    client = Client()
    client.force_login(world.visitor, backend="django.contrib.auth.backends.ModelBackend")
    for address in (f"/village/points/lapses/{one.pk}/", f"/village/points/schemes/{one.scheme_id}/", f"/village/points/accounts/{made.account(world).pk}/"):
        assert "2028-01-14" in client.get(address).content.decode(), address
    assert client.get(f"/village/points/lapses/{one.pk}/sheet/")["Content-Type"] == "application/pdf"
    drop_lapse(point_lapse_id=one.pk, reason="村民会议定了不过期", **who(world.visitor, TOLD))
    assert told_to(made.account(world)) == [] == queries.homes_of(PointLapse.objects.get()) and not on_board(world.datong, TOLD.date(), 9, "")
    client.force_login(world.register.stranger, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/village/points/lapses/{one.pk}/").status_code == 404
