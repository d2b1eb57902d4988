"""A lecturer's term: entered, his records asked, appointed vice-principal; the term is planned and put in force; his sheet is printed; the school enters what was held by one tap; the other school says why not; the term closes."""

import os
from datetime import datetime, time, timedelta
from types import SimpleNamespace

import pytest

from wanjia.doors import moment
from wanjia.kernel.calendar import CHINA
from wanjia.orgs.models import Line, Tier
from wanjia.registry.tests.factories import unit
from wanjia.schools.lessons import queries
from wanjia.schools.models import LawLesson, Lecturer, LessonClosing, PlannedLesson, School
from wanjia.schools.tests.factories import END, school, term
from wanjia.schools.tests.lesson_factories import DAY
from wanjia.solving.models import Plan
from wanjia.solving.runs import process

pytestmark = [pytest.mark.journey, pytest.mark.slow]
LOOKS = os.environ.get("WANJIA_LOOKS", "")


@pytest.fixture
def clock(monkeypatch):
    """What every page takes for now, until it is set on."""
    hand = SimpleNamespace(at=datetime.combine(DAY, time(9), CHINA))
    monkeypatch.setattr(moment, "timezone", SimpleNamespace(now=lambda: hand.at))
    return hand


def keep(at, name):
    """Keep a picture where somebody wants to look."""
    if LOOKS:
        at.page.screenshot(path=f"{LOOKS}/{name}.png", full_page=True)


def test_a_lecturers_term(house, sits, clock):
    one, this = school(house), term(house)
    other = school(house, unit=unit("细沙乡第二小学", Tier.TOWNSHIP, house.xisha, Line.EDUCATION))

    officer = sits("xuean")
    officer.go("/schools/lecturers/new/").fill(name="平法官", unit=str(house.office.pk), organ="court", legal_since="2012-07-01", from_on=DAY.isoformat()).press("登记普法讲师")
    lecturer = Lecturer.objects.get()
    officer.go(f"/schools/lecturers/{lecturer.pk}/query/").fill(asked_on=DAY.isoformat(), clear="yes").press("登记背景查询")
    officer.go(f"/schools/lecturers/{lecturer.pk}/appoint/").fill(school=str(one.pk), from_on=DAY.isoformat(), to_on="2029-09-01", letter="教聘〔2026〕1号").press("聘为法治副校长")
    assert queries.serving(DAY).get().school == one
    keep(officer, "lecturer-1440")

    officer.go(f"/schools/terms/{this.pk}/lessons/draw/").press("排法治课学期计划")
    plan = process.run(Plan.objects.get(), at=clock.at)
    assert plan.state == "ready", plan.fault
    officer.go(f"/schools/law/plans/{plan.pk}/")
    assert officer.sees("平法官")
    officer.go(f"/plans/{plan.pk}/").press("启用")
    officer.press("启用")
    assert plan.standing.exists()
    officer.go(f"/schools/lecturers/{lecturer.pk}/term/")
    keep(officer, "lecturer-term-1440")

    first = PlannedLesson.objects.filter(school=one).order_by("day").first()
    clock.at = datetime.combine(first.day, time(15), CHINA)
    head = sits("xiaozhang", width=375)
    head.go("/schools/law/plan/")
    keep(head, "term-plan-375")
    head.go(f"/schools/planned-lessons/{first.pk}/hold/").fill(grades="5", heard="46", way="phone").press("登记上过了")
    assert LawLesson.objects.get().lecturer == lecturer and head.sees("平法官")

    clock.at = datetime.combine(END - timedelta(days=5), time(9), CHINA)
    officer.go("/schools/law/")
    assert officer.sees("没课也没有原因")
    officer.go(f"/schools/terms/{this.pk}/lessons/close/").press("法治课学期归档")
    assert officer.sees(other.unit.name) and not LessonClosing.objects.exists(), "a school is silent: the term does not close"
    officer.go(f"/schools/{other.pk}/lessons/reason/").fill(term=str(this.pk), words="塌方断路,讲师没有到").press("写明未上法治课的原因")
    officer.go(f"/schools/terms/{this.pk}/lessons/close/").press("法治课学期归档")
    closing = LessonClosing.objects.get()
    assert (closing.schools, closing.held, closing.reasons) == (School.objects.count(), 1, 1)
    officer.go("/schools/law/")
    keep(officer, "law-closed-1440")
