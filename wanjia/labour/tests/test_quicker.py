"""Who is quicker by a breath, in labour: each compare-and-set of an act, and each rule of once, is met by another hand that writes in between."""

from datetime import time, timedelta

import pytest

from tests.house.quicker import done, just_before
from tests.house.worlds import World
from wanjia.kernel.tests.tried import MONDAY
from wanjia.verdict import Conflict

from ..models import BoardTask, Card, DayOrder, DayWork, Fair, Market, Outreach, Reached, Round, Waiting, Worker
from .acts import ACTS

pytestmark = pytest.mark.django_db
DAY, NEWER = MONDAY.date(), {"version": 99}



@pytest.fixture
def world(db):
    """The places, units and people of the house tests."""
    return World()


# (act, the table that it writes, what another hand puts there meanwhile)
CHANGED = [
    ("labour.end_market", Market, {"closed_on": DAY}),
    ("labour.leave_line", Waiting, NEWER),
    ("labour.open_arrears", DayWork, NEWER),
    ("labour.remark_work", DayWork, NEWER),
    ("labour.call_off_fair", Fair, NEWER),
    ("labour.note_answer", Reached, NEWER),
    ("labour.close_round", Round, {"closed_on": DAY}),
    ("labour.ask_board_part", BoardTask, NEWER),
]


def a_market(world, what):
    """Somebody else opens one of this name here."""
    Market.objects.create(area=what["area"], name=what["name"], unit=world.office, place="村口", opens=time(6), closes=time(18), from_on=DAY)


def a_place(_world, _what):
    """The same man is given a place at another market."""
    card, here = Card.objects.latest("made_at"), Market.objects.get()
    there = Market.objects.create(area=here.area, name="另一个市场", unit=here.unit, place="村口", opens=time(6), closes=time(18), from_on=DAY)
    Waiting.objects.create(market=there, day=DAY, card=card, number=1, came_at=MONDAY, recorded_at=MONDAY)


def a_work(_world, what):
    """Somebody else sends him to the same order."""
    DayWork.objects.create(order=DayOrder.objects.get(pk=what["order_id"]), waiting=Waiting.objects.get(), sent_at=MONDAY)


def a_fair(world, what):
    """Somebody else announces the same fair."""
    Fair.objects.create(area=what["area"], name=what["name"], day=what["day"], unit=world.office, place="广场", recorded_at=MONDAY)


def a_word(_world, _what):
    """Somebody else tells him of the same vacancy."""
    one = Outreach.objects.get()
    Reached.objects.create(outreach=one, vacancy=one.vacancy, worker=Worker.objects.first(), told_on=DAY)


def a_round(_world, what):
    """Somebody else opens a round there."""
    Round.objects.create(area=what["area"], from_on=DAY, to_on=DAY + timedelta(days=9), opened_at=MONDAY)


# (act, the table into which it puts a row, what another hand puts there meanwhile, what is said)
MADE = [
    ("labour.open_market", Market, a_market, "这里已经有一个叫这个名字的零工市场。"),
    ("labour.make_card", Waiting, a_place, "他刚刚在别的市场排上了"),
    ("labour.fill_order", DayWork, a_work, ""),
    ("labour.announce_fair", Fair, a_fair, "这一天已经登记过同名的招聘会。"),
    ("labour.send_outreach", Reached, a_word, ""),
    ("labour.open_round", Round, a_round, ""),
]


@pytest.mark.parametrize(("act", "model", "values"), CHANGED, ids=[row[0] for row in CHANGED])
def test_a_row_that_is_written_meanwhile_is_not_written_over(world, act, model, values):
    what = ACTS[act].make(world)
    with just_before("UPDATE", model, lambda: model.objects.update(**values)), pytest.raises(Conflict):
        done(world, act, what)


@pytest.mark.parametrize(("act", "model", "makes", "said"), MADE, ids=[row[0] for row in MADE])
def test_a_row_that_is_made_meanwhile_is_told_in_words(world, act, model, makes, said):
    what = ACTS[act].make(world)
    with just_before("INSERT INTO", model, lambda: makes(world, what)), pytest.raises(Conflict) as told:
        done(world, act, what)
    assert said in str(told.value.reason)


@pytest.mark.parametrize(("act", "verb", "model"), [(act, "UPDATE", model) for act, model, _values in CHANGED] + [(act, "INSERT INTO", model) for act, model, *_said in MADE])
def test_whoever_is_alone_is_not_told_so(world, act, verb, model):
    """Negative control: the same act, and nobody writes meanwhile."""
    what = ACTS[act].make(world)
    with just_before(verb, model, lambda: None) as came:
        done(world, act, what)
    assert came, "the act writes that table no more"
