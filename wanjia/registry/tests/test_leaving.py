"""A departure for work opens a left-behind check: a visit is proposed where a child or somebody old stays, until somebody went."""

from datetime import date, timedelta

from django.test import Client
from django.urls import reverse

from ..households.commands import move_member
from ..models import Household, Membership, Parentage, Person
from ..people.commands import record_absence, record_return
from ..visits.commands import plan_visit
from ..visits.leaving import left_behind
from .factories import NOW, TODAY, later

BACKEND = "django.contrib.auth.backends.ModelBackend"


def left(world, person=None, on=TODAY - timedelta(days=5)):
    return record_absence(person_id=(person or world.head).pk, place="浙江省宁波市", from_on=on, by=world.li, at=NOW)


def get(user, name, *args, **query):
    client = Client()
    client.force_login(type(user).objects.get(pk=user.pk), BACKEND)
    return client.get(reverse(f"registry:{name}", args=args), query)


def test_a_departure_proposes_a_visit_to_who_stays(world):
    assert list(left_behind(world.li, TODAY)) == []
    left(world)
    [home] = left_behind(world.li, TODAY)
    assert (home, home.left_on) == (world.home, TODAY - timedelta(days=5))


def test_a_planned_visit_answers_it_and_a_return_too(world):
    absence = left(world)
    plan_visit(household_id=world.home.pk, planned_on=later(1).date(), visitor_ids=[world.li.pk], by=world.li, at=NOW)
    assert list(left_behind(world.li, TODAY)) == []
    world.home.visits.all().delete()
    assert len(left_behind(world.li, TODAY)) == 1
    record_return(absence_id=absence.pk, on=TODAY, by=world.li, at=NOW)
    assert list(left_behind(world.li, TODAY)) == []


def test_where_only_grown_ups_stay_or_the_child_went_along_nothing_is_proposed(world):
    left(world)
    left(world, world.child)
    assert list(left_behind(world.li, TODAY)) == []
    Person.objects.filter(pk=world.wife.pk).update(birth_on=date(1960, 1, 1))
    assert len(left_behind(world.li, TODAY)) == 1, "somebody old stays"
    Membership.objects.filter(person=world.wife).update(to_on=TODAY)
    assert list(left_behind(world.li, TODAY)) == []


def test_what_is_long_past_is_shown_no_more_and_elsewhere_nothing_is(world):
    left(world, on=TODAY - timedelta(days=61))
    assert list(left_behind(world.li, TODAY)) == []
    left(world, world.wife)
    assert list(left_behind(world.stranger, TODAY)) == []


def test_the_pages_say_nothing_of_a_child(world):
    left(world, on=date(2026, 11, 1))
    for page in (get(world.li, "visits", tab="left"), get(world.li, "visit_plan", world.home.pk, departure=1)):
        assert page.status_code == 200
        assert world.child.name not in page.content.decode()
    assert get(world.li, "visit_plan", world.home.pk, departure=1).context["form"]["purpose"].value() == "departure"


def other_home(world):
    return Household.objects.create(number="530625202201077", village=world.home.village, registered_at=NOW)


def move(world, person, home, on=TODAY):
    row = Membership.objects.get(person=person, to_on=None)
    move_member(membership_id=row.pk, household_id=home.pk, relation="家人", on=on, by=world.li, at=NOW)


def test_a_child_that_moves_is_there_though_it_was_away_before(world):
    """Its absence from the old home outlived the move: in the new one it passed for away, and nobody was sent."""
    grandmother = other_home(world)
    absence = left(world, world.child, on=TODAY - timedelta(days=20))
    left(world)
    assert list(left_behind(world.li, TODAY)) == []
    move(world, world.head, grandmother)
    move(world, world.child, grandmother)
    assert [one.pk for one in left_behind(world.li, TODAY)] == [grandmother.pk]
    record_return(absence_id=absence.pk, on=TODAY, by=world.li, at=NOW)
    left(world, world.child, on=TODAY)
    assert list(left_behind(world.li, TODAY)) == [], "and away again when somebody says so"


def test_a_child_with_its_grandmother_is_left_behind_by_a_father_of_another_home(world):
    """The father left from his own home; the child that lives in another was in no list."""
    grandmother = other_home(world)
    move(world, world.child, grandmother, TODAY - timedelta(days=30))
    left(world)
    assert list(left_behind(world.li, TODAY)) == []
    Parentage.objects.create(child=world.child, line="father", parent=world.head, recorded_at=NOW)
    assert [(one.pk, one.left_on) for one in left_behind(world.li, TODAY)] == [(grandmother.pk, TODAY - timedelta(days=5))]
