"""Switch guards off one by one: one warm pytest process collects the tests and makes the database, then forks once per guard.

A child has a database file, a keyring and a file store of its own, runs the tests that can feel the guard, stops at the first that fails
and says which. A test that fails is asked once more with every guard on, in a child too: only one that passes then has felt anything.
"""

import contextlib
import json
import os
import shutil
import signal
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass

import pytest

from . import database, switch

PATIENCE = 300  # seconds of one child: a test that waits for ever because a guard is off has felt it


@dataclass
class Child:
    """A process at work: what is off in it, the tests it runs, where it says what it found."""

    guard: object
    tests: list
    pid: int
    said: object
    folder: str
    until: float


class Runner:
    """A pytest plugin that runs guards instead of tests. tests: guard key → test names, most likely first; each(guard, test) is told
    of every guard done, with the test that felt it or None."""

    def __init__(self, guards, tests, each, jobs=2):
        self.guards, self.tests, self.each, self.jobs = guards, tests, each, jobs
        self.sound = {}  # test → whether it passes with every guard on, in a child

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session):
        from pytest_django.plugin import blocking_manager_key

        self.unblocked = session.config.stash[blocking_manager_key].unblock
        self.items = {item.nodeid: item for item in session.items}
        self.warm = next((item for item in session.items if item.get_closest_marker("django_db")), session.items[0])
        self.between = _Between(session)
        if not _run(self.warm, self.between):
            raise pytest.UsageError(f"{self.warm.nodeid} fails with every guard on: no guard can be asked")
        _close()
        waiting, working = list(self.guards), []
        try:
            while waiting or working:
                while waiting and len(working) < self.jobs:
                    guard = waiting.pop(0)
                    tests = [name for name in self.tests.get(guard.key, ()) if name in self.items]
                    working.append(self._send(guard, tests))
                done = next((child for child in working if self._ended(child)), None)
                if done is None:
                    time.sleep(0.01)
                    continue
                working.remove(done)
                self._take(done, waiting)
        finally:
            for child in working:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child.pid, signal.SIGKILL)
                os.waitpid(child.pid, 0)
                shutil.rmtree(child.folder, ignore_errors=True)
        return True

    def _send(self, guard, tests):
        """Fork a child in which the guard is off (None: all are on) and these tests run."""
        folder = tempfile.mkdtemp(prefix="wanjia-mutate-")
        pid = os.fork()
        if pid:
            return Child(guard, tests, pid, os.path.join(folder, "said"), folder, time.monotonic() + PATIENCE)
        try:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's: it ends its children
            felt = self._feel(guard, tests, folder)
            with open(os.path.join(folder, "said"), "w") as file:
                json.dump(felt, file)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(0)

    def _feel(self, guard, tests, folder):
        """In the child: return the first test that fails, or None."""
        _own_house(folder)
        if guard and guard.kind in (database.CHECK, database.UNIQUE, database.TRIGGER):
            with self.unblocked():
                database.switch_off(guard)
        switch.State.off = guard.key if guard else None
        for name in tests:
            with open(os.path.join(folder, "at"), "w") as file:
                json.dump(name, file)
            if not _run(self.items[name], self.between):
                return name
        return None

    def _ended(self, child):
        if time.monotonic() > child.until:
            os.kill(child.pid, signal.SIGKILL)
            child.until = float("inf")
        return os.waitpid(child.pid, os.WNOHANG)[0] == child.pid

    def _take(self, child, waiting):
        """Read what a child found. A child that died, or waited for ever, failed in the test that it had begun."""
        felt = _read(child.folder, "said") if os.path.exists(child.said) else _read(child.folder, "at")
        if felt is None and not os.path.exists(child.said):
            raise RuntimeError(f"{child.guard.key} could not be switched off")
        shutil.rmtree(child.folder, ignore_errors=True)
        if felt and not self._passes(felt):
            # It fails by itself and has felt nothing: the guard is asked again without it.
            print(f"  {felt}: 关都开着也不通过 / fails with every guard on", file=sys.stderr)
            self.tests[child.guard.key] = [name for name in child.tests if name != felt]
            waiting.insert(0, child.guard)
            return
        self.each(child.guard, felt)

    def _passes(self, test):
        """Whether a test passes in a child with every guard on; asked once."""
        if test not in self.sound:
            child = self._send(None, [test])
            while not self._ended(child):
                time.sleep(0.01)
            self.sound[test] = os.path.exists(child.said) and _read(child.folder, "said") is None
            shutil.rmtree(child.folder, ignore_errors=True)
        return self.sound[test]


class _Between:
    """Stands where the next test would: what belongs to the whole session stays, all else is taken down."""

    def __init__(self, session):
        self.session = session

    def listchain(self):
        return [self.session]


def _read(folder, name):
    try:
        with open(os.path.join(folder, name)) as file:
            return json.load(file)
    except FileNotFoundError:
        return None


def _run(item, following):
    """Run one test with its fixtures; whether it passed, its undoing included."""
    from _pytest.runner import runtestprotocol

    reports = runtestprotocol(item, log=False, nextitem=following)
    return not any(report.failed for report in reports)


def _close():
    from django.db import connections

    connections.close_all()


def _own_house(folder):
    """Give this process the files that it may change: database, keyring, anchors and file store, copied from the parent's."""
    from django.conf import settings
    from django.db import connection

    theirs = os.environ["WANJIA_VAR"]
    own = os.path.join(folder, "var")
    shutil.copytree(theirs, own)
    os.environ["WANJIA_VAR"] = own
    settings.WANJIA_KEYRING, settings.WANJIA_ANCHORS = os.path.join(own, "keyring.json"), os.path.join(own, "anchors.jsonl")
    settings.MEDIA_ROOT = os.path.join(own, "files")
    _close()
    if connection.vendor == "sqlite":
        connection.settings_dict["NAME"] = os.path.join(own, os.path.basename(connection.settings_dict["NAME"]))
