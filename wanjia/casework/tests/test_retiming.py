"""Many deadlines are counted anew apart from the request; a kill leaves whole needs, and asking again goes on with the rest."""

import contextlib
import threading
import time

import pytest
from django.db import OperationalError, connection, transaction
from django.urls import reverse

from tests.whole import assert_whole
from wanjia.kernel.calendar import WorkingCalendar, today
from wanjia.orgs.models import User
from wanjia.orgs.recounting import commands as recounting
from wanjia.orgs.workdays import followers
from wanjia.orgs.workdays.commands import load_workdays
from wanjia.orgs.workdays.queries import latest_change, latest_source
from wanjia.registry.importing.pace import Pace
from wanjia.verdict import Refused

from ..models import Step
from ..retiming import jobs, queries
from ..retiming.commands import retime_all
from .factories import agreed
from .test_promise import NOTICE, THURSDAY, graded

NEEDS = 4


class Killed(BaseException):
    """The process is gone."""


def published(world):
    """Publish a year that moves NEEDS promises, and let nobody count them anew yet."""
    needs = [graded(world) for _n in range(NEEDS)]
    change = load_workdays(text=NOTICE, source="国办发明电 2027", by=world.ledger, at=THURSDAY)
    agreed(change, world, THURSDAY)  # the test's own transaction never commits
    return needs


def waiting():
    return len(list(queries.all_moved(WorkingCalendar.load(), today(THURSDAY))))


def killed_after(monkeypatch, world, needs):
    """Begin, and kill the run after so many needs."""
    rests = []

    def rest(_pace):
        rests.append(1)
        if len(rests) == needs:
            raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(Pace, "rest", rest)
        retime_all(source="国办发明电 2027", by=world.ledger, at=THURSDAY)


def test_a_killed_run_leaves_whole_needs_and_the_next_one_goes_on(world, monkeypatch):
    published(world)
    with contextlib.suppress(Killed):
        killed_after(monkeypatch, world, 2)
    assert waiting() == NEEDS - 2
    assert retime_all(source=latest_source(), by=world.ledger, at=THURSDAY) == NEEDS - 2
    assert waiting() == 0
    assert Step.objects.filter(act="retime").count() == NEEDS, "one was counted twice"


def test_a_long_source_cuts_off_no_new_date(world):
    """As it was, the source came first: with two units and two people it pushed the dates beyond the end of the line."""
    need = published(world)[0]
    old = need.due_on
    retime_all(source="依据" * 250, by=world.ledger, at=THURSDAY)
    need.refresh_from_db()
    words = Step.objects.get(need=need, act="retime").words
    assert need.due_on != old and str(old) in words and str(need.due_on) in words and len(words) == 500


def test_all_in_one_transaction_a_kill_would_lose_what_was_done(world, monkeypatch):
    """Negative control."""
    published(world)
    with contextlib.suppress(Killed), transaction.atomic():
        killed_after(monkeypatch, world, 2)
    assert waiting() == NEEDS


def test_few_are_counted_at_once_and_many_in_a_process_of_their_own(world, monkeypatch):
    published(world)
    started = []
    monkeypatch.setattr(jobs, "start_process", lambda *what: started.append(what))
    monkeypatch.setattr(jobs, "SMALL", NEEDS - 1)
    change = latest_change()
    assert jobs.begin(change, at=THURSDAY) is None
    assert started == [("retime", "--change", change.pk)]
    monkeypatch.setattr(jobs, "SMALL", NEEDS)
    assert jobs.begin(change, at=THURSDAY) == NEEDS
    assert waiting() == 0
    assert_whole(THURSDAY)


def test_the_page_says_how_many_wait_and_goes_on(world, client, monkeypatch):
    published(world)
    monkeypatch.setattr("django.utils.timezone.now", lambda: THURSDAY)
    client.force_login(world.ledger)
    assert f"还有 {NEEDS} 件诉求的期限没有按现在的日历重算" in client.get(reverse("orgs:calendar")).content.decode()
    client.force_login(world.clerk)
    assert "没有按现在的日历重算" not in client.get(reverse("orgs:calendar")).content.decode()
    assert client.post(reverse("orgs:retime")).status_code == 403
    assert waiting() == NEEDS


def test_a_run_ends_with_the_post_of_whoever_keeps_the_calendar(world, monkeypatch):
    published(world)
    monkeypatch.setattr(Pace, "rest", lambda _pace: User.objects.filter(pk=world.ledger.pk).update(is_active=False))
    with pytest.raises(Refused):
        retime_all(source="国办发明电 2027", by=world.ledger, at=THURSDAY)
    assert waiting() == NEEDS - 1


def test_a_recount_says_how_far_it_is_is_stopped_and_gone_on_with(world, client, monkeypatch):
    published(world)
    monkeypatch.setattr("django.utils.timezone.now", lambda: THURSDAY)
    client.force_login(world.ledger)
    shown = []

    def rest(_pace):
        shown.append(client.get(reverse("orgs:retime_progress")).content.decode())
        if len(shown) == 2:
            assert "停止重算" in client.get(reverse("orgs:calendar")).content.decode()
            assert client.post(reverse("orgs:stop_recount")).status_code == 302

    with monkeypatch.context() as patch:
        patch.setattr(Pace, "rest", rest)
        assert jobs.work(latest_change(), at=THURSDAY) == 2
    assert f"已算 1 / {NEEDS} 件" in shown[0]
    assert waiting() == NEEDS - 2
    page = client.get(reverse("orgs:calendar")).content.decode()
    assert "重算已停止" in page
    assert f"还有 {NEEDS - 2} 件诉求的期限" in page
    assert jobs.go_on(at=THURSDAY) == 0, "the clock went on with what somebody stopped"
    assert jobs.go_on_as(world.ledger, at=THURSDAY) == NEEDS - 2
    assert waiting() == 0
    assert (latest_change().done, latest_change().total, latest_change().beat_at) == (NEEDS, NEEDS, None)


def test_a_run_that_was_replaced_stops_at_its_next_need(world, monkeypatch):
    published(world)

    def rest(_pace):
        monkeypatch.setattr(Pace, "rest", lambda _pace: None)
        assert jobs.work(latest_change(), at=THURSDAY) == NEEDS - 1  # another takes over meanwhile

    monkeypatch.setattr(Pace, "rest", rest)
    assert jobs.work(latest_change(), at=THURSDAY) == 1
    assert Step.objects.filter(act="retime").count() == NEEDS


@pytest.mark.parametrize("guarded", [True, False])
def test_a_run_that_lives_is_left_alone_by_the_sweep(world, monkeypatch, guarded):
    """As it was, and with the guard off, each sweep took a living run over and handed it to the clock."""
    published(world)
    if not guarded:
        monkeypatch.setattr(jobs, "_lives", lambda: False)
    went_on = []

    def rest(_pace):
        monkeypatch.setattr(Pace, "rest", lambda _pace: None)
        went_on.append(jobs.go_on(at=THURSDAY))

    monkeypatch.setattr(Pace, "rest", rest)
    assert jobs.work(latest_change(), at=THURSDAY) == (NEEDS if guarded else 1)
    assert went_on == ([0] if guarded else [NEEDS - 1])
    by = set(Step.objects.filter(act="retime").values_list("by_name", flat=True))
    assert by == ({world.ledger.name} if guarded else {world.ledger.name, "系统(按工作日历)"})


def test_a_fault_stands_on_the_page_and_the_clock_goes_on(world, client, monkeypatch, caplog):
    published(world)
    with monkeypatch.context() as patch:
        patch.setattr(Pace, "rest", lambda _pace: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            jobs.work(latest_change(), at=THURSDAY)
    assert "recount failed" in caplog.text
    monkeypatch.setattr("django.utils.timezone.now", lambda: THURSDAY)
    client.force_login(world.ledger)
    page = client.get(reverse("orgs:calendar")).content.decode()
    assert "重算出错" in page
    assert "ZeroDivisionError" in page
    assert jobs.go_on(at=THURSDAY) == NEEDS - 1
    assert latest_change().fault == ""


def test_the_clock_goes_on_when_whoever_asked_has_left(world):
    published(world)
    User.objects.filter(pk=world.ledger.pk).update(is_active=False)
    with pytest.raises(Refused):
        jobs.work(latest_change(), at=THURSDAY)
    assert "工作日历由县台账办维护" in latest_change().fault
    assert jobs.go_on(at=THURSDAY) == NEEDS
    assert set(Step.objects.filter(act="retime").values_list("by_name", flat=True)) == {"系统(按工作日历)"}


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer at a time: nobody holds one lock and waits for another")
@pytest.mark.spoils  # the rest of the recount is left waiting
@pytest.mark.parametrize(("before", "ends"), [(True, True), (False, False)])
def test_a_run_and_whoever_stops_it_do_not_wait_for_each_other(races, world, monkeypatch, before, ends):
    """Both lock the change, then the journal's head. The negative control locks the change after the need's line alone, as it was."""
    monkeypatch.setattr(followers, "gather", lambda _kind: [])  # here the change is committed, and nothing is counted yet
    published(world)
    change, locked, faults = latest_change(), threading.Event(), []
    run = recounting.take_up(change, waiting=NEEDS)

    def is_running(*_what):  # the one who stops it has locked the change
        locked.set()
        with connection.cursor() as cursor:
            for _turn in range(600):  # somebody waits for this very one: on the same server other tests wait for locks of theirs
                cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))")
                if cursor.fetchone()[0]:
                    return True
                time.sleep(0.05)
        return False

    def apart(do, *allowed):
        try:
            do()
        except allowed:
            pass
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    def beat(moved):
        if moved or before:
            recounting.beat(change, run, moved)

    monkeypatch.setattr(recounting, "is_running", is_running)
    stops = lambda: recounting.stop_recount(change_id=change.pk, by=world.ledger, at=THURSDAY)  # noqa: E731
    counts = lambda: retime_all(source=change.told, by=world.ledger, at=THURSDAY, beat=beat)  # noqa: E731
    threads = [threading.Thread(target=apart, args=(stops,)), threading.Thread(target=apart, args=(counts, recounting.Stopped))]
    threads[0].start()
    assert locked.wait(30)
    threads[1].start()
    for one in threads:
        one.join(60)
    assert (faults == []) is ends, faults


def test_a_fault_before_the_run_begins_is_told_as_it_is(world, monkeypatch):
    published(world)

    def locked(*_what, **_more):
        raise OperationalError("database is locked")

    monkeypatch.setattr(recounting, "take_up", locked)
    with pytest.raises(OperationalError):
        jobs.work(latest_change(), at=THURSDAY)
