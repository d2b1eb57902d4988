"""Who might fetch a child, what an elder must not eat and what was said on the telephone: due by their rule, emptied by a list of two units, kept by a hold."""

from datetime import timedelta

import pytest

from tests.house.worlds import World
from wanjia.care.canteen import commands as canteen
from wanjia.care.classes import commands as rolls
from wanjia.care.models import Collector, Diner, MissedCall, Serving
from wanjia.care.tests import acts_classes as acts
from wanjia.kernel.tests.tried import MONDAY
from wanjia.office.erasing import queries as ordered
from wanjia.office.models import Disposal
from wanjia.office.retention import commands, queries, tasks
from wanjia.orgs.models import User
from wanjia.orgs.retained import classes
from wanjia.policy import retention as policy

pytestmark = pytest.mark.django_db
DAY = MONDAY.date()
LATER = MONDAY + timedelta(days=3 * 366)
CODES = ("collector", "diner", "missed_call")


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    """The list of orders lies beside the key ring: each test has its own."""
    monkeypatch.setattr(ordered, "orders_path", lambda: tmp_path / ordered.FILE)


@pytest.fixture
def world():
    """An uncle was struck off, an elder missed a meal, was called and eats there no more."""
    found = World()
    what = acts.fetching(found)
    rolls.drop_collector(**what, reason="搬走了", **acts.who(found))
    missed = acts.missed(found)
    canteen.call_missed(**missed, result="ill", words="发烧,已送卫生室", **acts.who(found))
    canteen.end_diner(diner_id=Serving.objects.get().diner_id, reason="住到女儿家去了", **acts.who(found))
    Diner.objects.update(contact="女儿")
    return found


def fresh(actor):
    return User.objects.get(pk=actor.pk)


def due(code, at):
    return classes()[code].due(policy.in_force(DAY).kept(code), at.date()).count()


def carried(world, code):
    """The list of a class is drawn up, agreed to by another unit, and carried out."""
    commands.propose_disposal(code=code, area=world.county, by=fresh(world.ledger), at=LATER)
    one = Disposal.objects.get(code=code)
    commands.decide_disposal(disposal_id=one.pk, agree=True, by=fresh(world.inspector), at=LATER + timedelta(hours=1))
    return tasks.carry_all(LATER + timedelta(days=14))


@pytest.mark.parametrize("code", CODES)
def test_nothing_is_due_before_its_three_years(world, code):
    assert [due(code, at) for at in (MONDAY, LATER - timedelta(days=30), LATER)] == [0, 0, 1]


def test_the_words_go_and_the_rows_stay(world):
    assert [carried(world, code) for code in CODES] == [1, 1, 1]
    one, diner, call = Collector.objects.get(), Diner.objects.get(), MissedCall.objects.get()
    assert (one.phone, one.code, one.words) == ("", "", "") and one.name != "王建军" and one.to_on == DAY
    assert (diner.diet, diner.phone) == ("", "") and diner.contact != "女儿" and diner.weekdays == "1234567"
    assert (call.words, call.result) == ("", "ill") and Serving.objects.get().called_the_day is True


def test_a_hold_keeps_them(world):
    for code in reversed(CODES):  # the calls of diners are kept with these too
        one = classes()[code]
        rows = one.due(policy.in_force(DAY).kept(code), LATER.date())
        assert not queries.held(one, rows, LATER.date()), "control: before it nothing keeps them"
        commands.hold_rows(ground="lawsuit", code=code, document="永法〔2026〕7号", by=fresh(world.ledger), at=MONDAY)
        assert set(queries.held(one, rows, LATER.date()).values()) == {"lawsuit"}


def test_whoever_may_still_fetch_and_still_eats_is_never_due(world):
    """Negative control: struck off and ended on no day, whatever the years."""
    Collector.objects.update(to_on=None)
    Diner.objects.update(to_on=None)
    assert [due(code, LATER + timedelta(days=9000)) for code in CODES] == [0, 0, 1]
