"""Who stands on a roll on a day: of age, alive, living there, once; counted against a plain second count."""

from datetime import date, timedelta
from random import Random

import pytest

from wanjia.registry.models import Household, Membership, Person
from wanjia.registry.tests.factories import World

from ..bodies import rolls
from .factories import DAY, body, villager

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db):
    """The small world."""
    return World()


def names(world, day=DAY, group=""):
    """The names on the roll."""
    return set(rolls.adults(world.datong.pk, group, day).values_list("name", flat=True))


@pytest.mark.parametrize(("born", "day", "on"), [
    (date(2008, 11, 2), date(2026, 11, 1), False), (date(2008, 11, 2), date(2026, 11, 2), True), (date(2008, 2, 29), date(2026, 2, 28), False), (date(2008, 2, 29), date(2026, 3, 1), True),
    (date(2010, 2, 28), date(2028, 2, 28), True), (date(2010, 3, 1), date(2028, 2, 29), False),
])  # fmt: skip
def test_of_age_on_the_day_and_not_before(world, born, day, on):
    person = villager(world, 1, born=born)
    assert (person.name in names(world, day)) is on and (person.age_on(day) >= 18) is on


def test_the_dead_the_moved_and_the_unknown_are_not_on_it(world):
    dead, moved, unknown, twice = (villager(world, n) for n in (1, 2, 3, 4))
    Person.objects.filter(pk=dead.pk).update(died_on=DAY)
    Membership.objects.filter(person=moved).update(to_on=DAY)
    Person.objects.filter(pk=unknown.pk).update(birth_on=None)
    Person.objects.filter(pk=twice.pk).update(merged_into=world.head)
    assert {dead.name, moved.name, unknown.name, twice.name} & names(world) == set()
    assert {dead.name, moved.name} <= names(world, DAY - timedelta(days=1)), "the day before they were"
    assert rolls.unknown(world.datong.pk, "", DAY) == 1
    assert world.child.name not in names(world) and world.head.name in names(world)


def test_a_home_counts_where_an_adult_lives_and_the_sheet_lists_each_once(world):
    villager(world, 1)
    villager(world, 2, born=date(2015, 1, 1))
    one = body(world, "villagers")
    sheet = rolls.lines(one, DAY)
    assert rolls.due(one, "homes", DAY) == len(sheet) == 2 and rolls.due(one, "adults", DAY) == sum(len(line.names) for line in sheet) == 3
    text = repr(sheet)
    assert world.head.citizen_id not in text and world.home.phone not in text, "no number of an ID card, no telephone"


def test_a_groups_roll_is_its_own(world):
    villager(world, 1, group="一组")
    villager(world, 2, group="二组")
    one = body(world, "group", group_name="一组")
    assert rolls.due(one, "adults", DAY) == 1 and [line.group for line in rolls.lines(one, DAY)] == ["一组"]


@pytest.mark.parametrize("seed", range(3))
def test_against_a_plain_count(world, seed):
    """Property: whoever is born, dies, moves and comes back in whatever order, the roll is what a count by hand says."""
    roll = Random(seed)
    for n in range(25):
        person = villager(world, n + 50, born=date(2008, 10, 25) + timedelta(days=roll.randint(-12, 12)), died_on=roll.choice([None, None, DAY, DAY + timedelta(days=1)]))
        Membership.objects.filter(person=person).update(from_on=DAY + timedelta(days=roll.randint(-9, 3)), to_on=roll.choice([None, None, DAY + timedelta(days=roll.randint(3, 5))]))
    by_hand, homes = set(), set()
    for one in Membership.objects.filter(household__village=world.datong).select_related("person"):
        who = one.person
        lives = (one.from_on is None or one.from_on <= DAY) and (one.to_on is None or one.to_on > DAY)
        if lives and who.birth_on and who.age_on(DAY) >= 18 and (who.died_on is None or who.died_on > DAY):
            by_hand.add(who.pk)
            homes.add(one.household_id)
    assert set(rolls.adults(world.datong.pk, "", DAY).values_list("pk", flat=True)) == by_hand
    assert set(rolls.homes(world.datong.pk, "", DAY).values_list("pk", flat=True)) == homes and Household.objects.count() > len(homes) > 2
