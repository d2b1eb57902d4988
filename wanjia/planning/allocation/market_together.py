"""Families in large markets: all members at one site or nobody, in one process or in shards.

Prices are found with everybody alone. At these prices each family that somebody parted, or that has a lot it will not take, chooses its site
(`families.settle_families`), with all families of the market, so that none of them is parted later; then the others share what is left. The bound
is that of the market without families, which no plan with them can exceed: the gap says what keeping them together costs at most.
"""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from wanjia.planning.allocation.families import settle_families
from wanjia.planning.allocation.market import Market, list_best
from wanjia.planning.allocation.plain import Plan
from wanjia.planning.allocation.problem import FREE, Problem
from wanjia.planning.allocation.shards import ShardSource, rows_of
from wanjia.planning.arrays import Array
from wanjia.planning.contract import BadInput

BEST = 200  # lots by score minus price that each member looks at first; a family that finds no common site among them looks at all


@dataclass(frozen=True)
class Families:
    """Who goes together. members: rows of the market, nobody twice; site int (n_lots,): lots of one number are one place.

    barred: {row: lots that he will not take}; only: {row: the one site that he may take}, where somebody of his has gone there already.
    """

    members: tuple[tuple[int, ...], ...]
    site: Array
    barred: dict[int, Sequence[int]]
    only: dict[int, int]

    @property
    def rows(self) -> Array:
        """Return the rows of all members, in order."""
        return np.array(sorted(row for family in self.members for row in family), np.int64)


def parted(choice: Array, families: Families) -> list[tuple[int, ...]]:
    """Return the families whose members are not all at one site, nor all without a lot, or somebody of whom holds what he will not take."""
    found = []
    for family in families.members:
        lots = [int(choice[row]) for row in family]
        sites = {int(families.site[lot]) if lot >= 0 else -1 for lot in lots}
        refused = any(lot in families.barred.get(row, ()) for row, lot in zip(family, lots, strict=True))
        astray = any(row in families.only and lot >= 0 and int(families.site[lot]) != families.only[row] for row, lot in zip(family, lots, strict=True))
        if len(sites) > 1 or refused or astray:
            found.append(family)
    return found


def bring_together(market: Market, plan: Plan, families: Families, solve: Callable[[Market, Array], Plan]) -> Plan:
    """Return a plan in which no family is parted; the plan itself where none is. solve(market of the others, their rows) → their Plan."""
    if not parted(np.asarray(plan.choice), families):
        return plan
    rows = families.rows
    fixed = settle(rows_of(market, rows), plan, families)
    others, left = _others(plan, rows, fixed, market.lots.places)
    rest = solve(replace(rows_of(market, others), lots=replace(market.lots, places=left)), others) if len(others) and left.any() else None
    return _joined(plan, rows, fixed, others, rest, market)


def bring_together_in_shards(sources: Sequence[ShardSource], plan: Plan, families: Families, solve: Callable[[Sequence[ShardSource]], Plan]) -> Plan:
    """Return a plan in which no family is parted, the claimants lying in shards: members are read from theirs, the others are solved where they lie.

    solve(sources) → Plan. families.rows count over all shards one after another. Each shard that holds a member is read once more here.
    """
    if not parted(np.asarray(plan.choice), families):
        return plan
    rows, edges = families.rows, [*(one.first for one in sources), len(plan.choice)]
    parts, unit = [], None
    for source, (a, b) in zip(sources, itertools.pairwise(edges), strict=True):
        mine = rows[(rows >= a) & (rows < b)] - a
        if len(mine):
            read = source.read(unit)
            unit = read.unit
            parts.append(rows_of(read, mine))
    members = _stacked(parts)
    fixed = settle(members, plan, families)
    others, left = _others(plan, rows, fixed, members.lots.places)
    rest = None
    if len(others) and left.any():
        rest = solve([Without(source, rows[(rows >= a) & (rows < b)] - a, int((rows < a).sum()), left) for source, (a, b) in zip(sources, itertools.pairwise(edges), strict=True)])
    return _joined(plan, rows, fixed, others, rest, members)


@dataclass(frozen=True)
class Without:
    """A shard without some of its claimants, and with fewer places: what is left for those who go alone."""

    source: ShardSource
    gone: Array
    gone_before: int
    places: Array

    @property
    def first(self) -> int:
        """Return the first row in the whole of those who are left."""
        return self.source.first - self.gone_before

    def read(self, unit: float | None) -> Market:
        """Return those who are left."""
        market = self.source.read(unit)
        kept = np.setdiff1d(np.arange(market.n_claimants), self.gone)
        return replace(rows_of(market, kept), lots=replace(market.lots, places=self.places))


def settle(members: Market, plan: Plan, families: Families) -> Array:
    """Return the lot of each of families.rows (-1: none) at the plan's prices: each family at one site, those with most to lose first."""
    rows = families.rows
    at = {int(row): n for n, row in enumerate(rows)}
    groups = tuple(tuple(at[row] for row in family) for family in families.members)
    price = np.asarray(plan.price, float) / members.unit
    most = min(BEST, members.n_lots)
    problem = _edges(members, price, most, groups, families, rows)
    short = _without_common(problem, groups) if most < members.n_lots else []
    if short:  # no common site among the best: these alone look at every lot
        few = np.array(sorted(n for group in short for n in group))
        whole = _edges(rows_of(members, few), price, members.n_lots, (), families, rows[few])
        problem = _spliced(problem, few, whole)
    n = len(rows)
    return settle_families(problem, problem.score.astype(float), price, np.zeros(n), np.full(n, FREE, np.int32))


def _edges(members: Market, price: Array, most: int, groups: tuple[tuple[int, ...], ...], families: Families, rows: Array) -> Problem:
    start, lot, score = list_best(members, np.rint(price * members.mul).astype(np.int64), most)
    keep = np.ones(len(lot), bool)
    for n, row in enumerate(rows):
        mine = slice(int(start[n]), int(start[n + 1]))
        if families.barred.get(int(row)):
            keep[mine] &= ~np.isin(lot[mine], np.asarray(families.barred[int(row)]))
        if int(row) in families.only:
            keep[mine] &= families.site[lot[mine].astype(np.int64)] == families.only[int(row)]
    begins = np.concatenate([[0], np.cumsum(keep)])[start].astype(np.int64)
    return Problem(lot[keep], score[keep], members.lots.places.astype(np.int32), begins, 0, members.unit, together=groups, site=np.asarray(families.site, np.int64))


def _without_common(problem: Problem, groups: tuple[tuple[int, ...], ...]) -> list[tuple[int, ...]]:
    assert problem.site is not None
    found = []
    for group in groups:
        sites = [set(problem.site[problem.lot[slice(*problem.span(n))].astype(np.int64)].tolist()) for n in group]
        if not set.intersection(*sites):
            found.append(group)
    return found


def _spliced(problem: Problem, few: Array, whole: Problem) -> Problem:
    """Return the problem with the edges of `few` taken from `whole`."""
    lots, scores, sizes, own = [], [], [], {int(n): k for k, n in enumerate(few)}
    for n in range(problem.n_claimants):
        source, k = (whole, own[n]) if n in own else (problem, n)
        mine = slice(*source.span(k))
        lots.append(source.lot[mine])
        scores.append(source.score[mine])
        sizes.append(mine.stop - mine.start)
    start = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    return replace(problem, lot=np.concatenate(lots), score=np.concatenate(scores), start=start)


def _others(plan: Plan, rows: Array, fixed: Array, places: Array) -> tuple[Array, Array]:
    others = np.setdiff1d(np.arange(len(plan.choice)), rows)
    taken = np.bincount(fixed[fixed >= 0], minlength=len(places))
    return others, (places - taken).astype(places.dtype)


def _joined(plan: Plan, rows: Array, fixed: Array, others: Array, rest: Plan | None, market: Market) -> Plan:
    """Return both parts as one plan under the prices and the bound of the first."""
    choice = np.full(len(plan.choice), -1, np.int32)
    choice[rows] = fixed
    if rest is not None:
        choice[others] = rest.choice
    words = "; ".join(filter(None, (plan.words, "families together: the bound leaves them out")))
    value = (rest.value if rest is not None else 0.0) + _worth(market if market.n_claimants == len(rows) else rows_of(market, rows), fixed)
    bound = max(plan.bound, value)
    return replace(
        plan, choice=choice, value=value, bound=bound, gap=(bound - value) / bound if bound else 0.0, proven=False, relaxed=True, words=words, kept=None,
        stopped=plan.stopped or (rest is not None and rest.stopped), seconds=plan.seconds + (rest.seconds if rest is not None else 0.0),
    )  # fmt: skip


def _worth(members: Market, fixed: Array) -> float:
    """Return what the members' lots are worth to them, in yuan: each lot's own worth, less the places of region and trade in his own lists."""
    p, j = members.people, members.lots
    region_step, skill_step, home_bonus = members.steps
    total = 0
    for n, lot in enumerate(fixed):
        if lot < 0:
            continue
        regions, skills = p.region[p.region_start[n] : p.region_start[n + 1]], p.skill[p.skill_start[n] : p.skill_start[n + 1]]
        wish = int(np.flatnonzero(regions == j.region[lot])[0])
        trade = int(np.flatnonzero(skills == j.skill[lot])[0]) if j.skill[lot] else 0
        total += int(j.worth[lot]) - wish * region_step - trade * skill_step + (home_bonus if p.home[n] == j.region[lot] else 0)
    return total * members.unit


def _stacked(parts: Sequence[Market]) -> Market:
    """Return the claimants of several markets over the same lots as one."""
    if any((one.regions, one.skills, one.unit) != (parts[0].regions, parts[0].skills, parts[0].unit) for one in parts):
        raise BadInput("claimants", "各分片的地区或工种编码不一致。", "shards do not code regions or skills alike")
    if len(parts) == 1:
        return parts[0]
    people, made = [one.people for one in parts], {}
    for name in ("home", "home_by", "within", "age", "pay_floor", "certificates", "region", "skill"):
        made[name] = np.concatenate([getattr(one, name) for one in people])
    for name in ("region_start", "skill_start"):
        sizes = np.concatenate([np.diff(getattr(one, name)) for one in people])
        made[name] = np.concatenate([[0], np.cumsum(sizes)]).astype(people[0].region_start.dtype)
    return replace(parts[0], people=replace(people[0], **made))
