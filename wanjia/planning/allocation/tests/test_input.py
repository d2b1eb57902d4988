"""Every refusal names the row and the field."""

import json
import subprocess
import sys

import numpy as np
import pytest

from wanjia.planning.allocation.problem import Floor, from_edges, from_rows
from wanjia.planning.allocation.tests.worlds import rows
from wanjia.planning.contract import BadInput

LOT, SCORE, PLACES = np.array([[0, 1], [1, 2]]), np.array([[5.0, 4.0], [3.0, 2.0]]), np.array([1, 1, 1])


def spoiled(array, at, value):
    """Return a copy with one value changed."""
    out = array.copy()
    out[at] = value
    return out


@pytest.mark.parametrize(
    ("lot", "score", "places", "place"),
    [
        pytest.param(LOT, spoiled(SCORE, (1, 0), np.nan), PLACES, "row 1, field score", id="nan"),
        pytest.param(LOT, spoiled(SCORE, (0, 1), np.inf), PLACES, "row 0, field score", id="infinite"),
        pytest.param(LOT, spoiled(SCORE, (1, 1), -1), PLACES, "row 1, field score", id="negative score"),
        pytest.param(LOT, spoiled(SCORE, (1, 1), 1e9), PLACES, "row 1, field score", id="score out of range"),
        pytest.param(LOT, SCORE, spoiled(PLACES, 2, -3), "row 2, field places", id="negative places"),
        pytest.param(LOT, SCORE, PLACES * 0.5, "row 0, field places", id="half a place"),
        pytest.param(spoiled(LOT, (1, 1), 3), SCORE, PLACES, "row 1, field lot", id="unknown lot"),
        pytest.param(spoiled(LOT, (1, 1), -1), SCORE, PLACES, "row 1, field lot", id="negative lot"),
        pytest.param(spoiled(LOT, (1, 1), 1), SCORE, PLACES, "row 1, field lot", id="duplicate edge"),
        pytest.param(LOT[:0], SCORE[:0], PLACES, "problem, field edges", id="no claimant"),
        pytest.param(LOT, SCORE, PLACES[:0], "problem, field edges", id="no lot"),
        pytest.param(LOT, SCORE[:, :1], PLACES, "fields idx and sc", id="other shape"),
    ],
)
def test_rows_refuse_and_say_where(lot, score, places, place):
    with pytest.raises(BadInput) as refusal:
        from_rows(lot, score, places)
    assert refusal.value.place == place and refusal.value.zh and refusal.value.en


def test_edges_in_any_order_name_the_row_as_given():
    with pytest.raises(BadInput) as refusal:
        from_edges([1, 0, 1], [0, 0, 0], [1, 2, 3], [1])
    assert refusal.value.place == "row 2, field lot" and "duplicate" in refusal.value.en
    with pytest.raises(BadInput, match="there is no claimant 5"):
        from_edges([0, 5], [0, 0], [1, 2], [1], n_claimants=2)


@pytest.mark.parametrize(
    "rules",
    [
        pytest.param({"floors": [Floor(np.array([0, 999]), 1)]}, id="unknown member"),
        pytest.param({"floors": [Floor(np.array([0]), 2)]}, id="floor above the group"),
        pytest.param({"together": [(0, 1), (1, 2)]}, id="in two families"),
        pytest.param({"locked": {0: 29}}, id="lock without an edge"),
        pytest.param({"promised": np.full(40, 99)}, id="promise of an unknown lot"),
        pytest.param({"promised": np.zeros(40, int), "change_cost": -1.0}, id="negative cost"),
    ],
)
def test_rules_refuse(rules):
    lot = np.tile(np.arange(5), (40, 1))
    problem = from_rows(lot, np.ones(lot.shape), np.full(30, 2))
    with pytest.raises(BadInput):
        problem.with_rules(**rules)


CLI = "import argparse,sys; from wanjia.planning.allocation.cli import add_commands as a; p=argparse.ArgumentParser();"
CLI += "a(p.add_subparsers()); x=p.parse_args(); sys.exit(x.run(x))"


def run(*args):
    """Run a plan command in a process of its own."""
    return subprocess.run([sys.executable, "-c", CLI, *args], capture_output=True, text=True, check=False)


def test_command_line_writes_plan_and_one_json_object(tmp_path):
    problem = rows(600, 30, 8)
    np.savez(tmp_path / "a.npz", idx=problem.lot.reshape(600, 8), sc=problem.score.reshape(600, 8), cap=problem.places)
    done = run("allocate", str(tmp_path / "a.npz"), "--json", "--out", str(tmp_path / "plan.npz"))
    figures = json.loads(done.stdout)
    with np.load(tmp_path / "plan.npz") as plan:
        assert plan["choice"].dtype == np.int32 and plan["choice"].shape == (600,) and plan["price"].shape == (30,)
    assert done.returncode == 0 and figures["gap"] <= 1e-3 and {"value", "bound", "cpu_s", "rounds"} <= set(figures)


def test_command_line_refuses_in_both_languages(tmp_path):
    np.savez(tmp_path / "a.npz", idx=np.array([[0, 0]]), sc=np.array([[1, 2]]), cap=np.array([1]))
    done = run("allocate", str(tmp_path / "a.npz"), "--json")
    error = json.loads(done.stdout)["error"]
    assert done.returncode == 2 and error["place"] == "row 0, field lot" and "duplicate" in error["en"] and error["zh"]
    (tmp_path / "b.npz").write_bytes(b"no archive")
    done = run("allocate", str(tmp_path / "b.npz"))
    assert done.returncode == 2 and not done.stdout and "Traceback" not in done.stderr


def test_command_line_explains_and_refuses_a_claimant_who_is_not_there(tmp_path):
    problem = rows(600, 30, 8)
    np.savez(tmp_path / "a.npz", idx=problem.lot.reshape(600, 8), sc=problem.score.reshape(600, 8), cap=problem.places)
    options = json.loads(run("allocate", str(tmp_path / "a.npz"), "--json", "--explain", "17").stdout)["explain"]["17"]
    assert {"lot", "score", "price", "short_by", "zh", "en"} <= set(options[0]) and len(options) == 5
    done = run("allocate", str(tmp_path / "a.npz"), "--explain", "600")
    assert done.returncode == 2 and "600" in done.stderr and "没有" in done.stderr
    done = run("allocate", str(tmp_path / "a.npz"), "--out", str(tmp_path / "no" / "plan.npz"))
    assert done.returncode == 2 and "cannot write" in done.stderr


# Stops the run at the first sign of life, by the signal a person sends; with PLAIN the command does not listen.
INTERRUPTED = """
import os, signal, sys, contextlib
from wanjia.planning import terminal
from wanjia.planning.allocation import cli
@contextlib.contextmanager
def bar(words):
    yield lambda share, text: os.kill(os.getpid(), signal.SIGINT) if share > 0.2 and not sent.append(1) and len(sent) == 1 else None
sent = []
cli.progress_bar = bar
if PLAIN:
    cli.stoppable = lambda: contextlib.nullcontext([])
"""


@pytest.mark.parametrize("plain", [False, True])
def test_an_interrupt_keeps_the_best_plan_so_far(tmp_path, plain):
    problem = rows(30_000, 300, 8)
    np.savez(tmp_path / "a.npz", idx=problem.lot.reshape(-1, 8), sc=problem.score.reshape(-1, 8), cap=problem.places)
    words = ["allocate", str(tmp_path / "a.npz"), "--gap", "0", "--json", "--out", str(tmp_path / "plan.npz")]
    code = INTERRUPTED.replace("PLAIN", str(plain)) + CLI
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=False)
    if plain:
        assert done.returncode != 130 and not (tmp_path / "plan.npz").exists()
        return
    figures = json.loads(done.stdout)
    assert done.returncode == 130 and figures["stopped"] and 0 < figures["gap"] < 1
    with np.load(tmp_path / "plan.npz") as plan:
        assert (plan["choice"] >= 0).sum() == figures["placed"] > 0
