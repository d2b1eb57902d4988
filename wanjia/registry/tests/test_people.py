"""People: statuses, absences, parents, care; groups of children from the rows; what is protected is journalled first."""

import re
import uuid
from datetime import date

import pytest
from django.db import connection
from django.db.models import QuerySet

from wanjia.kernel.models import Entry, EntryKind
from wanjia.orgs.models import Level, Tier
from wanjia.orgs.roles import Role
from wanjia.verdict import Refused

from .. import finding
from ..models import Absence, CareEntrustment, DatedStatus, GroupReview, Parentage, Person
from ..people import children, commands, queries
from ..people.rules import count_all_visible_people, visible_people
from ..statuses import commands as statuses
from .factories import NOW, TODAY, area, later, number, unit, worker


def refused(words, command, **what):
    """Assert that the command refuses with these words and changes nothing."""
    tables = (Person, DatedStatus, Absence, Parentage, CareEntrustment, GroupReview, Entry)
    before = [[str(row) for row in model.objects.order_by("pk").values()] for model in tables]
    with pytest.raises(Refused, match=re.escape(words)):
        command(at=NOW, **what)
    assert [[str(row) for row in model.objects.order_by("pk").values()] for model in tables] == before


def groups_of(world, day=TODAY):
    return {one.group: one.holds for one in children.groups_of(Person.objects.get(pk=world.child.pk), day)}


def go_away(world, person, since=date(2026, 3, 1), **more):
    return commands.record_absence(person_id=person.pk, place="浙江省宁波市", from_on=since, by=world.li, at=NOW, **more)


# Groups follow their inputs


def test_the_system_does_not_invent_a_mother_at_home(world):
    """Registering a mother, in the home or not, says nothing of where she is: the child stays among those to be asked about."""
    go_away(world, world.head)
    for named in (False, True):
        if named:
            commands.name_parent(child_id=world.child.pk, line="mother", parent_id=world.wife.pk, by=world.li, at=NOW)
        assert groups_of(world)["left_behind_civil"] is None
        ((child, _held, asks, _claims),) = children.special_children(world.li, world.datong, TODAY)
        assert (child, [ask for ask in asks if "母亲" in ask and "没有人说过" in ask] != []) == (world.child, True)
    commands.say_at_home(person_id=world.wife.pk, on=TODAY, by=world.li, at=NOW)
    assert groups_of(world)["left_behind_civil"] is False
    assert groups_of(world, date(2026, 11, 2))["left_behind_civil"] is None, "not known the day before"


def test_somebody_away_is_not_said_to_be_at_home(world):
    go_away(world, world.head)
    with pytest.raises(Refused, match="请先登记返回"):
        commands.say_at_home(person_id=world.head.pk, on=TODAY, by=world.li, at=NOW)
    commands.say_at_home(person_id=world.wife.pk, on=TODAY, by=world.li, at=NOW)
    with pytest.raises(Refused, match="已经登记过"):
        commands.say_at_home(person_id=world.wife.pk, on=TODAY, by=world.li, at=NOW)


def test_left_behind_comes_and_goes_with_the_parents(world):
    for line, parent in (("father", world.head), ("mother", world.wife)):
        commands.name_parent(child_id=world.child.pk, line=line, parent_id=parent.pk, by=world.li, at=NOW)
    assert groups_of(world)["left_behind_civil"] is None, "nobody said where they are"
    commands.say_at_home(person_id=world.head.pk, on=date(2026, 2, 1), by=world.li, at=NOW)
    assert groups_of(world)["left_behind_civil"] is False
    spells = [go_away(world, parent) for parent in (world.head, world.wife)]
    held = groups_of(world)
    assert (held["left_behind_civil"], held["left_behind_education"]) == (True, True)
    assert groups_of(world, date(2026, 2, 28))["left_behind_civil"] is False
    commands.record_return(absence_id=spells[1].pk, on=date(2026, 10, 1), by=world.li, at=NOW)
    held = groups_of(world)
    assert (held["left_behind_civil"], held["left_behind_education"]) == (False, True)


def test_parents_presumed_from_relations_are_said_to_be_presumed(world):
    go_away(world, world.head)
    go_away(world, world.wife)
    one = next(d for d in children.groups_of(Person.objects.get(pk=world.child.pk), TODAY) if d.group == "left_behind_civil")
    assert one.holds
    assert all("按与户主的关系推定" in reason.zh for reason in one.reasons if "孩子本人" not in reason.zh)


def test_the_list_of_an_area_agrees_with_the_childs_file_and_costs_the_same_for_more(world, django_assert_num_queries):
    go_away(world, world.head)
    go_away(world, world.wife)
    world.li.live_posts  # noqa: B018
    rows = children.special_children(world.li, world.datong, TODAY)
    assert [(child.name, [d.group for d in held]) for child, held, *_ in rows] == [
        ("王小雨", ["left_behind_civil", "left_behind_education"])
    ]
    assert children.group_counts(rows)["left_behind_civil"] == 1
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as once:
        children.special_children(world.li, world.datong, TODAY)
    for sequence in (26, 28):
        world.join(f"王小{sequence}", "女儿", date(2017, 1, 2), sequence, schooling="primary")
    with django_assert_num_queries(len(once)):
        assert len(children.special_children(world.li, world.datong, TODAY)) == 3


def test_no_child_costs_a_query_set_of_its_own(world, monkeypatch):
    """No question more, and yet a county's list took 0.8 s: each `.all()` of what was fetched already put a query set together."""
    made, clone = [], QuerySet._clone

    def of_the_list():
        made.clear()
        found = len(children.special_children(world.li, world.datong, TODAY))
        return found, len(made)

    go_away(world, world.head)
    go_away(world, world.wife)
    world.li.live_posts  # noqa: B018
    monkeypatch.setattr(QuerySet, "_clone", lambda rows: made.append(rows) or clone(rows))
    one = of_the_list()
    for sequence in (26, 28):
        world.join(f"王小{sequence}", "女儿", date(2017, 1, 2), sequence, schooling="primary")
    assert (one[0], of_the_list()) == (1, (3, one[1]))


def test_everybody_is_counted_as_they_are_listed(world, monkeypatch):
    """The count of the list of all is taken by what it leaves out: merged records, other counties, nobody's village."""
    office = worker("quanxian", "全县官", unit("永善县台账办", Tier.COUNTY, world.county), Role.LEDGER_OFFICE)
    gone = world.join("王又名", "儿子", date(1990, 5, 1), 31)
    Person.objects.filter(pk=gone.pk).update(merged_into=world.head)
    strangers = [Person(name="赵外地", village=village, registered_at=NOW) for village in (None, area("530626101001", "绥江某村", Level.VILLAGE))]
    Person.objects.bulk_create(strangers)

    def listed(actor):
        return visible_people(actor).filter(merged_into=None).count()

    for actor in (office, world.li):
        assert count_all_visible_people(actor) == listed(actor) > 0
    assert listed(office) < Person.objects.count() - 2
    monkeypatch.setattr("wanjia.registry.people.rules.FEW_ELSEWHERE", 1)
    assert count_all_visible_people(office) == listed(office)


def test_an_office_list_is_a_claim_until_the_facts_bear_it_out(world):
    DatedStatus.objects.create(person=world.child, scheme="claimed_group", scheme_version="list", code="孤儿", recorded_at=NOW)
    ((_child, held, asks, claims),) = children.special_children(world.li, world.datong, TODAY)
    assert (held, claims) == ([], ["孤儿"])
    assert groups_of(world)["orphan"] is False
    assert asks == []


def test_monitored_status_ends_with_its_scheme(world):
    status = statuses.record_home_status(
        household_id=world.home.pk, scheme="monitored", code="unstable", from_on=date(2024, 5, 1), by=world.li, at=NOW
    )
    assert queries.live_statuses([status], date(2025, 12, 31)) == [status]
    assert queries.live_statuses([status], date(2026, 1, 1)) == []


# Statuses


def test_a_status_keeps_scheme_version_evidence_and_review_day(world):
    status = statuses.record_status(
        person_id=world.head.pk, scheme="disability", code="limb", grade="2", evidence="残疾人证 5306…", from_on=date(2020, 1, 1),
        by=world.li, at=NOW,
    )  # fmt: skip
    status = DatedStatus.objects.get(pk=status.pk)
    assert (status.scheme_version, status.words, status.evidence, status.review_on) == (
        "2011",
        "肢体 二级",
        "残疾人证 5306…",
        date(2028, 11, 3),
    )
    statuses.confirm_status(status_id=status.pk, by=world.li, at=later(30))
    assert DatedStatus.objects.get(pk=status.pk).review_on == date(2028, 12, 3)
    statuses.end_status(status_id=status.pk, on=TODAY, reason="复评后不再是", by=world.li, at=NOW)
    assert DatedStatus.objects.get(pk=status.pk).to_on == TODAY
    assert list(Entry.objects.order_by("seq").values_list("act", flat=True))[-3:] == [
        "status.record",
        "status.confirm",
        "status.end",
    ]


@pytest.mark.parametrize(("what", "words"), [
    pytest.param({"by": "stranger"}, "没有找到这个人", id="another township"),
    pytest.param({"by": "leader"}, "没有登记、更新家庭情况的权限", id="no duty"),
    pytest.param({"scheme": "relief", "code": "minimum"}, "不适用于个人", id="a scheme of households"),
    pytest.param({"scheme": "nonsense"}, "不适用于个人", id="no such scheme"),
    pytest.param({"code": "wings"}, "没有这一项", id="no such code"),
    pytest.param({"grade": ""}, "请选择等级", id="no grade"),
    pytest.param({"from_on": date(2027, 1, 1)}, "不能晚于今天", id="future"),
    pytest.param({"from_on": date(2024, 1, 2), "to_on": date(2024, 1, 1)}, "不能早于开始日期", id="ends before it begins"),
])  # fmt: skip
def test_recording_a_status_refuses_and_changes_nothing(world, what, words):
    what = {"by": "li", "scheme": "disability", "code": "limb", "grade": "2", **what}
    refused(words, statuses.record_status, person_id=world.head.pk, **{**what, "by": getattr(world, what["by"])})


def test_one_live_status_of_a_kind(world):
    what = {"person_id": world.head.pk, "scheme": "disability", "code": "limb", "grade": "2", "by": world.li}
    statuses.record_status(at=NOW, **what)
    refused("同样的有效记录", statuses.record_status, **what)


# Absences, parents, care


def test_one_open_absence_at_a_time(world):
    go_away(world, world.head)
    refused("请先登记返回", commands.record_absence, person_id=world.head.pk, place="上海市", by=world.li)
    refused("请填写去向", commands.record_absence, person_id=world.wife.pk, place=" ", by=world.li)
    refused("没有这条外出记录", commands.record_return, absence_id=uuid.uuid4(), on=TODAY, by=world.li)


def test_a_corrected_father_replaces_the_first_and_keeps_it(world):
    commands.name_parent(child_id=world.child.pk, line="father", known_name="王建军", by=world.li, at=NOW)
    commands.name_parent(child_id=world.child.pk, line="father", parent_id=world.head.pk, by=world.li, at=NOW)
    assert Parentage.objects.get(child=world.child, ended_on=None).parent == world.head
    assert Parentage.objects.filter(child=world.child).count() == 2


@pytest.mark.parametrize(("who", "words"), [("child", "不能是孩子本人"), ("nobody", "请选择登记在册的人")])
def test_naming_a_parent_refuses(world, who, words):
    parent_id = world.child.pk if who == "child" else None
    refused(words, commands.name_parent, child_id=world.child.pk, line="mother", parent_id=parent_id, by=world.li)


def test_a_parent_is_older_than_the_child(world):
    younger = world.join("王小妹", "女儿", date(2020, 1, 1), 42)
    refused("不能晚于孩子", commands.name_parent, child_id=world.child.pk, line="mother", parent_id=younger.pk, by=world.li)


def test_new_care_ends_the_old(world):
    first = commands.entrust_care(
        child_id=world.child.pk, carer_name="李秀英", from_on=date(2026, 3, 1), document="委托书", by=world.li, at=NOW
    )
    commands.entrust_care(child_id=world.child.pk, carer_name="王大伯", from_on=date(2026, 9, 1), by=world.li, at=NOW)
    assert CareEntrustment.objects.get(pk=first.pk).to_on == date(2026, 9, 1)
    refused("未满 18 周岁", commands.entrust_care, child_id=world.head.pk, carer_name="某", from_on=TODAY, by=world.li)
    refused(
        "必须是成年人",
        commands.entrust_care,
        child_id=world.child.pk,
        carer_name="",
        carer_id=world.child.pk,
        from_on=TODAY,
        by=world.li,
    )


def test_reviews_fall_due_monthly_and_at_birthdays(world):
    go_away(world, world.head)
    go_away(world, world.wife)
    assert [(child.name, on) for child, on in children.reviews_due(world.li, world.datong, TODAY)] == [("王小雨", None)]
    commands.review_groups(child_id=world.child.pk, agreed=True, by=world.li, at=NOW)
    assert children.reviews_due(world.li, world.datong, TODAY) == []
    assert [on for _child, on in children.reviews_due(world.li, world.datong, date(2026, 12, 3))] == [date(2026, 12, 3)]
    assert {review.group for review in GroupReview.objects.all()} >= {"left_behind_civil", "left_behind_education"}
    refused("哪一条情况不对", commands.review_groups, child_id=world.child.pk, agreed=False, by=world.li)


def test_birthdays_that_change_groups_are_listed(world):
    teen = world.join("王大雨", "女儿", date(2012, 11, 20), 44)
    assert [
        (child, on, age) for child, on, age in children.birthdays_between(world.li, world.datong, TODAY, date(2026, 12, 31))
    ] == [(teen, date(2026, 11, 20), 14)]


# What is protected


def test_a_childs_file_opens_with_a_reason_that_is_journalled(world):
    commands.open_child_file(child_id=world.child.pk, reason="开学前走访", by=world.li, at=NOW)
    line = Entry.objects.latest("seq")
    assert (line.kind, line.act, line.subject_id, line.reason) == (
        EntryKind.READING,
        "child.open_file",
        str(world.child.pk),
        "开学前走访",
    )


@pytest.mark.parametrize(("by", "reason", "words"), [
    pytest.param("li", "看看", "至少 4 个字", id="no reason"),
    pytest.param("leader", "了解全乡情况", "没有查看儿童档案的权限", id="no duty"),
    pytest.param("stranger", "了解全乡情况", "没有找到这个人", id="another township"),
])  # fmt: skip
def test_a_childs_file_stays_shut(world, by, reason, words):
    refused(words, commands.open_child_file, child_id=world.child.pk, reason=reason, by=getattr(world, by))


def test_an_adult_has_no_childs_file(world):
    refused("已满 18 周岁", commands.open_child_file, child_id=world.head.pk, reason="了解全乡情况", by=world.li)


def test_revealing_a_person_is_journalled(world):
    shown = commands.reveal_person(person_id=world.head.pk, reason="核对证件", by=world.li, at=NOW)
    assert shown.citizen_id == number(date(1985, 3, 2), 11)
    line = Entry.objects.latest("seq")
    assert (line.kind, line.detail["fields"]) == (EntryKind.READING, ["citizen_id", "phone", "health"])
    assert shown.citizen_id not in str(line.__dict__)


# Updating


def test_a_corrected_number_moves_birth_date_and_index(world):
    right = number(date(1985, 3, 3), 11)
    commands.update_person(person_id=world.head.pk, version=0, citizen_id=right.lower(), by=world.li, at=NOW)
    assert finding.by_number(right) == world.head
    assert finding.by_number(number(date(1985, 3, 2), 11)) is None
    assert Person.objects.get(pk=world.head.pk).birth_on == date(1985, 3, 3)


@pytest.mark.parametrize(("what", "words"), [
    pytest.param({"version": 7}, "刚刚被别人处理过", id="somebody was quicker"),
    pytest.param({"phone": "123"}, "手机 11 位", id="phone"),
    pytest.param({"citizen_id": number(date(1986, 7, 9), 22)}, "疑似重复", id="number of somebody else"),
    pytest.param({"name": ""}, "请填写姓名", id="no name"),
    pytest.param({"by": "stranger"}, "没有找到这个人", id="another township"),
])  # fmt: skip
def test_updating_a_person_refuses_and_changes_nothing(world, what, words):
    what = {"by": "li", "version": 0, "education": "初中", **what}
    refused(words, commands.update_person, person_id=world.head.pk, **{**what, "by": getattr(world, what["by"])})


@pytest.mark.parametrize(("name", "what"), [
    ("update_person", lambda w: {"person_id": w.head.pk, "version": 0, "education": "初中"}),
    ("record_status", lambda w: {"person_id": w.head.pk, "scheme": "disability", "code": "limb", "grade": "1"}),
    ("record_absence", lambda w: {"person_id": w.head.pk, "place": "上海市"}),
    ("name_parent", lambda w: {"child_id": w.child.pk, "line": "father", "parent_id": w.head.pk}),
    ("entrust_care", lambda w: {"child_id": w.child.pk, "carer_name": "李秀英", "from_on": TODAY}),
])  # fmt: skip
def test_a_repeat_with_the_same_key_does_nothing_twice(world, name, what):
    key, act = uuid.uuid4(), getattr(statuses if name == "record_status" else commands, name)
    first = act(by=world.li, at=NOW, key=key, **what(world))
    lines = Entry.objects.count()
    assert act(by=world.li, at=later(1), key=key, **what(world)) == first
    assert Entry.objects.count() == lines
