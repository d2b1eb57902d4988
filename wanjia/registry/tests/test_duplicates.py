"""The same person twice: never by machine, a person decides, and may take it back exactly."""

import re
import uuid
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from wanjia.kernel.models import Entry
from wanjia.verdict import ALLOWED, Refused

from ..duplicates import commands, queries, rules
from ..finding import by_number, standing
from ..households.commands import add_member
from ..households.queries import found
from ..memberships import members_on
from ..models import Absence, DatedStatus, Household, Membership, Merge, Parentage, Person, TwinQuestion
from ..people.commands import name_parent, record_absence, update_person
from .factories import NOW, TODAY, later

BORN = date(1985, 3, 2)


def state():
    """Every row that a merge may touch, but for row versions and the memory of merges."""
    rows = []
    for model in (Person, Membership, Absence, DatedStatus, Parentage, Household):
        for row in model.objects.order_by("pk"):
            facts = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.name != "version"}
            rows.append((model.__name__, str(facts)))
    return rows


@pytest.fixture
def twin(world):
    """王建国 a second time: same name, birth date and village, without a number, in a home of his own; away in 宁波."""
    other = world.register("陈大山", date(1970, 1, 5), 13)
    member = add_member(
        household_id=other.pk, relation="其他", name="王建国", id_absent_reason="to_follow", birth_on=BORN, phone="13900000001",
        education="初中", another=True, by=world.li, at=NOW,
    )  # fmt: skip
    record_absence(person_id=member.person_id, place="浙江省宁波市", by=world.li, at=NOW)
    name_parent(child_id=world.child.pk, line="father", parent_id=member.person_id, by=world.li, at=NOW)
    return member.person


def merge(world, twin, **what):
    return commands.merge_people(
        **{"kept_id": world.head.pk, "gone_id": twin.pk, "reason": "同一户口簿", "by": world.clerk, "at": NOW, **what}
    )


def test_same_name_birth_date_and_village_make_a_candidate(world, twin):
    assert [set(pair) for pair in queries.candidates(world.clerk)] == [{world.head, twin}]
    assert queries.candidates(world.stranger) == []


def test_a_shared_phone_makes_none(world):
    add_member(household_id=world.home.pk, relation="母亲", name="李秀英", id_absent_reason="to_follow", birth_on=date(1950, 1, 1),
               phone="13900000001", by=world.li, at=NOW)  # fmt: skip
    add_member(household_id=world.home.pk, relation="父亲", name="王老汉", id_absent_reason="to_follow", birth_on=date(1949, 1, 1),
               phone="13900000001", by=world.li, at=NOW)  # fmt: skip
    assert queries.candidates(world.clerk) == []


def test_side_by_side_masks_and_lights_the_differences(world, twin):
    rows = {str(words): (left, right, differs) for words, left, right, differs in queries.side_by_side(world.head, twin)}
    assert rows["姓名"] == ("王建国", "王建国", False)
    assert rows["身份证号"][0].startswith("******")
    assert rows["手机号"] == ("****", "*******0001", True)


def test_merging_moves_what_points_there_and_fills_the_blanks(world, twin):
    done = merge(world, twin)
    head = Person.objects.get(pk=world.head.pk)
    assert (head.phone, head.education, head.citizen_last4) == ("13900000001", "初中", world.head.citizen_last4)
    assert Absence.objects.get().person == head
    assert Parentage.objects.get().parent == head
    assert standing(Person.objects.get(pk=twin.pk)) == head
    assert {name.split(".")[1].lower() for name in done.moved} == {"absence", "membership", "parentage"}
    assert [m.person for m in members_on(Household.objects.get(number__endswith="002"), TODAY)][1:] == [head]
    assert set(found(world.clerk, "13900000001")) == {world.home, Household.objects.get(number__endswith="002")}
    assert queries.candidates(world.clerk) == []
    assert Entry.objects.filter(act="person.merge").count() == 2


def test_undoing_restores_exactly(world, twin):
    before = state()
    done = merge(world, twin)
    assert state() != before
    commands.undo_merge(merge_id=done.pk, reason="是堂兄弟", by=world.clerk, at=later(1))
    assert state() == before
    assert [set(pair) for pair in queries.candidates(world.clerk)] == [{world.head, twin}], "asked again"


def test_undoing_after_keeping_the_one_without_a_number_gives_the_number_back(world, twin):
    before, whole = state(), Person.objects.get(pk=world.head.pk).citizen_id
    done = merge(world, twin, kept_id=twin.pk, gone_id=world.head.pk)
    assert by_number(whole) == twin
    assert Person.objects.get(pk=twin.pk).id_absent_reason == ""
    commands.undo_merge(merge_id=done.pk, reason="是堂兄弟", by=world.clerk, at=later(1))
    assert state() == before
    assert by_number(whole) == world.head


def test_undoing_leaves_what_somebody_wrote_since(world, twin):
    done = merge(world, twin)
    head = Person.objects.get(pk=world.head.pk)
    head.education = "高中"
    head.save(update_fields=["education"])
    commands.undo_merge(merge_id=done.pk, reason="是堂兄弟", by=world.clerk, at=later(1))
    assert Person.objects.get(pk=head.pk).education == "高中"


def test_a_membership_that_cannot_move_stays(world):
    double = add_member(
        household_id=world.home.pk,
        relation="其他",
        name="王建国",
        id_absent_reason="to_follow",
        birth_on=BORN,
        another=True,
        by=world.li,
        at=NOW,
    )
    done = merge(world, double.person)
    assert "registry.Membership.person" not in done.moved
    assert [m.person.name for m in members_on(world.home, TODAY)].count("王建国") == 1


def test_two_people_are_remembered_as_two(world, twin):
    commands.keep_apart(one_id=world.head.pk, other_id=twin.pk, reason="是堂兄弟", by=world.clerk, at=NOW)
    assert queries.candidates(world.clerk) == []
    assert TwinQuestion.objects.get().verdict == "different"


@pytest.mark.parametrize(("what", "words"), [
    pytest.param({"by": "li"}, "没有判定重复人员的权限", id="no duty"),
    pytest.param({"by": "stranger"}, "没有找到这个人", id="another township"),
    pytest.param({"reason": "同"}, "请写明判定的理由", id="no reason"),
    pytest.param({"gone_id": "kept"}, "同一条记录", id="with itself"),
])  # fmt: skip
def test_merging_refuses_and_changes_nothing(world, twin, what, words):
    before, lines = state(), Entry.objects.count()
    what = {"by": world.clerk, **{k: getattr(world, v) if k == "by" else v for k, v in what.items()}}
    if what.get("gone_id") == "kept":
        what["gone_id"] = world.head.pk
    with pytest.raises(Refused, match=re.escape(words)):
        merge(world, twin, **what)
    assert (state(), Entry.objects.count(), Merge.objects.count()) == (before, lines, 0)


def test_a_merge_is_undone_once_and_a_merged_record_merges_no_more(world, twin):
    done = merge(world, twin)
    with pytest.raises(Refused, match="已经合并过了"):
        merge(world, twin)
    commands.undo_merge(merge_id=done.pk, reason="是堂兄弟", by=world.clerk, at=NOW)
    with pytest.raises(Refused, match="已经撤销过了"):
        commands.undo_merge(merge_id=done.pk, reason="是堂兄弟", by=world.clerk, at=NOW)


@pytest.mark.parametrize("name", ["merge_people", "undo_merge", "keep_apart"])
def test_a_repeat_with_the_same_key_does_nothing_twice(world, twin, name):
    what = {"reason": "核对过户口簿", "by": world.clerk}
    if name == "undo_merge":
        what["merge_id"] = merge(world, twin).pk
    elif name == "merge_people":
        what.update(kept_id=world.head.pk, gone_id=twin.pk)
    else:
        what.update(one_id=world.head.pk, other_id=twin.pk)
    key = uuid.uuid4()
    first = getattr(commands, name)(at=NOW, key=key, **what)
    lines = Entry.objects.count()
    assert getattr(commands, name)(at=later(1), key=key, **what) == first
    assert Entry.objects.count() == lines


def test_a_merge_is_not_taken_back_while_both_would_bear_one_number(world):
    """The number of the other card was the right one, and the record that stands bears it now: undone, one number had two people."""
    other = world.register("王建国", BORN, 31).memberships.get().person
    done, number = merge(world, other), other.citizen_id
    update_person(person_id=world.head.pk, version=Person.objects.get(pk=world.head.pk).version, citizen_id=number, by=world.li, at=later(1))
    with pytest.raises(Refused, match="正用着另一条的身份证号"):
        commands.undo_merge(merge_id=done.pk, reason="是堂兄弟", by=world.clerk, at=later(1))
    update_person(person_id=world.head.pk, version=Person.objects.get(pk=world.head.pk).version, citizen_id=world.head.citizen_id, by=world.li, at=later(1))
    commands.undo_merge(merge_id=done.pk, reason="是堂兄弟", by=world.clerk, at=later(1))
    assert Person.objects.get(pk=other.pk).merged_into is None


def test_without_the_fence_one_number_would_have_two_people(world, monkeypatch):
    """Negative control: the database itself refuses, which was told as "somebody was quicker" for ever."""
    monkeypatch.setattr(rules, "can_stand_apart", lambda *_asked: ALLOWED)
    other = world.register("王建国", BORN, 31).memberships.get().person
    done = merge(world, other)
    update_person(person_id=world.head.pk, version=Person.objects.get(pk=world.head.pk).version, citizen_id=other.citizen_id, by=world.li, at=later(1))
    with pytest.raises(IntegrityError), transaction.atomic():
        commands.undo_merge(merge_id=done.pk, reason="是堂兄弟", by=world.clerk, at=later(1))
