"""The promise is said once and alike everywhere; it follows the calendar, later only, with a line that says why."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from wanjia.kernel.calendar import CHINA, WorkingCalendar, today
from wanjia.kernel.models import CalendarDay
from wanjia.orgs.models import DayChange
from wanjia.orgs.workdays import followers
from wanjia.orgs.workdays.commands import clear_workday, keep_workday, load_workdays
from wanjia.verdict import Refused

from ..models import Need, Step
from ..promise import promise_of
from ..retiming.commands import retime_all, retime_need
from ..retiming.queries import moved
from ..screening.commands import admit_need
from ..slip.commands import issue_slip
from ..states import NeedState as S
from ..triage.commands import triage_need
from .factories import agreed, later
from .walk import bring

# The notice that a county office pastes in late November: New Year's holiday of 2027, a Monday longer than the law's own day.
NOTICE = """2027-01-01至2027-01-04,休,元旦
2027-02-05至2027-02-11,休,春节
2027-02-14,班
2027-10-01至2027-10-07,休,国庆节
"""
THURSDAY = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)


def graded(world, difficulty="hard"):
    need = world.need(at=THURSDAY)
    admit_need(need_id=need.pk, by=world.clerk, at=THURSDAY)
    return triage_need(need_id=need.pk, urgency="ordinary", difficulty=difficulty, by=world.clerk, at=THURSDAY)


def publish(world, capture, text=NOTICE, at=THURSDAY):
    with capture(execute=True):
        change = load_workdays(text=text, source="国办发明电 2027", by=world.ledger, at=at)
        return agreed(change, world, at)


def test_a_published_notice_moves_the_promise_and_says_so(world, django_capture_on_commit_callbacks):
    need = graded(world)
    assert (need.due_on, need.due_provisional) == (date(2027, 1, 8), True)
    assert "暂定" in promise_of(need, today(THURSDAY)).sentence
    publish(world, django_capture_on_commit_callbacks)
    need = Need.objects.get(pk=need.pk)
    assert (need.due_on, need.due_provisional) == (date(2027, 1, 11), False)
    last = need.steps.last()
    assert last.act == "retime"
    assert "2027-01-08" in last.words
    assert "2027-01-11" in last.words
    assert "国办发明电 2027" in last.words
    assert "吴台账申请" in last.words
    assert "高领导同意" in last.words
    said = promise_of(need, today(THURSDAY))
    assert "暂定" not in said.sentence
    assert "原来是" in said.moved
    assert "国办发明电 2027" in said.moved


def test_moving_again_moves_nothing_and_only_the_keeper_may(world, django_capture_on_commit_callbacks):
    need = graded(world)
    publish(world, django_capture_on_commit_callbacks)
    assert retime_all(source="再算一次", by=world.ledger, at=THURSDAY) == 0
    with pytest.raises(Refused):
        retime_need(need_id=need.pk, source="不该由他", by=world.clerk, at=THURSDAY)


def test_a_day_changed_by_hand_moves_whole_and_step_and_never_earlier(world, django_capture_on_commit_callbacks):
    need = graded(world, "medium")
    before = (need.due_on, need.step_due_on)
    with django_capture_on_commit_callbacks(execute=True):
        agreed(keep_workday(day=date(2026, 11, 27), works=False, name="停工", source="县里通知", by=world.ledger, at=THURSDAY), world, THURSDAY)
    need = Need.objects.get(pk=need.pk)
    assert need.due_on > before[0]
    assert need.step_due_on > before[1]
    told = (need.due_on, need.step_due_on)
    with django_capture_on_commit_callbacks(execute=True):
        clear_workday(day=date(2026, 11, 27), reason="通知撤回", by=world.ledger, at=THURSDAY)
    need = Need.objects.get(pk=need.pk)
    assert (need.due_on, need.step_due_on) == told, "what the household was told is not made earlier"


def test_a_broken_promise_is_not_mended_by_a_calendar(world):
    need = bring(world, S.ASSIGNED)
    CalendarDay.objects.create(day=date(2026, 11, 4), works=False, name="停工", source="县里通知")
    assert moved(need, WorkingCalendar.load(), today(later(days=1)))
    assert not moved(need, WorkingCalendar.load(), need.due_on + timedelta(days=1))


def test_a_day_chosen_by_hand_stays(world):
    from ..assignment.commands import assign_need

    need = bring(world, S.TRIAGED)
    need = assign_need(need_id=need.pk, holder=world.civil, due_on=date(2026, 11, 9), by=world.clerk, at=later(hours=3))
    CalendarDay.objects.create(day=date(2026, 11, 4), works=False, name="停工", source="县里通知")
    assert moved(need, WorkingCalendar.load(), today(later(days=1))).due_on is None


def test_the_office_sees_what_would_move_before_it_confirms(world, client, django_capture_on_commit_callbacks):
    from unittest import mock

    need = graded(world)
    client.force_login(world.ledger)
    sent = {"text": NOTICE, "source": "国办发明电 2027"}
    with mock.patch("django.utils.timezone.now", return_value=THURSDAY), django_capture_on_commit_callbacks(execute=True):
        page = client.post("/calendar/notice", sent).content.decode()
        assert "将改变 1 件诉求的期限" in page
        assert need.number in page
        assert "2027-01-08" in page
        assert "2027-01-11" in page
        assert not CalendarDay.objects.filter(day__year=2027).exists()
        assert client.post("/calendar/notice", sent | {"confirmed": "1"}).status_code == 302
        assert Need.objects.get(pk=need.pk).due_on == date(2027, 1, 8), "one unit moved it alone"
        agreed(DayChange.objects.get(), world, THURSDAY)
    assert Need.objects.get(pk=need.pk).due_on == date(2027, 1, 11)


def test_without_its_followers_a_notice_leaves_the_promise_false(world, monkeypatch, django_capture_on_commit_callbacks):
    """Negative control: this is the fault that was found."""
    monkeypatch.setattr(followers, "gather", lambda _kind: [])
    need = graded(world)
    publish(world, django_capture_on_commit_callbacks)
    need = Need.objects.get(pk=need.pk)
    assert need.due_on == date(2027, 1, 8)
    assert moved(need, WorkingCalendar.load(), today(THURSDAY)).due_on == date(2027, 1, 11)


def test_the_slip_says_which_promise_and_that_it_moved(world, client):
    need = world.need()
    code = issue_slip(need_id=need.pk, by=world.visitor, at=later()).code
    with translation.override("zh-hans"):
        said = promise_of(need, today(later()))
        assert said.sentence.endswith("前答复")
        assert "(星期" in said.sentence
        assert said.moved == ""
        admit_need(need_id=need.pk, by=world.clerk, at=later(hours=1))
        need = triage_need(need_id=need.pk, urgency="ordinary", difficulty="hard", by=world.clerk, at=later(hours=2))
        said = promise_of(need, today(later()))
        assert said.sentence.endswith("前办结")
        assert "原来是" in said.moved
        assert "研判" in said.moved
    page = client.get(f"/s/{code}").content.decode()
    assert "前办好并给您回话" in page
    assert "这个日期变过" in page


def test_an_old_promise_is_said_in_sensible_words(world):
    need = world.need(at=datetime(2023, 3, 1, 1, 0, tzinfo=UTC))
    with translation.override("zh-hans"):
        said = promise_of(need, date(2026, 11, 26)).sentence
    assert said.startswith("应在 2023 年 3 月")
    assert said.endswith("前答复,已经晚了 3 年多")
    assert "个工作日" not in said


def test_the_timeline_holds_every_move_of_the_promise(world, django_capture_on_commit_callbacks):
    need = graded(world)
    publish(world, django_capture_on_commit_callbacks)
    days = [line.changed["due_on"] for line in Step.objects.filter(need=need) if "due_on" in line.changed]
    assert days[-1] == Need.objects.get(pk=need.pk).due_on.isoformat()


@pytest.mark.parametrize("published", [False, True])
def test_a_step_that_moves_past_the_published_calendar_is_said_to_be_provisional(world, published, django_capture_on_commit_callbacks):
    """The line said 本环节时限由…改为… as if the new day were certain, where next year's holidays are not published."""
    december = datetime(2026, 12, 30, 9, tzinfo=CHINA)
    need = world.need(at=december)
    before = need.step_due_on
    publish(world, django_capture_on_commit_callbacks, text="2026-12-31,0,停工\n" if not published else NOTICE + "2026-12-31,0,停工\n", at=december)
    need = Need.objects.get(pk=need.pk)
    line = need.steps.last().words
    assert need.step_due_on > before
    assert ("暂定" in line) is not published, line
