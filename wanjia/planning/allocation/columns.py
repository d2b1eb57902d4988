"""Claimants and lots as tables (Parquet or data frames) into a market, with refusals that name row and field."""

import numpy as np

from wanjia.planning.allocation.candidates import Lots, People
from wanjia.planning.allocation.market import Market, Scoring
from wanjia.planning.allocation.problem import TOP_SCORE
from wanjia.planning.contract import BadInput

# Employment Promotion Law (就业促进法) arts. 26-31: these never enter eligibility or score.
FORBIDDEN = {
    "sex", "gender", "ethnicity", "ethnic", "nationality", "religion", "disability", "disabled", "marital", "marital_state",
    "marital_status", "married", "性别", "民族", "宗教", "宗教信仰", "残疾", "婚姻", "婚姻状况",
}  # fmt: skip
NO_MATTER = 32767


def read_market(claimants, lots, scoring: Scoring | None = None) -> Market:
    """Build a market from two tables (polars frames, or paths of Parquet files).

    claimants: regions list[str] in order of wish, age int; optional skills list[str] in order of wish, certificates
    list[str], pay_floor yuan, home str (county), home_by "HH:MM", within_county bool.
    lots: region str, pay yuan, places int; optional skill str, certificate str, age_min, age_max int, ends "HH:MM" (when one
    is home again), unsafe bool, minimum_wage yuan, extra yuan.
    Someone with home_by or within_county takes only lots in his home county. Under 16 takes none, 16-17 none that is unsafe.
    """
    people, jobs = _frame(claimants), _frame(lots)
    for name, table in (("claimants", people), ("lots", jobs)):
        _lawful(table, name)
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
    unit = 1.0 if all((x == np.rint(x)).all() for x in (worth, pay, floor, steps)) else 0.01
    regions = _codes(jobs["region"].to_list(), first=())
    skills = _codes(jobs["skill"].to_list() if "skill" in jobs.columns else [], first=("",))
    certificates = _codes(jobs["certificate"].to_list() if "certificate" in jobs.columns else [], first=())
    if len(certificates) > 62:
        raise BadInput("lots, field certificate", "证书种类超过 62 种。", "more than 62 kinds of certificate")
    lot_table = Lots(
        region=np.array([regions[x] for x in jobs["region"].to_list()], np.int16),
        skill=_lot_codes(jobs, "skill", skills, 0).astype(np.int16), worth=_steps(worth, unit), pay=_steps(pay, unit),
        certificate=_bits(_lot_codes(jobs, "certificate", certificates, -1)), age_min=_ages(jobs, "age_min", 16),
        age_max=_ages(jobs, "age_max", 120), ends=_minutes(jobs, "lots", "ends", 0), unsafe=_flags(jobs, "unsafe"),
        places=_whole(jobs, "lots", "places").astype(np.int32),
    )  # fmt: skip
    region_start, region = _lists(people, "regions", regions)
    skill_start, skill = _lists(people, "skills", skills)
    people_table = People(
        region_start, region, skill_start, skill,
        home=np.array([regions.get(x, -1) for x in _texts(people, "home")], np.int16),
        home_by=_minutes(people, "claimants", "home_by", NO_MATTER), within=_flags(people, "within_county"),
        age=_ages(people, "age", 0), pay_floor=_steps(floor, unit), certificates=_held(people, certificates),
    )  # fmt: skip
    return Market(people_table, lot_table, scoring, tuple(regions), tuple(skills), unit)


def _frame(table):
    import polars as pl

    frame = table if isinstance(table, pl.DataFrame) else pl.read_parquet(table)
    if frame.height == 0:
        raise BadInput("table, rows", "表里没有任何行。", "the table is empty")
    return frame


def _lawful(table, name: str) -> None:
    for column in table.columns:
        if column.strip().lower() in FORBIDDEN:
            raise BadInput(
                f"{name}, field {column}",
                f"按《就业促进法》，“{column}”不得用于岗位分配，请删去这一列。",
                f"by the Employment Promotion Law “{column}” may not enter the allocation: remove the column",
            )


def _need(table, name: str, columns) -> None:
    for column in columns:
        if column not in table.columns:
            raise BadInput(f"{name}, field {column}", f"缺少“{column}”这一列。", f"the column “{column}” is missing")


def _numbers(table, name: str, column: str, default: float | None = None, low: float = 0.0) -> np.ndarray:
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


def _whole(table, name: str, column: str) -> np.ndarray:
    values = _numbers(table, name, column)
    bad = np.flatnonzero(values != np.rint(values))
    if len(bad):
        raise BadInput(
            f"{name}, row {bad[0]}, field {column}", f"“{values[bad[0]]}”应当是整数。", f"{values[bad[0]]} must be a whole number"
        )
    return values.astype(np.int64)


def _wages(jobs, pay) -> None:
    low = _numbers(jobs, "lots", "minimum_wage", 0.0)
    bad = np.flatnonzero(pay < low)
    if len(bad):
        j = bad[0]
        raise BadInput(
            f"lots, row {j}, field pay",
            f"工资 {pay[j]:.0f} 元低于当地最低工资 {low[j]:.0f} 元。",
            f"pay of {pay[j]:.0f} yuan is below the minimum wage of the place, {low[j]:.0f} yuan",
        )


def _codes(names, first) -> dict[str, int]:
    seen = dict.fromkeys([*first, *sorted({x for x in names if x not in (None, "")})])
    return {name: k for k, name in enumerate(seen)}


def _lot_codes(jobs, column: str, codes, none: int) -> np.ndarray:
    if column not in jobs.columns:
        return np.full(jobs.height, none)
    return np.array([none if x in (None, "") else codes[x] for x in jobs[column].to_list()])


def _bits(codes) -> np.ndarray:
    return np.where(codes < 0, 0, np.int64(1) << np.maximum(codes, 0).astype(np.int64)).astype(np.int64)


def _steps(yuan, unit: float) -> np.ndarray:
    return np.rint(yuan / unit).astype(np.int32)


def _ages(table, column: str, default: int) -> np.ndarray:
    return _numbers(table, "table", column, float(default)).clip(0, 200).astype(np.int16)


def _flags(table, column: str) -> np.ndarray:
    if column not in table.columns:
        return np.zeros(table.height, bool)
    return table[column].fill_null(False).cast(bool).to_numpy().copy()


def _texts(table, column: str) -> list:
    return table[column].to_list() if column in table.columns else [None] * table.height


def _minutes(table, name: str, column: str, default: int) -> np.ndarray:
    out = np.full(table.height, default, np.int16)
    for row, text in enumerate(_texts(table, column)):
        if text in (None, ""):
            continue
        hours, colon, minutes = str(text).partition(":")
        if not (colon and hours.isdigit() and minutes.isdigit() and int(hours) < 24 and int(minutes) < 60):
            raise BadInput(
                f"{name}, row {row}, field {column}", f"时间“{text}”应写成 17:40 的样子。", f"write the time “{text}” like 17:40"
            )
        out[row] = int(hours) * 60 + int(minutes)
    return out


def _lists(table, column: str, codes) -> tuple[np.ndarray, np.ndarray]:
    """Return (start, codes) of a list column; names that no lot asks are left out."""
    if column not in table.columns:
        return np.zeros(table.height + 1, np.int64), np.zeros(0, np.int16)
    rows = [[codes[x] for x in dict.fromkeys(row or ()) if x in codes and x != ""] for row in table[column].to_list()]
    start = np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int64)
    return start, np.array([x for row in rows for x in row], np.int16)


def _held(people, codes) -> np.ndarray:
    rows = _texts(people, "certificates")
    return np.array([sum(1 << codes[x] for x in set(row or ()) if x in codes) for row in rows], np.int64)
