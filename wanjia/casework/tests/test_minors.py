"""The yearly audit of minors' information: every figure a count of rows, of no child, frozen when published."""

import io
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from wanjia.kernel.calendar import today
from wanjia.kernel.triggers import lift
from wanjia.orgs.models import User
from wanjia.orgs.roles import Role
from wanjia.registry.access import commands as access
from wanjia.registry.models import FileAccess
from wanjia.registry.people.commands import open_child_file
from wanjia.registry.tests import factories as registry

from ..checking.audits import faults
from ..minors import figures
from ..minors.commands import publish_minors_audit
from ..minors.queries import span_of
from ..models import MinorsAudit
from ..protection.commands import report_child
from .factories import MONDAY, World, worker

pytestmark = pytest.mark.django_db
URGENT = "孩子夜里走失,要找到家里人的电话"


def anew(user):
    return User.objects.get(pk=user.pk)


@pytest.fixture
def year(db):
    """A year in which a file was read by duty, by an approval and in an emergency that nobody reviewed."""
    register = registry.World()
    world = World()
    world.register = register
    world.auditor = worker("shenji", "审计员", world.office, Role.AUDITOR)
    world.leader = worker("lingdao", "何县长", world.office, Role.LEADER)
    home, child, now = world.register.home, world.register.child, timezone.now()
    open_child_file(child_id=child.pk, reason="开学前走访", by=anew(world.register.li), at=now)
    asked = access.ask_access(home=home.number, purpose="aid", words="核对救助对象", until_on=today(now), by=anew(world.register.stranger), at=now)
    access.decide_access(access_id=asked.pk, agree=True, by=anew(world.leader), at=now)
    access.read_by_access(access_id=asked.pk, child_id=child.pk, by=anew(world.register.stranger), at=now)
    access.break_glass(home=home.number, words=URGENT, by=anew(world.register.stranger), at=MONDAY)
    return world


def told(world, on=None):
    span = span_of(world.county, 2026, on or today(timezone.now()))
    return {key: one.told(span) for key, one in figures.FIGURES.items()}


def publish(world, at=None):
    return publish_minors_audit(year=2026, by=anew(world.auditor), at=at or timezone.now())


def test_each_figure_counts_its_rows(year):
    assert told(year) | {"holders": "", "children": ""} == {
        "children": "", "holders": "", "opened_by_post": "1", "opened_by_access": "1", "asked": "1", "granted": "1", "refused": "0", "emergencies": "1",
        "reviewed": "0", "late_reviews": "1", "improper": "0", "look_ups": "0", "refused_files": "0", "exports": "0", "erasures": "0",
        "reports": "不足 5", "late_reports": "不足 5",
    }  # fmt: skip
    assert told(year)["children"] == "1"
    assert told(year, date(2026, 11, 1))["emergencies"] == "0"


def test_a_day_that_is_past_counts_only_what_was_then(year):
    """A review, a refusal after the day stood in the figures of the day; an emergency that nobody ever reviewed stood nowhere."""
    glass = FileAccess.objects.get(kind="emergency")
    on = today(MONDAY)
    assert (told(year, on)["late_reviews"], told(year, on)["reviewed"]) == ("0", "0"), "its day is still to come"
    assert told(year, glass.review_by_on)["late_reviews"] == "1", "its day is over and nobody reviewed it"
    assert told(year, glass.review_by_on - timedelta(days=1))["late_reviews"] == "0"
    access.review_break(access_id=glass.pk, proper=False, words="没有紧急情况", by=anew(year.leader), at=MONDAY + timedelta(days=1))
    assert (told(year, on)["late_reviews"], told(year, on)["improper"]) == ("0", "0")
    after = told(year, on + timedelta(days=1))
    assert (after["late_reviews"], after["reviewed"], after["improper"]) == ("0", "1", "1")


def test_an_approval_after_the_day_is_none_of_it(year):
    asked = FileAccess.objects.get(kind="asked")
    FileAccess.objects.filter(pk=asked.pk).update(asked_at=MONDAY, from_at=MONDAY + timedelta(days=1), until_at=MONDAY + timedelta(days=9))
    on = today(MONDAY)
    assert (told(year, on)["asked"], told(year, on)["granted"]) == ("1", "0")
    assert told(year, on + timedelta(days=1))["granted"] == "1"


def test_a_report_of_the_last_hour_is_not_late_because_the_day_will_end(year):
    now = timezone.now()
    report_child(area=year.datong, discovered_at=now - timedelta(minutes=5), situation="疑似受伤", facts="手臂有伤", child_words="学生", by=year.visitor, at=now)
    assert figures.FIGURES["late_reports"].count(span_of(year.county, now.year, today(now))) == 0


def test_a_single_report_is_never_told(year):
    for n in range(4):
        report_child(area=year.datong, discovered_at=MONDAY + timedelta(minutes=n), situation="疑似受伤", facts="手臂有伤", child_words="学生", by=year.visitor, at=MONDAY + timedelta(hours=5))
        assert told(year)["reports"] == told(year)["late_reports"] == "不足 5"
    report_child(area=year.datong, discovered_at=MONDAY, situation="疑似受伤", facts="手臂有伤", child_words="学生", by=year.visitor, at=MONDAY + timedelta(hours=5))
    assert (told(year)["reports"], told(year)["late_reports"]) == ("5", "5")


def test_no_row_and_no_page_shows_a_child(year, client):
    child, home = year.register.child, year.register.home
    client.force_login(anew(year.auditor), backend="django.contrib.auth.backends.ModelBackend")
    pages = [client.get(reverse("casework:minors"))]
    pages += [client.get(reverse("casework:minors_rows", args=[key])) for key, one in figures.FIGURES.items() if one.opens]
    text = "".join(page.content.decode() for page in pages)
    assert {page.status_code for page in pages} == {200}
    for said in (child.name, child.shown_name, home.number, child.citizen_last4, str(child.pk), URGENT):
        assert said not in text
    assert "赵邻乡" in text
    year_page = pages[0].content.decode()
    assert {key for key in figures.FIGURES if f'href="{reverse("casework:minors_rows", args=[key])}?' in year_page} == {key for key, one in figures.FIGURES.items() if one.opens}
    for key, one in figures.FIGURES.items():
        if not one.opens:
            assert client.get(reverse("casework:minors_rows", args=[key])).status_code == 404


def test_what_was_published_stays(year, client):
    audit = publish(year)
    before = audit.content
    access.break_glass(home=year.register.home.number, words=URGENT, by=anew(year.register.stranger), at=timezone.now())
    assert publish(year) == audit
    assert MinorsAudit.objects.get().content == before
    with pytest.raises(IntegrityError), transaction.atomic():
        MinorsAudit.objects.update(content={})
    client.force_login(anew(year.auditor), backend="django.contrib.auth.backends.ModelBackend")
    paper = client.get(reverse("casework:minors_paper", args=[audit.pk]))
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    sheet = load_workbook(io.BytesIO(b"".join(client.get(reverse("casework:minors_sheet", args=[audit.pk])))))
    cells = {row[1]: row[2] for row in sheet.active.iter_rows(values_only=True)}
    assert cells["紧急查阅"] == "1"


def test_the_check_finds_a_report_that_says_another_thing(year):
    audit = publish(year)
    assert list(faults(None)) == []
    lift(models=[MinorsAudit])
    MinorsAudit.objects.update(content=audit.content | {"roles": []})
    assert [fault[1] for fault in faults(None)] == ["content"]


def test_a_figure_that_forgets_its_rows_is_noticed(year):
    """Negative control: without the emergencies the count above is another."""
    FileAccess.objects.filter(kind="emergency").update(asked_at=MONDAY - timedelta(days=400))
    assert told(year)["emergencies"] == "0"


def test_nobody_else_opens_it(year, client):
    for who in (year.clerk, year.officer, year.leader):
        client.force_login(anew(who), backend="django.contrib.auth.backends.ModelBackend")
        assert client.get(reverse("casework:minors")).status_code == 403
