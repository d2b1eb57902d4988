"""An alarm of a gate or a bell leaves the house to the group or mailbox of the unit that answers: day and hour alone, once; what opens within the hour also before the office does."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.house.worlds import World
from wanjia.orgs.channels.commands import set_channel
from wanjia.orgs.delivery import queries, sending
from wanjia.orgs.delivery import tasks as delivery
from wanjia.orgs.models import Message, User
from wanjia.orgs.tests.acts import ROBOT
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.schools.models import Bell, GateDuty
from wanjia.schools.riding.commands import look_for_lines
from wanjia.schools.rostering import tasks
from wanjia.schools.rostering.commands import look_round

from . import acts_buses as acts
from .factories import bell, of_education
from .gate_factories import DAY, duty
from .test_alarms import china

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


@pytest.fixture
def sent(monkeypatch):
    """What left: [text]."""
    found = []
    monkeypatch.setattr(sending, "_by", lambda _channel, text: found.append(text) or True)
    return found


def hears(world, unit):
    """A unit has a group in which it hears."""
    set_channel(unit_id=unit.pk, **ROBOT, by=User.objects.get(pk=world.admin.pk), at=china(DAY, 8))


def open_duty(world):
    one = duty(world)
    GateDuty.objects.filter(pk=one.pk).update(guard=None)
    return one


def told():
    rows = Message.objects.exclude(about="test").order_by("at")
    return [(one.organisation.name, one.about, one.number, one.path) for one in rows]


def test_the_school_s_own_group_hears_of_its_gate_on_each_stage_once(world):
    hears(world, of_education(world))
    one = open_duty(world)
    number = f"{one.day:%m-%d} {one.from_at:%H:%M}"
    for hour in (8, 9):
        look_round(by=CLOCK, at=china(one.day - timedelta(days=1), hour))
    assert told() == [(of_education(world).name, "gate_open", number, "/schools/alarms/")]
    for minute in (0, 5):
        look_round(by=CLOCK, at=china(one.day, 6, 20 + minute))
    assert [row[1] for row in told()] == ["gate_open", "gate_hour"]


def test_a_unit_without_a_group_is_told_on_the_screen_alone(world):
    one = open_duty(world)
    assert look_round(by=CLOCK, at=china(one.day, 6, 20)) == 1 and told() == []


def test_what_opens_within_the_hour_leaves_before_the_office_opens_and_nothing_else_with_it(world, sent, monkeypatch):
    hears(world, of_education(world))
    one = open_duty(world)
    look_round(by=CLOCK, at=china(one.day - timedelta(days=1), 18))
    early = china(one.day, 6, 20)
    monkeypatch.setattr(timezone, "now", lambda: early)
    assert queries.waiting_at_once(early) == [], "what was told the evening before waits for the morning"
    assert tasks.tick.call() == 1
    assert queries.waiting_at_once(early) == [of_education(world).pk]
    assert delivery.send.call(str(of_education(world).pk)) == 1
    (text,) = sent
    assert text.startswith(f"护学岗一小时内没有人,到岗时间:{one.day:%m-%d} {one.from_at:%H:%M}\nhttp") and "护学岗没有人" not in text
    assert sorted(Message.objects.values_list("about", "state")) == [("gate_hour", "sent"), ("gate_open", "waiting")]


def test_without_its_word_it_waits_until_the_office_opens(world, sent, monkeypatch):
    """The negative control: an about that leaves in working hours alone comes too late for a gate."""
    hears(world, of_education(world))
    one = open_duty(world)
    early = china(one.day, 6, 20)
    monkeypatch.setattr(timezone, "now", lambda: early)
    monkeypatch.setattr(queries, "urgent", lambda: {queries.TEST})
    tasks.tick.call()
    assert delivery.send.call(str(of_education(world).pk)) == 0 and sent == []


def test_a_bell_without_a_bus_is_told_to_whoever_draws_lines(world):
    hears(world, world.education)
    acts.runs_today(world)
    Bell.objects.update(weekdays="1234")
    friday = date(2026, 11, 6)
    bell(world, weekdays="5", leaves="13:00")
    for hour in (9, 10):
        look_for_lines(by=CLOCK, at=china(friday - timedelta(days=1), hour))
    assert told() == [(world.education.name, "bus_bell", "11-06 13:00", "/schools/bus-day/")]
