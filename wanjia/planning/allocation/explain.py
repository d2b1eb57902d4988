"""Why this one, why not that one, what would have changed it: from what was given and the published prices only.

At the plan's prices everybody holds (nearly) the lot with his best score minus price, so every answer is a comparison that a
person can repeat by hand (PIPL art. 24: the result must be explained to whom it concerns). Problems with edges and markets are
asked alike; a market's scores come from the referee, and who is shut out of a lot is told by shut_out.py.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from wanjia.planning.allocation.check_market import pair_scores, scores_at
from wanjia.planning.allocation.problem import FREE, Problem
from wanjia.planning.allocation.solve import Plan, solve
from wanjia.planning.arrays import Array
from wanjia.planning.contract import BadInput

if TYPE_CHECKING:
    from wanjia.planning.allocation.market import Market


@dataclass(frozen=True)
class Option:
    """One lot seen by one claimant, in yuan. surplus: score minus price, with what a floor adds and a kept promise saves;
    short_by: what was at least lacking to be given it, 0 for the held one, infinite where a lock forbids it (prices say the least;
    `what_it_takes` says it exactly)."""

    lot: int
    score: float
    price: float
    surplus: float
    short_by: float
    held: bool
    full: bool
    zh: str
    en: str


@dataclass(frozen=True)
class Holder:
    """One claimant at a lot. surplus: score minus price, see Option; the lowest would be first to lose the place."""

    claimant: int
    score: float
    surplus: float


@dataclass(frozen=True)
class _Terms:
    """What beside score and price counts for one claimant, in yuan."""

    bonus: float = 0.0
    promised: int = -1
    cost: float = 0.0
    lock: int = FREE
    family: tuple[int, ...] = ()

    def added(self, lot: ArrayLike) -> Array:
        """Return what is added to score minus price at each lot."""
        return np.asarray(self.bonus + self.cost * (np.asarray(lot) == self.promised))


def explain_claimant(given: Problem | Market, plan: Plan, claimant: int, most: int = 5) -> list[Option]:
    """Return the claimant's held lot and his best other lots by score minus price, each with its reason.

    given: Problem or Market; plan: its Plan.
    """
    lot, score = _row(given, claimant)
    price, terms = np.asarray(plan.price)[lot], _terms(given, plan, claimant)
    surplus, held = score - price + terms.added(lot), int(plan.choice[claimant])
    mine = float(surplus[lot == held].sum()) if held >= 0 else 0.0
    taken = np.bincount(plan.choice[plan.choice >= 0], minlength=given.n_lots)
    full = taken >= _places(given)
    order = sorted(range(len(lot)), key=lambda k: (lot[k] != held, -surplus[k], lot[k]))
    return [
        _option(int(lot[k]), float(score[k]), float(price[k]), float(surplus[k]), mine, held, bool(full[lot[k]]), terms)
        for k in order[:most]
    ]


def _option(lot: int, score: float, price: float, surplus: float, mine: float, held: int, full: bool, terms: _Terms) -> Option:
    if lot == held:
        zh = f"已分到：得分 {score:.2f} 元，当前门槛 {price:.2f} 元。" + _why_zh(terms, lot)
        en = f"given: score {score:.2f} yuan, threshold {price:.2f} yuan" + _why_en(terms, lot)
        return Option(lot, score, price, surplus, 0.0, True, full, zh, en)
    if terms.lock != FREE:
        zh, en = "本人的安排已事先锁定，没有参加比较。", "what this claimant gets was locked beforehand and not compared"
        return Option(lot, score, price, surplus, float("inf"), False, full, zh, en)
    need = max(0.0, max(mine, 0.0) - surplus)
    if surplus < 0 and mine <= 0:
        zh = f"名额给了得分更高的人：门槛 {price:.2f} 元，本人得分 {score:.2f} 元；至少还差 {need:.2f} 元。"
        en = f"its places went to higher scores: threshold {price:.2f}, own score {score:.2f}; at least {need:.2f} yuan were lacking"
    else:
        zh = f"门槛以外，现在的安排比它多 {need:.2f} 元；要分到它，得分至少还差这么多。"
        en = f"above the threshold, what was given is better by {need:.2f} yuan: at least so much was lacking for this one"
    return Option(lot, score, price, surplus, need, False, full, zh + _why_zh(terms, lot), en + _why_en(terms, lot))


def _why_zh(terms: _Terms, lot: int) -> str:
    notes = [
        (terms.lock == lot, "这是事先锁定的。"),
        (terms.promised == lot and terms.cost > 0, f"已经答应过，改变要付出 {terms.cost:.2f} 元的代价。"),
        (terms.bonus > 0, f"本人属于要保证人数的一组，为此加 {terms.bonus:.2f} 元。"),
        (bool(terms.family), f"与家人（{'、'.join(map(str, terms.family))}）同去同留，要全家合算。"),
    ]
    return "".join(words for applies, words in notes if applies)


def _why_en(terms: _Terms, lot: int) -> str:
    notes = [
        (terms.lock == lot, "; it was locked beforehand"),
        (terms.promised == lot and terms.cost > 0, f"; it was promised, and a change costs {terms.cost:.2f} yuan"),
        (terms.bonus > 0, f"; one of a group with a guaranteed number, for which {terms.bonus:.2f} yuan are added"),
        (bool(terms.family), f"; goes together with {', '.join(map(str, terms.family))}: the family's sum decides"),
    ]
    return "".join(words for applies, words in notes if applies)


def what_it_takes(problem: Problem, plan: Plan, claimant: int, lot: int) -> float:
    """Return how many yuan more the claimant's score at the lot must be before the best plan gives it to him, 0 if it does.

    Found by solving again with the claimant at the lot; exact when both plans are proven, else true to both gaps. Infinite when
    there is no such pair or a rule forbids it.
    """
    lots, scores = _row(problem, claimant)
    at = np.flatnonzero(lots == lot)
    if not len(at) or problem.places[lot] < 1:
        return float("inf")
    try:
        if problem.plain:
            forced = solve(_without(problem, claimant, lot), exact=True).value + float(scores[at[0]])
        else:
            locked = np.full(problem.n_claimants, FREE, np.int32) if problem.locked is None else problem.locked.copy()
            if locked[claimant] not in (FREE, lot) or (locked == lot).sum() - (locked[claimant] == lot) >= problem.places[lot]:
                return float("inf")
            locked[claimant] = lot
            forced = solve(replace(problem, locked=locked), exact=True).value
    except BadInput:  # no plan keeps every rule with him there
        return float("inf")
    return max(0.0, plan.value - forced)


def _without(problem: Problem, claimant: int, lot: int) -> Problem:
    """Return a plain problem without one claimant and without one place of the lot."""
    a, b = problem.span(claimant)
    gone = np.r_[a:b]
    places, start = problem.places.copy(), problem.start
    places[lot] -= 1
    if not problem.width:
        start = np.concatenate([start[: claimant + 1], start[claimant + 2 :] - (b - a)])
    return replace(problem, lot=np.delete(problem.lot, gone), score=np.delete(problem.score, gone), places=places, start=start)


def explain_lot(given: Problem | Market, plan: Plan, lot: int, most: int = 10) -> list[Holder]:
    """Return who holds the lot, the one nearest to losing it first."""
    people = np.flatnonzero(np.asarray(plan.choice) == lot)
    score = _scores_of(given, people, np.full(len(people), lot))
    holders = [
        Holder(int(i), float(s), float(s - plan.price[lot] + _terms(given, plan, int(i)).added(lot)))
        for i, s in zip(people, score, strict=True)
    ]
    return sorted(holders, key=lambda h: (h.surplus, h.claimant))[:most]


def nearest_outside(given: Problem | Market, plan: Plan, lot: int, most: int = 5) -> list[Holder]:
    """Return who is not at the lot and would need least to come: surplus is minus what their score lacks."""
    people, score = _wanting(given, lot)
    others = plan.choice[people] != lot
    people, score = people[others], score[others]
    held = plan.choice[people].astype(np.int64)
    mine = np.zeros(len(people))
    placed = held >= 0
    mine[placed] = _scores_of(given, people[placed], held[placed]) - np.asarray(plan.price)[held[placed]]
    lacks = score - plan.price[lot] - np.maximum(mine, 0.0)
    found: list[Holder] = []
    for k in np.argsort(-lacks, kind="stable"):
        if len(found) >= most and lacks[k] + _most_added(given, plan) < found[-1].surplus:
            break
        terms = _terms(given, plan, int(people[k]))
        if terms.lock != FREE:
            continue
        own = max(0.0, mine[k] + float(terms.added(held[k]))) if held[k] >= 0 else 0.0
        found.append(Holder(int(people[k]), float(score[k]), float(score[k] - plan.price[lot] + terms.added(lot) - own)))
        found.sort(key=lambda h: (-h.surplus, h.claimant))
    return found[:most]


def _places(given: Problem | Market) -> Array:
    return given.places if isinstance(given, Problem) else given.lots.places


def _row(given: Problem | Market, claimant: int) -> tuple[Array, Array]:
    """Return the lots that one claimant may take and their scores in yuan."""
    if not isinstance(given, Problem):
        score, fits = pair_scores(given, np.array([claimant]))
        lot = np.flatnonzero(fits[0])
        return lot, score[0, lot] * given.unit
    a, b = given.span(claimant)
    return given.lot[a:b].astype(np.int64), given.score[a:b] * given.unit


def _wanting(given: Problem | Market, lot: int) -> tuple[Array, Array]:
    """Return everybody who may take one lot and their scores in yuan."""
    if not isinstance(given, Problem):
        everybody = np.arange(given.n_claimants)
        score, fits = scores_at(given, everybody, np.full(len(everybody), lot))
        return everybody[fits], score[fits] * given.unit
    edges = np.flatnonzero(given.lot == lot)
    return np.searchsorted(given.starts(), edges, side="right") - 1, given.score[edges] * given.unit


def _scores_of(given: Problem | Market, people: Array, lots: Array) -> Array:
    """Return the score in yuan of each pair (people[k], lots[k])."""
    if not isinstance(given, Problem):
        return scores_at(given, people, lots)[0] * given.unit
    found = np.zeros(len(people))
    for k, (i, j) in enumerate(zip(people, lots, strict=True)):
        a, b = given.span(int(i))
        found[k] = given.score[a:b][given.lot[a:b] == j].sum() * given.unit
    return found


def _terms(given: Problem | Market, plan: Plan, claimant: int) -> _Terms:
    """Return what a floor, a promise, a lock or a family adds to the comparison."""
    if not isinstance(given, Problem) or given.plain:
        return _Terms()
    weights = getattr(plan, "multiplier", ()) or (0.0,) * len(given.floors)
    bonus = sum(w for floor, w in zip(given.floors, weights, strict=True) if claimant in floor.members)
    promised = -1 if given.promised is None else int(given.promised[claimant])
    cost = float(given.change_cost[claimant] * given.unit) if promised >= 0 and given.change_cost is not None else 0.0
    family = next((members for members in given.together if claimant in members), ())
    lock = FREE if given.locked is None else int(given.locked[claimant])
    return _Terms(float(bonus), promised, cost, lock, tuple(i for i in family if i != claimant))


def _most_added(given: Problem | Market, plan: Plan) -> float:
    """Return the most that a floor and a promise can add for anybody."""
    if not isinstance(given, Problem) or given.plain:
        return 0.0
    cost = 0.0 if given.change_cost is None else float(given.change_cost.max() * given.unit)
    return cost + sum(getattr(plan, "multiplier", ()) or ())
