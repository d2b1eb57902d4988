"""Who asks, what there is, what each pair is worth: the allocation problem with explicit edges.

Give every claimant at most one lot and no lot more claimants than its places, so that the sum of scores is greatest.
People give yuan; the engine counts in whole yuan, or in whole fen when any score has a fraction of a yuan.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import ArrayLike

from wanjia.planning.arrays import Array
from wanjia.planning.contract import BadInput

TOP_SCORE = 1_000_000  # yuan a month
FREE, STAYS_OUT = -2, -1


@dataclass(frozen=True)
class Floor:
    """At least `least` of `members` (claimant rows) are to be placed, e.g. households under monitoring (监测对象)."""

    members: Array
    least: int
    name: str = ""


@dataclass(frozen=True)
class Problem:
    """An allocation with explicit edges; build it with `from_rows` or `from_edges`, which refuse bad input by row and field.

    lot uint16 | int32 and score int16 | int32: (n_edges,), sorted by claimant; start int64 (n_claimants + 1,), or width > 0
    when every claimant has that many edges; places int32 (n_lots,); unit: yuan per score step (1 or 0.01).
    floors: least numbers for groups; together: rows that go to one site or nowhere (couples, siblings); site int32 (n_lots,):
    lots that count as one place for `together`, default each its own; locked int32 (n,): FREE, STAYS_OUT or a lot;
    promised int32 (n,): lot promised before or -1; change_cost (n,): score steps lost when a promise is not kept.
    """

    lot: Array
    score: Array
    places: Array
    start: Array
    width: int
    unit: float = 1.0
    floors: tuple[Floor, ...] = ()
    together: tuple[tuple[int, ...], ...] = ()
    site: Array | None = None
    locked: Array | None = None
    promised: Array | None = None
    change_cost: Array | None = field(default=None)

    @property
    def n_claimants(self) -> int:
        """Return how many claimants there are."""
        return len(self.lot) // self.width if self.width else len(self.start) - 1

    @property
    def n_lots(self) -> int:
        """Return how many lots there are."""
        return len(self.places)

    @property
    def n_edges(self) -> int:
        """Return how many pairs were given."""
        return len(self.lot)

    @property
    def plain(self) -> bool:
        """Tell whether nothing but edges and places counts."""
        return not self.floors and not self.together and self.locked is None and self.promised is None

    def span(self, claimant: int) -> tuple[int, int]:
        """Return where the claimant's edges begin and end."""
        if self.width:
            return claimant * self.width, (claimant + 1) * self.width
        return int(self.start[claimant]), int(self.start[claimant + 1])

    def starts(self) -> Array:
        """Return int64 (n + 1,): where each claimant's edges begin."""
        return np.arange(self.n_claimants + 1, dtype=np.int64) * self.width if self.width else self.start

    def with_rules(
        self,
        *,
        floors: Sequence[Floor] = (),
        together: Sequence[Sequence[int]] = (),
        site: ArrayLike | None = None,
        locked: dict[int, int] | None = None,
        promised: ArrayLike | None = None,
        change_cost: ArrayLike = 0.0,
    ) -> "Problem":
        """Return the same edges with rules beyond plain matching.

        locked: {claimant: lot or STAYS_OUT}; promised: (n,) lot or -1; change_cost: yuan, one number or (n,).
        """
        n = self.n_claimants
        for g, floor in enumerate(floors):
            _each_in(floor.members, n, f"floor {g}, field members", "claimant", "人员")
            if not 0 <= floor.least <= len(floor.members):
                raise BadInput(
                    f"floor {g}, field least",
                    f"这一组只有 {len(floor.members)} 人，不能要求至少安排 {floor.least} 人。",
                    f"the group has {len(floor.members)} members; at least {floor.least} cannot be asked",
                )
        families = _families(together, n)
        held = _locks(self, locked) if locked else None
        before, cost = None, None
        if promised is not None:
            before = np.asarray(promised, np.int32)
            _each_in(before[before >= 0], self.n_lots, "field promised", "lot", "岗位")
            yuan = np.broadcast_to(np.asarray(change_cost, float), (n,))
            if len(before) != n or not (np.isfinite(yuan).all() and (yuan >= 0).all() and (yuan <= TOP_SCORE).all()):
                raise BadInput(
                    "field change_cost",
                    "变更代价必须是 0 到 1000000 元之间的数，每人一个。",
                    "the cost of a change must be 0 to 1,000,000 yuan, one for each claimant",
                )
            cost = np.rint(yuan / self.unit).astype(np.int64)
        sites = None if site is None else np.asarray(site, np.int32)
        if sites is not None and len(sites) != self.n_lots:
            raise BadInput("field site", "每个岗位都要有一个地点编号。", "give one site for each lot")
        return replace(
            self, floors=tuple(floors), together=families, site=sites, locked=held, promised=before, change_cost=cost
        )


def from_rows(lot: ArrayLike, score: ArrayLike, places: ArrayLike) -> Problem:
    """Build a problem from equal rows: lot (n, k), score (n, k) in yuan a month, places (n_lots,).

    Raises BadInput naming the row and the field.
    """
    lot, score = np.asarray(lot), np.asarray(score)
    if lot.ndim != 2 or lot.shape != score.shape:
        raise BadInput("fields idx and sc", "两个表的行列必须相同。", "lot and score must have the same rows and columns")
    if lot.size == 0:
        raise _empty()
    counts = _places(places)
    steps, unit = _steps(score, lambda e: f"row {e // lot.shape[1]}, field score")
    return _verified(lot, steps, counts, np.zeros(1, np.int64), lot.shape[1], unit)


def from_edges(claimant: ArrayLike, lot: ArrayLike, score: ArrayLike, places: ArrayLike, n_claimants: int | None = None) -> Problem:
    """Build a problem from a list of pairs: claimant, lot, score (n_edges,), places (n_lots,).

    Rows may come in any order. Raises BadInput naming the row and the field.
    """
    claimant, lot, score = np.asarray(claimant), np.asarray(lot), np.asarray(score)
    if not (claimant.shape == lot.shape == score.shape and claimant.ndim == 1):
        raise BadInput("fields claimant, lot, score", "三列的长度必须相同。", "the three columns must have the same length")
    if len(claimant) == 0:
        raise _empty()
    counts = _places(places)
    n = int(claimant.max()) + 1 if n_claimants is None else n_claimants
    bad = np.flatnonzero((claimant < 0) | (claimant >= n))
    if len(bad):
        raise BadInput(
            f"row {bad[0]}, field claimant", f"没有编号为 {claimant[bad[0]]} 的人员。", f"there is no claimant {claimant[bad[0]]}"
        )
    steps, unit = _steps(score, lambda e: f"row {e}, field score")
    order = np.argsort(claimant, kind="stable")
    start = np.concatenate([[0], np.cumsum(np.bincount(claimant, minlength=n))]).astype(np.int64)
    return _verified(lot[order], steps[order], counts, start, 0, unit, order)


def _verified(lot: Array, steps: Array, counts: Array, start: Array, width: int, unit: float, order: Array | None = None) -> Problem:
    flat = lot.reshape(-1)
    if not np.issubdtype(flat.dtype, np.integer):
        raise BadInput("field lot", "岗位编号必须是整数。", "lots must be whole numbers")
    narrow = len(counts) <= 0xFFFF and steps.dtype == np.int16
    n = len(flat) // width if width else len(start) - 1
    from wanjia.planning.allocation.sweeps import first_fault

    fault = first_fault(flat, start, width, n, len(counts))
    if fault >= 0:
        raise _edge_fault(flat, int(fault), width, len(counts), order)
    typed = np.ascontiguousarray(flat, np.uint16 if narrow else np.int32)
    score = np.ascontiguousarray(steps.reshape(-1), np.int16 if narrow else np.int32)
    return Problem(typed, score, counts, start, width, unit)


def _edge_fault(flat: Array, e: int, width: int, m: int, order: Array | None) -> BadInput:
    row = e // width if width else (e if order is None else int(order[e]))
    j = int(flat[e])
    if not 0 <= j < m:
        return BadInput(
            f"row {row}, field lot", f"没有编号为 {j} 的岗位，共有 {m} 个岗位。", f"there is no lot {j}; there are {m}"
        )
    return BadInput(
        f"row {row}, field lot", f"同一人对岗位 {j} 出现两次，请只保留一行。", f"a duplicate edge: the claimant names lot {j} twice"
    )


def _steps(score: Array, where: Callable[[int], str]) -> tuple[Array, float]:
    """Return whole steps and the yuan in one step; refuse what is not a number or out of range."""
    flat = score.reshape(-1)
    if not np.issubdtype(flat.dtype, np.number) or np.issubdtype(flat.dtype, np.complexfloating):
        raise BadInput("field score", "得分必须是数。", "scores must be numbers")
    low, high = flat.min(), flat.max()
    if not (low >= 0 and high <= TOP_SCORE):
        e = int(np.flatnonzero(~((flat >= 0) & (flat <= TOP_SCORE)))[0])
        zh = "不是数" if np.isnan(flat[e]) else "超出范围"
        en = "not a number" if np.isnan(flat[e]) else "out of range"
        raise BadInput(
            where(e),
            f"得分 {flat[e]} {zh}，应在 0 到 {TOP_SCORE} 元之间；不合适的组合请不要列出。",
            f"score {flat[e]} is {en}: give 0 to {TOP_SCORE} yuan, and leave out pairs that should not be",
        )
    if np.issubdtype(flat.dtype, np.integer):
        return (score if score.dtype == np.int16 else score.astype(np.int16 if high <= 0x7FFF else np.int32)), 1.0
    if (flat == np.rint(flat)).all():
        return score.astype(np.int16 if high <= 0x7FFF else np.int32), 1.0
    return np.rint(score.astype(np.float64) * 100).astype(np.int32), 0.01


def _places(places: ArrayLike) -> Array:
    counts = np.asarray(places)
    if counts.ndim != 1 or counts.size == 0:
        raise _empty()
    whole = np.issubdtype(counts.dtype, np.integer)
    with np.errstate(invalid="ignore"):
        fine = (counts >= 0) & (counts <= 2**31 - 1)
        if not whole:
            fine &= counts == np.floor(counts)
    if not fine.all():
        j = int(np.flatnonzero(~fine)[0])
        raise BadInput(
            f"row {j}, field places",
            f"名额 {counts[j]} 不对，应为 0 或正整数。",
            f"places {counts[j]}: give nought or a positive whole number",
        )
    return counts.astype(np.int32)


def _empty() -> BadInput:
    return BadInput("problem, field edges", "没有任何人员、岗位或组合可供分配。", "the problem is empty: no claimant, lot or edge")


def _each_in(values: ArrayLike, n: int, place: str, what: str, zh: str) -> None:
    values = np.asarray(values)
    bad = np.flatnonzero((values < 0) | (values >= n))
    if len(bad):
        raise BadInput(place, f"没有编号为 {values[bad[0]]} 的{zh}。", f"there is no {what} {values[bad[0]]}")


def _families(together: Sequence[Sequence[int]], n: int) -> tuple[tuple[int, ...], ...]:
    seen: set[int] = set()
    for f, family in enumerate(together):
        _each_in(family, n, f"family {f}, field members", "claimant", "人员")
        for i in family:
            if i in seen:
                raise BadInput(
                    f"family {f}, field members", f"人员 {i} 出现在两个家庭里。", f"claimant {i} stands in two families"
                )
            seen.add(i)
    return tuple(tuple(int(i) for i in family) for family in together)


def _locks(problem: Problem, locked: dict[int, int]) -> Array:
    held = np.full(problem.n_claimants, FREE, np.int32)
    left = problem.places.astype(np.int64)
    for i, j in locked.items():
        _each_in([i], problem.n_claimants, f"lock of {i}, field claimant", "claimant", "人员")
        a, b = problem.span(i)
        if j != STAYS_OUT and j not in problem.lot[a:b]:
            raise BadInput(
                f"lock of {i}, field lot", f"人员 {i} 与岗位 {j} 没有可选组合。", f"claimant {i} has no edge to lot {j}"
            )
        if j != STAYS_OUT:
            left[j] -= 1
            if left[j] < 0:
                raise BadInput(
                    f"lock of {i}, field lot", f"岗位 {j} 锁定的人数超过名额。", f"more claimants are locked to lot {j} than it has places"
                )
        held[i] = j
    return held
