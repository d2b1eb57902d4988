"""`wanjia plan` from the real command line to the files: one JSON object on standard output, whole arrays, clear refusals."""

import json
import subprocess
import sys

import numpy as np
import polars as pl
import pytest

from wanjia.planning.allocation.check import check
from wanjia.planning.allocation.check_market import check_market
from wanjia.planning.allocation.cli import read_npz
from wanjia.planning.allocation.columns import read_market
from wanjia.planning.allocation.solve import Plan
from wanjia.planning.allocation.worlds import invented_rows
from wanjia.site.cli import main


@pytest.fixture
def wanjia(capsys):
    """Run the command; return (exit code, the one JSON object it printed)."""

    def run(*args):
        code = main([str(x) for x in args])
        return code, json.loads(capsys.readouterr().out)

    return run


def in_a_process_of_its_own(*args):
    """Run the command as a shell does; the same answer."""
    line = [sys.executable, "-m", "wanjia.site.cli", *map(str, args)]
    done = subprocess.run(line, capture_output=True, text=True, check=False, timeout=300)
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, json.loads(done.stdout)


def plan_of(figures, out):
    """Read what `--out` wrote as a plan."""
    with np.load(out) as held:
        assert set(held) == {"choice", "price"} and held["choice"].dtype == np.int32
        return Plan(held["choice"], held["price"], figures["value"], figures["bound"], figures["gap"])


@pytest.fixture
def tables(tmp_path):
    """Write a county of 300 people and 12 lots as Parquet files; return a writer of columns that replaces some."""
    r = np.random.default_rng(3)
    people = {
        "regions": [[f"县{k}" for k in r.permutation(3)[: r.integers(1, 4)]] for _ in range(300)],
        "skills": [["焊工"] if r.random() < 0.5 else [] for _ in range(300)], "age": r.integers(15, 60, 300),
        "certificates": [["电工证"] if r.random() < 0.3 else None for _ in range(300)], "home": ["县0"] * 300,
        "home_by": ["17:40" if r.random() < 0.1 else None for _ in range(300)], "pay_floor": r.integers(2000, 3500, 300),
    }  # fmt: skip
    lots = {
        "region": [f"县{k % 3}" for k in range(12)], "pay": r.integers(3000, 7000, 12), "places": [15] * 12,
        "skill": ["焊工", None, ""] * 4, "certificate": [None] * 9 + ["电工证"] * 3, "ends": ["17:30", "19:00"] * 6,
        "unsafe": [False] * 10 + [True] * 2,
    }  # fmt: skip

    def write(**lot_columns):
        pl.DataFrame(people).write_parquet(tmp_path / "people.parquet")
        pl.DataFrame(lots | lot_columns).write_parquet(tmp_path / "lots.parquet")
        return tmp_path / "people.parquet", tmp_path / "lots.parquet"

    return write


def test_market_from_parquet_to_a_plan_that_the_referee_accepts(tables, tmp_path):
    people, lots = tables()
    code, figures = in_a_process_of_its_own("plan", "market", people, lots, "--json", "--out", tmp_path / "plan.npz")
    assert code == 0 and {"value", "bound", "gap", "cpu_s", "rounds"} <= set(figures) and figures["placed"] > 100
    market = read_market(people, lots)
    plan = plan_of(figures, tmp_path / "plan.npz")
    found = check_market(market, plan)
    assert found.valid, found.breaches
    assert found.gap <= 1e-3 and (plan.choice >= 0).sum() == figures["placed"]


def test_edges_from_npz_to_a_plan_that_the_referee_accepts(wanjia, tmp_path):
    lot, score, places = invented_rows(2000, 60, 0.8, k=10)
    np.savez(tmp_path / "a.npz", idx=lot, sc=score, cap=places)
    code, figures = wanjia("plan", "allocate", tmp_path / "a.npz", "--json", "--out", tmp_path / "plan.npz")
    found = check(read_npz(str(tmp_path / "a.npz")), plan_of(figures, tmp_path / "plan.npz"))
    assert code == 0 and found.valid, found.breaches
    assert figures["proven"] and found.gap < 1e-9


@pytest.mark.parametrize(
    ("columns", "place"),
    [
        pytest.param({"region": ["县0", None, *["县1"] * 10]}, "lots, row 1, field region", id="no region"),
        pytest.param({"unsafe": ["是"] * 12}, "lots, field unsafe", id="no truth"),
        pytest.param({"ends": ["17:30"] * 11 + ["五点"]}, "lots, row 11, field ends", id="no time"),
        pytest.param({"skill": [["焊工"]] * 12}, "lots, field skill", id="a list for one text"),
        pytest.param({"性别": ["女"] * 12}, "lots, field 性别", id="by law"),
    ],
)
def test_market_refuses_and_says_where(wanjia, tables, columns, place):
    code, answer = wanjia("plan", "market", *tables(**columns), "--json")
    assert code == 2 and answer["error"]["place"] == place and answer["error"]["zh"] and answer["error"]["en"]


def test_files_that_are_not_there_or_cannot_be_read_are_refused(wanjia, tables, tmp_path):
    people, lots = tables()
    code, answer = wanjia("plan", "market", people, tmp_path / "none.parquet", "--json")
    assert code == 2 and "none.parquet" in answer["error"]["en"]
    lots.write_bytes(b"no parquet")
    code, answer = wanjia("plan", "market", people, lots, "--json")
    assert code == 2 and "lots.parquet" in answer["error"]["en"]
    code, answer = wanjia("plan", "market", *tables(), "--json", "--out", tmp_path / "no" / "plan.npz")
    assert code == 2 and answer["error"]["place"].endswith("plan.npz") and "cannot write" in answer["error"]["en"]
