"""The working-day table is kept by notice."""

from datetime import date

import pytest
from django.utils import timezone

from wanjia.kernel.calendar import WorkingCalendar
from wanjia.kernel.models import CalendarDay, Entry
from wanjia.orgs.workdays import commands, notice
from wanjia.verdict import Refused

from .factories import act

NOTICE = "日期,班休,名称\n2027-10-01至2027-10-07,休,国庆节\n2027年1月1日 放假 元旦\n2027/10/09,班\n"
SOURCE = "关于2027年部分节假日安排的通知"


def test_a_notice_is_loaded_and_the_year_is_published(db):
    commands.load_published(**act())
    assert WorkingCalendar.load().through == date(2026, 12, 31)

    assert len(commands.load_workdays(text=NOTICE, source=SOURCE, **act()).days) == 9

    calendar = WorkingCalendar.load()
    assert calendar.through == date(2027, 12, 31)
    assert not calendar.works(date(2027, 10, 5))
    assert calendar.works(date(2027, 10, 9))
    assert calendar.add(date(2027, 9, 30), 2).on == date(2027, 10, 9)


def test_the_same_notice_again_changes_nothing(db):
    commands.load_workdays(text=NOTICE, source=SOURCE, **act())
    lines = Entry.objects.count()

    assert commands.load_workdays(text=NOTICE, source=SOURCE, **act()) is None
    assert commands.load_published(**act())
    assert commands.load_published(**act()) is None
    assert Entry.objects.count() == lines + 1


def test_one_day_is_changed_and_changed_back(db):
    snow = date(2026, 1, 21)
    commands.keep_workday(day=snow, works=False, name="大雪停工", source="县政府公告", **act())
    assert not WorkingCalendar.load().works(snow)
    line = Entry.objects.get()
    assert (line.before, line.after, line.reason) == ("班", "休", "县政府公告")

    commands.clear_workday(day=snow, reason="公告撤回", **act())
    assert WorkingCalendar.load().works(snow)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "没有读到日期"),
        ("2027-02-30,休", "第 1 行的日期 2027-02-30 不存在"),
        ("2027-01-01", "第 1 行看不懂"),
        ("2027-01-01,休,班", "第 1 行看不懂"),
        ("元旦放假", "第 1 行看不懂"),
        ("2027-10-07至2027-10-01,休", "第 1 行的起止日期不对"),
        ("2027-01-01,休\n2027-01-01,班", "第 2 行与前面矛盾"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_with_its_number(text, said):
    with pytest.raises(Refused, match=said):
        notice.read(text, SOURCE)


@pytest.mark.parametrize("who", ["xisha", "admin", "datong"])
def test_only_the_ledger_office_changes_the_table(world, who):
    for change in (
        lambda **by: commands.load_workdays(text=NOTICE, source=SOURCE, **by),
        lambda **by: commands.keep_workday(day=date(2026, 1, 21), works=False, name="", source="x", **by),
        lambda **by: commands.clear_workday(day=date(2026, 1, 21), reason="x", **by),
    ):
        with pytest.raises(Refused, match="县台账办维护"):
            change(by=world[who], at=timezone.now())
    assert not CalendarDay.objects.exists()


def test_a_change_needs_its_paper(db):
    with pytest.raises(Refused, match="依据"):
        commands.keep_workday(day=date(2026, 1, 21), works=False, name="", source=" ", **act())


def test_everybody_sees_the_page_and_only_the_keeper_its_forms(signed_in):
    assert "导入一年的通知" in signed_in("yongshan").get("/calendar").content.decode()
    assert "导入一年的通知" not in signed_in("datong").get("/calendar?year=2027").content.decode()


def test_an_unpublished_year_is_said_to_be_provisional(signed_in):
    assert "暂定" in signed_in("datong").get("/calendar?year=2031").content.decode()
