"""强制报告: sealed, outside the ledger and every count, never closed or deleted, its reporter named nowhere."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from wanjia.kernel.command import COMMANDS
from wanjia.kernel.models import Entry, EntryKind, Receipt
from wanjia.orgs.roles import Role
from wanjia.verdict import Refused

from ..checking.protection import faults
from ..models import Need, ProtectionReport, Step
from ..protection import rules
from ..protection.commands import explain_late, follow_up_report, open_report, report_child
from ..protection.forms import ReportChild
from ..protection.queries import alarming, alarms, late_here, unexplained
from ..protection.rules import visible_reports
from .factories import MONDAY, later, worker

FACTS = "手臂有新旧不一的伤痕"


def report(world, **told):
    """Report a child of 大同村 as the village worker does."""
    return report_child(
        area=world.datong, situation="疑似受伤", facts=FACTS, child_words="大同村小学二年级学生", by=world.visitor,
        **{"at": later(hours=3), "discovered_at": MONDAY, **told},
    )  # fmt: skip


def test_a_report_stands_in_no_ledger_and_no_count(world):
    report(world)
    assert (Need.objects.count(), Step.objects.count(), ProtectionReport.objects.count()) == (0, 0, 1)


def test_what_is_written_is_sealed_in_the_database(world):
    report(world)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM casework_protectionreport")
        stored = b"".join(bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode() for value in cursor.fetchone())
    assert FACTS.encode() not in stored
    assert str(world.visitor.pk).encode() not in stored
    assert ProtectionReport.objects.get().facts == FACTS


def test_neither_journal_nor_receipt_names_the_reporter(world):
    key = UUID(int=9)
    report(world, key=key)
    line = Entry.objects.get(act="protection.report")
    assert (line.by_id, world.visitor.name in str(line.__dict__), line.reason) == (None, False, "")
    assert Receipt.objects.get(pk=key).by_id is None
    assert report(world, key=key) == ProtectionReport.objects.get()


def test_only_the_protection_officer_sees_it_and_never_one_of_the_suspects_unit(world):
    named = report(world, suspects_unit=world.committee)
    seen = {name for name in ("visitor", "clerk", "handler", "caller", "ledger", "inspector", "officer")
            if visible_reports(getattr(world, name)).filter(pk=named.pk).exists()}  # fmt: skip
    assert seen == {"officer"}
    inside = worker("weibao2", "郑同事", world.committee, Role.PROTECTION_OFFICER)
    assert not visible_reports(inside).exists()


def test_opening_it_is_journalled_before_anything_is_shown(world):
    one = report(world)
    with pytest.raises(Refused, match="查看的理由"):
        open_report(report_id=one.pk, reason="看", by=world.officer, at=later(hours=4))
    open_report(report_id=one.pk, reason="接到派出所回电", by=world.officer, at=later(hours=4))
    assert Entry.objects.get(kind=EntryKind.READING).by_id == world.officer.pk


def test_two_hours_without_an_authority_raise_an_alarm_until_the_receipt_is_entered(world):
    one = report(world)
    assert one.late
    assert list(alarms(world.officer, later(hours=3))) == [one]
    follow_up_report(report_id=one.pk, words="派出所已受理", reported_at=later(hours=3), by=world.officer, at=later(hours=3))
    assert not alarms(world.officer, later(hours=4))


def test_a_new_report_stands_on_the_officers_desk_at_once_until_somebody_follows_it_up(client, world):
    """The desk said that all was done while a report of this minute lay unread: only after two hours did it say anything."""
    one = report(world, discovered_at=timezone.now(), at=timezone.now(), called_police_at=timezone.now())
    assert not alarms(world.officer)
    client.force_login(world.officer, backend="django.contrib.auth.backends.ModelBackend")
    desk = client.get("/").content.decode()
    assert "1 份强制报告还没有人跟进" in desk
    assert "今天没有待办" not in desk
    client.force_login(world.clerk, backend="django.contrib.auth.backends.ModelBackend")
    assert "强制报告还没有人跟进" not in client.get("/").content.decode()
    follow_up_report(report_id=one.pk, words="已到派出所", by=world.officer, at=timezone.now())
    client.force_login(world.officer, backend="django.contrib.auth.backends.ModelBackend")
    assert "强制报告还没有人跟进" not in client.get("/").content.decode()


@pytest.mark.parametrize(("discovered", "reported", "late"), [
    # a Friday night and a Sunday: the clock never rests
    ("2026-11-06T15:30:00+00:00", "2026-11-06T17:29:00+00:00", False),
    ("2026-11-06T15:30:00+00:00", "2026-11-06T17:31:00+00:00", True),
    ("2026-11-08T02:00:00+00:00", "2026-11-08T05:00:00+00:00", True),
    ("2026-11-03T01:00:00+00:00", "2026-11-03T03:00:00+00:00", False),
])  # fmt: skip
def test_two_hours_are_hours_of_the_clock(world, discovered, reported, late):
    found, told = (datetime.fromisoformat(text) for text in (discovered, reported))
    one = report(world, discovered_at=found, called_police_at=told, at=told + timedelta(minutes=5))
    assert (one.late, rules.is_late(one, told + timedelta(days=9))) == (late, late)


def test_an_alarm_asks_for_the_reason_and_tells_the_auditor_nothing_of_the_child(client, world):
    auditor = worker("shenji", "审计员", world.office, Role.AUDITOR)
    one = report(world)
    client.force_login(auditor, backend="django.contrib.auth.backends.ModelBackend")
    assert "1 份强制报告迟报" in client.get("/").content.decode()
    page = client.get(reverse("casework:late_reports")).content.decode()
    assert "还没有收到" in page
    for said in (FACTS, "大同", "疑似受伤", "二年级", world.visitor.name, str(one.pk)):
        assert said not in page
    follow_up_report(report_id=one.pk, words="派出所已受理", reported_at=later(hours=3), by=world.officer, at=later(hours=3))
    assert alarming(auditor) == 1
    explain_late(report_id=one.pk, words="村里当晚没有信号,次日早上才联系上", by=world.officer, at=later(hours=4))
    assert (alarming(auditor), unexplained(world.officer), len(late_here(auditor))) == (0, [], 1)
    client.force_login(world.clerk, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("casework:late_reports")).status_code == 403


def test_whose_reach_is_a_township_is_told_of_no_alarm_for_it_would_tell_where(world):
    here = worker("xiangshen", "乡审计员", world.office, Role.AUDITOR)
    here.posts.update(area=world.datong.parent)
    report(world)
    assert late_here(type(here).objects.get(pk=here.pk)) == []


def test_whoever_stands_in_the_suspects_unit_is_told_of_no_alarm(world):
    auditor = worker("shenji", "审计员", world.office, Role.AUDITOR)
    report(world, suspects_unit=world.office)
    assert late_here(auditor) == []
    report(world)
    assert len(late_here(auditor)) == 1


def test_the_check_works_late_out_again(world):
    report(world)
    assert list(faults(None)) == []
    ProtectionReport.objects.update(late=False)
    assert [fault[1] for fault in faults(None)] == ["late"]


def test_a_call_at_once_is_not_late(world):
    assert not report(world, called_police_at=MONDAY + timedelta(minutes=5)).late


def test_a_call_that_is_yet_to_be_made_ends_no_alarm(world):
    """A time to come silenced the alarm; the reporter is not turned away for it, the officer's receipt is."""
    one = report(world, called_police_at=MONDAY + timedelta(hours=9), at=MONDAY + timedelta(minutes=1))
    assert one.reported_at is None
    with pytest.raises(Refused, match="不能晚于现在"):
        follow_up_report(report_id=one.pk, words="派出所已受理", reported_at=MONDAY + timedelta(hours=9), by=world.officer, at=MONDAY + timedelta(hours=3))


def test_nothing_closes_or_deletes_a_report(world):
    one = report(world)
    assert not [name for name in COMMANDS if "report" in name and ("close" in name or "delete" in name or "merge" in name)]
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM casework_protectionreport")
    assert ProtectionReport.objects.get() == one


# Where, and whose unit: found by a few letters


def form_of(world, actor, **said):
    facts = {"child_words": "约九岁女孩", "situation": "被遗弃或长期无人照料", "facts": "独自在家三天", "discovered_at": "2026-11-02T08:00"} | said
    return ReportChild(facts, actor=actor)


@pytest.mark.parametrize(("typed", "meant"), [("细沙乡 · 大同村", "datong"), ("大同", "datong"), ("细沙大同", "datong"), ("新民", "xinmin"), ("细沙乡", None)])
def test_a_place_is_found_by_a_few_letters(world, typed, meant):
    form = form_of(world, world.visitor, area=typed)
    form.is_valid()
    assert form.cleaned_data.get("area") == (getattr(world, meant) if meant else world.xisha)


def test_the_own_village_stands_there_and_the_near_units_come_first(world):
    form = ReportChild(actor=world.visitor)
    assert form["area"].value() == "细沙乡 · 大同村"
    first = [unit for unit, _words in form.fields["suspects_unit"].rows][:2]
    assert {unit.area_id[:9] for unit in first} == {world.xisha.code[:9]}
    assert ReportChild(actor=world.caller)["area"].value() is None


def test_what_is_not_clear_is_asked_again(world):
    assert "没有找到" in str(form_of(world, world.visitor, area="火星").errors["area"])
    assert "请多写几个字" in str(form_of(world, world.visitor, area="大同", suspects_unit="永善县").errors["suspects_unit"])
    assert form_of(world, world.visitor, area="大同", suspects_unit="民政局").is_valid()
    assert form_of(world, world.visitor, area="").errors["area"]


def reported(client, world, **more):
    """Report through the page; return what it says next."""
    client.force_login(world.visitor, backend="django.contrib.auth.backends.ModelBackend")
    told = {"area": "细沙乡 · 大同村", "child_words": "二年级学生", "situation": "被组织乞讨", "facts": FACTS, "discovered_at": "2026-11-02T09:00"}
    answer = client.post(reverse("casework:report_child"), told | more, follow=True)
    assert ProtectionReport.objects.exists(), answer.content.decode()[-3000:]
    return answer.content.decode()


def test_whoever_names_the_officers_own_unit_is_told_that_nobody_here_opens_it(client, world):
    """It said that the officer would see it at once: sealed for ever, and nobody came."""
    assert "会马上看到" in reported(client, world)
    unit = f"{world.officer.org.area.short_name} · {world.officer.org.name}"
    said = reported(client, world, suspects_unit=unit)
    assert "会马上看到" not in said
    assert "请马上直接报告公安机关" in said
    assert "会马上看到" in client.get(reverse("casework:child_reported")).content.decode(), "said once"


def test_without_the_question_the_reporter_would_wait(client, world, monkeypatch):
    """Negative control."""
    monkeypatch.setattr(rules, "has_reader", lambda *_asked: True)
    assert "会马上看到" in reported(client, world, suspects_unit=f"{world.officer.org.area.short_name} · {world.officer.org.name}")
