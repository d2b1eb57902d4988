"""A county of the invented city as columns of numbers: homes, people, work. Nothing here is text; `rows` writes it out.

Each county is drawn by itself from (seed, its place), so the same seed gives the same city in whatever order it is asked for.
"""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np

from wanjia.orgs.areas import columns
from wanjia.policy.labour import last_month_of_work

from .margins import PLACES, WAYS

LISTS = Path(columns.__file__).parent
REFERENCE = np.datetime64("2024-02-09")  # the day that the figures speak of: the eve of the Spring Festival
CAMPAIGN = np.datetime64("2023-11-02")  # the hundred days before it
FIRST_DAY = np.datetime64("2018-01-02")
WORKS_UNTIL = (2027, 12)  # everybody is of working age up to this month: later, the row judge remarks on whoever is past it
SIZES, SIZE_SHARES = np.arange(1, 8), np.array([0.17, 0.33, 0.25, 0.15, 0.06, 0.03, 0.01])
HEAD, SPOUSE, CHILD, SIBLING, IN_LAW = range(5)
YEAR = 365.25


@dataclass
class County:
    """Columns of one county, a row a person, in the order of the file: by village and home, the head first.

    home: number of the home within the county; village: index into `villages`; stratum: index into Plan.strata; place, way: indexes into PLACES
    and WAYS of the work that is or was, -1 for none; is_back: whether it is over; born, left, back, verified: days.
    """

    code: str
    first: int  # serial of its first person in the city
    villages: list
    home: np.ndarray
    serial: np.ndarray  # of the home within its village
    village: np.ndarray
    stratum: np.ndarray
    is_man: np.ndarray
    relation: np.ndarray
    born: np.ndarray
    place: np.ndarray
    way: np.ndarray
    is_back: np.ndarray
    left: np.ndarray
    back: np.ndarray
    verified: np.ndarray

    def __len__(self):
        return len(self.home)


@cache
def villages_of(county):
    """Return [(twelve digits, name, township)] of a county."""
    with (LISTS / "zhaotong_villages.csv").open(encoding="utf-8") as file:
        return [(row["code12"], row["name"], row["township"]) for row in csv.DictReader(file) if row["county6"] == county]


@cache
def earliest_birth():
    """Return {sex: the first day of birth of whoever is of working age until WORKS_UNTIL}."""
    found = {}
    for sex in "男女":
        months = ((year, month) for year in range(1955, 2000) for month in range(1, 13))
        found[sex] = next(np.datetime64(f"{year}-{month:02}-01") for year, month in months if last_month_of_work(sex, date(year, month, 1)) >= WORKS_UNTIL)
    return found


def people_of(plan, at, seed=1):
    """Return the County at place `at` of a Plan."""
    draw, villages = np.random.default_rng([seed, 1 + at]), villages_of(plan.counties[at])
    home, village, stratum = _homes(draw, plan.people[at], len(villages))
    n = len(home)
    start = np.flatnonzero(np.r_[True, home[1:] != home[:-1]])
    nth = np.arange(n) - np.repeat(start, np.diff(np.r_[start, n]))
    relation, is_man, born = _family(draw, home, nth, start)
    place, way = _work(draw, plan, at, stratum)
    is_back, left, back, verified = _days(draw, place, way, born)
    first_of_village = np.r_[0, np.flatnonzero(np.diff(village[start])) + 1]
    within = np.arange(len(start)) - np.repeat(first_of_village, np.diff(np.r_[first_of_village, len(start)]))
    return County(
        plan.counties[at], int(plan.people[:at].sum()), villages, home, within[home], village, stratum, is_man, relation, born, place, way, is_back, left, back,
        verified,
    )  # fmt: skip


def _homes(draw, people, villages):
    """Return (home, village, stratum) of each person. Marks are the home's, so each home lies in one stratum, and the last of each is cut to fit."""
    sizes, strata = [], []
    for stratum, n in enumerate(people):
        drawn = draw.choice(SIZES, int(n) + 1, p=SIZE_SHARES / SIZE_SHARES.sum()) if n < 50 else draw.choice(SIZES, int(n / 2.2) + 60, p=SIZE_SHARES / SIZE_SHARES.sum())
        ends = np.cumsum(drawn)
        kept = int(np.searchsorted(ends, n)) + 1 if n else 0
        drawn = drawn[:kept]
        if kept:
            drawn[-1] -= ends[kept - 1] - n
        sizes.append(drawn)
        strata.append(np.full(kept, stratum))
    size, stratum = np.concatenate(sizes), np.concatenate(strata)
    weight = draw.lognormal(0, 0.45, villages)
    village = draw.choice(villages, len(size), p=weight / weight.sum())
    order = np.lexsort((draw.random(len(size)), village))
    size = size[order]
    return np.repeat(np.arange(len(size)), size), np.repeat(village[order], size), np.repeat(stratum[order], size)


def _family(draw, home, nth, start):
    """Return (relation, whether a man, day of birth) of each person: a head, often the spouse, then children or brothers and sisters."""
    n, homes = len(home), len(start)
    head_age = np.clip(draw.normal(42, 8.5, homes), 19, 56) + draw.random(homes)
    head_is_man = draw.random(homes) < 0.82
    grown = head_age[home] >= 37
    has_spouse = (draw.random(homes) < np.where(head_age < 24, 0.3, 0.85))[home]
    is_spouse = (nth == 1) & has_spouse
    relation = np.select([nth == 0, is_spouse, ~grown, (nth >= 4) & (draw.random(n) < 0.6)], [HEAD, SPOUSE, SIBLING, IN_LAW], CHILD)
    is_man = np.where(nth == 0, head_is_man[home], np.where(is_spouse, ~head_is_man[home], draw.random(n) < 0.55))
    age = np.select(
        [relation == HEAD, relation == SPOUSE, relation == SIBLING],
        [head_age[home], head_age[home] + draw.normal(-1.5, 3, n), head_age[home] + draw.normal(0, 5, n)],
        16.02 + draw.random(n) * np.maximum(np.where(grown, head_age[home] - 36.5, 1), 0.8),
    )
    age = np.where(age < 16.02, 16.02 + 1.5 * draw.random(n), age)
    born = REFERENCE - np.floor(age * YEAR).astype("timedelta64[D]")
    oldest = np.where(is_man, earliest_birth()["男"], earliest_birth()["女"])
    spread = draw.integers(0, 700, n).astype("timedelta64[D]")
    return relation, is_man, np.where(born < oldest, oldest + spread, born)


def _work(draw, plan, at, stratum):
    """Return (place, way) of each person: exactly as many of each stratum, place and way as the plan gives the county."""
    at_work = []
    for one, n in enumerate(plan.transferred[at]):
        at_work.append(draw.permutation(np.flatnonzero(stratum == one))[:n])
    at_work = np.concatenate(at_work)
    kinds = np.repeat(np.arange(len(PLACES) * len(WAYS)), plan.ways[at].ravel())
    drawn = draw.permutation(kinds)
    place, way = np.full(len(stratum), -1, dtype=np.int8), np.full(len(stratum), -1, dtype=np.int8)
    place[at_work], way[at_work] = drawn // len(WAYS), drawn % len(WAYS)
    return place, way


def _days(draw, place, way, born):
    """Return (whether back, day of leaving, of return, of the last check). The organised left in the campaign; some of those at home were away before."""
    n, day = len(place), "timedelta64[D]"
    grown = _birthday(born, 16)
    ago = np.minimum(draw.exponential(420, n).astype(np.int64), 2200)
    left = np.maximum(REFERENCE - ago.astype(day), FIRST_DAY)
    organised = way >= WAYS.index("organised")
    left = np.where(organised, CAMPAIGN + draw.integers(0, 100, n).astype(day), left)
    left = np.maximum(left, grown)
    back = np.full(n, np.datetime64("NaT"), dtype="datetime64[D]")
    came = np.maximum(np.minimum(left, REFERENCE - np.timedelta64(60, "D")), grown)
    home_again = came + draw.integers(30, 500, n).astype(day)
    is_back = (place < 0) & (draw.random(n) < 0.28) & (home_again <= REFERENCE)
    left, back[is_back] = np.where(is_back, came, left), home_again[is_back]
    place[is_back] = draw.choice([PLACES.index(one) for one in ("outside", "province", "county")], n, p=[0.6, 0.2, 0.2])[is_back]
    way[is_back] = (draw.random(n) < 0.35).astype(np.int8)[is_back]
    verified = REFERENCE - np.where(draw.random(n) < 0.72, draw.integers(0, 30, n), draw.integers(30, 230, n)).astype(day)
    return is_back, left, back, verified


def _birthday(born, years):
    """Return the day on which each becomes that old; whoever was born on 29 February, on 1 March of a common year."""
    month = born.astype("datetime64[M]")
    first = month + np.timedelta64(12 * years, "M")
    return first.astype("datetime64[D]") + (born - month.astype("datetime64[D]"))
