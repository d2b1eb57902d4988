"""Make the invented city, a county at a time, and count what was made."""

import resource
import time
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from . import faults, files, margins, months, people, rows

FAULTY = 0.0


@dataclass
class Made:
    """What was made. files: [(path, rows)]; faulty: {code: rows}; counts, rates: as planned and counted again from what was written."""

    people: int
    seed: int
    counts: dict
    files: list = field(default_factory=list)
    faulty: dict = field(default_factory=dict)
    seconds: float = 0
    peak_mb: int = 0

    def told(self):
        """Return it as plain values, marked as invented."""
        return {
            "invented": True, "note": "虚构数据,不含任何真人 / invented, nobody in it exists", "people": self.people, "seed": self.seed, "counts": self.counts,
            "rates_percent": margins.rates(self.counts), "faulty": self.faulty, "files": [{"name": path.name, "rows": n, "bytes": path.stat().st_size} for path, n in self.files],
            "seconds": round(self.seconds, 1), "peak_mb": self.peak_mb,
        }  # fmt: skip


def tables(number, *, seed=1, faulty=FAULTY, by_code=False, only=()):
    """Yield (County, its table as polars, {code: spoilt}) of a city of `number` labourers, county by county. only: their six digits, none for all."""
    plan = margins.plan_of(number, seed)
    wanted = faults.counts_for(plan, faulty)
    for at, code in enumerate(plan.counties):
        if only and code not in only:
            continue
        county = people.people_of(plan, at, seed)
        table = rows.table_of(county, plan, at, seed, by_code=by_code)
        yield county, *faults.spoil(table, county, wanted[at], seed)


def counted(table):
    """Return {margin: people} of a table as it would be written without faults; sums of these are the city's."""
    running = (pl.col("务工区域") != "") & (pl.col("返回时间") == "")
    lifted, relocated = pl.col("脱贫户") == "是", pl.col("易地搬迁户") == "是"
    asked = {
        "people": pl.len(), "transferred": running.sum(), "outside": (running & pl.col("务工区域").is_in(["省外", "境外"])).sum(),
        "near": (running & (pl.col("务工区域") == "县内")).sum(), "organised": (running & (pl.col("输出方式") == "有组织")).sum(),
        "carried": (running & (pl.col("是否点对点") == "是")).sum(), "lifted": lifted.sum(), "lifted_transferred": (lifted & running).sum(),
        "relocated": relocated.sum(), "relocated_transferred": (relocated & running).sum(), "both": (lifted & relocated).sum(),
        "both_transferred": (lifted & relocated & running).sum(), "watched": (pl.col("监测对象") != "否").sum(),
    }  # fmt: skip
    return table.select(**asked).to_dicts()[0]


def make(number, folder=None, *, format="csv", encoding="utf-8", faulty=FAULTY, seed=1, one_file=False, month=False, say=lambda county, rows: None):
    """Make the city and, with a folder, write it. month: the month after, not the city. say: called with each county's digits and rows. Returns Made."""
    begun, made = time.monotonic(), Made(number, seed, {})
    whole = files.OneFile(folder, format, encoding) if folder and one_file else None
    drawn = tables(number, seed=seed, faulty=faulty, by_code=one_file)
    if month:
        drawn = ((*one, {}) for one in months.tables(number, seed=seed, by_code=one_file))
    for county, table, spoilt in drawn:
        for name, n in counted(table).items():
            made.counts[name] = made.counts.get(name, 0) + n
        for code, n in spoilt.items():
            made.faulty[code] = made.faulty.get(code, 0) + n
        if whole:
            whole.add(table)
        elif folder:
            made.files += files.write(table, Path(folder), county.code, format, encoding)
        say(county.code, len(table))
    if whole:
        whole.__exit__()
        made.files.append((whole.path, whole.rows))
    made.seconds, made.peak_mb = time.monotonic() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return made
