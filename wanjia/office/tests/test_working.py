"""The one worker: two serves do not double, what waits is done, what was missed is asked for once, an end leaves nothing behind."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.whole import assert_whole
from wanjia.casework.ladder import tasks
from wanjia.kernel import triggers
from wanjia.office.health.data_checks import worker as finding
from wanjia.office.working import worker
from wanjia.orgs.handing import tasks as handing_tasks

pytestmark = pytest.mark.usefixtures("races")


TICK = tasks.tick  # the ladder's


@pytest.fixture
def due(monkeypatch):
    """Something is due in every round."""
    monkeypatch.setattr(worker, "gather", lambda _kind: [(TICK, lambda _at: True)])


@pytest.fixture(autouse=True)
def var(transactional_db, tmp_path, settings):
    """A data folder of its own. Its triggers would keep PostgreSQL from emptying the tables afterwards."""
    settings.WANJIA_VAR = str(tmp_path)
    yield tmp_path
    triggers.lift()


def test_the_worker_does_the_tick_and_leaves_word(due):
    worker.work(rounds=1)
    done = DBTaskResult.objects.get()
    assert (done.status, done.task_path) == ("SUCCESSFUL", TICK.module_path)
    assert timezone.now() - worker.last_word() < timedelta(minutes=1)


def test_a_round_with_nothing_due_writes_no_row():
    """Whoever follows the database would copy it every three minutes for nothing."""
    worker.work(rounds=1)
    assert not DBTaskResult.objects.exists()
    assert timezone.now() - worker.last_word() < timedelta(minutes=1)


def test_a_machine_that_was_off_owes_one_tick(due):
    for _missed in range(5):
        worker.ask()
    assert DBTaskResult.objects.count() == 1


def test_two_workers_are_one(var):
    """Negative control: without the lock both would work."""
    with worker.alone() as mine, worker.alone() as other:
        assert (mine, other) == (True, False)
        worker.work(rounds=1)
        assert not DBTaskResult.objects.exists()
    (var / "worker.lock").unlink()
    with worker.alone() as mine:
        assert mine


def test_a_tick_that_fails_is_logged_and_the_next_comes(due, monkeypatch, caplog):
    def breaks(_at):
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr("wanjia.casework.ladder.tasks.climb_all", breaks)
        worker.work(rounds=1)
    assert DBTaskResult.objects.get().status == "FAILED"
    worker.ask()
    worker._worker().run()
    assert DBTaskResult.objects.filter(status="SUCCESSFUL").count() == 1


def test_a_question_in_vain_holds_up_neither_the_other_ticks_nor_what_waits(monkeypatch, caplog):
    """Asked anew every two seconds it stopped all that the house does in the background: messages, imports, the other rounds."""
    def breaks(_at):
        raise LookupError("a rule is missing")

    monkeypatch.setattr(worker, "gather", lambda _kind: [(TICK, breaks), (handing_tasks.tick, lambda _at: True)])
    worker.work(rounds=1)
    assert {one.task_path for one in DBTaskResult.objects.all()} == {TICK.module_path, handing_tasks.tick.module_path}
    assert "asked in vain" in caplog.text and timezone.now() - worker.last_word() < timedelta(minutes=1)


def test_an_end_comes_between_two_tasks(monkeypatch):
    """With no network each message takes its time: an end waits for the one under way, not for all that wait."""
    for _task in range(3):
        TICK.enqueue()
    monkeypatch.setattr("wanjia.casework.ladder.tasks.climb_all", lambda _at: os.kill(os.getpid(), signal.SIGTERM))
    worker.work(rounds=5)
    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["READY", "READY", "SUCCESSFUL"]


def test_the_worker_ends_with_what_it_was_started_beside(var):
    """A serve that is killed leaves no worker behind."""
    words = f"import subprocess,sys,os,time; p=subprocess.Popen([sys.executable,'-m','wanjia.site.cli','work','--beside',str(os.getpid())]); print(p.pid,flush=True); time.sleep({0.2})"
    environment = {**os.environ, "WANJIA_VAR": str(var), "DATABASE_URL": ""}
    out = subprocess.run([sys.executable, "-c", words], env=environment, capture_output=True, text=True, timeout=60, check=True).stdout
    pid, deadline = int(out.split()[0]), time.monotonic() + 40
    while os.path.exists(f"/proc/{pid}") and time.monotonic() < deadline:
        time.sleep(0.2)
    assert not os.path.exists(f"/proc/{pid}")


def test_a_worker_that_dies_is_started_again(monkeypatch):
    """And the doctor tells it for a day."""
    started = []

    def start():
        started.append(subprocess.Popen(["sleep", "60"] if len(started) else ["false"]))
        return started[-1]

    monkeypatch.setattr(worker, "_start", start)
    monkeypatch.setattr(worker, "LOOK", 0.05)
    monkeypatch.setattr(worker, "LONGEST_PAUSE", 0.1)
    with worker.beside() as child:
        deadline = time.monotonic() + 20
        while len(started) < 2 and time.monotonic() < deadline:
            time.sleep(0.05)
        assert len(started) == 2
        while child[0] is not started[1] and time.monotonic() < deadline:
            time.sleep(0.05)
        assert child[0].poll() is None
    assert started[1].poll() is not None, "the block takes it along"
    worker.leave_word(timezone.now())
    assert finding().level == "yellow"
    assert_whole()


def test_neither_a_full_disk_nor_a_start_in_vain_leaves_the_house_without_a_worker(monkeypatch):
    started = []

    def start():
        started.append(None)
        if len(started) == 2:
            raise BlockingIOError
        started[-1] = subprocess.Popen(["sleep", "60"] if len(started) > 2 else ["false"])
        return started[-1]

    def full(_name, _said):
        raise OSError(28, "no space left")

    monkeypatch.setattr(worker, "_start", start)
    monkeypatch.setattr(worker, "_write", full)
    monkeypatch.setattr(worker, "LOOK", 0.05)
    monkeypatch.setattr(worker, "LONGEST_PAUSE", 0.1)
    with worker.beside() as child:
        deadline = time.monotonic() + 20
        while (len(started) < 3 or child[0] is not started[2]) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert len(started) == 3 and child[0].poll() is None
    assert_whole()


def test_the_doctor_tells_a_worker_that_is_quiet():
    assert finding().level == "yellow", "it never said a word"
    worker.leave_word(timezone.now() - timedelta(hours=2))
    assert finding().level == "yellow"
    worker.leave_word(timezone.now())
    assert finding().level == "green"
