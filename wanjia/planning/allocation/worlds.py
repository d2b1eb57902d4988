"""Invented markets and edge problems for tests, benches and demonstrations."""

import numpy as np

from wanjia.planning.allocation.codes import Lots, People
from wanjia.planning.allocation.market import Market, Scoring
from wanjia.planning.arrays import Array


def invented_market(n: int, m: int, ratio: float = 0.8, seed: int = 0, regions: int = 40, skills: int = 40) -> Market:
    """Return a market of n claimants and m lots with about ratio * n places: 2 to 5 regions and 1 to 3 skills each."""
    r = np.random.default_rng(seed)
    popular = r.lognormal(0, 0.6, regions)
    trade = r.lognormal(0, 0.6, skills - 1)
    region_start, region = _lists(r, n, 2, 5, popular)
    skill_start, skill = _lists(r, n, 1, 3, trade)
    care = r.random(n)
    people = People(
        region_start, region, skill_start, (skill + 1).astype(np.int16),
        home=region[region_start[:-1]].copy(), home_by=np.where(care < 0.05, 17 * 60 + 40, 32767).astype(np.int16),
        within=(care > 0.93), age=r.integers(16, 60, n).astype(np.int16),
        pay_floor=r.integers(2000, 4500, n).astype(np.int32), certificates=(r.random(n) < 0.3).astype(np.int64),
    )  # fmt: skip
    places = r.lognormal(2.4, 1.0, m)
    places = np.maximum(1, places / places.sum() * ratio * n).astype(np.int32)
    pay = np.rint(r.normal(5000, 900, m).clip(2200, 12000)).astype(np.int32)
    lots = Lots(
        region=r.choice(regions, m, p=popular / popular.sum()).astype(np.int16),
        skill=np.where(r.random(m) < 0.1, 0, 1 + r.choice(skills - 1, m, p=trade / trade.sum())).astype(np.int16),
        worth=pay.copy(), pay=pay, certificate=(r.random(m) < 0.15).astype(np.int64),
        age_min=np.where(r.random(m) < 0.2, 18, 16).astype(np.int16), age_max=np.where(r.random(m) < 0.4, 50, 65).astype(np.int16),
        ends=r.integers(16 * 60, 20 * 60, m).astype(np.int16), unsafe=r.random(m) < 0.1, places=places,
    )  # fmt: skip
    return Market(people, lots, Scoring(), tuple(map(str, range(regions))), tuple(map(str, range(skills))), 1.0)


def _lists(r: np.random.Generator, n: int, least: int, most: int, weight: Array) -> tuple[Array, Array]:
    """Return (start, flat) of n lists of distinct codes, by popularity."""
    length = r.integers(least, most + 1, n)
    edge = np.cumsum(weight / weight.sum())
    draw = np.searchsorted(edge, r.random((n, most))).clip(0, len(weight) - 1)
    for a in range(1, most):
        for _ in range(6):
            again = (draw[:, :a] == draw[:, a : a + 1]).any(1)
            draw[again, a] = np.searchsorted(edge, r.random(again.sum())).clip(0, len(weight) - 1)
        again = (draw[:, :a] == draw[:, a : a + 1]).any(1)
        length = np.where(again, np.minimum(length, a), length)
    start = np.concatenate([[0], np.cumsum(length)]).astype(np.int64)
    return start, draw[np.arange(most) < length[:, None]].astype(np.int16)


def invented_rows(n: int, m: int, ratio: float = 0.8, seed: int = 0, k: int = 30, kind: str = "plain") -> tuple[Array, Array, Array]:
    """Return (lot, score, places) of n claimants with k edges each.

    kind: plain (lots differ, claimants partly agree), product (claimant factor times lot factor: all rank alike),
    flat (no agreement), local (neighbours in the file think alike), equal (every score the same).
    """
    r = np.random.default_rng(seed)
    region, popular = r.integers(0, 40, m), r.lognormal(0, 0.4, 40)
    weight = popular[region] * r.lognormal(0, 0.15, m)
    worth = r.normal(5000, 1000, m)
    share = r.lognormal(2.4, 1.0, m)
    places = np.maximum(1, np.floor(share / share.sum() * ratio * n)).astype(np.int32)
    lot, score = np.empty((n, k), np.uint16), np.empty((n, k), np.int16)
    for a in range(0, n, 50_000):
        b = min(n, a + 50_000)
        picked = _distinct(r, b - a, k, weight)
        value = _scores(r, kind, picked, worth, region, np.arange(a, b))
        value = np.clip(np.rint(value), 1, 32_000)
        order = np.argsort(-value, axis=1, kind="stable")
        lot[a:b], score[a:b] = np.take_along_axis(picked, order, 1), np.take_along_axis(value, order, 1)
    return lot, score, places


def _distinct(r: np.random.Generator, n: int, k: int, weight: Array) -> Array:
    """Return n rows of k distinct lots, likelier where the weight is (one Gumbel draw each when few, else redrawn)."""
    m = len(weight)
    if m <= 4 * k:
        return np.argsort(-(np.log(weight) + r.gumbel(size=(n, m))), axis=1)[:, :k]
    edge = np.cumsum(weight / weight.sum())
    extra = k + max(8, k // 2)
    while True:
        draw = np.minimum(np.searchsorted(edge, r.random((n, extra))), m - 1)
        draw.sort(axis=1)
        again = np.zeros(draw.shape, bool)
        again[:, 1:] = draw[:, 1:] == draw[:, :-1]
        if (~again).sum(1).min() >= k:
            key = r.random(draw.shape) + again * 10
            return np.take_along_axis(draw, np.argsort(key, axis=1)[:, :k], 1)
        extra *= 2


def _scores(r: np.random.Generator, kind: str, picked: Array, worth: Array, region: Array, rows: Array) -> Array:
    n = len(picked)
    if kind == "equal":
        return np.full(picked.shape, 5000.0)
    if kind == "product":
        return np.asarray(r.uniform(0.5, 1.5, (n, 1)) * worth[picked])
    if kind == "flat":
        return r.uniform(1, 9999, picked.shape)
    if kind == "local":
        return np.asarray(worth[picked] + 900 * np.sin(region[picked] + (rows[:, None] // 2000)) + r.normal(0, 300, picked.shape))
    taste = r.normal(0, 330, (n, 40))
    return np.asarray(worth[picked] + r.normal(0, 300, (n, 1)) + np.take_along_axis(taste, region[picked], 1) + r.normal(0, 330, picked.shape))
