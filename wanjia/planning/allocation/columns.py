"""Claimants and lots as tables (Parquet or data frames) into a market, with refusals that name row and field."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from wanjia.planning.allocation import texts
from wanjia.planning.allocation.codes import Lots, People
from wanjia.planning.allocation.market import Market, Scoring
from wanjia.planning.allocation.problem import TOP_SCORE
from wanjia.planning.arrays import Array
from wanjia.planning.contract import BadInput, refuse_strangers, strangers

if TYPE_CHECKING:
    import polars as pl

Table: TypeAlias = "pl.DataFrame | str | Path"

# Employment Promotion Law (就业促进法) arts. 26-31: these never enter eligibility or score.
FORBIDDEN = {
    "sex", "gender", "ethnicity", "ethnic", "nationality", "religion", "disability", "disabled", "marital", "marital_state",
    "marital_status", "married", "性别", "民族", "宗教", "宗教信仰", "残疾", "婚姻", "婚姻状况",
}  # fmt: skip
# Every column that is read; `id`, `name` and `note` may stand beside them, for people.
CLAIMANT_COLUMNS = ("regions", "age", "skills", "certificates", "pay_floor", "home", "home_by", "within_county")
LOT_COLUMNS = ("region", "pay", "places", "skill", "certificate", "age_min", "age_max", "ends", "unsafe", "minimum_wage", "extra")
NO_MATTER = 32767
MOST_NAMES = 32_000


def read_market(claimants: Table, lots: Table, scoring: Scoring | None = None, unit: float | None = None) -> Market:
    """Build a market from two tables (polars frames, or paths of Parquet files).

    claimants: regions list[str] in order of wish, age int; optional skills list[str] in order of wish, certificates
    list[str], pay_floor yuan, home str (county), home_by "HH:MM", within_county bool.
    lots: region str, pay yuan, places int; optional skill str, certificate str, age_min, age_max int, ends "HH:MM" (when one
    is home again), unsafe bool, minimum_wage yuan, extra yuan.
    unit: yuan a score step, None for what the figures need (shards of one market must agree on it).
    Someone with home_by or within_county takes only lots in his home county. Under 16 takes none, 16-17 none that is unsafe.
    """
    people, jobs = _frame(claimants), _frame(lots)
    for name, table in (("claimants", people), ("lots", jobs)):
        _lawful(table, name)
    found = [*strangers(people.columns, ("id", *CLAIMANT_COLUMNS), "claimants, field {}"), *strangers(jobs.columns, ("id", *LOT_COLUMNS), "lots, field {}")]
    refuse_strangers(found)
    _need(people, "claimants", ("regions", "age"))
    _need(jobs, "lots", ("region", "pay", "places"))
    scoring = scoring or Scoring()
    pay, extra = _numbers(jobs, "lots", "pay"), _numbers(jobs, "lots", "extra", 0.0, low=-TOP_SCORE)
    _wages(jobs, pay)
    worth = scoring.pay_weight * pay + extra
    floor = _numbers(people, "claimants", "pay_floor", 0.0)
    steps = np.array([scoring.region_step, scoring.skill_step, scoring.home_bonus])
    if not np.isfinite(steps).all() or (steps[:2] < 0).any() or not np.isfinite(scoring.pay_weight):
        raise BadInput("scoring", "评分规则必须是数，且递减值不能为负。", "the scoring rule needs numbers, and steps not negative")
    unit = unit or (1.0 if all((x == np.rint(x)).all() for x in (worth, pay, floor, steps)) else 0.01)
    regions = texts.names_of(jobs, "lots", "region", needed=True)
    skills = texts.names_of(jobs, "lots", "skill", first=("",))
    certificates = texts.names_of(jobs, "lots", "certificate")
    if len(certificates) > 62:
        raise BadInput("lots, field certificate", "证书种类超过 62 种。", "more than 62 kinds of certificate")
    if max(len(regions), len(skills)) > MOST_NAMES:
        raise BadInput("lots, fields region and skill", "地区或工种超过 32000 种。", "more than 32,000 regions or skills")
    lot_table = Lots(
        region=texts.codes_of(jobs, "lots", "region", regions, -1), skill=texts.codes_of(jobs, "lots", "skill", skills, 0),
        worth=_steps(worth, unit), pay=_steps(pay, unit),
        certificate=texts.bit(texts.codes_of(jobs, "lots", "certificate", certificates, -1)),
        age_min=_ages(jobs, "lots", "age_min", 16), age_max=_ages(jobs, "lots", "age_max", 120),
        ends=texts.minutes_of(jobs, "lots", "ends", 0), unsafe=texts.flags_of(jobs, "lots", "unsafe"),
        places=_whole(jobs, "lots", "places").astype(np.int32),
    )  # fmt: skip
    people_table = People(
        *texts.lists_of(people, "claimants", "regions", regions), *texts.lists_of(people, "claimants", "skills", skills),
        home=texts.codes_of(people, "claimants", "home", regions, -1),
        home_by=texts.minutes_of(people, "claimants", "home_by", NO_MATTER),
        within=texts.flags_of(people, "claimants", "within_county"), age=_ages(people, "claimants", "age", 0),
        pay_floor=_steps(floor, unit), certificates=texts.bits_of(people, "claimants", "certificates", certificates),
    )  # fmt: skip
    return Market(people_table, lot_table, scoring, tuple(regions), tuple(skills), unit)


def _frame(table: Table) -> pl.DataFrame:
    import polars as pl

    try:
        frame = table if isinstance(table, pl.DataFrame) else pl.read_parquet(table)
    except FileNotFoundError as error:
        raise BadInput("file", f"找不到文件：{table}", f"no such file: {table}") from error
    except (pl.exceptions.PolarsError, OSError) as error:
        raise BadInput("file", f"读不出文件：{table}", f"the file cannot be read as Parquet: {table}") from error
    if frame.height == 0:
        raise BadInput("table, rows", "表里没有任何行。", "the table is empty")
    return frame


def _lawful(table: pl.DataFrame, name: str) -> None:
    for column in table.columns:
        if column.strip().lower() in FORBIDDEN:
            raise BadInput(
                f"{name}, field {column}",
                f"按《就业促进法》，“{column}”不得用于岗位分配，请删去这一列。",
                f"by the Employment Promotion Law “{column}” may not enter the allocation: remove the column",
            )


def _need(table: pl.DataFrame, name: str, columns: Iterable[str]) -> None:
    for column in columns:
        if column not in table.columns:
            raise BadInput(f"{name}, field {column}", f"缺少“{column}”这一列。", f"the column “{column}” is missing")


def _numbers(table: pl.DataFrame, name: str, column: str, default: float | None = None, low: float = 0.0) -> Array:
    if column not in table.columns:
        return np.full(table.height, default)
    try:
        values = table[column].cast(float).fill_null(np.nan if default is None else default).to_numpy()
    except Exception as error:
        raise BadInput(f"{name}, field {column}", f"“{column}”应当是数。", f"{column} must be numbers") from error
    bad = np.flatnonzero(~((values >= low) & (values <= TOP_SCORE)))
    if len(bad):
        raise BadInput(
            f"{name}, row {bad[0]}, field {column}",
            f"“{values[bad[0]]}”不对，应在 {low:.0f} 到 {TOP_SCORE} 之间。",
            f"{values[bad[0]]} is wrong: give {low:.0f} to {TOP_SCORE}",
        )
    return values.astype(float)


def _whole(table: pl.DataFrame, name: str, column: str) -> Array:
    values = _numbers(table, name, column)
    bad = np.flatnonzero(values != np.rint(values))
    if len(bad):
        raise BadInput(
            f"{name}, row {bad[0]}, field {column}", f"“{values[bad[0]]}”应当是整数。", f"{values[bad[0]]} must be a whole number"
        )
    return values.astype(np.int64)


def _wages(jobs: pl.DataFrame, pay: Array) -> None:
    low = _numbers(jobs, "lots", "minimum_wage", 0.0)
    bad = np.flatnonzero(pay < low)
    if len(bad):
        j = bad[0]
        raise BadInput(
            f"lots, row {j}, field pay",
            f"工资 {pay[j]:.0f} 元低于当地最低工资 {low[j]:.0f} 元。",
            f"pay of {pay[j]:.0f} yuan is below the minimum wage of the place, {low[j]:.0f} yuan",
        )


def _steps(yuan: Array, unit: float) -> Array:
    return np.rint(yuan / unit).astype(np.int32)


def _ages(table: pl.DataFrame, name: str, column: str, default: int) -> Array:
    return _numbers(table, name, column, float(default)).clip(0, 200).astype(np.int16)
