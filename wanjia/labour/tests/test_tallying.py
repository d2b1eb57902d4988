"""The sums of labourers: added up by one function, from nothing and from what is there; none goes below nought."""

from collections import Counter
from datetime import date
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction

from wanjia.registry.tests.factories import World

from ..models import Since, Tally, Verified
from ..models.tallies import ALIKE
from ..tallying.commands import changed
from ..tallying.keys import alike, differences

DAY, GONE = date(2026, 11, 2), date(2026, 3, 1)
HOME = ("530625202201", False, False, False, "none", "", False, None, DAY)
AWAY = ("530625202201", True, False, False, "outside", "organised", True, GONE, DAY)


@pytest.fixture
def world(db):
    return World()


def rows(model):
    return sorted(model.objects.filter(n__gt=0).values_list(*[f.attname for f in model._meta.fields if f.name != "id"]))


def test_what_is_added_stands_and_what_goes_back_is_gone(world):
    changed(Counter({HOME: 3, AWAY: 2}))
    changed(Counter({HOME: -1, AWAY: 1}))
    assert [(row[4], row[-1]) for row in rows(Tally)] == [("none", 2), ("outside", 3)]
    assert rows(Since) == [("530625202000", "outside", GONE, 3)] and rows(Verified) == [("530625202000", DAY, 5)]
    changed(Counter({HOME: -2, AWAY: -3}))
    assert rows(Tally) == rows(Since) == rows(Verified) == []


def test_a_verification_alone_moves_its_day_and_no_other_sum(world):
    changed(Counter({HOME: 1}))
    changed(Counter({HOME: -1, (*HOME[:-1], GONE): 1}))
    assert rows(Verified) == [("530625202000", GONE, 1)] and [row[-1] for row in rows(Tally)] == [1]


def test_many_at_once_are_added_as_few_are(world):
    many = Counter({(*HOME[:-1], date(2026, 1, day)): day for day in range(1, 29)})
    changed(many)
    assert {row[1].day: row[2] for row in rows(Verified)} == {day: day for day in range(1, 29)}
    changed(Counter({key: -n for key, n in many.items()}))
    assert rows(Verified) == rows(Tally) == []


@pytest.mark.parametrize("more", [(), tuple((*HOME[:-1], date(2026, 1, day)) for day in range(1, 20))], ids=["few", "many"])
def test_more_cannot_leave_than_were_there(world, more):
    with pytest.raises(IntegrityError), transaction.atomic():
        changed(Counter({AWAY: -1} | dict.fromkeys(more, 1)))
    assert rows(Tally) == []


def test_who_left_the_roll_is_counted_under_nothing(world):
    one = SimpleNamespace(left_on=None, **dict(zip(ALIKE, AWAY, strict=True)))
    before = alike(one)
    one.left_on = DAY
    assert before == AWAY and alike(one) is None and differences([(before, None), (None, HOME)]) == Counter({AWAY: -1, HOME: 1})
