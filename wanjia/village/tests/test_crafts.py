"""Craftsmen and ventures: by consent and another hand, gone the moment it is taken back, no telephone; one place a half-day, whatever races; nobody under age by name."""

from datetime import date, timedelta

import pytest
from django.test import Client

from tests.house.quicker import just_before
from tests.house.worlds import World
from wanjia.kernel.tests.tried import MONDAY
from wanjia.policy import crafts as policy
from wanjia.registry.models import Person
from wanjia.verdict import Conflict, Refused

from ..craft_states import BookingState, CraftState, PairState, VentureState
from ..crafts import queries, rules
from ..crafts.commands import agree_booking, end_mentoring, fail_booking, show_craftsman, withdraw_craftsman
from ..demo import crafts as lived
from ..figures import crafts as figures
from ..models import CraftBooking, Craftsman, MentorPair, Venture
from ..ventures import queries as ventures
from ..ventures.commands import withdraw_venture
from . import craft_factories as made
from . import factories
from .acts_points import far_village
from .appraisal_factories import DAY, HEARD, home, who
from .factories import NAMES

pytestmark = pytest.mark.django_db
PUBLIC = "/crafts/"


@pytest.fixture
def world():
    return World()


def body(path=PUBLIC, user=None):
    client = Client()
    if user:
        client.force_login(user)
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


# the list


def test_another_hand_shows_a_craftsman_and_he_is_gone_the_moment_he_says_so(world):
    one = made.craftsman(world, CraftState.WRITTEN)
    assert one.called not in body() and queries.on_board(world.datong, DAY, 9) == []
    with pytest.raises(Refused, match="请另一个人核对"):
        show_craftsman(craftsman_id=one.pk, **who(world.register.yang))
    made.craftsman(world)
    assert one.called in body() and len(queries.on_board(world.datong, DAY, 9)) == 1
    withdraw_craftsman(craftsman_id=one.pk, **who(world.visitor))
    assert one.called not in body() and queries.on_board(world.datong, DAY, 9) == []


def test_he_is_found_by_either_skill_in_every_village_and_never_by_name_or_telephone(world):
    one = made.craftsman(world, also="fish")
    for asked, found in (("", True), ("fields", True), ("fish", True), ("pests", False), ("nonsense", True)):
        assert (one.called in body(f"{PUBLIC}?skill={asked}")) is found, asked
    assert NAMES[0] not in body() and "村干部联系" in body()
    assert one.called in dict(enumerate(map(queries.words_of, queries.craftsmen_for(None, far_village(world), DAY))))[0]
    with pytest.raises(Refused, match="电话号码"):
        made.craftsman(world, n=1, words="找我打 138-0000-0000")
    assert made.craftsman(world, n=1, words="种了 20 亩,亩产 1200 斤,10、11、12 月下田").words


@pytest.mark.parametrize("number", ["138.0000.0000", "138\u200b0000\u200b0000", "1 3 8(0000)0000", "138_0000_0000", "一三八零零零零零零零零", "幺三八〇〇〇〇〇〇〇〇", "①③⑧⓪⓪⓪⓪⓪⓪⓪⓪"])
def test_a_telephone_is_one_however_it_is_spelt(world, number):
    with pytest.raises(Refused, match="电话号码"):
        made.craftsman(world, words=f"会修水泵,找我打 {number}")


@pytest.mark.parametrize(("said", "why"), [
    ({"contact": "微信同号,家里有病人,晚上打"}, "不能写"), ({"contact": "53062519800101123X"}, "证件号码"), ({"contact": "5306.2519.8001.0112 3x"}, "证件号码"), ({"words": "腊肉,找小石头要"}, "不能写"),
    ({"called": "小 石头农家乐"}, "不能写"), ({"contact": "小石头 13800000000"}, "不能写"), ({"contact": "13800000000、0870-2123456"}, ""), ({"contact": "13800000000 2123456"}, ""),
])  # fmt: skip
def test_a_contact_says_no_more_than_how_to_reach_the_home_and_nothing_names_a_child(world, said, why):
    where = home(world, 6)
    child = Person.objects.create(name="小石头", birth_on=date(2016, 5, 1), sex="男", village=where.village, registered_at=MONDAY)
    where.memberships.create(person=child, relation="子", from_on=date(2016, 5, 1))
    if not why:
        assert made.venture(world, **said).contact == said["contact"]
        return
    with pytest.raises(Refused, match=why):
        made.venture(world, **said)


def test_what_was_taken_back_is_told_to_no_leader(world):
    one = made.craftsman(world)
    path = f"/village/crafts/people/{one.pk}/"
    assert one.words in body(path, who(world.leader)["by"]) and NAMES[0] not in body(path, who(world.leader)["by"])
    withdraw_craftsman(craftsman_id=one.pk, **who(world.visitor))
    for where in (path, "/village/crafts/"):
        said = body(where, who(world.leader)["by"])
        assert one.words not in said and one.called not in said, where
    assert one.words in body(path, who(world.visitor)["by"])


def test_who_keeps_another_village_is_told_what_its_leader_would_be(world):
    """Whoever asked for him from elsewhere reads his name no more once he took it back; and who keeps one village and looks at this one opens no name here."""
    asks = who(far_village(world))
    one, pair, other = made.craftsman(world), made.pair(world), made.venture(world)
    booking = made.ask_booking(craftsman=one, village=world.register.huangjin, words="教放鱼苗", **asks)
    asked = [f"/village/crafts/bookings/{booking.pk}/", "/village/crafts/bookings/"]
    assert all(one.called in body(path, asks["by"]) for path in asked)
    withdraw_craftsman(craftsman_id=one.pk, **who(world.visitor))
    assert not any(one.called in body(path, asks["by"]) for path in asked) and one.called in body(asked[0], who(world.visitor)["by"])
    post = world.leader.posts.first()
    post.pk, post.user = None, asks["by"]
    post.save(force_insert=True)
    paths = (f"/village/crafts/people/{one.pk}/", f"/village/crafts/pairs/{pair.pk}/", "/village/crafts/pairs/", "/village/crafts/", f"/village/ventures/{other.pk}/", "/village/ventures/")
    for path in paths:
        said = body(path, who(far_village(world))["by"])
        assert not [name for name in (one.called, one.words, NAMES[0], NAMES[3], other.called, other.words) if name in said], path


@pytest.mark.parametrize("kind", ["craftsmen", "ventures"])
def test_what_was_taken_back_is_named_by_no_row_of_an_earlier_year(world, kind):
    """The year's page counts who was shown on its last day, and calls him no more once he took it back."""
    one = made.craftsman(world) if kind == "craftsmen" else made.venture(world, VentureState.SHOWN)
    type(one).objects.update(shown_on=date(2025, 6, 1))
    asked = f"/village/year/rows/?area={world.datong.code}&year=2025&figure={kind}.listed"
    assert one.called in body(asked, who(world.leader)["by"])
    if kind == "craftsmen":
        withdraw_craftsman(craftsman_id=one.pk, **who(world.visitor))
    else:
        withdraw_venture(venture_id=one.pk, **who(world.visitor))
    said = body(asked, who(world.leader)["by"])
    assert one.called not in said and str(one.pk) in said


def test_who_came_back_is_entered_anew_and_nobody_twice(world):
    one = made.craftsman(world)
    again = {"home": one.home, "name": NAMES[0], **made.LISTED, **HEARD, **who(world.register.yang)}
    with pytest.raises(Conflict, match="已经登记"):
        made.list_craftsman(**again)
    withdraw_craftsman(craftsman_id=one.pk, **who(world.visitor))
    assert made.list_craftsman(**again).pk != one.pk


def test_a_consent_that_was_taken_back_lists_nobody_again(world):
    """The paper of last week was withdrawn today: whoever is listed anew was asked anew."""
    before = {"consented_on": DAY - timedelta(days=7)}
    one, other = made.craftsman(world, CraftState.SHOWN), made.venture(world, VentureState.SHOWN)
    withdraw_craftsman(craftsman_id=one.pk, **who(world.visitor))
    withdraw_venture(venture_id=other.pk, **who(world.visitor))
    with pytest.raises(Refused, match="重新问过"):
        made.list_craftsman(**{"home": one.home, "name": NAMES[0], **made.LISTED, **HEARD, **before, **who(world.register.yang)})
    again = {"home": other.home, **made.OFFERED, **HEARD, **before, **who(world.register.yang)}
    with pytest.raises(Refused, match="重新问过"):
        made.write_venture(**again)
    assert made.write_venture(**again | {"kind": "services"}).pk and made.write_venture(**again | {"consented_on": DAY}).pk


def test_who_died_is_offered_to_nobody(world):
    """The register knows it before anybody takes him off the list."""
    one = made.craftsman(world)
    Person.objects.filter(pk=one.person_id).update(died_on=DAY)
    assert one.called not in body() and queries.on_board(world.datong, DAY, 9) == [] and not queries.craftsmen_for(None, None, DAY).exists()


# who learns


def test_an_adult_learns_until_either_ends_it(world):
    one = made.pair(world)
    end_mentoring(mentor_pair_id=one.pk, ending="by_learner", earns=False, outcome="外出务工去了", **who(world.visitor))
    one.refresh_from_db()
    assert (one.state, one.to_on, one.earns) == (PairState.ENDED, DAY, False)


@pytest.mark.parametrize(("born", "let"), [(date(2008, 11, 2), True), (date(2008, 11, 3), False), (None, False)])
def test_nobody_under_eighteen_learns_by_name(world, born, let):
    """The day of the birthday, the day before it, and whoever's birth is not known."""
    assert date(2026, 11, 2) == DAY
    asked = {"craftsman_id": made.craftsman(world).pk, "home": home(world, 3), "name": NAMES[3], "topic": "育秧", "from_on": DAY, **who(world.visitor)}
    Person.objects.filter(name=NAMES[3]).update(birth_on=born)
    if let:
        made.begin_mentoring(**asked)
    else:
        with pytest.raises(Refused, match="未满十八岁"):
            made.begin_mentoring(**asked)
    assert MentorPair.objects.exists() is let


# bookings


def elsewhere(one, half):
    """Another hand promises the craftsman's half-day meanwhile."""
    return lambda: CraftBooking.objects.filter(pk=one.pk).update(state=BookingState.AGREED, day=DAY, half=half)


@pytest.mark.parametrize(("half", "let"), [("morning", False), ("afternoon", True)])
def test_one_craftsman_is_in_one_place_a_half_day_whatever_races(world, half, let):
    """Another hand writes after the rule has looked: the table refuses. The control: the other half of the day is free."""
    one, other = made.booking(world), made.booking(world, fresh=True)
    asked = {"craft_booking_id": one.pk, "day": DAY, "half": "morning", **who(world.visitor)}
    with just_before("UPDATE", CraftBooking, elsewhere(other, half)) as came:
        if let:
            agree_booking(**asked)
        else:
            with pytest.raises(Conflict, match="那个半天已经有约"):
                agree_booking(**asked)
    assert came
    one.refresh_from_db()
    assert one.state == (BookingState.AGREED if let else BookingState.ASKED)


def test_what_failed_frees_the_half_day_and_he_who_left_is_booked_no_more(world):
    one, other = made.booking(world, BookingState.AGREED), made.booking(world, fresh=True)
    asked = {"craft_booking_id": other.pk, "day": DAY, "half": "morning", **who(world.visitor)}
    with pytest.raises(Refused, match="那个半天已经有约"):
        agree_booking(**asked)
    fail_booking(craft_booking_id=one.pk, reason="下雨", **who(world.visitor))
    agree_booking(**asked)
    late = made.booking(world, fresh=True)
    withdraw_craftsman(craftsman_id=late.craftsman_id, **who(world.visitor))
    with pytest.raises(Refused, match="不再约"):
        agree_booking(**asked | {"craft_booking_id": late.pk, "half": "afternoon"})


def test_the_asking_village_sees_its_booking_and_the_craftsmans_village_answers(world):
    asks = far_village(world)
    one = made.ask_booking(craftsman=made.craftsman(world), village=world.register.huangjin, words="教放鱼苗", **who(asks))
    waits = [queries.waiting(who(user)["by"], DAY).count() for user in (asks, world.visitor)]
    assert waits == [0, 1] and [rules.visible_bookings(who(user)["by"]).count() for user in (asks, world.visitor)] == [1, 1]
    with pytest.raises(Refused, match="不在您的范围"):
        agree_booking(craft_booking_id=one.pk, day=DAY, half="morning", **who(asks))
    agree_booking(craft_booking_id=one.pk, day=DAY, half="morning", **who(world.visitor))
    assert made.hold_booking(craft_booking_id=one.pk, outcome="放了三百尾", **who(asks)).state == BookingState.HELD


# ventures


def test_a_venture_hangs_with_what_the_home_agreed_to_and_goes_with_its_contact(world):
    one = made.venture(world)
    assert ventures.on_board(world.datong, DAY, 9) == []
    made.venture(world, VentureState.SHOWN)
    assert [line.said for line in ventures.on_board(world.datong, DAY, 9)] == ["火塘人家(农家乐):腊肉、烤洋芋,提前说,11 月到 2 月。联系:13800000000。"]
    assert "火塘人家" in body(f"/g/{factories.body(world).area_id}/")
    withdraw_venture(venture_id=one.pk, **who(world.visitor))
    assert ventures.on_board(world.datong, DAY, 9) == [] and Venture.objects.get().contact == ""
    assert one.called not in body(f"/village/ventures/{one.pk}/", who(world.leader)["by"])


def test_a_contact_lies_sealed_and_an_empty_one_leads_to_the_village(world):
    from django.db import connection

    one = made.venture(world, VentureState.SHOWN)
    with connection.cursor() as cursor:
        cursor.execute("SELECT contact FROM village_venture")
        assert "13800000000" not in str(bytes(cursor.fetchone()[0]))
    one.contact = ""
    one.save(update_fields=["contact"])
    assert "村干部" in ventures.on_board(world.datong, DAY, 9)[0].said


@pytest.mark.parametrize(("first", "last", "month", "open_"), [(11, 2, 12, True), (11, 2, 1, True), (11, 2, 3, False), (3, 7, 7, True), (3, 7, 8, False), (5, 5, 5, True), (11, 2, 11, True), (3, 7, 2, False)])
def test_a_season_may_go_over_the_new_year(world, first, last, month, open_):
    made.venture(world, from_month=first, to_month=last)
    assert Venture.objects.filter(ventures.in_season(date(2026, month, 9))).exists() is open_


# counted


def test_figures_as_of_a_day(world):
    made.pair(world, PairState.ENDED)
    made.booking(world, BookingState.HELD)
    made.booking(world, BookingState.FAILED)
    made.venture(world, VentureState.SHOWN)
    day, before, after = DAY, DAY - timedelta(days=1), DAY + timedelta(days=1)

    def count(as_of, model, when, **facts):
        return as_of(model.objects.all(), when, DAY).filter(**facts).count()

    assert [count(figures.craftsmen_on, Craftsman, when) for when in (before, day)] == [0, 1]
    assert [count(figures.pairs_on, MentorPair, day, **facts) for facts in ({}, {"f_running": True}, {"f_earns": True})] == [1, 0, 1]
    assert [count(figures.bookings_on, CraftBooking, day, **facts) for facts in ({}, {"f_held": True}, {"f_failed": True})] == [2, 1, 1]
    assert [count(figures.ventures_on, Venture, day, **facts) for facts in ({}, {"f_in_season": True})] == [1, 1]
    withdraw_craftsman(craftsman_id=Craftsman.objects.get().pk, by=who(world.visitor)["by"], at=MONDAY + timedelta(days=1))
    assert [count(figures.craftsmen_on, Craftsman, when) for when in (day, after)] == [1, 0]


# data


@pytest.mark.parametrize(("day", "offered"), [(date(2021, 5, 31), False), (date(2021, 6, 1), True)])
def test_what_is_offered_by_the_edition_of_the_day(day, offered):
    edition = policy.in_force(day)
    assert ("selling" in {one.code for one in edition.skills}) is offered and ("services" in {one.code for one in edition.kinds}) is offered
    assert policy.called("selling").zh == "电商、直播" and policy.called("gone").zh == "gone"


def test_the_demo_village_lives_it_through_the_acts(world):
    """Nine craftsmen, three learners, six bookings, four ventures; told twice it does nothing."""
    factories.body(world, seats=10)
    for n in range(20):
        factories.villager(world, n, group="三组")
    said = []
    told = lived.live(world.datong.code, said.append)
    assert (told["craftsmen"], told["pairs"], told["bookings"], told["ventures"]) == (9, 3, 6, 4) and said
    assert Craftsman.objects.filter(state=CraftState.SHOWN).count() == 9 and Venture.objects.filter(state=VentureState.WRITTEN).count() == 1
    assert sorted(CraftBooking.objects.values_list("state", flat=True)) == ["booking_asked", "booking_failed", *["booking_held"] * 4]
    assert not lived.live(world.datong.code, said.append)
