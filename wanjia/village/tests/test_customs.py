"""Frontages and feasts: one home a stretch, checks of places with their rhythm, what nobody sees to in sight; feasts are filed, never fined."""

from datetime import date, timedelta

import pytest
from django.test import Client

from tests.house.quicker import just_before
from tests.house.worlds import World
from wanjia.kernel.tests.tried import MONDAY
from wanjia.policy import customs as policy
from wanjia.verdict import Conflict, Refused

from ..customs import queries
from ..customs.commands import (
    adopt_feast_cap,
    call_off_feast,
    check_stretch,
    close_stretch,
    draw_feast_cap,
    file_feast,
    free_stretch,
    give_stretch,
)
from ..fee_states import RuleState
from ..figures.fees import feasts_on, stretches_on
from ..models import Feast, FeastCap, Stretch, StretchCheck, StretchKeeper
from . import fee_factories as made
from .factories import villager
from .fee_factories import DAY, MET, who

pytestmark = pytest.mark.django_db
EDITION = policy.in_force(DAY)


@pytest.fixture
def world():
    return World()


def counts(world, day=DAY):
    return queries.counts(Stretch.objects.filter(village=world.datong), day)


def client_of(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_stretch_is_one_homes_at_a_time_and_what_nobody_sees_to_stands_in_sight(world):
    one = made.stretch(world, kept=False)
    assert counts(world) == {"all": 1, "free": 1, "due": 1}
    give_stretch(stretch_id=one.pk, home=world.register.home, **who(world.visitor))
    other = villager(world, 1).memberships.get().household
    give_stretch(stretch_id=one.pk, home=other, **who(world.visitor, MONDAY + timedelta(days=1)))
    assert [(kept.home_id, kept.to_on) for kept in one.keepers.order_by("from_on")] == [(world.register.home.pk, DAY + timedelta(days=1)), (other.pk, None)]
    assert counts(world)["free"] == 0
    other.memberships.update(to_on=DAY)
    assert counts(world)["free"] == 1, "the home that saw to it is empty now"
    free_stretch(stretch_id=one.pk, reason="搬走了", **who(world.visitor, MONDAY + timedelta(days=2)))
    assert counts(world)["free"] == 1 and not StretchKeeper.objects.filter(to_on=None).exists()


def test_two_who_give_a_stretch_at_once_give_it_once(world):
    one, other = made.stretch(world, kept=False), villager(world, 1).memberships.get().household
    quick = lambda: StretchKeeper.objects.create(stretch=one, home=other, from_on=DAY, given_at=MONDAY)  # noqa: E731
    with just_before("INSERT INTO", StretchKeeper, quick) as came, pytest.raises(Exception, match=r"one_home_a_stretch|UNIQUE"):
        give_stretch(stretch_id=one.pk, home=world.register.home, **who(world.visitor))
    assert came


@pytest.mark.parametrize(("passed", "after", "due"), [
    (True, EDITION.check_days - 1, 0), (True, EDITION.check_days, 1), (False, EDITION.mend_days - 1, 0), (False, EDITION.mend_days, 1),
])  # fmt: skip
def test_a_stretch_is_due_again_after_its_days_and_sooner_where_something_was_to_mend(world, passed, after, due):
    one = made.stretch(world)
    check_stretch(stretch_id=one.pk, **{} if passed else {"lacks": ["clean"], "words": "水沟堵了"}, **who(world.visitor))
    assert counts(world, DAY + timedelta(days=after))["due"] == due


def test_a_check_that_passes_later_mends_the_stretch(world):
    one = made.check(world).stretch
    check_stretch(stretch_id=one.pk, **who(world.visitor, MONDAY + timedelta(days=7)))
    row = queries.listed(Stretch.objects.all(), DAY + timedelta(days=8)).get()
    assert row.found and not row.due and StretchCheck.objects.count() == 2


def test_a_stretch_is_closed_and_what_was_stays(world):
    one = made.check(world).stretch
    close_stretch(stretch_id=one.pk, reason="路改道了", **who(world.visitor))
    assert counts(world)["all"] == 0 and one.checks.count() == 1 and one.keepers.get().to_on == DAY
    assert made.open_stretch(village=world.datong, name=one.name, **who(world.visitor)).pk != one.pk, "its name is free again"


def test_a_feast_above_what_was_agreed_on_is_filed_and_said_kindly(world):
    made.cap(world)
    one = made.feast(world)
    assert (one.tables, one.cap, one.above) == (12, 10, 2)
    shown = client_of(world.visitor).get(f"/village/feasts/filed/{one.pk}/").content.decode()
    assert "多 2 桌" in shown and "不罚款" in shown and "礼金" not in shown
    assert client_of(world.visitor).get(f"/village/feasts/filed/{one.pk}/slip/")["Content-Type"] == "application/pdf"


@pytest.mark.parametrize(("back", "fits"), [(1, True), (EDITION.back_days, True), (EDITION.back_days + 1, False)])
def test_a_funeral_is_filed_when_it_is_over(world, back, fits):
    asked = {"home": world.register.home, "kind": "funeral", "day": DAY - timedelta(days=back), "tables": 8, **who(world.visitor)}
    if fits:
        assert file_feast(**asked).cap is None, "nothing was agreed on"
    else:
        with pytest.raises(Refused, match="最多补登"):
            file_feast(**asked)


@pytest.mark.parametrize(("ahead", "fits"), [(EDITION.ahead_days, True), (EDITION.ahead_days + 1, False)])
def test_a_feast_is_filed_for_a_day_that_people_plan(world, ahead, fits):
    asked = {"home": world.register.home, "kind": "wedding", "day": DAY + timedelta(days=ahead), "tables": 8, **who(world.visitor)}
    if fits:
        assert file_feast(**asked)
    else:
        with pytest.raises(Refused, match="天以后"):
            file_feast(**asked)


def test_a_feast_that_is_called_off_is_filed_anew(world):
    one = made.feast(world)
    call_off_feast(feast_id=one.pk, **who(world.visitor))
    again = file_feast(home=world.register.home, kind="wedding", day=one.day, tables=9, **who(world.visitor))
    assert again.tables == 9 and Feast.objects.count() == 2
    with pytest.raises(Conflict):
        file_feast(home=world.register.home, kind="wedding", day=one.day, tables=9, **who(world.visitor))


def test_what_was_agreed_on_is_as_of_the_day(world):
    made.cap(world)
    new = draw_feast_cap(village=world.datong, tables=8, words="红白喜事不超过八桌", **MET, **who(world.visitor))
    with pytest.raises(Refused, match="谁拟的谁不能启用"):
        adopt_feast_cap(feast_cap_id=new.pk, **who(world.visitor))
    adopt_feast_cap(feast_cap_id=new.pk, **who(world.clerk))
    assert [queries.cap_on(world.datong.pk, day).tables for day in (DAY - timedelta(days=1), DAY)] == [10, 8]
    assert FeastCap.objects.get(tables=10).state == RuleState.ENDED and queries.cap_on(world.datong.pk, date(2026, 1, 1)) is None


@pytest.mark.parametrize("words", ["超过十桌的罚款五百", "不听劝的取消低保", "大操大办的上黑榜", "先交保证金"])
def test_a_by_law_persuades_and_does_not_punish(world, words):
    with pytest.raises(Refused, match="不能写"):
        draw_feast_cap(village=world.datong, tables=8, words=words, **MET, **who(world.visitor))


def test_who_marries_and_who_died_is_seen_by_whoever_files_it(world):
    one = made.feast(world)
    for user in (world.clerk, world.register.leader, world.leader):
        assert client_of(user).get(f"/village/feasts/filed/{one.pk}/").status_code in (302, 403, 404)
        page = client_of(user).get("/village/feasts/")
        assert page.status_code in (302, 403) or world.register.home.number not in page.content.decode()


def test_the_board_names_no_home(world):
    made.check(world)
    made.cap(world)
    made.feast(world)
    lines = queries.on_board(world.datong, DAY, 9)
    assert len(lines) == 2 and "10 桌" in lines[1].said and "1 段,有责任户的 1 段" in lines[0].said
    assert len(queries.on_board(world.datong, DAY, 9, "三组")) == 2 and len(queries.on_board(world.datong, DAY, 9, "一组")) == 1


def test_figures_are_as_of_their_day(world):
    one = made.check(world).stretch
    row = stretches_on(Stretch.objects.all(), DAY, DAY).get()
    assert (row.f_held, row.f_looked, row.f_passed) == (True, True, False)
    assert not stretches_on(Stretch.objects.all(), DAY - timedelta(days=1), DAY).exists()
    check_stretch(stretch_id=one.pk, **who(world.visitor, MONDAY + timedelta(days=7)))
    assert [stretches_on(Stretch.objects.all(), DAY + timedelta(days=n), None).get().f_passed for n in (6, 7)] == [False, True]
    feast = made.feast(world)
    call_off_feast(feast_id=feast.pk, **who(world.visitor, MONDAY + timedelta(days=2)))
    assert [feasts_on(Feast.objects.all(), DAY + timedelta(days=n), None).count() for n in (-1, 0, 1, 2)] == [0, 1, 1, 0]
