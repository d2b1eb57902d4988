"""A short cut of the simulated year: without a fault it finds nothing and is the same year again; each planted fault is found.

One process builds a county once and lives it anew for each question. The whole: `make prove-year`, `make prove-planted`.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]
WHOLE = bool(os.environ.get("WANJIA_WHOLE_PROOF"))
SPAN = ["--days", "10" if WHOLE else "7", "--needs", "40"]
SOON = ("hand_over_without_owner", "owner_without_spell", "calendar_days", "first_day_counts", "key_ignored")
TWICE = SOON[:3] if WHOLE else SOON[:1]  # sought also on evenings that all look at everything


def answers(*words):
    """Run one command of ours in a process of its own; return (exit code, its answers, what it said besides)."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("WANJIA_", "DATABASE_"))} | {"PYTHONPATH": str(HOUSE)}
    done = subprocess.run([sys.executable, "-m", *words, *SPAN, "--json"], cwd=HOUSE, env=env, capture_output=True, text=True, timeout=900, check=False)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")], done.stderr[-2000:]


@pytest.mark.slow
@pytest.mark.timeout(1200)  # half a minute of one processor; a busy machine gives less
def test_a_short_year_is_silent_is_the_same_year_again_and_speaks_of_each_fault():
    code, found, said = answers("tests.planted", "--seeds", "1", "--honest", *SOON, *(f"{name}@1" for name in TWICE))
    assert code == 0, (found, said)
    honest, beside, *faults = found
    assert not honest["found"] and [one["fault"] for one in faults if one["found"]] == [*SOON, *TWICE]
    assert honest["steps"] > 100 and honest["repeats"] > 5
    assert beside["last_line"] == honest["last_line"], "the same seed is not the same year, judged in turn and beside"
    touched, every = ({one["fault"]: one["day"] for one in rows} for rows in (faults[: len(TWICE)], faults[len(SOON) :]))
    assert touched == every, "an evening that looks at what was touched finds a fault later than one that looks at all"


@pytest.mark.proof
@pytest.mark.timeout(1800)
def test_what_the_command_line_lives_is_the_same_year_in_another_process():
    """Each process builds a county of its own."""
    (code, (one,), said), (_code, (other,), _said) = (answers("wanjia.site.cli", "simulate", "--seed", "1", "--first") for _turn in "12")
    assert (code, one["violations"]) == (0, 0), said
    assert other["last_line"] == one["last_line"]
