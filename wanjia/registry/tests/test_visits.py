"""Visits: planned, recorded in six parts, due; two people where children live; notes about a child sealed and logged."""

import re
import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from wanjia.kernel.models import Entry, EntryKind
from wanjia.policy.visit_form import questions
from wanjia.verdict import Refused, Verdict

from ..models import DatedStatus, Household, Visit, VisitDraft, VisitFinding, VisitSheet
from ..people.queries import sheets_of
from ..visits import commands, queries
from .factories import NOW, TODAY, later


def refused(words, command, at=NOW, **what):
    """Assert that the command refuses with these words and changes nothing."""
    tables = (Visit, VisitSheet, VisitFinding, VisitDraft, Entry)
    before = [[str(row) for row in model.objects.order_by("pk").values()] for model in tables]
    with pytest.raises(Refused, match=re.escape(words)):
        command(at=at, **what)
    assert [[str(row) for row in model.objects.order_by("pk").values()] for model in tables] == before


@pytest.fixture
def visit(world):
    """A visit of 李 and 杨 to the Wang home, planned for today."""
    return plan(world, visitor_ids=[world.li.pk, world.yang.pk])


def plan(world, **what):
    return commands.plan_visit(
        **{
            "household_id": world.home.pk,
            "planned_on": TODAY,
            "visitor_ids": [world.li.pk],
            "purpose": "term",
            "by": world.li,
            "at": NOW,
            **what,
        }
    )


def told(world, visit, **more):
    return {
        "visit_id": visit.pk, "done_on": TODAY, "method": "home", "visitor_ids": [world.li.pk, world.yang.pk],
        "home": {"housing": {"choice": "watch", "words": "屋顶漏雨"}},
        "children": {str(world.child.pk): {"mind": {"choice": "concern", "words": "夜里常哭"}}},
        "findings": [{"category": "housing", "words": "屋顶漏雨,盼修缮", "urgency": "urgent", "requester_id": world.head.pk}],
        "next_on": date(2026, 12, 1), "met_in_person": True, "by": world.li, **more,
    }  # fmt: skip


def test_a_visit_is_planned_and_recorded(world, visit):
    assert list(queries.planned_for(world.yang)) == [visit]
    commands.record_visit(at=NOW, **told(world, visit))
    visit.refresh_from_db()
    assert (visit.state, visit.done_on, visit.done_by, visit.version) == ("done", TODAY, world.li, 1)
    assert [(question.code, words, concern) for question, words, concern in queries.home_sheet(visit)] == [
        ("housing", "有隐患 · 屋顶漏雨", True)
    ]
    finding = VisitFinding.objects.get()
    assert (finding.words, finding.requester, finding.is_wish) == ("屋顶漏雨,盼修缮", world.head, False)
    assert [e.act for e in Entry.objects.filter(act__startswith="visit.").order_by("-seq")] == ["visit.record", "visit.plan"]


def test_notes_about_a_child_are_sealed_and_stand_in_no_journal(world, visit):
    commands.record_visit(at=NOW, **told(world, visit))
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers FROM registry_visitsheet")
        assert not any("夜里常哭".encode() in bytes(row[0]) for row in cursor.fetchall())
    assert not any("夜里常哭" in str(entry.__dict__) for entry in Entry.objects.all())
    assert "夜里常哭" in sheets_of(world.child).get().answers


@pytest.mark.parametrize(("spoil", "words"), [
    pytest.param({"visitor_ids": "li"}, "至少要两个人", id="one visitor, a child seen"),
    pytest.param({"by": "clerk"}, "走访由去的人记录", id="not a visitor"),
    pytest.param({"by": "stranger"}, "没有找到这次走访", id="another township"),
    pytest.param({"done_on": date(2026, 11, 4)}, "不能晚于今天", id="tomorrow"),
    pytest.param({"next_on": date(2026, 11, 2)}, "不能早于今天", id="next visit yesterday"),
    pytest.param({"home": {"weather": {"choice": "fine"}}}, "没有这些问题", id="unknown question"),
    pytest.param({"home": {"housing": {"choice": "wonderful"}}}, "没有这些问题", id="unknown answer"),
    pytest.param({"children": {"stranger": {"mind": {"choice": "good"}}}}, "不在这一户", id="a child of another home"),
    pytest.param({"findings": [{"category": "", "words": "漏雨"}]}, "选类别", id="finding without a category"),
    pytest.param({"findings": [{"category": "roof", "words": "漏雨"}]}, "没有“roof”", id="finding of a category that the ledger does not know"),
    pytest.param({"findings": [{"category": "housing", "words": "漏雨", "urgency": "now"}]}, "没有“now”", id="finding of an unknown urgency"),
    pytest.param({"gps": "27.1,103.6"}, "不认识的信息项", id="no positions"),
])  # fmt: skip
def test_recording_refuses_and_changes_nothing(world, visit, spoil, words):
    what = told(world, visit, **spoil)
    if what["visitor_ids"] == "li":
        what["visitor_ids"] = [world.li.pk]
    if "stranger" in (what["children"] or {}):
        what["children"] = {str(uuid.uuid4()): what["children"]["stranger"]}
    what["by"] = getattr(world, what["by"]) if isinstance(what["by"], str) else what["by"]
    refused(words, commands.record_visit, **what)


def test_a_companion_without_an_account_counts_and_a_call_needs_one(world, visit):
    one = plan(world)
    commands.record_visit(at=NOW, **told(world, one, visitor_ids=[world.li.pk], companions="村医小刘"))
    commands.record_visit(at=NOW, **told(world, visit, visitor_ids=[world.li.pk], method="phone"))
    assert Visit.objects.filter(state="done").count() == 2


@pytest.mark.parametrize(("spoil", "words"), [
    pytest.param({"planned_on": date(2026, 11, 2)}, "不能早于今天", id="yesterday"),
    pytest.param({"visitor_ids": []}, "请选择走访人", id="nobody"),
    pytest.param({"visitor_ids": "stranger"}, "辖区不包括这一户", id="visitor of another township"),
    pytest.param({"by": "stranger"}, "没有找到这一户", id="planner of another township"),
])  # fmt: skip
def test_planning_refuses_and_changes_nothing(world, spoil, words):
    what = {"household_id": world.home.pk, "planned_on": TODAY, "visitor_ids": [world.li.pk], "by": world.li, **spoil}
    if what["visitor_ids"] == "stranger":
        what["visitor_ids"] = [world.stranger.pk]
    what["by"] = getattr(world, what["by"]) if isinstance(what["by"], str) else what["by"]
    refused(words, commands.plan_visit, **what)


def test_a_done_visit_is_neither_recorded_nor_cancelled_again(world, visit):
    commands.record_visit(at=NOW, **told(world, visit))
    refused("已经记录或取消", commands.record_visit, **told(world, visit))
    refused("不能“取消”", commands.cancel_visit, visit_id=visit.pk, reason="不去了", by=world.li)


def test_cancelling_keeps_the_reason(world, visit):
    refused("请写明取消的原因", commands.cancel_visit, visit_id=visit.pk, reason=" ", by=world.li)
    commands.cancel_visit(visit_id=visit.pk, reason="大雪封路", by=world.li, at=NOW)
    assert Visit.objects.values_list("state", "cancel_reason").get() == ("cancelled", "大雪封路")


def test_the_database_itself_refuses_a_state_that_skips_and_a_changed_sheet(world, visit):
    commands.record_visit(at=NOW, **told(world, visit))
    for sql in (
        "UPDATE registry_visit SET state = 'planned'",
        "DELETE FROM registry_visitsheet",
        "UPDATE registry_visitfinding SET words = 'x'",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_opening_the_form_journals_the_reading_of_a_childs_notes(world, visit):
    commands.open_visit(visit_id=visit.pk, by=world.li, at=NOW)
    assert not Entry.objects.filter(kind=EntryKind.READING).exists()
    commands.record_visit(at=NOW, **told(world, visit))
    again = plan(world)
    commands.open_visit(visit_id=again.pk, by=world.li, at=later(1))
    line = Entry.objects.get(kind=EntryKind.READING)
    assert (line.act, line.subject_id, line.reason) == ("child.open_notes", str(world.child.pk), "入户走访 开学前后")
    home, children = queries.last_answers(world.home, [world.child])
    assert home == {"housing": "2026-11-03:有隐患 · 屋顶漏雨"}
    assert children[world.child.pk]["mind"].endswith("要关心 · 夜里常哭")


def test_a_draft_is_sealed_ones_own_and_emptied_when_recorded(world, visit):
    commands.save_visit_draft(visit_id=visit.pk, answers={"home-housing": "watch"}, by=world.li, at=NOW)
    commands.save_visit_draft(visit_id=visit.pk, answers={"home-housing": "danger"}, by=world.li, at=later(1))
    assert queries.draft_of(visit, world.li) == {"home-housing": "danger"}
    assert queries.draft_of(visit, world.yang) == {}
    assert Entry.objects.filter(act="visit.draft").count() == 1
    commands.record_visit(at=NOW, **told(world, visit))
    assert queries.draft_of(visit, world.li) == {}


@pytest.mark.parametrize("name", ["plan_visit", "record_visit", "cancel_visit", "save_visit_draft"])
def test_a_repeat_with_the_same_key_does_nothing_twice(world, visit, name):
    what = {
        "plan_visit": {"household_id": world.home.pk, "planned_on": TODAY, "visitor_ids": [world.li.pk], "by": world.li},
        "record_visit": told(world, visit), "cancel_visit": {"visit_id": visit.pk, "reason": "大雪封路", "by": world.li},
        "save_visit_draft": {"visit_id": visit.pk, "answers": {}, "by": world.li},
    }[name]  # fmt: skip
    key = uuid.uuid4()
    first = getattr(commands, name)(at=NOW, key=key, **what)
    counts = [model.objects.count() for model in (Entry, Visit, VisitSheet, VisitFinding)]
    assert getattr(commands, name)(at=later(1), key=key, **what) == first
    assert [model.objects.count() for model in (Entry, Visit, VisitSheet, VisitFinding)] == counts


# Due


def test_a_home_is_due_when_never_visited_then_by_its_kind(world):
    def due(day):
        return list(queries.due(world.li, day))

    assert due(TODAY) == [world.home]
    visit = plan(world)
    assert due(TODAY) == [], "planned"
    commands.record_visit(at=NOW, **told(world, visit, children={}, visitor_ids=[world.li.pk]))
    assert due(TODAY + timedelta(days=182)) == []
    assert due(TODAY + timedelta(days=183)) == [world.home]
    DatedStatus.objects.create(household=world.home, scheme="relief", scheme_version="2026", code="minimum", recorded_at=NOW)
    assert due(TODAY + timedelta(days=29)) == []
    assert due(TODAY + timedelta(days=30)) == [world.home]
    assert queries.due_by_village(world.li, TODAY + timedelta(days=30)) == [(world.datong.code, "大同村", 1, 1)]


def test_priority_homes_come_first(world):
    other = world.register("陈大山", date(1970, 1, 5), 13)
    DatedStatus.objects.create(person=other.memberships.get().person, scheme="disability", scheme_version="2011", code="limb", grade="1",
                               recorded_at=NOW)  # fmt: skip
    assert [(home, home.first) for home in queries.due(world.li, TODAY)] == [(other, 0), (world.home, 1)]


def test_planned_visits_per_cadre_by_name(world, visit):
    plan(world, visitor_ids=[world.li.pk])
    commands.record_visit(at=NOW, **told(world, visit))
    rows = [
        (user.name, user.n_planned, user.n_done) for user in queries.by_cadre(world.clerk, date(2026, 11, 1), date(2026, 12, 1))
    ]
    assert sorted(rows) == [("李村干", 2, 1), ("杨儿童主任", 1, 1)]
    assert list(queries.by_cadre(world.stranger, date(2026, 11, 1), date(2026, 12, 1))) == []


def test_every_question_of_the_form_stands_in_one_of_six_parts():
    assert len({question.part for question in questions().values()}) == 4
    assert all(set(question.concern) <= set(question.choices) for question in questions().values())


@pytest.mark.parametrize(("kept_before", "kept_after"), [(None, TODAY - timedelta(days=2)), (TODAY, TODAY)])
def test_what_was_read_over_and_holds_is_verified_as_of_the_day_of_the_visit(world, visit, kept_before, kept_after):
    Household.objects.filter(pk=world.home.pk).update(verified_on=kept_before)
    commands.record_visit(at=NOW, **told(world, visit, done_on=TODAY - timedelta(days=2), still_holds=True))
    world.home.refresh_from_db()
    assert world.home.verified_on == kept_after
    assert Entry.objects.filter(act="household.verify", subject_id=str(world.home.pk)).count() == 1


def test_a_visit_without_the_tick_verifies_nothing(world, visit):
    before = Household.objects.values("verified_on", "version").get(pk=world.home.pk)
    commands.record_visit(at=NOW, **told(world, visit))
    assert Household.objects.values("verified_on", "version").get(pk=world.home.pk) == before


def test_whoever_may_not_keep_the_register_verifies_nothing_by_a_visit_and_is_not_asked(client, world, visit, monkeypatch):
    client.force_login(world.li)
    assert 'name="still_holds"' in client.get(f"/visits/{visit.pk}/record/").content.decode()
    monkeypatch.setattr("wanjia.registry.visits.rules.can_keep", lambda *_who: Verdict(False, "没有更新家庭情况的权限"))
    refused("没有更新家庭情况的权限", commands.record_visit, **told(world, visit, still_holds=True))
    assert 'name="still_holds"' not in client.get(f"/visits/{visit.pk}/record/").content.decode()
