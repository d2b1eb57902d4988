"""What is told to a home alone, and the strict path to a group's paper board: whom one helps is never told, days, decisions, objections (C27)."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from tests.house.worlds import World
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.registry.models import Absence, DatedStatus, Membership, Person
from wanjia.verdict import Refused

from ..appraisal import queries as appraisal
from ..appraisal_states import ShortState, StrictState
from ..improving import rules as improving
from ..improving.board.commands import answer_strict, draw_strict, object_to_strict, put_up_strict, take_down_strict
from ..improving.commands import drop_shortcoming, end_lists, help_home, mark_repaired, tell_home
from ..improving.queries import decisions_for
from ..models import AgendaItem, Meeting, Shortcoming, StrictNotice
from ..stories import queries as stories
from . import appraisal_factories as made
from . import factories
from .appraisal_factories import DAY, WORDS, who

pytestmark = pytest.mark.django_db
Need = apps.get_model("casework", "Need")


@pytest.fixture
def world():
    return World()




# privately


def disabled(where, _world):
    DatedStatus.objects.create(person=where.memberships.get(to_on=None).person, scheme="disability", code="limb", from_on=date(2020, 1, 1), recorded_at=MONDAY)


def sick(where, _world):
    DatedStatus.objects.create(person=where.memberships.get(to_on=None).person, scheme="condition", code="severe_illness", from_on=date(2020, 1, 1), recorded_at=MONDAY)


def old(where, _world):
    Person.objects.filter(memberships__household=where).update(birth_on=date(1950, 1, 1))


def young(where, _world):
    Person.objects.filter(memberships__household=where).update(birth_on=date(2012, 1, 1))


def left_behind(where, _world):
    mine = where.memberships.get(to_on=None).person
    grandmother = Person.objects.create(name="岩老太", birth_on=date(1948, 1, 1), village=where.village, registered_at=MONDAY)
    Membership.objects.create(household=where, person=grandmother, relation="母亲", from_on=date(2020, 1, 1))
    Absence.objects.create(person=mine, place="浙江", from_on=date(2026, 3, 1), recorded_at=MONDAY)


@pytest.mark.parametrize("spoil", [disabled, sick, old, young, left_behind])
def test_whom_one_helps_is_never_told(world, spoil):
    where = made.home(world, 3)
    assert not improving.is_to_be_helped(where, DAY)
    spoil(where, world)
    with pytest.raises(Refused, match="先帮一把"):
        tell_home(home=where, **WORDS, seen_on=DAY, told_on=DAY, **who(world.visitor))
    needs = Need.objects.count()
    help_home(home=where, words="帮着把柴草搬到空地", **who(world.visitor))
    assert Need.objects.count() == needs + 1 and not Shortcoming.objects.exists(), "helped, and on no list"


def test_without_a_ledger_nobody_is_promised_a_hand(world, monkeypatch):
    asked = {"home": made.home(world, 3), "words": "帮着把柴草搬到空地", **who(world.visitor)}
    monkeypatch.setattr(improving, "gather", lambda kind: [])
    with pytest.raises(Refused, match="没有诉求台账"):
        help_home(**asked)
    monkeypatch.undo()
    assert help_home(**asked) and Need.objects.get().household == asked["home"], "the negative control"


def test_a_status_that_ended_is_no_reason_any_more(world):
    where = made.home(world, 3)
    disabled(where, world)
    DatedStatus.objects.update(to_on=DAY)
    assert not improving.is_to_be_helped(where, DAY) and improving.is_to_be_helped(where, DAY - timedelta(days=1))


def test_only_the_villages_own_keepers_open_it(world):
    one = made.told(world)
    for user, status in ((world.visitor, 200), (world.leader, 404), (world.clerk, 404), (world.handler, 404)):
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        found = client.get(reverse("village:shortcoming", args=[one.pk])).status_code
        assert found == status or (status == 404 and found == 403), user


def test_a_name_of_the_home_is_not_written(world):
    where = made.home(world, 3)
    name = where.memberships.get(to_on=None).person.name
    with pytest.raises(Refused, match="不写姓名"):
        tell_home(home=where, **WORDS | {"fact": f"{name}的柴草占了路"}, seen_on=DAY, told_on=DAY, **who(world.visitor))


def test_it_is_over_by_itself(world):
    one = made.told(world)
    last = MONDAY + timedelta(days=40)
    assert end_lists(by=CLOCK, at=last) == 0
    assert end_lists(by=CLOCK, at=last + timedelta(days=1)) == 1 and end_lists(by=CLOCK, at=last + timedelta(days=1)) == 0
    one.refresh_from_db()
    assert (one.state, one.ended_on) == (ShortState.OVER, (last + timedelta(days=1)).date())


# the strict path


def hanging(world):
    return made.strict(world, StrictState.UP)


def sheet(world, one, user=None):
    client = Client()
    client.force_login(user or world.clerk, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(reverse("village:strict_sheet", args=[one.pk])).status_code


@pytest.fixture
def on_monday(monkeypatch):
    from django.utils import timezone

    monkeypatch.setattr(timezone, "now", lambda: MONDAY)


def test_fifteen_days_the_first_and_the_last_included(world):
    one = hanging(world)
    assert (one.from_on, one.until_on) == (DAY, DAY + timedelta(days=14))
    assert end_lists(by=CLOCK, at=MONDAY + timedelta(days=14)) == 0
    assert end_lists(by=CLOCK, at=MONDAY + timedelta(days=15)) == 1
    one.refresh_from_db()
    assert (one.state, one.shortcoming.state) == (StrictState.DOWN, ShortState.OVER), "down, and over for good"


def test_never_online(world, on_monday):
    one = hanging(world)
    texts = [line.said for shown in (appraisal.on_board, stories.on_board) for line in shown(world.datong, DAY, 50)]
    assert not any(one.words in text or one.shortcoming.home.number in text for text in texts)
    assert sheet(world, one) == 200
    assert Client().get(reverse("village:strict_sheet", args=[one.pk])).status_code == 302, "nobody opens it signed out"
    assert sheet(world, one, world.leader) in (403, 404)


def test_put_right_and_it_is_down_the_same_day(world, on_monday):
    one = hanging(world)
    mark_repaired(shortcoming_id=one.shortcoming_id, **who(world.visitor))
    one.refresh_from_db()
    assert (one.state, one.down_on) == (StrictState.DOWN, DAY) and sheet(world, one) == 404


def test_an_objection_takes_it_down_until_the_supervision_answers(world, on_monday):
    objection = made.objected(world)
    one = objection.notice
    one.refresh_from_db()
    assert one.state == StrictState.STOPPED and sheet(world, one) == 404
    asked = {"strict_notice_id": one.pk, "objection": objection, "seat": made.supervisor(world), "upheld": False, "answer": "去看了,还堆着"}
    for user in (world.register.yang, world.clerk):
        with pytest.raises(Refused, match="请另一个人写"):
            answer_strict(**asked, **who(user))
    answer_strict(**asked, **who(world.visitor))
    one.refresh_from_db()
    assert one.state == StrictState.UP and one.until_on == DAY + timedelta(days=14), "no day longer"


def test_it_hangs_again_only_when_all_are_answered(world):
    first = made.objected(world)
    object_to_strict(strict_notice_id=first.notice_id, words="不是他家的柴", **who(world.visitor))
    asked = {"strict_notice_id": first.notice_id, "seat": made.supervisor(world), "upheld": False, "answer": "去看了,还堆着"}
    answer_strict(objection=first, **asked, **who(world.visitor))
    assert StrictNotice.objects.get().state == StrictState.STOPPED
    answer_strict(objection=first.notice.objections.get(upheld=None), **asked, **who(world.visitor))
    assert StrictNotice.objects.get().state == StrictState.UP


def test_whose_home_needs_a_hand_by_the_answer_does_not_hang_again(world):
    objection = made.objected(world)
    disabled(objection.notice.shortcoming.home, world)
    one = answer_strict(strict_notice_id=objection.notice_id, objection=objection, seat=made.supervisor(world), upheld=False, answer="去看了,还堆着", **who(world.visitor))
    assert one.state == StrictState.DOWN


def test_no_sheet_prints_of_a_home_that_needs_a_hand_by_now(world, on_monday):
    one = hanging(world)
    assert sheet(world, one) == 200
    disabled(one.shortcoming.home, world)
    assert sheet(world, one) == 404


def test_nothing_is_drawn_up_or_put_up_when_what_was_told_is_over_by_its_days(world):
    """The sweep of the night had not come by yet: on the last day it is not over, the day after it is."""
    short = made.told(world)
    Shortcoming.objects.filter(pk=short.pk).update(until_on=DAY - timedelta(days=1))
    with pytest.raises(Refused, match="已经了结"):
        made.strict(world)
    Shortcoming.objects.filter(pk=short.pk).update(until_on=DAY)
    one = made.strict(world)
    Shortcoming.objects.filter(pk=short.pk).update(until_on=DAY - timedelta(days=1))
    with pytest.raises(Refused, match="已经了结"):
        put_up_strict(strict_notice_id=one.pk, **who(world.clerk))
    Shortcoming.objects.filter(pk=short.pk).update(until_on=DAY)
    assert put_up_strict(strict_notice_id=one.pk, **who(world.clerk)).state == StrictState.UP


@pytest.mark.parametrize(("group", "good"), [("三组", False), ("二组", True)])
def test_another_groups_meeting_decides_nothing_about_a_home(world, group, good):
    short, item = made.told(world), made.decision(world)
    type(short.home).objects.filter(pk=short.home_id).update(group_name="二组")
    short.home.refresh_from_db()
    item.body.kind, item.body.group_name = "group", group
    assert bool(improving.bears(item, short)) == good
    type(item.body).objects.filter(pk=item.body_id).update(kind="group", group_name=group)
    assert decisions_for(short, None, DAY).exists() == good


def test_an_objection_that_is_upheld_ends_it_for_good(world):
    objection = made.objected(world)
    one = answer_strict(strict_notice_id=objection.notice_id, objection=objection, seat=made.supervisor(world), upheld=True, answer="去看了,早清了", **who(world.visitor))
    assert one.state == StrictState.DOWN
    with pytest.raises(Refused):
        put_up_strict(strict_notice_id=one.pk, **who(world.clerk))
    with pytest.raises(Refused, match="不能再拟"):
        draw_strict(shortcoming_id=one.shortcoming_id, item=factories.decided(world), refused="又去了一次,没有开门", words="柴草堆占路", **who(world.visitor))


def test_taken_down_by_hand_it_never_hangs_again(world):
    one = take_down_strict(strict_notice_id=hanging(world).pk, reason="商量好了", **who(world.visitor))
    with pytest.raises(Refused):
        put_up_strict(strict_notice_id=one.pk, **who(world.clerk))


def below_quorum(item, one):
    Meeting.objects.filter(pk=item.meeting_id).update(present=5)


def too_few_votes(item, one):
    AgendaItem.objects.filter(pk=item.pk).update(votes_for=2)


def unsigned(item, one):
    Meeting.objects.filter(pk=item.meeting_id).update(signed_at=None, signed_by=None)


def before_the_days_were_over(item, one):
    AgendaItem.objects.filter(pk=item.pk).update(decided_on=one.due_on)


@pytest.mark.parametrize("spoil", [below_quorum, too_few_votes, unsigned, before_the_days_were_over])
def test_without_a_valid_decision_after_the_days_nothing_is_drawn_up(world, spoil):
    one, item = made.told(world), made.decision(world)
    asked = {"shortcoming_id": one.pk, "refused": "组长上门两次,不开门", "words": "柴草堆占路", **who(world.visitor)}
    spoil(item, one)
    with pytest.raises(Refused):
        draw_strict(item=AgendaItem.objects.get(pk=item.pk), **asked)
    assert not StrictNotice.objects.exists()


def test_who_needs_a_hand_by_now_does_not_hang(world):
    one = made.strict(world)
    disabled(one.shortcoming.home, world)
    with pytest.raises(Refused, match="先帮一把"):
        put_up_strict(strict_notice_id=one.pk, **who(world.clerk))


def test_what_went_that_far_is_not_dropped_quietly(world):
    with pytest.raises(Refused, match="先撤下"):
        drop_shortcoming(shortcoming_id=made.strict(world).shortcoming_id, reason="登记错了户", **who(world.visitor))
