"""A column or array that nobody reads is refused by name: a misspelt age limit would place whom it shuts out."""

import random
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from wanjia.planning.allocation.cli import read_npz
from wanjia.planning.allocation.columns import CLAIMANT_COLUMNS, LOT_COLUMNS, read_market
from wanjia.planning.contract import BadInput

FOUND = Path(__file__).parent / "found"


def test_a_misspelt_age_limit_is_named_with_the_right_one() -> None:
    with pytest.raises(BadInput) as caught:
        read_market(FOUND / "claimants.parquet", FOUND / "misspelt-lots.parquet")
    assert caught.value.place == "lots, field max_age"
    assert "age_max" in caught.value.zh
    assert "age_max" in caught.value.en


def test_spelt_rightly_the_same_tables_shut_the_claimant_out() -> None:
    lots = pl.read_parquet(FOUND / "misspelt-lots.parquet").rename({"max_age": "age_max"})
    market = read_market(FOUND / "claimants.parquet", lots)
    assert market.lots.age_max.max() == 45


@pytest.mark.parametrize("seed", range(10))
def test_any_misspelt_column_is_refused_by_name(seed: int) -> None:
    dice = random.Random(seed)
    tables = {"claimants": pl.read_parquet(FOUND / "claimants.parquet"), "lots": pl.read_parquet(FOUND / "misspelt-lots.parquet").drop("max_age")}
    name, known = dice.choice([("claimants", CLAIMANT_COLUMNS), ("lots", LOT_COLUMNS)])
    wrong = dice.choice(known) + dice.choice(["s_", "1", "_"])
    tables[name] = tables[name].with_columns(pl.lit(1).alias(wrong))
    with pytest.raises(BadInput) as caught:
        read_market(tables["claimants"], tables["lots"])
    assert caught.value.place == f"{name}, field {wrong}"


def test_identity_and_notes_may_stand_in_the_tables() -> None:
    people = pl.read_parquet(FOUND / "claimants.parquet").with_columns(pl.lit("x").alias("name"), pl.lit("y").alias("note"), pl.lit(1).alias("id"))
    assert read_market(people, pl.read_parquet(FOUND / "misspelt-lots.parquet").drop("max_age")).n_claimants == len(people)


def test_a_strange_array_of_an_npz_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "given.npz"
    arrays = {"idx": np.zeros((1, 1), np.uint16), "sc": np.ones((1, 1), np.int16), "cap": np.ones(1, np.int32)}
    np.savez(path, **arrays)
    assert read_npz(str(path)).n_claimants == 1
    np.savez(path, **arrays, caps=np.ones(1))
    with pytest.raises(BadInput) as caught:
        read_npz(str(path))
    assert caught.value.place == "field caps"
