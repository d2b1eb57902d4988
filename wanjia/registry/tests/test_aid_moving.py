"""Aid goes with the family that moves; of one that parts, somebody says where it goes."""

from datetime import date

import pytest

from wanjia.kernel.models import Entry
from wanjia.verdict import Refused

from ..aid import checking, queries
from ..aid import commands as aid
from ..models import Membership, Person
from ..statuses.commands import record_home_status
from .factories import NOW, TODAY, later
from .test_aid import page


def other_home(world, number="530625202201009"):
    from ..models import Household

    return Household.objects.create(number=number, village=world.home.village, registered_at=NOW)


def moved(world, *homes):
    """Everybody moves, the n-th member to the n-th home (the last one takes the rest)."""
    from ..households.commands import move_member

    for n, row in enumerate(Membership.objects.filter(household=world.home, to_on=None).order_by("pk")):
        move_member(membership_id=row.pk, household_id=homes[min(n, len(homes) - 1)].pk, relation=f"家人{n}", on=TODAY, by=world.li, at=later(hours=n))


def test_the_aid_of_a_family_that_moves_goes_with_it(world, status):
    """It stayed on the old number, an empty shell, and was paid to nobody or to whoever knew of it."""
    new = other_home(world)
    moved(world, new)
    status.refresh_from_db()
    assert (status.household, status.to_on) == (new, None)
    lines = {one.act: one for one in Entry.objects.filter(act__startswith="household.aid_")}
    assert (lines["household.aid_leaves"].subject_id, lines["household.aid_leaves"].detail["to"]) == (str(world.home.pk), new.number)
    assert (lines["household.aid_comes"].subject_id, lines["household.aid_comes"].detail["whence"]) == (str(new.pk), world.home.number)
    assert "空户" in page(world.li, "household", world.home.pk).content.decode()
    assert "空户" not in page(world.li, "household", new.pk).content.decode()
    assert list(checking.faults(TODAY)) == []


def test_while_somebody_stays_the_aid_stays(world, status):
    """Negative control: a daughter who marries takes nothing with her."""
    from ..households.commands import move_member

    row = Membership.objects.filter(household=world.home).exclude(person=world.head).first()
    move_member(membership_id=row.pk, household_id=other_home(world).pk, relation="儿媳", on=TODAY, by=world.li, at=NOW)
    status.refresh_from_db()
    assert (status.household, Entry.objects.filter(act="household.aid_leaves").count()) == (world.home, 0)


def test_who_is_taken_out_first_and_registered_elsewhere_later_brings_it_too(world, status):
    from ..households.commands import add_member, end_membership

    people = [(row.pk, row.person_id) for row in Membership.objects.filter(household=world.home, to_on=None)]
    for pk, _person in people:
        end_membership(membership_id=pk, on=TODAY, reason="分户", by=world.li, at=NOW)
    assert [one.pk for one in queries.on_empty_homes(world.clerk, TODAY)] == [status.pk], "meanwhile the shell is seen"
    new = other_home(world)
    for _pk, person in people:
        add_member(household_id=new.pk, relation="家人", person_id=person, by=world.li, at=later(1))
    status.refresh_from_db()
    assert status.household == new


def test_a_family_that_a_file_wrote_into_a_new_number_brings_it_once_the_old_one_is_empty(world, status):
    """An import ends nobody's membership: the people stand in both homes until somebody takes them out of the old one."""
    from ..households.commands import end_membership

    new, rows = other_home(world), list(Membership.objects.filter(household=world.home, to_on=None))
    for row in rows:
        Membership.objects.create(household=new, person=row.person, relation=row.relation)
    for row in rows:
        status.refresh_from_db()
        assert status.household == world.home
        end_membership(membership_id=row.pk, on=TODAY, reason="分户", by=world.li, at=NOW)
    status.refresh_from_db()
    assert status.household == new


def test_while_one_of_them_lives_nowhere_nobody_knows_where_the_aid_goes(world, status):
    """Negative control: the last of three was only written off; two others do not speak for him."""
    from ..households.commands import end_membership, move_member

    *first, last = Membership.objects.filter(household=world.home, to_on=None).order_by("pk")
    new = other_home(world)
    for n, row in enumerate(first):
        move_member(membership_id=row.pk, household_id=new.pk, relation=f"家人{n}", on=TODAY, by=world.li, at=NOW)
    end_membership(membership_id=last.pk, on=TODAY, reason="迁出", by=world.li, at=NOW)
    status.refresh_from_db()
    assert status.household == world.home
    assert [one.pk for one in queries.on_empty_homes(world.clerk, TODAY)] == [status.pk]


def test_of_a_family_that_parts_somebody_says_where_its_aid_goes(world, status):
    one, two = other_home(world), other_home(world, "530625202201010")
    moved(world, one, two)
    status.refresh_from_db()
    assert status.household == world.home
    assert [row.pk for row in queries.on_empty_homes(world.clerk, TODAY)] == [status.pk]
    listed = page(world.clerk, "aid", tab="empty").content.decode()
    assert "救助随人走" in listed
    with pytest.raises(Refused):
        aid.follow_to(held_id=status.pk, home=other_home(world, "530625202201011"), reason="听人说的", by=world.clerk, at=later(1))
    aid.follow_to(held_id=status.pk, home=two, reason="问过户主本人", by=world.clerk, at=later(1))
    status.refresh_from_db()
    assert (status.household, list(queries.on_empty_homes(world.clerk, TODAY))) == (two, [])


def test_aid_of_a_family_that_moves_in_with_others_is_not_theirs(world, status):
    """A month with the son's family and home again: the money would have stayed with them, and nobody was heard."""
    from ..households.commands import move_member

    new = other_home(world)
    hers = Person.objects.create(name="周桂英", village=new.village, registered_at=NOW)
    Membership.objects.create(household=new, person=hers, relation="户主")
    moved(world, new)
    status.refresh_from_db()
    assert status.household == world.home
    assert [one.pk for one in queries.on_empty_homes(world.clerk, TODAY)] == [status.pk], "somebody looks, and says where it goes"
    for n, row in enumerate(Membership.objects.filter(household=new, to_on=None).exclude(person=hers)):
        move_member(membership_id=row.pk, household_id=world.home.pk, relation=f"家人{n}", on=TODAY, by=world.li, at=later(1))
    status.refresh_from_db()
    assert (status.household, list(queries.on_empty_homes(world.clerk, TODAY))) == (world.home, [])


def test_aid_of_who_died_goes_to_nobody_who_left_long_before(world, status):
    """The old man dies; his money went to the daughter who has had a home of her own for years, and could no more be ended by his death."""
    from ..households.commands import end_membership, move_member

    *others, last = Membership.objects.filter(household=world.home, to_on=None).order_by("pk")
    new = other_home(world)
    for n, row in enumerate(others):
        move_member(membership_id=row.pk, household_id=new.pk, relation=f"家人{n}", on=date(2022, 5, 1), by=world.li, at=NOW)
    end_membership(membership_id=last.pk, on=TODAY, reason="去世", by=world.li, at=later(1))
    status.refresh_from_db()
    assert status.household == world.home
    assert [one.pk for one in queries.on_empty_homes(world.clerk, TODAY)] == [status.pk]
    with pytest.raises(Refused, match="找不到"):
        aid.follow_to(held_id=status.pk, home=new, reason="问过户主本人", by=world.clerk, at=later(1))


def test_a_home_that_has_the_same_already_gets_it_not_twice(world, status):
    new = other_home(world)
    record_home_status(household_id=new.pk, scheme="relief", code="minimum", from_on=date(2026, 7, 2), by=world.li, at=NOW)
    moved(world, new)
    status.refresh_from_db()
    assert status.household == world.home
    with pytest.raises(Refused, match="已经有同一项"):
        aid.follow_to(held_id=status.pk, home=new, reason="问过户主本人", by=world.clerk, at=later(1))
