"""Parents' classes: a home counts once in the year, whoever came how often; whoever has nothing to do with a home reads a number; no child's name is on any page."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.house.worlds import World
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import User
from wanjia.schools.families import commands, queries
from wanjia.schools.models import ParentClass
from wanjia.verdict import Refused

from .acts_families import came, contact, held
from .factories import school
from .lesson_factories import DAY, lecturer

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def world():
    return World()


def afresh(user):
    return User.objects.get(pk=user.pk)


def test_a_home_counts_once_in_the_year(world):
    came(world)
    other = ParentClass.objects.create(school=school(world), day=DAY - timedelta(days=20), aspects="society", lecturer=lecturer(world), way="face", recorded_at=MONDAY)
    commands.add_parent_home(parent_class_id=other.pk, household=world.register.home, by=afresh(world.schools), at=MONDAY)
    assert queries.homes_of_year(afresh(world.schools), DAY) == 1
    ParentClass.objects.update(taken_back_at=MONDAY, taken_back_because="记错")
    assert queries.homes_of_year(afresh(world.schools), DAY) == 0, "the negative control"
    with pytest.raises(Refused):
        commands.add_parent_home(parent_class_id=other.pk, household=world.register.home, by=afresh(world.schools), at=MONDAY)


def test_who_has_to_do_with_homes_sees_their_numbers_and_everybody_else_how_many(world, client):
    came(world)
    number = world.register.home.number
    for who, sees in ((contact(world), True), (world.schools, True), (world.headmaster, False), (world.gates, False)):
        client.force_login(afresh(who), backend=BACKEND)
        for name, args in (("parent_class", (held(world).pk,)), ("parent_classes", ())):
            page = client.get(reverse(f"schools:{name}", args=args))
            assert page.status_code == 200
            text = page.content.decode()
            assert (number in text) == (sees and name == "parent_class"), (who.username, name)
            assert "王" not in text.split("<main", 1)[1], "nobody of the home is named"
