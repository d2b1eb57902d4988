"""A database of a test's own, for processes that are killed: with real settings, and the small world in it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.postgres import server
from tests.whole import assert_whole_apart

HOUSE = Path(__file__).resolve().parents[2]
WRITER = [sys.executable, "-m", "tests.promises.writer"]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    """A folder with the small world, made once: what each test's own database begins from."""
    home = tmp_path_factory.mktemp("prepared")
    env = environment(home)
    if _on_sqlite():
        run(env, "prepare")
        return home
    with server() as running:
        run(env | {"DATABASE_URL": running.url}, "prepare")
        running.stop()
        subprocess.run(["cp", "-a", running.cluster, home / "cluster"], check=True)
    return home


@pytest.fixture
def apart(prepared, tmp_path):
    """The environment of a database of its own, of the kind under test, with the small world in it; whole when the test is over."""
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("cluster"))
    env = environment(tmp_path)
    if _on_sqlite():
        yield env
        assert_whole_apart(env)
        return
    with server("-c full_page_writes=on -c synchronous_commit=on", like=prepared / "cluster") as running:
        env["DATABASE_URL"] = running.url
        yield env | {"server": running}
        assert_whole_apart(env)


def _on_sqlite():
    return connection.vendor == "sqlite"


def environment(home):
    """The environment of a database in the folder `home`; on PostgreSQL its address comes with the server."""
    env = {**os.environ, "WANJIA_VAR": str(home), "WANJIA_KEYRING": str(home / "keyring.json"), "PYTHONPATH": str(HOUSE)}
    return env | {"DATABASE_URL": f"sqlite:///{home}/apart.sqlite3"} if _on_sqlite() else env


def plain(env):
    """The environment for a process: without the server that comes beside it."""
    return {key: value for key, value in env.items() if isinstance(value, str)}


def run(env, *act):
    """Run one act of `tests.promises.writer` to its end and return what it says."""
    done = subprocess.run([*WRITER, *act], env=plain(env), cwd=HOUSE, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout
