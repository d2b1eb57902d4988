"""Aid goes with the family that moves; of one that parts, somebody says where it goes."""

from datetime import date, timedelta

import pytest

from wanjia.kernel.models import Entry
from wanjia.orgs.models import Post
from wanjia.orgs.roles import Role
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.verdict import Refused

from ..aid import checking, queries
from ..aid import commands as aid
from ..aid_days.commands import follow_cuts
from ..models import AidCut, DatedStatus, Membership, Person
from ..statuses.commands import record_home_status
from .factories import NOW, TODAY, later
from .test_aid import page

RUNG = {"level": 3, "climbed_on": date(2026, 11, 20)}


def other_home(world, number="530625202201009", village=None):
    from ..models import Household

    return Household.objects.create(number=number, village=village or world.home.village, registered_at=NOW)


def moved(world, *homes, by=None, at=NOW):
    """Everybody moves, the n-th member to the n-th home (the last one takes the rest)."""
    from ..households.commands import move_member

    for n, row in enumerate(Membership.objects.filter(household=world.home, to_on=None).order_by("pk")):
        home = homes[min(n, len(homes) - 1)]
        move_member(membership_id=row.pk, household_id=home.pk, relation=f"家人{n}", on=TODAY, by=by or world.li, at=at + timedelta(hours=n))


def of_both(world):
    """Somebody who keeps the register of both townships."""
    Post.objects.create(user=world.clerk, organisation=world.stranger.posts.get().organisation, role=Role.TOWNSHIP_WORKER, from_on=date(2020, 1, 1))
    return type(world.clerk).objects.get(pk=world.clerk.pk)


def cut_of(status, world):
    return aid.propose_cut(held_id=status.pk, kind="end", ground="income", fact="工资流水 4200 元", reasons="收入超过了标准", by=world.li, at=NOW)


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


def test_an_open_proposal_goes_with_the_family_and_its_step_begins_anew(world, status):
    """It stayed in the township that sees the home no more: nobody heard the family, and the ladder urged those who could do nothing."""
    cut, at = cut_of(status, world), later(30)
    AidCut.objects.filter(pk=cut.pk).update(**RUNG)
    new = other_home(world, "530625108209009", world.xinmin)
    moved(world, new, by=of_both(world), at=at)
    cut.refresh_from_db()
    assert (cut.village, cut.state, cut.step_on, cut.level, cut.told) == (world.xinmin, "proposed", at.date(), 0, None)
    assert cut.due_on > at.date()
    assert [one.pk for one in queries.open_cuts(world.stranger)] == [cut.pk] and not queries.open_cuts(world.li).exists()
    line = Entry.objects.get(act="aid.moved")
    assert (line.area_code, line.detail["whence"]) == (world.xinmin.code, world.datong.code)
    assert list(checking.faults(TODAY)) == []


def test_within_the_township_the_day_of_a_proposal_stays(world, status):
    """Negative control: the same unit sees to it, and a move to the next village gives it no more days."""
    cut = cut_of(status, world)
    moved(world, other_home(world, "530625202202009", world.huangjin), by=of_both(world), at=later(5))
    before, cut = cut, AidCut.objects.get(pk=cut.pk)
    assert (cut.village, cut.due_on, cut.step_on) == (world.huangjin, before.due_on, before.step_on)
    assert list(checking.faults(TODAY)) == []


def test_a_proposal_about_a_person_goes_with_the_person(world):
    from ..households.commands import move_member
    from ..statuses.commands import record_status

    held = record_status(person_id=world.wife.pk, scheme="allowance", code="nursing", from_on=date(2026, 7, 2), evidence="残疾人证", by=world.li, at=NOW)
    cut = cut_of(held, world)
    new = other_home(world, "530625108209009", world.xinmin)
    move_member(membership_id=world.membership(world.wife).pk, household_id=new.pk, relation="家人", on=TODAY, by=of_both(world), at=later(1))
    assert AidCut.objects.get(pk=cut.pk).village == world.xinmin
    assert list(checking.faults(TODAY)) == []


def test_what_moved_otherwise_goes_by_the_clock(world, status):
    """A village that ended, a merge: no act on the home. What is decided and told stays where it was."""
    cut = cut_of(status, world)
    type(world.home).objects.filter(pk=world.home.pk).update(village=world.xinmin)
    assert (follow_cuts(by=CLOCK, at=later(1)), follow_cuts(by=CLOCK, at=later(2))) == (1, 0)
    assert AidCut.objects.get(pk=cut.pk).village == world.xinmin
    AidCut.objects.filter(pk=cut.pk).update(village=world.datong)
    assert {column for _what, column, *_rest in checking.faults(TODAY)} == {"village_id"}


def test_of_a_family_that_parts_nobody_chooses_where_its_aid_goes(world, status):
    """One clerk alone said whose the money is: it goes with most of those by whom it was reckoned."""
    one, two = other_home(world), other_home(world, "530625202201010")
    moved(world, one, two)
    with pytest.raises(Refused, match="家里多数人"):
        aid.follow_to(held_id=status.pk, home=one, reason="问过户主本人", by=world.clerk, at=later(1))
    aid.follow_to(held_id=status.pk, home=two, reason="问过户主本人", by=world.clerk, at=later(1))
    assert DatedStatus.objects.get(pk=status.pk).household == two


def test_between_as_many_it_goes_with_the_head_and_else_with_nobody(world, status):
    from ..households.commands import end_membership

    end_membership(membership_id=world.membership(world.child).pk, on=date(2025, 1, 5), reason="其他", by=world.li, at=NOW)
    one, two = other_home(world), other_home(world, "530625202201010")
    moved(world, one, two)
    with pytest.raises(Refused, match="家里多数人"):
        aid.follow_to(held_id=status.pk, home=two, reason="问过户主本人", by=world.clerk, at=later(1))
    Membership.objects.filter(household=world.home).update(relation="家人")
    with pytest.raises(Refused, match="不由一个人说了算"):
        aid.follow_to(held_id=status.pk, home=one, reason="问过户主本人", by=world.clerk, at=later(1))


def test_a_family_that_left_some_months_before_the_last_one_died_is_offered(world, status):
    """They moved in spring, the old man stayed and died in autumn: the aid of all of them could go nowhere but to an end."""
    from ..households.commands import end_membership, move_member

    *others, last = Membership.objects.filter(household=world.home, to_on=None).order_by("pk")
    new = other_home(world)
    for n, row in enumerate(others):
        move_member(membership_id=row.pk, household_id=new.pk, relation=f"家人{n}", on=TODAY - timedelta(days=150), by=world.li, at=NOW)
    end_membership(membership_id=last.pk, on=TODAY, reason="去世", by=world.li, at=later(1))
    status.refresh_from_db()
    assert status.household == world.home, "somebody looks: it does not go of itself"
    aid.follow_to(held_id=status.pk, home=new, reason="问过户主本人", by=world.clerk, at=later(1))
    status.refresh_from_db()
    assert status.household == new


def test_a_status_that_was_moved_by_hand_is_found(world, status):
    """One UPDATE took the money to another home, and every figure and journal agreed."""
    assert list(checking.faults(TODAY)) == []
    DatedStatus.objects.filter(pk=status.pk).update(household=other_home(world))
    assert [(column, should) for _what, column, _is, should in checking.faults(TODAY)] == [("status.household", str(world.home.pk))]


def test_who_lives_nowhere_does_not_leave_the_money_to_the_one_who_does(world, status):
    """Two of three were written off, the third got a home: one clerk alone then said whose the aid of the three is."""
    from ..households.commands import end_membership, move_member

    first, *others = Membership.objects.filter(household=world.home, to_on=None).order_by("pk")
    for row in others:
        end_membership(membership_id=row.pk, on=TODAY, reason="迁出", by=world.li, at=NOW)
    new = other_home(world)
    move_member(membership_id=first.pk, household_id=new.pk, relation="家人", on=TODAY, by=world.li, at=NOW)
    with pytest.raises(Refused, match="找不到"):
        aid.follow_to(held_id=status.pk, home=new, reason="问过户主本人", by=world.clerk, at=later(1))
    assert DatedStatus.objects.get(pk=status.pk).household == world.home


def test_a_day_written_back_does_not_choose_whose_the_aid_is(world, status):
    """The others were said to have left forty days before: the aid of three went of itself with one, and nobody looked."""
    from ..households.commands import move_member

    first, *others = Membership.objects.filter(household=world.home, to_on=None).order_by("pk")
    most, new = other_home(world, "530625202201010"), other_home(world)
    for n, row in enumerate(others):
        move_member(membership_id=row.pk, household_id=most.pk, relation=f"家人{n}", on=TODAY - timedelta(days=40), by=world.li, at=NOW)
    move_member(membership_id=first.pk, household_id=new.pk, relation="家人", on=TODAY, by=world.li, at=later(1))
    status.refresh_from_db()
    assert status.household == world.home
    with pytest.raises(Refused, match="家里多数人"):
        aid.follow_to(held_id=status.pk, home=new, reason="问过户主本人", by=world.clerk, at=later(1))
    aid.follow_to(held_id=status.pk, home=most, reason="问过户主本人", by=world.clerk, at=later(1))
    assert DatedStatus.objects.get(pk=status.pk).household == most
