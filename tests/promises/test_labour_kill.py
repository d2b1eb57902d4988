"""A load of labourers that is killed at any point goes on to what an undisturbed one makes; the journal's chain stays whole."""

import contextlib
import json
import os
import random
import shutil
import subprocess
import sys
import time

import pytest
from django.db import connection

from tests.postgres import server
from wanjia.labour.loading.tests.sheets import csv_of, sound_rows

from .apart import HOUSE, environment, plain

LOADER = [sys.executable, "-m", "tests.promises.loader"]
pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.timeout(1800)]
KILLS = int(os.environ.get("LABOUR_KILLS", "4"))
ROWS = 1500
SAME = ("digest", "n", "chain", "faults", "indexes")


def _run(env, *act):
    done = subprocess.run([*LOADER, *act], env=plain(env), cwd=HOUSE, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout.splitlines()


def _state(env):
    return json.loads(_run(env, "state")[-1])


def _killed(env, path, seed, parts):
    """Start a load, kill it some moments after so many parts; tell whether it came to its end first."""
    draw = random.Random(seed)
    loader = subprocess.Popen([*LOADER, "load", str(path), "150"], env=plain(env), cwd=HOUSE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    for word in loader.stdout:
        parts -= word == "written\n"
        if parts < 0 or word.startswith("{"):
            break
    time.sleep(draw.uniform(0, 0.08))
    ended = loader.poll() is not None
    loader.kill()
    loader.communicate()
    return ended


@pytest.fixture
def sheet(tmp_path):
    """A file with a second head, a number told twice, an odd phone: not every row is accepted."""
    rows = [row | {"村(社区)": "大同村"} for row in sound_rows(ROWS, seed=5)]
    rows[4]["与户主关系"], rows[700]["身份证号"], rows[901]["手机号"] = "户主", rows[2]["身份证号"], "12"
    path = tmp_path / "名册.csv"
    path.write_bytes(csv_of(rows))
    return path


@pytest.fixture
def calm(prepared, sheet, tmp_path):
    """What an undisturbed load of the same file makes, under the same ring."""
    home = tmp_path / "calm"
    shutil.copytree(prepared, home, ignore=shutil.ignore_patterns("cluster"))
    env = environment(home) | {"LABOUR_FIRST": "1"}
    with contextlib.nullcontext() if connection.vendor == "sqlite" else server(like=prepared / "cluster") as running:
        env |= {"DATABASE_URL": running.url} if running else {}
        _run(env, "load", str(sheet), "150")
        return _state(env)


def test_a_killed_load_goes_on_to_the_same(apart, sheet, calm):
    # Set aside first what a first load sets aside: a kill must not leave the house without it. (Few rows: told to by the environment.)
    env = apart | {"LABOUR_FIRST": "1"}
    for kill in range(KILLS):
        _killed(env, sheet, kill, kill % 10)
        stands = _state(env)
        assert stands["chain"] is None, stands
        assert [fault for fault in stands["faults"] if fault[1] != "load.aside"] == [], stands["faults"]
    _run(env, "load", str(sheet), "150")
    stands = _state(env)
    assert stands["loads"] == ["loaded"]
    assert stands["n"]["workers"] == ROWS - 3
    again = json.loads(_run(env, "load", str(sheet), "150")[-1])
    assert again["known"]
    assert {name: stands[name] for name in SAME} == {name: calm[name] for name in SAME}
    # The same file again, but for a blank line at its end, is met row by row: each says what it said, and nothing is written.
    sheet.write_bytes(sheet.read_bytes() + b"\r\n")
    answer = json.loads(_run(apart, "load", str(sheet), "150")[-1])
    assert answer["counts"]["same"] == answer["rows_ok"] == ROWS - 3
    assert not answer["counts"].get("people")
    after = _state(apart)
    assert {name: after[name] for name in SAME} == {name: stands[name] for name in SAME}


def test_two_loads_at_once(apart, sheet):
    """The second one is refused while the first one writes."""
    first = subprocess.Popen([*LOADER, "load", str(sheet), "50"], env=plain(apart), cwd=HOUSE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert "ready\n" in (first.stdout.readline(),)
    first.stdout.readline()
    second = subprocess.run([*LOADER, "load", str(sheet), "50"], env=plain(apart), cwd=HOUSE, capture_output=True, text=True, timeout=600)
    first.communicate()
    assert "Busy" in second.stderr or json.loads(second.stdout.splitlines()[-1])["known"]
    assert _state(apart)["loads"] == ["loaded"]
