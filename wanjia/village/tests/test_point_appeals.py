"""Appeals against points: in time, owned, answered by who had no hand in the line; what follows is done by two hands (rules.md §f.6)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.house.worlds import World
from wanjia.kernel.tests.tried import MONDAY
from wanjia.verdict import Conflict, Refused

from ..booking import queries as book
from ..booking.commands import reverse_points
from ..models import PointAccount, PointAppeal, PointClaim, PointEntry, PointScheme
from ..point_states import AppealState, ClaimState, Purse
from ..points.appeals.commands import answer_appeal, appeal_absence, appeal_line
from ..points.appeals.queries import answerers, waiting
from ..points.appeals.rules import begun, last_day
from ..points.commands import answer_point_objection, book_points, post_claim, refuse_claim
from . import point_factories as made
from .point_factories import BOOKED, CLOCK, DAY, who

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def answered(world, one, *, upheld, user=None, at=BOOKED):
    return answer_appeal(point_appeal_id=one.pk, upheld=upheld, answer="看了签到表,问了组长", **who(user or world.visitor, at))


def balance():
    return PointAccount.objects.get(purse=Purse.HOME).balance


def test_five_working_days_from_the_board(world):
    one = made.claim(world, ClaimState.BOOKED)
    assert (one.posted_on, last_day(one.posted_on)) == (DAY, DAY + timedelta(days=7)), "over a weekend"
    asked = {"point_claim_id": one.pk, "words": "这一件是隔壁家做的", "owner": made.reviewer(world)}
    with pytest.raises(Refused, match="申诉期限"):
        appeal_line(**asked, **who(world.visitor, MONDAY + timedelta(days=8)))
    told = appeal_line(**asked, **who(world.visitor, MONDAY + timedelta(days=7)))
    assert (told.told_on, told.due_on, told.home_id) == (DAY + timedelta(days=7), DAY + timedelta(days=14), one.home_id)


def test_what_is_refused_late_is_appealed_from_that_day(world):
    one = made.claim(world)
    refuse_claim(point_claim_id=one.pk, reason="签到表上没有他家", **who(world.clerk, MONDAY + timedelta(days=20)))
    asked = {"point_claim_id": one.pk, "words": "那天我家两个人去的", "owner": world.visitor}
    assert appeal_line(**asked, **who(world.register.yang, MONDAY + timedelta(days=25))).posted_on == DAY + timedelta(days=20)


@pytest.mark.parametrize(("answered_after", "days"), [(0, 7), (30, 37)])
def test_a_line_that_was_objected_to_is_appealed_from_the_day_on_which_it_stood_again(world, answered_after, days):
    """While the objection waited nothing was booked, and nobody could appeal: the five working days had run out before they began."""
    objection = made.objected(world)
    answer_point_objection(point_claim_id=objection.claim_id, objection=objection, upheld=False, answer="签到表上有他家", **who(made.reviewer(world), MONDAY + timedelta(days=answered_after)))
    book_points(by=CLOCK, at=MONDAY + timedelta(days=answered_after + 5))
    asked = {"point_claim_id": objection.claim_id, "words": "分记少了一次", "owner": world.visitor}
    with pytest.raises(Refused, match="申诉期限"):
        appeal_line(**asked, **who(world.register.yang, MONDAY + timedelta(days=days + 1)))
    assert appeal_line(**asked, **who(world.register.yang, MONDAY + timedelta(days=days))).posted_on == DAY + timedelta(days=answered_after)


def test_what_is_claimed_anew_after_an_appeal_has_days_of_its_own(world):
    one = made.appeal(world, made.refused(world))
    answered(world, one, upheld=True)
    one.refresh_from_db()
    late = MONDAY + timedelta(days=56)
    again = post_claim(point_claim_id=one.redone_id, **who(world.visitor, late))
    book_points(by=CLOCK, at=late + timedelta(days=5))
    again.refresh_from_db()
    assert (again.state, begun(again)) == (ClaimState.BOOKED, DAY + timedelta(days=56))


def test_while_it_is_on_the_board_an_objection_serves(world):
    one = made.claim(world, ClaimState.POSTED)
    with pytest.raises(Refused, match="登记异议"):
        appeal_line(point_claim_id=one.pk, words="这一件是隔壁家做的", owner=world.visitor, **who(world.register.yang))


def test_upheld_against_what_was_booked_it_is_reversed(world):
    one = made.appeal(world)
    assert balance() == 10
    answered(world, one, upheld=True)
    assert balance() == 0 and list(book.faults(None)) == [] and PointEntry.objects.get(kind="reversal").reverses.claim_id == one.claim_id
    one.refresh_from_db()
    assert (one.state, one.redone) == (AppealState.UPHELD, None)


def test_not_upheld_nothing_moves(world):
    one = made.appeal(world)
    answered(world, one, upheld=False)
    assert balance() == 10 and PointEntry.objects.count() == 1
    with pytest.raises(Refused, match="已经答复"):
        answered(world, one, upheld=True)


def test_spent_points_are_not_owed(world):
    one = made.appeal(world)
    made.redemption(world)
    with pytest.raises(Refused, match="积分不能欠"):
        answered(world, one, upheld=True)
    one.refresh_from_db()
    assert one.state == AppealState.OPEN and balance() == 0


def test_upheld_after_another_reversed_it_nothing_is_taken_twice(world):
    one = made.appeal(world)
    reverse_points(point_entry_id=PointEntry.objects.get().pk, words="登记成了另一户", **who(world.clerk, BOOKED))
    answered(world, one, upheld=True)
    assert balance() == 0 and PointEntry.objects.count() == 2


def test_upheld_against_a_refusal_it_is_claimed_anew_and_put_up_by_another(world):
    line = made.refused(world)
    one = made.appeal(world, line)
    answered(world, one, upheld=True)
    one.refresh_from_db()
    again = one.redone
    assert (again.state, again.points, again.day, again.proposed_by_id) == (ClaimState.PROPOSED, 10, line.day, world.register.yang.pk)
    with pytest.raises(Refused, match="自己申报"):
        post_claim(point_claim_id=again.pk, **who(world.register.yang, BOOKED))
    assert post_claim(point_claim_id=again.pk, **who(world.visitor, BOOKED)).state == ClaimState.POSTED


def test_what_stands_on_no_board_is_claimed_when_upheld(world):
    made.claim(world, ClaimState.POSTED)
    asked = {"home": world.register.home, "item": made.item(world), "day": DAY - timedelta(days=1), "posted_on": DAY, "words": "前一天也去清扫了", "owner": made.reviewer(world)}
    one = appeal_absence(**asked, **who(world.visitor))
    answered(world, one, upheld=True, user=made.reviewer(world))
    one.refresh_from_db()
    assert (one.redone.state, one.redone.home_id, one.redone.words) == (ClaimState.PROPOSED, world.register.home.pk, "参加一次人居环境清扫"), "a claim hangs on the board: what the home said does not"
    with pytest.raises(Conflict):
        appeal_absence(**asked, **who(world.visitor))


def test_no_deed_is_claimed_by_two_versions_by_way_of_an_appeal(world):
    """The rules of points as they were this morning bore the deed already: when the appeal is written down, or by the time it is answered."""
    line = made.claim(world, ClaimState.POSTED)
    old = line.item.scheme
    PointScheme.objects.filter(pk=old.pk).update(state="scheme_ended", to_on=DAY)
    new = made.scheme(world, from_on=DAY)
    PointClaim.objects.filter(pk=line.pk).update(item=old.items.get())
    asked = {"home": world.register.home, "item": new.items.get(), "day": DAY, "posted_on": DAY, "words": "公示里没有", "owner": made.reviewer(world)}
    with pytest.raises(Conflict, match="申报过"):
        appeal_absence(**asked, **who(world.visitor))
    PointClaim.objects.filter(pk=line.pk).update(day=DAY - timedelta(days=1))
    one = appeal_absence(**asked, **who(world.visitor))
    PointClaim.objects.filter(pk=line.pk).update(day=DAY)
    with pytest.raises(Conflict, match="另外申报"):
        answered(world, one, upheld=True, user=made.reviewer(world))


def test_who_answered_an_objection_to_a_line_owns_no_appeal_against_it(world):
    objection = made.objected(world)
    answer_point_objection(point_claim_id=objection.claim_id, objection=objection, upheld=False, answer="签到表上有他家", **who(made.reviewer(world)))
    line = made.claim(world, ClaimState.BOOKED)
    with pytest.raises(Refused, match="请交给另一个人"):
        appeal_line(point_claim_id=line.pk, words="这一件是隔壁家做的", owner=made.reviewer(world), **who(world.register.yang, BOOKED))
    assert appeal_line(point_claim_id=line.pk, words="这一件是隔壁家做的", owner=world.visitor, **who(world.register.yang, BOOKED)).owner_id == world.visitor.pk, "the control"


def test_who_had_a_hand_in_it_neither_owns_nor_answers(world):
    line = made.claim(world, ClaimState.BOOKED)
    asked = {"point_claim_id": line.pk, "words": "这一件是隔壁家做的"}
    for hand in (world.clerk, world.register.yang, world.visitor):
        with pytest.raises(Refused, match="请交给另一个人"):
            appeal_line(**asked, owner=hand, **who(world.visitor, BOOKED))
    third = made.reviewer(world)
    assert list(answerers(line, world.visitor, DAY)) == [third]
    one = appeal_line(**asked, owner=made.reviewer(world), **who(world.visitor, BOOKED))
    late = BOOKED + timedelta(days=60)
    for hand in (world.clerk, world.register.yang, world.visitor):
        with pytest.raises(Refused, match="请交给另一个人"):
            answered(world, one, upheld=True, user=hand, at=late)
    assert answered(world, one, upheld=False, user=made.reviewer(world)).state == AppealState.REJECTED, "the negative control"


def test_it_waits_for_its_owner_and_after_its_day_for_all(world):
    one = made.appeal(world)
    made.reviewer(world)
    assert list(waiting(world.visitor, DAY)) == [one] and not waiting(made.reviewer(world), one.due_on)
    with pytest.raises(Refused, match="交给了另一个人"):
        answered(world, one, upheld=False, user=made.reviewer(world))
    assert list(waiting(made.reviewer(world), one.due_on + timedelta(days=1))) == [one]
    assert answered(world, one, upheld=False, user=made.reviewer(world), at=BOOKED + timedelta(days=30)).answered_by_id == made.reviewer(world).pk


def test_its_pages_tell_what_followed(world):
    one = made.appeal(world)
    client = Client()
    client.force_login(world.visitor, backend="django.contrib.auth.backends.ModelBackend")
    for name, args, words in (("point_appeals", [], one.words), ("point_appeal", [one.pk], one.words), ("point_claim", [one.claim_id], reverse("village:point_appeal", args=[one.pk]))):
        page = client.get(reverse(f"village:{name}", args=args))
        assert page.status_code == 200 and words in page.content.decode(), name
    client.force_login(world.register.stranger, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("village:point_appeal", args=[one.pk])).status_code in (403, 404)
    assert PointClaim.objects.count() == PointAppeal.objects.count() == 1
