"""Planning that is killed anywhere leaves what stood; another run makes what an undisturbed one makes; `wanjia check` finds nothing (promise 11).

The real jobs in small worlds of their own (tests/promises/planned.py), killed by tests/promises/jobs.py; `make prove-kills` kills all of them fifty times.
"""

import json
import os
import subprocess
import sys
from collections import Counter

import pytest

from wanjia.solving.kinds import planned

from .apart import HOUSE, plain
from .planned import KINDS

WHOLE = bool(os.environ.get("WANJIA_WHOLE_PROOF"))
KILLS = 50 if WHOLE else 4
TOGETHER = [pytest.param(one, id=one) for one in (sorted(KINDS) if WHOLE else ["match,gate_roster"])]  # one house for all of a line
pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.timeout(7200)]


def killed(env, kinds, seed=1):
    """Return what was seen of some kinds of plans."""
    asked = [sys.executable, "-m", "tests.promises.jobs", kinds, str(KILLS), str(seed)]
    done = subprocess.run(asked, env=plain(env), cwd=HOUSE, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


@pytest.mark.parametrize("kinds", TOGETHER)
def test_a_job_killed_anywhere_leaves_the_version_that_stood(apart, kinds):
    for told in killed(apart, kinds):
        for one in told["seen"]:
            assert one["stands"] and not one.get("found"), one
            assert one["same"] if one["state"] == "ready" else one["n"] == 0, f"half a version was kept: {one}"
            assert one["after"] == ("ready" if one["state"] == "ready" else "failed") and not one["running"], f"for ever running: {one}"
            assert one.get("again", True), f"another run made something else: {one}"
        assert told["seen"][-1]["again"] and not told["found"]
        assert all(one["same"] for one in told["activated"]), f"half of it was put in force: {told['activated']}"
        assert any(one["died"] for one in told["seen"]) and any(one["died"] for one in told["activated"])
        half = told["half"]  # the negative control: the same look at a job that keeps its rows without a transaction
        assert half["state"] == "running" and 0 < half["n"] < told["whole"], f"the look finds no half: {half}"
        falls = Counter(f"{one['phase']} {one['state']}" for one in told["seen"])
        print(told["kind"], told["whole"], "rows;", dict(falls), "put in force:", sum(one["done"] for one in told["activated"]))


def test_each_kind_of_plan_is_killed():
    """Whoever brings a plan has its job killed here."""
    assert KINDS.keys() == planned().keys()
