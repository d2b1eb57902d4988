"""A run of an engine that is killed anywhere leaves what stood before: no half version, and another run can be asked for (promise 11)."""

import os
import random
import subprocess
import sys
import time

import pytest

from .apart import HOUSE, plain

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.timeout(600)]
PLANNER = [sys.executable, "-m", "tests.promises.planner"]
KILLS = 50 if os.environ.get("WANJIA_WHOLE_PROOF") else 4


def said(env, *words):
    done = subprocess.run([*PLANNER, *words], env=env, cwd=HOUSE, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.split()


def test_a_run_killed_at_any_point_leaves_the_version_that_stood(apart):
    env = plain(apart) | {"WANJIA_WITH": "tests.planner"}
    (plan,) = said(env, "begin")
    dice = random.Random(11)
    outcomes = set()
    for _n in range(KILLS):
        run = subprocess.Popen([sys.executable, "-m", "wanjia.site.cli", "plan-job", plan], env=env, cwd=HOUSE)
        time.sleep(dice.uniform(1.2, 4.0))  # reading Django takes the first second, working and writing the rest
        run.kill()
        run.wait()
        state, rows, stands, after, _rows, still, following = said(env, "swept", plan)
        assert stands == "1", "the version that stood stands"
        assert int(rows) == (60 if state == "ready" else 0), f"half a version was kept: {state}"
        outcomes.add(state)
        assert after in ("ready", "failed") and still == "1"
        plan = following
    assert subprocess.run([sys.executable, "-m", "wanjia.site.cli", "plan-job", plan], env=env, cwd=HOUSE).returncode == 0
    assert said(env, "look", plan) == ["ready", "60", "1"], "an undisturbed run after them"
    assert len(outcomes) > 1 or KILLS < 10, f"the kills fell all in one place: {outcomes}"


def test_a_run_without_a_transaction_would_leave_half_a_version(apart):
    """The negative control: rows written one by one outside of the keeping are found half by the same look."""
    env = plain(apart) | {"WANJIA_WITH": "tests.planner"}
    (plan,) = said(env, "begin")
    assert said(env, "half", plan) == ["running", "30", "1"]
