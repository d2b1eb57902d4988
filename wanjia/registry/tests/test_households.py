"""Homes: registered, updated, verified; members by day; many rows at once; what is sealed is shown once, with a reason."""

import re
import uuid
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wanjia.kernel.models import Entry, EntryKind
from wanjia.orgs.models import User
from wanjia.verdict import Conflict, Refused

from .. import memberships
from ..households import commands, queries
from ..households.keeping import plan_rows
from ..households.rules import visible_households
from ..models import Absence, DatedStatus, Household, Membership, Person
from .factories import NOW, TODAY, later, number


def acts():
    return list(Entry.objects.order_by("seq").values_list("act", flat=True))


def snapshot():
    """Everything a command could have changed."""
    return [list(model.objects.order_by("pk").values()) for model in (Household, Person, Membership, Entry)]


def refused(words, command, **what):
    """Assert that the command refuses with these words and changes nothing."""
    before = snapshot()
    with pytest.raises(Refused, match=re.escape(words)):
        command(at=NOW, **what)
    assert [[str(row) for row in rows] for rows in snapshot()] == [[str(row) for row in rows] for rows in before]


def test_a_home_is_registered_with_its_head_and_the_next_number(world):
    home = world.register("陈大山", date(1970, 1, 5), 13, group_name="二组")
    assert home.number == "530625202201002"
    assert [m.person.name for m in memberships.members_on(home, TODAY)] == ["陈大山"]
    head = Person.objects.get(name="陈大山")
    assert (head.sex, head.birth_on, head.pinyin, head.initials) == ("男", date(1970, 1, 5), "chendashan", "cds")
    assert (home.verified_on, home.verified_by) == (TODAY, world.li)
    assert acts()[-3:] == ["household.register", "person.register", "household.add_member"]


@pytest.mark.parametrize(("spoil", "words"), [
    pytest.param({"by": "leader"}, "没有登记、更新家庭情况的权限", id="no duty"),
    pytest.param({"by": "stranger"}, "不在您的辖区", id="another township"),
    pytest.param({"village_code": "530625202000"}, "村(社区)一级", id="not a village"),
    pytest.param({"village_code": "999999999999"}, "没有代码为", id="no such village"),
    pytest.param({"number": "530625202201001"}, "已经登记过", id="number taken"),
    pytest.param({"head": {"name": " "}}, "请填写姓名", id="no name"),
    pytest.param({"head": {"name": "陈大山"}}, "无证原因", id="no number and no reason"),
    pytest.param({"head": {"name": "陈大山", "citizen_id": "530625197001050012"}}, "校验位不对", id="wrong check digit"),
    pytest.param({"head": {"name": "陈大山", "citizen_id": number(date(1970, 1, 5), 13), "sex": "女"}}, "性别与身份证号", id="sex"),
    pytest.param({"head": {"name": "陈大山", "id_absent_reason": "unwilling", "birth_on": date(2030, 1, 1)}}, "不能晚于今天", id="future"),
    pytest.param({"head": {"name": "王建国", "citizen_id": number(date(1985, 3, 2), 11)}}, "已登记在细沙乡", id="member of another home"),
    pytest.param({"phone": "12345"}, "手机 11 位", id="phone"),
    pytest.param({"income_yuan": 100, "income_wage": 200}, "超过了家庭年收入", id="parts exceed the income"),
    pytest.param({"height": 3}, "不认识的信息项", id="unknown fact"),
])  # fmt: skip
def test_registering_refuses_and_changes_nothing(world, spoil, words):
    what = {"village_code": "530625202201", "head": {"name": "陈大山", "citizen_id": number(date(1970, 1, 5), 13)}, "by": "li"}
    what = {**what, **spoil}
    refused(words, commands.register_household, **{**what, "by": getattr(world, what["by"])})


def test_registering_twice_with_one_key_makes_one_home(world):
    what = {"village_code": "530625202201", "head": {"name": "陈大山", "citizen_id": number(date(1970, 1, 5), 13)}}
    key = uuid.uuid4()
    first = commands.register_household(by=world.li, at=NOW, key=key, **what)
    lines = Entry.objects.count()
    assert commands.register_household(by=world.li, at=later(1), key=key, **what) == first
    assert Entry.objects.count() == lines


def test_one_entry_updates_the_facts_and_says_who_verified(world):
    home = commands.update_household(
        household_id=world.home.pk, version=0, address="大同村三组12号", income_yuan=30000, by=world.yang, at=later(9)
    )
    home = Household.objects.get(pk=home.pk)
    assert (home.address, home.income_yuan, home.verified_on, home.verified_by) == (
        "大同村三组12号",
        30000,
        date(2026, 11, 12),
        world.yang,
    )
    line = Entry.objects.latest("seq")
    assert (line.act, line.detail) == ("household.update", {"fields": ["address", "income_yuan", "verified_on", "verified_by"]})
    assert "三组12号" not in str(line.__dict__)


def test_the_second_of_two_workers_is_told(world):
    commands.update_household(household_id=world.home.pk, version=0, note="甲", by=world.li, at=later(1))
    refused("刚刚被别人处理过", commands.update_household, household_id=world.home.pk, version=0, note="乙", by=world.yang)


def test_an_update_with_nothing_new_writes_nothing(world):
    before = Entry.objects.count()
    commands.update_household(household_id=world.home.pk, version=0, phone="13887000001", verified=False, by=world.li, at=NOW)
    assert Entry.objects.count() == before
    assert Household.objects.get(pk=world.home.pk).version == 0


def test_what_is_sealed_does_not_stand_in_the_table(world):
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone, phone_index FROM registry_household")
        ((sealed, index),) = cursor.fetchall()
    assert b"13887000001" not in bytes(sealed)
    assert "13887000001" not in index


def test_verifying_says_who_and_when(world):
    commands.verify_household(household_id=world.home.pk, by=world.yang, at=later(30))
    home = Household.objects.get(pk=world.home.pk)
    assert (home.verified_on, home.verified_by, home.version) == (date(2026, 12, 3), world.yang, 1)


@pytest.mark.parametrize("name", ["update_household", "verify_household", "reveal_household", "add_member"])
def test_another_township_gets_the_same_answer_as_nowhere(world, name):
    more = {
        "update_household": {"version": 0},
        "reveal_household": {"reason": "核对电话"},
        "add_member": {"relation": "儿子"},
    }.get(name, {})
    for household_id in (world.home.pk, uuid.uuid4()):
        refused("没有找到这一户", getattr(commands, name), household_id=household_id, by=world.stranger, **more)


def test_composition_on_any_past_day(world):
    grandmother = world.join("李秀英", "母亲", date(1950, 2, 3), 26, from_on=date(2026, 3, 1))
    commands.end_membership(
        membership_id=world.membership(grandmother).pk, on=date(2026, 9, 1), reason="去世", by=world.li, at=NOW
    )

    def names(day):
        return [member.person.name for member in memberships.members_on(world.home, day)]

    assert names(date(2026, 2, 28)) == ["王建国", "张桂芳", "王小雨"]
    assert names(date(2026, 3, 1)) == ["王建国", "李秀英", "张桂芳", "王小雨"]
    assert names(date(2026, 8, 31)) == ["王建国", "李秀英", "张桂芳", "王小雨"]
    assert names(date(2026, 9, 1)) == ["王建国", "张桂芳", "王小雨"]
    assert Person.objects.get(pk=grandmother.pk).died_on == date(2026, 9, 1)


def test_a_member_moves_to_another_home(world):
    other = world.register("陈大山", date(1970, 1, 5), 13, village=world.huangjin, by=world.clerk)
    commands.move_member(
        membership_id=world.membership(world.child).pk,
        household_id=other.pk,
        relation="外孙女",
        on=date(2026, 10, 1),
        by=world.clerk,
        at=NOW,
    )
    assert [m.household for m in memberships.homes_of(world.child, date(2026, 9, 30))] == [world.home]
    assert [m.household for m in memberships.homes_of(world.child, TODAY)] == [other]
    assert Person.objects.get(pk=world.child.pk).village == world.huangjin


@pytest.mark.parametrize(("what", "words"), [
    pytest.param({"on": date(2027, 1, 1)}, "不能晚于今天", id="future"),
    pytest.param({"reason": " "}, "请写明离开的原因", id="no reason"),
    pytest.param({"by": "stranger"}, "不在您的辖区", id="another township"),
])  # fmt: skip
def test_ending_a_membership_refuses_and_changes_nothing(world, what, words):
    what = {"on": TODAY, "reason": "迁出", "by": "li", **what}
    refused(
        words,
        commands.end_membership,
        membership_id=world.membership(world.wife).pk,
        **{**what, "by": getattr(world, what["by"])},
    )


def test_a_home_has_one_head_and_a_member_once(world):
    refused(
        "已经有户主",
        commands.add_member,
        household_id=world.home.pk,
        relation="户主",
        name="王二",
        id_absent_reason="to_follow",
        by=world.li,
    )
    refused(
        "已经是这一户的成员",
        commands.add_member,
        household_id=world.home.pk,
        relation="妹妹",
        person_id=world.wife.pk,
        by=world.li,
    )


def test_a_refusal_inside_a_move_leaves_the_member_at_home(world):
    other = world.register("陈大山", date(1970, 1, 5), 13)
    refused("已经有户主", commands.move_member, membership_id=world.membership(world.wife).pk, household_id=other.pk, relation="户主",
            on=TODAY, by=world.li)  # fmt: skip


def test_revealing_is_journalled_before_it_is_shown(world):
    shown = commands.reveal_household(household_id=world.home.pk, reason="打电话约走访", by=world.li, at=NOW)
    assert shown.phone == "13887000001"
    line = Entry.objects.latest("seq")
    assert (line.kind, line.act, line.reason, line.by_name) == (EntryKind.READING, "household.reveal", "打电话约走访", "李村干")
    refused("理由", commands.reveal_household, household_id=world.home.pk, reason="看", by=world.li)
    refused(
        "没有查看敏感信息的权限", commands.reveal_household, household_id=world.home.pk, reason="打电话约走访", by=world.leader
    )


# Finding a home


@pytest.mark.parametrize("text", ["王建国", "王建", "wjg", "WangJian", "530625202201001", "13887000001", "138 8700 0001", "wxy"])
def test_a_home_is_found_by_what_people_type(world, text):
    world.register("陈大山", date(1970, 1, 5), 13)
    assert list(queries.found(world.li, text)) == [world.home]


def test_last_four_and_the_whole_number_find_the_home(world):
    whole = number(date(1985, 3, 2), 11)
    assert list(queries.found(world.li, whole[-4:])) == [world.home]
    assert list(queries.found(world.li, whole.lower())) == [world.home]
    assert list(queries.found(world.stranger, whole)) == []
    assert list(queries.found(world.li, "不在的人")) == []


def test_scope_is_ones_own_village_or_township(world):
    there = world.register("周山", date(1971, 1, 5), 15, village=world.xinmin, by=world.stranger)
    near = world.register("郑水", date(1972, 1, 5), 17, village=world.huangjin, by=world.clerk)
    assert set(visible_households(world.li)) == {world.home}
    assert set(visible_households(world.clerk)) == {world.home, near}
    assert set(visible_households(world.stranger)) == {there}


# Many rows at once


def rows():
    return [
        {
            "number": "530625202201001", "village": "530625202201", "income_yuan": 21000,
            "members": [
                {"relation": "户主", "name": "王建国", "citizen_id": number(date(1985, 3, 2), 11), "away_to": "浙江省宁波市"},
                {"relation": "女儿", "name": "王小雨", "birth_on": date(2016, 5, 20), "claims": ["留守儿童"]},
                {"relation": "儿子", "name": "王小川", "id_absent_reason": "not_registered", "birth_on": date(2025, 1, 1)},
            ],
        },
        {
            "number": "530625202201777", "village": "530625202201", "phone": "13887000009",
            "members": [{"relation": "户主", "name": "陈大山", "citizen_id": number(date(1970, 1, 5), 13), "sex": "男"}],
        },
    ]  # fmt: skip


def keep(world, what=None, by=None, **more):
    return commands.keep_rows(rows=what or rows(), source="走访登记表", by=by or world.clerk, at=NOW, **more)


def test_rows_are_kept_by_number_then_by_name_and_birth_date(world):
    counts = keep(world)
    assert counts == {
        "households_new": 1, "households_changed": 1, "households_same": 0, "people_new": 2, "people_changed": 0, "memberships_new": 2,
        "statuses_new": 1, "absences_new": 1, "two_homes": 0, "elsewhere": 0,
    }  # fmt: skip
    home = Household.objects.get(pk=world.home.pk)
    assert (home.income_yuan, home.phone, home.version) == (21000, "13887000001", 1)
    assert [m.person.name for m in memberships.members_on(home, TODAY)] == ["王建国", "张桂芳", "王小雨", "王小川"]
    new = Person.objects.get(name="陈大山")
    assert (new.citizen_id, new.citizen_last4, new.initials) == (
        number(date(1970, 1, 5), 13),
        number(date(1970, 1, 5), 13)[-4:],
        "cds",
    )
    assert list(queries.found(world.clerk, "13887000009")) == [Household.objects.get(number="530625202201777")]
    assert Absence.objects.get().person == world.head
    assert DatedStatus.objects.get().person == world.child
    line = Entry.objects.latest("seq")
    assert line.detail["homes"] == {"530625202201001": ["income_yuan"], "530625202201777": "new"}


def test_the_same_rows_twice_change_nothing(world):
    keep(world)
    before = [[str(r) for r in rows] for rows in snapshot()]
    counts = keep(world)
    assert counts == {**dict.fromkeys(counts, 0), "households_same": 2}
    assert [[str(r) for r in rows] for rows in snapshot()] == before


def test_only_the_changes_are_written(world):
    keep(world)
    changed = rows()
    changed[1]["members"][0]["ethnicity"] = "苗族"
    plan = plan_rows(changed, actor=world.clerk, at=later(1))
    assert plan.outcomes == ["same", "changed"]
    assert keep(world, changed)["people_changed"] == 1
    assert Person.objects.get(name="陈大山").ethnicity == "苗族"


def test_a_preview_writes_nothing(world):
    before = [[str(r) for r in rows] for rows in snapshot()]
    assert plan_rows(rows(), actor=world.clerk, at=NOW).outcomes == ["changed", "new"]
    assert [[str(r) for r in rows] for rows in snapshot()] == before


def test_an_empty_cell_wipes_out_nothing(world):
    emptied = rows()
    emptied[0]["members"][0].update(name="王建国", phone="", education=None)
    keep(world, emptied)
    assert Household.objects.get(pk=world.home.pk).phone == "13887000001"


def test_rows_outside_the_reach_are_refused_whole(world):
    strange = [*rows(), {"number": "X1", "village": "530625108209", "members": []}]
    refused("不在您的辖区", commands.keep_rows, rows=strange, source="表", by=world.clerk)
    refused("批量导入的权限", commands.keep_rows, rows=rows(), source="表", by=world.teacher)


def test_another_townships_person_is_linked_but_not_rewritten(world):
    world.register("周山", date(1971, 1, 5), 15, village=world.xinmin, by=world.stranger)
    row = {"number": "Y1", "village": "530625202201", "members": [
        {"relation": "户主", "name": "周大山", "citizen_id": number(date(1971, 1, 5), 15), "ethnicity": "彝族"}]}  # fmt: skip
    counts = keep(world, [row])
    assert (counts["elsewhere"], counts["two_homes"], counts["people_changed"]) == (1, 1, 0)
    person = Person.objects.get(citizen_last4=number(date(1971, 1, 5), 15)[-4:])
    assert (person.name, person.ethnicity, person.village) == ("周山", "", world.xinmin)


def test_a_batch_asks_a_fixed_number_of_questions(world):
    keep(world)
    world.clerk.live_posts  # noqa: B018  (asked once a request)

    def asked(what):
        with CaptureQueriesContext(
            connection,
        ) as queries_asked:
            plan_rows(what, actor=world.clerk, at=NOW)
        return len(queries_asked)

    assert asked(rows()[1:]) == asked(rows())


def test_keeping_rows_twice_with_one_key_acts_once(world):
    key = uuid.uuid4()
    first = keep(world, key=key)
    assert keep(world, key=key) == first
    with pytest.raises(Conflict):
        commands.keep_rows(rows=[], source="别的", by=world.clerk, at=NOW, key=key)


def test_nobody_is_read_from_a_clerk_without_a_post(world):
    idle = User.objects.create_user(username="idle", name="闲人")
    assert not visible_households(idle).exists()


def test_a_telephone_is_not_missing_where_the_grown_up_head_bears_one(world):
    def missing():
        return "phone" in {gap.name for _row, lacks, _only in queries.missing_facts([world.home], TODAY)[world.home.pk] for gap in lacks}

    assert not missing()
    Household.objects.filter(pk=world.home.pk).update(phone=b"")
    assert missing()
    world.head.phone = "13887000009"
    world.head.save()
    assert not missing()
    Person.objects.filter(pk=world.head.pk).update(birth_on=date(2012, 3, 2))
    assert missing()  # a child's number is nobody's to ring
