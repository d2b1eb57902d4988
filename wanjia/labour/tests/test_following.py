"""When the register changes, the roll follows within the same act: village, death, merge and its undoing, statuses of the home, returns."""

from datetime import date

import pytest

from wanjia.kernel import brings
from wanjia.registry.duplicates.commands import merge_people, undo_merge
from wanjia.registry.following import commands as following_register
from wanjia.registry.households import commands as homes
from wanjia.registry.models import Absence, DatedStatus, Household, Membership, Person
from wanjia.registry.people import commands as people
from wanjia.registry.statuses import commands as statuses

from ..following import commands as following
from ..models import RollMerge, Spell, Tally, Worker
from ..workers import commands
from .factories import NOW, TODAY, later

LIFTED = {"scheme": "lifted", "code": "lifted", "from_on": date(2021, 5, 1)}


def move(world):
    other = world.register("李四", date(1970, 1, 1), 71, village=world.huangjin, by=world.clerk)
    homes.move_member(membership_id=world.membership(world.head).pk, household_id=other.pk, relation="其他", on=TODAY, by=world.clerk, at=NOW)


def die(world):
    homes.end_membership(membership_id=world.membership(world.head).pk, on=TODAY, reason="去世", by=world.li, at=NOW)


def hold(world):
    return statuses.record_home_status(household_id=world.home.pk, **LIFTED, by=world.li, at=NOW)


def end(world):
    statuses.end_status(status_id=hold(world).pk, on=TODAY, reason="退出", by=world.li, at=NOW)


def join(world):
    home = world.register("王建国", date(1985, 3, 2), 55)
    gone = home.memberships.get().person
    commands.enrol_worker(person_id=gone.pk, by=world.li, at=NOW)
    return merge_people(kept_id=world.head.pk, gone_id=gone.pk, reason="同一个人登记了两次", by=world.clerk, at=NOW)


def part(world):
    undo_merge(merge_id=join(world).pk, reason="是两个人", by=world.clerk, at=later(1))


def go(world):
    people.record_absence(person_id=world.head.pk, place="宁波", from_on=date(2026, 3, 1), by=world.li, at=NOW)


def come_back(world):
    people.record_return(absence_id=Absence.objects.get(person=world.head).pk, on=TODAY, by=world.li, at=NOW)


def update(world):
    people.update_person(person_id=world.head.pk, version=Person.objects.get(pk=world.head.pk).version, died_on=TODAY, by=world.li, at=NOW)


def load(world):
    row = {"number": "530625202202900", "village": world.huangjin.code, "members": [{"name": "王建国", "citizen_id": world.head.citizen_id, "relation": "户主"}]}
    homes.keep_rows(rows=[row], source="册.xlsx", by=world.clerk, at=NOW)


def newcomer(world):
    world.join("王新人", "其他", date(1990, 1, 1), 81)


TOLD = [move, die, hold, end, join, part, go, update, load, newcomer]


@pytest.mark.parametrize("act", TOLD, ids=lambda one: one.__name__)
def test_every_command_of_the_register_that_changes_somebody_tells_so(world, act, monkeypatch):
    told = []
    monkeypatch.setattr(following_register, "gather", lambda kind: [lambda ids, *, day, by, at: told.append((kind, set(ids), day))])
    act(world)
    assert told and {kind for kind, _ids, _day in told} == {"AFTER_PEOPLE"}
    who = set(Person.objects.filter(name="王新人").values_list("pk", flat=True)) if act is newcomer else {world.head.pk}
    assert any(who & ids for _kind, ids, _day in told)


@pytest.mark.spoils
def test_untold_the_roll_would_keep_what_is_no_longer_true(world, monkeypatch):
    """The control: where nobody tells, a dead man works on in Zhejiang."""
    world.away()
    monkeypatch.setattr(following_register, "people_changed", lambda *_who, **_when: None)
    monkeypatch.setattr(homes, "people_changed", lambda *_who, **_when: None)
    die(world)
    assert world.anew(world.he).left_on is None


def test_who_moves_takes_the_roll_along(world):
    move(world)
    assert world.anew(world.he).village_id == world.huangjin.code
    assert Tally.objects.get(village=world.huangjin).n == 1


def test_a_death_ends_the_spell_and_the_roll_on_that_day(world):
    world.away()
    die(world)
    he = world.anew(world.he)
    assert (he.left_on, he.left_because, he.place) == (TODAY, "died", "none")
    assert (Spell.objects.get().to_on, Spell.objects.get().ended_because) == (TODAY, "died")


def test_a_death_said_by_mistake_is_taken_back(world):
    update(world)
    assert world.anew(world.he).left_because == "died"
    person = Person.objects.get(pk=world.head.pk)
    people.update_person(person_id=person.pk, version=person.version, died_on=None, by=world.li, at=NOW)
    assert world.anew(world.he).left_on is None


@pytest.mark.parametrize(("scheme", "code", "column"), [
    ("lifted", "lifted", "lifted"), ("poverty_risk", "at_risk", "watched"), ("relocated", "centralised", "relocated"),
])  # fmt: skip
def test_a_status_of_the_home_stands_on_whoever_lives_there(world, scheme, code, column):
    one = statuses.record_home_status(household_id=world.home.pk, scheme=scheme, code=code, from_on=date(2026, 2, 1), by=world.li, at=NOW)
    assert getattr(world.anew(world.he), column) and getattr(world.anew(world.she), column)
    statuses.end_status(status_id=one.pk, on=TODAY, reason="退出", by=world.li, at=NOW)
    assert not getattr(world.anew(world.he), column)


def test_whoever_leaves_a_home_leaves_what_it_holds(world):
    hold(world)
    move(world)
    assert (world.anew(world.he).lifted, world.anew(world.she).lifted) == (False, True)


def test_a_status_that_ends_by_its_own_day_ends_with_the_sweep(world):
    one = hold(world)
    DatedStatus.objects.filter(pk=one.pk).update(to_on=later(3).date())
    following.turn_day(later(2))
    assert world.anew(world.he).lifted
    following.turn_day(later(3))
    assert not world.anew(world.he).lifted


def test_a_workbook_tells_as_a_hand_does(world):
    statuses.record_home_status(household_id=_other(world).pk, **LIFTED, by=world.clerk, at=NOW)
    row = {"number": "530625202201777", "village": world.datong.code, "members": [{"name": "王建国", "citizen_id": world.head.citizen_id, "relation": "户主"}]}
    homes.keep_rows(rows=[row], source="册.xlsx", by=world.clerk, at=NOW)
    assert world.anew(world.he).lifted


def _other(world):
    return Household.objects.create(number="530625202201777", village=world.datong, registered_at=NOW)


def test_the_register_says_that_he_came_back_and_the_spell_ends(world):
    world.away()
    come_back(world)
    assert (Spell.objects.get().to_on, Spell.objects.get().ended_because, world.anew(world.he).place) == (TODAY, "register", "none")


def test_two_records_become_one_labourer_and_two_again(world):
    home = world.register("王建国", date(1985, 3, 2), 55)
    gone = home.memberships.get().person
    other = commands.enrol_worker(person_id=gone.pk, by=world.li, at=NOW)
    world.away(other)
    commands.record_spell(worker_id=world.he.pk, place="county", from_on=date(2025, 1, 1), to_on=date(2025, 6, 1), by=world.li, at=NOW)
    commands.record_spell(worker_id=other.pk, place="city", from_on=date(2025, 5, 1), to_on=date(2025, 7, 1), by=world.li, at=NOW)
    before = [(one.pk, one.worker_id) for one in Spell.objects.order_by("pk")]
    merge = merge_people(kept_id=world.head.pk, gone_id=gone.pk, reason="同一个人登记了两次", by=world.clerk, at=NOW)
    he, other = world.anew(world.he), world.anew(other)
    assert (he.place, other.place, other.left_because) == ("outside", "none", "twice")
    assert Spell.objects.filter(worker=other).count() == 1, "whose days count already stays where it is"
    undo_merge(merge_id=merge.pk, reason="是两个人", by=world.clerk, at=later(1))
    he, other = world.anew(he), world.anew(other)
    assert (he.place, other.place, other.left_on) == ("none", "outside", None)
    assert [(one.pk, one.worker_id) for one in Spell.objects.order_by("pk")] == before


def test_a_labourer_goes_with_the_record_that_stays_though_that_was_none(world):
    home = world.register("王建国", date(1985, 3, 2), 55)
    stays = home.memberships.get().person
    world.away()
    merge = merge_people(kept_id=stays.pk, gone_id=world.head.pk, reason="同一个人登记了两次", by=world.clerk, at=NOW)
    assert Worker.objects.get(pk=stays.pk).place == "outside" and world.anew(world.he).left_because == "twice"
    undo_merge(merge_id=merge.pk, reason="是两个人", by=world.clerk, at=later(1))
    assert world.anew(world.he).place == "outside" and Worker.objects.get(pk=stays.pk).left_because == "twice"
    again = merge_people(kept_id=stays.pk, gone_id=world.head.pk, reason="真的是同一个人", by=world.clerk, at=later(2))
    assert Worker.objects.get(pk=stays.pk).left_on is None
    assert (RollMerge.objects.filter(undone_at=None).count(), again.gone_id) == (1, world.head.pk)


def test_the_kind_is_known_and_brought():
    assert following.follow in brings.gather("AFTER_PEOPLE")
    assert Membership.objects is not None
