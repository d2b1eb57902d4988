"""A load has time, a person at a page has not: the command and the job stand behind everybody else, and the processes they start with them."""

import os
import subprocess
import sys

import pytest

from .. import cli
from ..loading.start import BEHIND

WAY = "import os, subprocess, sys; from wanjia.labour.loading.start import give_way; give_way(); give_way(); print(os.getpriority(os.PRIO_PROCESS, 0)); print(subprocess.check_output([sys.executable, '-c', 'import os; print(os.getpriority(os.PRIO_PROCESS, 0))'], text=True))"


def test_whoever_gives_way_stands_behind_and_so_do_those_whom_he_starts():
    mine = os.getpriority(os.PRIO_PROCESS, 0)
    said = subprocess.check_output([sys.executable, "-c", WAY], text=True).split()
    assert said == [str(max(BEHIND, mine))] * 2, "twice is as once: it is a place, not a step"
    assert os.getpriority(os.PRIO_PROCESS, 0) == mine, "the control: nobody else was moved"


@pytest.mark.parametrize("run", [cli.run_load, cli.run_roll_job])
def test_both_ways_into_a_load_give_way_first(run):
    assert "give_way" in run.__code__.co_names or "give_way" in run.__code__.co_varnames
