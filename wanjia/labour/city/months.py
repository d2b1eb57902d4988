"""The month after: the homes of which something changed, whole, and newcomers. What an office sends in to be laid over the register."""

from dataclasses import replace

import numpy as np
import polars as pl

from . import margins, people, rows, work

CHANGED, NEW = 0.03, 0.01  # of all people
LEAVES, RETURNS = 0.4, 0.08  # of those at home, of those away, in the homes that changed
FIRST = people.REFERENCE + np.timedelta64(1, "D")
DAYS = 30
# Newcomers' numbers begin with other prefectures' six digits, so that no number is given twice.
PREFIXES = ("532800", "532900", "533100", "533300", "533400", "510100", "510300", "510400", "520100", "520200", "520300")
PHONES_FROM = 60_000_000


def tables(number, *, seed=1, by_code=False):
    """Yield (County of the city before, the month's table), county by county."""
    plan, new = margins.plan_of(number, seed), margins.plan_of(max(round(number * NEW), margins.LEAST), seed + 1)
    for at in range(len(plan.counties)):
        county = people.people_of(plan, at, seed)
        before = rows.table_of(county, plan, at, seed, by_code=by_code)
        yield county, pl.concat([_changed(county, before, seed), _newcomers(new, at, seed, by_code)])


def _changed(county, before, seed):
    """The homes that changed: some of those at home left, some of those away came back, everybody was asked again."""
    draw = np.random.default_rng([seed, 3000, county.first])
    kept = np.flatnonzero((draw.random(int(county.home[-1]) + 1) < CHANGED)[county.home])
    n, running = len(kept), ((county.place >= 0) & ~county.is_back)[kept]
    day = FIRST + draw.integers(0, DAYS, n).astype("timedelta64[D]")
    leaves, returns = ~running & (draw.random(n) < LEAVES), running & (draw.random(n) < RETURNS)
    where = rows.texts(work.destinations(county.code)["outside"], (np.minimum(draw.exponential(0.22, n), 0.999) * len(work.OUTSIDE)).astype(np.int64))
    left = {
        "就业状态": "转移就业", "务工区域": "省外", "单位名称": work.firms()[0], "工种": work.TRADES[0][0], "返回时间": "", "月均收入": "5500", "输出方式": "自发",
        "佐证": "自报", "是否点对点": "", "想去区域": "", "意愿工种": "", "期望月薪": "", "可外出时间": "", "照看家人": "",
    }  # fmt: skip
    now = before[kept].with_columns(pl.Series("_l", leaves), pl.Series("_r", returns), rows.days(day).alias("_d"), where.alias("_w"))
    now = now.with_columns(
        *(pl.when("_l").then(pl.lit(text)).otherwise(name).alias(name) for name, text in left.items() if name not in ("返回时间", "就业状态")),
        pl.when("_l").then(pl.lit("转移就业")).when("_r").then(pl.lit("在家务农")).otherwise("就业状态").alias("就业状态"),
        pl.when("_l").then(pl.lit("")).when("_r").then("_d").otherwise("返回时间").alias("返回时间"),
        pl.when("_l").then("_d").otherwise("外出时间").alias("外出时间"), pl.when("_l").then("_w").otherwise("务工地").alias("务工地"),
        rows.days(FIRST + draw.integers(DAYS - 10, DAYS, n).astype("timedelta64[D]")).alias("最近核实"),
    )  # fmt: skip
    return now.select(rows.HEADER)


def _newcomers(plan, at, seed, by_code):
    """A small county of other numbers, in homes of their own."""
    county = people.people_of(plan, at, seed + 1)
    county = replace(county, first=county.first + PHONES_FROM)
    table = rows.table_of(county, plan, at, seed + 1, by_code=by_code, prefixes=PREFIXES)
    return table.with_columns(pl.col("户编号").str.replace("V", "W"))
