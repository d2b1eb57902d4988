"""A recount killed half-way leaves whole needs, and the next sweep or start goes on with the rest."""

import subprocess
import sys

import pytest

from tests.whole import assert_whole_apart

from .apart import HOUSE, plain
from .retimer import NEEDS

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.timeout(300)]
RETIMER = [sys.executable, "-m", "tests.promises.retimer"]


def killed_after(env, needs):
    """Start a recount and kill it when it has said so many needs; it waits there."""
    run = subprocess.Popen([*RETIMER, "count"], env=plain(env), cwd=HOUSE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    for said in range(1, needs + 1):
        assert run.stdout.readline() == "one\n"
        if said < needs:
            run.stdin.write("on\n")
            run.stdin.flush()
    run.kill()
    run.wait()


def swept(env, word="sweep"):
    done = subprocess.run([*RETIMER, word], env=plain(env), cwd=HOUSE, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.split()


def test_the_sweep_goes_on_where_a_kill_stopped_the_recount(apart):
    killed_after(apart, 3)
    counted, waiting, done, ended = swept(apart, "blind")  # the negative control: without its part in the sweep nothing goes on
    assert (int(counted), int(done), ended) == (3, 3, "False"), "what the page shows as done is what is done"
    assert int(waiting) == NEEDS - 3
    assert swept(apart) == [str(NEEDS), "0", str(NEEDS), "True"]
    assert_whole_apart(apart)
    assert swept(apart) == [str(NEEDS), "0", str(NEEDS), "True"], "one was counted twice"
