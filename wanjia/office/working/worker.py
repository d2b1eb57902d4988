"""The worker's round. `wanjia serve` starts one beside itself; a second one, of another `serve`, waits until the first is gone.

It holds a lock that the system gives back the moment a process is killed. What was under way then is a transaction that never was;
what waits lies in the database, and a tick that was missed is made good by the next.
"""

import contextlib
import fcntl
import json
import logging
import os
import secrets
import signal
import subprocess
import sys
import threading
import time
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from wanjia.kernel.brings import gather

EVERY = 180  # seconds from one tick to the next
LOOK = 2  # seconds between two looks for what waits
WORD = "worked.json"
ENDED = "worker-ended.json"
FIRST_PAUSE, LONGEST_PAUSE, STEADY = 1, 60, 300  # seconds before a dead worker is started again; so long it must live to be called steady
KEEP_DAYS = 14  # results of the background are kept for the doctor, then go
log = logging.getLogger(__name__)


@contextlib.contextmanager
def beside():
    """Keep the worker beside this process while the block lasts: one that dies is started again. Processes forked within leave it alone when they end."""
    mine, over, child = os.getpid(), threading.Event(), [_start()]
    threading.Thread(target=_keep, args=(child, over), daemon=True).start()
    try:
        yield child
    finally:
        if os.getpid() == mine:
            over.set()
            child[0].terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                child[0].wait(30)  # what is under way is done first


def _start():
    words = [sys.executable, "-m", "wanjia.site.cli", "work", "--beside", str(os.getpid())]
    return subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def _keep(child, over):
    """Start the worker again whenever it has died: at once, then after twice as long each time, a minute at most; leave word of it for the doctor."""
    pause, began = FIRST_PAUSE, time.monotonic()
    while not over.wait(LOOK):
        if child[0].poll() is None:
            continue
        pause = FIRST_PAUSE if time.monotonic() - began > STEADY else min(pause * 2, LONGEST_PAUSE)
        log.error("the worker ended (%s) and is started again in %s seconds", child[0].returncode, pause)
        with contextlib.suppress(OSError):  # a full disk takes the word of it, never the worker
            _write(ENDED, {"at": timezone.now().isoformat(), "code": child[0].returncode})
        if over.wait(pause):
            return
        with contextlib.suppress(OSError):  # no room for another now: the next look tries again
            child[0], began = _start(), time.monotonic()
        if over.is_set():  # the block ended while it was started
            child[0].terminate()


def work(*, beside=None, rounds=None):
    """Work until stopped, or until the process `beside` which this one was started is gone. rounds: how many looks at most, for tests."""
    stopped = []
    for word in (signal.SIGTERM, signal.SIGINT):
        signal.signal(word, lambda *_told: stopped.append(True))
    last = None
    while not stopped and (beside is None or os.getppid() == beside):
        with alone() as mine:
            while mine and not stopped and (beside is None or os.getppid() == beside):
                last = _round(last, stopped)
                if rounds is not None and (rounds := rounds - 1) <= 0:
                    return
                time.sleep(LOOK)
        if rounds is not None and (rounds := rounds - 1) <= 0:
            return
        time.sleep(LOOK)


@contextlib.contextmanager
def alone():
    """Hold what makes this the one worker on these data; yield whether it is."""
    place = Path(settings.WANJIA_VAR) / "worker.lock"
    with place.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def _round(last, stopped):
    """Ask for a tick when it is time, do what waits, one after the other until `stopped` says something; return when the last tick was asked for.

    A fault is logged: the next round comes.
    """
    now = time.monotonic()
    try:
        if last is None or now - last >= EVERY:
            ask()
            last = now
        done = 0
        while not stopped and time.monotonic() - last < EVERY and DBTaskResult.objects.ready().exists():  # sends that wait for a network keep no tick waiting
            _worker().run()
            done += 1
        if done or last == now:
            leave_word(timezone.now())
    except Exception:
        log.exception("the worker's round failed")
    finally:
        connection.close()  # between rounds nothing is held: a restore may swap the database
    return last


def ask():
    """Enqueue each tick that has something to do, unless one of its kind waits already: a machine that was off owes one round, not a hundred.

    Nothing is written where nothing is due: whoever follows the database copies what has changed, and nothing else.
    """
    waiting, at = set(DBTaskResult.objects.filter(status=TaskResultStatus.READY).values_list("task_path", flat=True)), timezone.now()
    for tick, is_due in gather("TICKS"):
        if tick.module_path not in waiting and _asked(is_due, at):
            tick.enqueue()


def _asked(is_due, at):
    try:
        return is_due(at)
    except Exception:
        # One question in vain holds up neither the others nor what waits; the tick itself is tried, and its failure is kept for the doctor.
        log.exception("whether a tick is due was asked in vain")
        return True


def forget():
    """Let go of old results of the background: the day's sweep."""
    call_command("prune_db_task_results", min_age_days=KEEP_DAYS, failed_min_age_days=KEEP_DAYS, verbosity=0)


def _worker():
    return Worker(
        queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False, max_tasks=1, worker_id=secrets.token_hex(8), excluded_queue_names=[],
    )  # fmt: skip


def leave_word(at):
    """Leave word that the worker lives."""
    _write(WORD, {"at": at.isoformat()})


def _write(name, said):
    file = Path(settings.WANJIA_VAR) / name
    draft = file.with_suffix(f".{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(json.dumps(said))
    os.replace(draft, file)


def last_word():
    """Return when the worker lived last, or None."""
    return _moment(WORD)


def last_end():
    """Return when a worker died last and was started again, or None."""
    return _moment(ENDED)


def _moment(name):
    try:
        return datetime.fromisoformat(json.loads((Path(settings.WANJIA_VAR) / name).read_text())["at"])
    except (OSError, ValueError, KeyError):
        return None
