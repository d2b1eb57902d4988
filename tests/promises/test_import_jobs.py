"""Long imports in a process of their own: killed, they are taken up again; cancelled, they stop and leave whole homes."""

import json
import subprocess
import sys
import time

import pytest

from tests.whole import assert_whole_apart

from .apart import HOUSE, plain
from .test_kill import ROWS, _workbook

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.timeout(900)]  # many processes, each with its own start


def _ask(there, *act):
    """Run one act of `tests.promises.importer` and return what it says."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.promises.importer", *act], env=plain(there), cwd=HOUSE, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


def _job(there, stands):
    """Start the job as the pages do."""
    words = [sys.executable, "-m", "wanjia.site.cli", "import-job", stands["upload"], "--by-id", stands["by"]]
    return subprocess.Popen(words, env=plain(there), cwd=HOUSE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def _until(there, reached, job, patience=120):
    """Wait until the upload stands as wanted, or the job ends."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        stands = _ask(there, "stands")
        if reached(stands) or job.poll() is not None:
            return stands
    raise AssertionError("the job did not come so far")


def test_a_killed_job_is_taken_up_again_and_a_cancelled_one_leaves_whole_homes(apart, tmp_path):
    _workbook(tmp_path / "homes.csv")
    stands = _ask(apart, "send", str(tmp_path / "homes.csv"))
    job = _job(apart, stands)
    _until(apart, lambda now: now["staged"] or now["state"] != "received", job)
    job.kill()
    job.communicate()
    assert_whole_apart(apart)
    again = _job(apart, stands)
    assert again.wait(180) == 0, again.stderr.read()[-2000:]
    stands = _ask(apart, "stands")
    assert (stands["state"], stands["staged"], stands["forecast"]) == ("judged", ROWS, ROWS), "a row was staged twice or not at all"
    stands = _ask(apart, "confirm")
    job = _job(apart, stands)
    _until(apart, lambda now: now["done"] > 0, job)
    stands = _ask(apart, "cancel_if_running")
    job.wait(180)
    after = _ask(apart, "stands")
    assert after["halves"] == 0, "a home stands half-written"
    assert after["people"] == after["applied"], "rows and people disagree"
    assert after["state"] in ("cancelled", "applied")
