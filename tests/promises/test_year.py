"""A short cut of the simulated year: without a fault it finds nothing and is the same year again; each planted fault is found.

The whole: `make prove-year`, `make prove-planted`.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]
SPAN = ["--days", "10", "--needs", "40"]
SOON = ("hand_over_without_owner", "owner_without_spell", "calendar_days", "first_day_counts", "key_ignored")


def answers(*words):
    """Run one command of ours in a process of its own; return (exit code, its answers)."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("WANJIA_", "DATABASE_"))} | {"PYTHONPATH": str(HOUSE)}
    done = subprocess.run([sys.executable, "-m", *words, *SPAN, "--json"], cwd=HOUSE, env=env, capture_output=True, text=True, timeout=600, check=False)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")], done.stderr[-2000:]


@pytest.mark.slow
@pytest.mark.timeout(1200)  # half a minute of one processor; a busy machine gives less
def test_a_short_year_is_silent_and_speaks_of_each_fault():
    code, found, said = answers("tests.planted", "--seeds", "1", "--honest", *SOON)
    assert code == 0, (found, said)
    honest, *faults = found
    assert not honest["found"] and [one["fault"] for one in faults if one["found"]] == list(SOON)
    again, (year,), said = answers("wanjia.site.cli", "simulate", "--seed", "1", "--first")
    assert (again, year["violations"]) == (0, 0), said
    assert year["steps"] > 100 and year["repeats"] > 5
    assert year["last_line"] == honest["last_line"], "the same seed is not the same year, judged in turn and beside"


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_an_evening_that_looks_at_what_was_touched_finds_a_fault_on_the_same_day_as_one_that_looks_at_all():
    whole, touched = (answers("tests.planted", "--seeds", "1", "--every", every, *SOON[:3])[1] for every in ("1", "7"))
    assert [(one["fault"], one["day"]) for one in touched] == [(one["fault"], one["day"]) for one in whole]
