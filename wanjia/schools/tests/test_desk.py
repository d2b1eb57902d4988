"""What stands of schools on the desk: of the own people, today and what is missing; of whoever keeps the year, which schools lack something."""

from datetime import date

import pytest

from tests.house.worlds import World
from wanjia.orgs.models import User
from wanjia.schools.demo.year import live
from wanjia.schools.models import School
from wanjia.schools.year import beside, queries

from .factories import bell, gate, school, term

pytestmark = pytest.mark.django_db
SUNDAY, TUESDAY = date(2026, 11, 29), date(2026, 11, 24)


class Request:
    """What a card asks of a request."""

    def __init__(self, user, day):
        self.user, self.day = User.objects.get(pk=user.pk), day


@pytest.fixture
def world():
    return World()


def desk(user, day=TUESDAY):
    return beside.on_desk(Request(user, day), None)


def test_a_headmaster_sees_when_his_school_rings_today_or_next(world):
    master = world.headmaster
    assert desk(master) == {"unknown": True}
    one = school(world)
    assert (desk(master)["no_bells"], desk(master)["no_gates"], desk(master)["term"]) == (True, True, None)
    term(world), bell(world), gate(world)
    told = desk(master)
    assert (told["school"], told["next"].day, len(told["rings"]), told["no_bells"], told["no_gates"]) == (one, TUESDAY, 2, False, False)
    assert desk(master, SUNDAY)["next"].day == date(2026, 11, 30)


def test_whoever_keeps_the_year_sees_which_school_lacks_what_and_nobody_else_sees_a_card(world):
    one = school(world)
    assert [(row.pk, row.no_bells, row.no_gates) for row in desk(world.schools)["lacking"]] == [(one.pk, True, True)]
    bell(world), gate(world)
    assert desk(world.schools) == {"lacking": [], "more": False, "all": 1}
    assert desk(world.gates) is None


def test_the_card_stands_on_the_desk_in_words(world, client):
    master = world.headmaster
    client.force_login(User.objects.get(pk=master.pk), backend="django.contrib.auth.backends.ModelBackend")
    assert "您的学校还没有登记" in client.get("/").content.decode()
    school(world), term(world), bell(world)
    page = client.get("/").content.decode()
    assert "还没有校门和路口" in page and "07:30" in page and "今天没有待办" not in page


def test_grades_are_said_in_the_readers_language():
    from django.utils.translation import override

    with override("en"):
        assert queries.words_of_grades("1 2 3 4 5 6 8") == "Grade 1 to Grade 6, Grade 8"
    assert queries.words_of_grades("1 2 3 4 5 6 8") == "一年级至六年级、八年级"


def test_the_demo_plants_each_school_of_the_county_once(world):
    assert live("530625", print)["schools"] == School.objects.count() > 0
    assert not live("530625", print) and not live("530681", print)
