"""Children and helpers as an allocation, and the engine's answer as proposals.

Never given up: the helper's unit sponsors the child's village or stands in it; the records were looked at and are clear; no kin; nobody whom the child or
its guardian asked to be rid of; the capacity. Weighed in
points (policy/pairing.toml): a language in common, a woman for a girl, nearness, and that a pair that stands is kept. Children who are to have somebody
alone are placed first, each with a helper of its own; the helpers left are shared by the others.
"""

from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

import numpy as np
from django.utils.translation import gettext as _

from wanjia.kernel.calendar import today
from wanjia.orgs.models.areas import STEM_DIGITS, Level
from wanjia.planning.allocation import problem as allocation
from wanjia.planning.allocation.solve import solve as engine
from wanjia.planning.arrays import Array
from wanjia.policy import pairing as policy
from wanjia.registry import bulk
from wanjia.registry.finding import protected
from wanjia.registry.models import Person, Sex
from wanjia.solving.kinds import Answer
from wanjia.verdict import Refused

from ..children.queries import eligible
from ..helpers.rules import clear_on
from ..models import Helper, Pair, PairProposal
from ..states import Language
from .kin import asked_rows, kin_rows
from .serving import rows_by_stem, stems_of, units_around

KIND = "pairs"
BITS = {"language": 1, "woman": 2, "village": 4, "township": 8}  # reasons of a pair beside the area, which every pair shares, by the names of their weights
KEPT = "kept"  # and that it stands today


class Child(NamedTuple):
    """One child of the question: key, code of the village, what counts when a helper is weighed, whether it is to have somebody alone."""

    key: object
    village: str
    sex: str
    ethnicity: str
    alone: bool

    @classmethod
    def of(cls, person, alone):
        """Return a loaded person as a Child."""
        return cls(person.pk, person.village_id, person.sex, person.ethnicity, alone)


@dataclass
class Posed:
    """Children, helpers, and every pair that may be: edges (child row, helper row, points, why as BITS).

    standing: the helper row of the pair that stands, or −1; held: rows of children whose pair no plan touches; alone: who is to have somebody alone.
    """

    children: list
    helpers: list
    capacity: Array
    alone: Array
    standing: Array
    held: Array
    child: Array
    helper: Array
    points: Array
    why: Array
    kept: int


def build(plan):
    """Return the Posed of a plan. Raises Refused when there is no child to pair, or nobody who may be paired."""
    day = today(plan.asked_at)
    first, end = plan.area.span()
    people = Person.objects.filter(protected(day=day), merged_into=None, died_on=None, village_id__gte=first, village_id__lt=end).order_by("village_id", "pk")
    found = [Child.of(one.child, one.alone) for one in eligible(people, day)]
    if not found:
        raise Refused(_("这个范围里没有应当结对的孩子。"))
    helpers = list(Helper.objects.filter(clear_on(day), capacity__gt=0, organisation__in=units_around(plan.area, day)).select_related("organisation__area").order_by("pk"))
    if not helpers:
        raise Refused(_("这个范围里没有可以结对的帮扶人:要挂联这里、在岗、背景审查有效、还能帮。"))
    return posed(found, helpers, day)


def posed(found, helpers, day):
    """Return the Posed of some Child rows, sorted by village, and loaded helpers with unit and area; kin and pairs that stand are asked here."""
    weights, row_of = policy.in_force(day), {one.pk: row for row, one in enumerate(helpers)}
    children = [one.key for one in found]
    live = Pair.objects.filter(to_on=None, child__village_id__gte=found[0].village, child__village_id__lte=found[-1].village)
    pairs = {child: (helper, held) for child, helper, held in live.values_list("child", "helper", "held")}
    standing = np.array([row_of.get(pairs[key][0], -1) if key in pairs else -1 for key in children], np.int64)
    held = np.array([key in pairs and pairs[key][1] for key in children], bool)
    capacity = np.array([one.capacity for one in helpers], np.int64) - _elsewhere(row_of, set(children))
    edges = _edges(found, helpers, {stem: np.array(rows, np.int64) for stem, rows in rows_by_stem(helpers, day).items()}, weights)
    never = kin_rows(children, helpers, day) | asked_rows(children, helpers)
    if never:
        near = np.isin(edges[0] * len(helpers) + edges[1], np.array(sorted(never), np.int64))
        edges = tuple(column[~near] for column in edges)
    return Posed(children, helpers, np.maximum(capacity, 0), np.array([one.alone for one in found], bool), standing, held, *edges, weights.kept)


def _elsewhere(row_of, here):
    """Return how many children outside the question each helper is paired with already."""
    taken = np.zeros(len(row_of), np.int64)
    for helper, child in Pair.objects.filter(to_on=None, helper__in=row_of).values_list("helper", "child"):
        taken[row_of[helper]] += child not in here
    return taken


def _edges(found, helpers, serving, weights):
    """Return (child row, helper row, points, why) of every pair that area allows, village by village."""
    woman = np.array([one.sex == Sex.FEMALE for one in helpers])
    speaks = {code: np.array([code in one.speaks.split() for one in helpers]) for code in Language.values}
    place = np.array([one.organisation.area_id for one in helpers])
    town = np.array([code[: STEM_DIGITS[Level.TOWNSHIP]] for code in place])
    columns = ([], [], [], [])
    for village, mine in groupby(enumerate(found), key=lambda numbered: numbered[1].village):
        rows = _serving_here(village, serving)
        if not len(rows):
            continue
        own = place[rows] == village
        near = (town[rows] == village[: STEM_DIGITS[Level.TOWNSHIP]]) & ~own
        for row, child in mine:
            reasons = {"language": speaks[policy.language_of(child.ethnicity)][rows], "woman": woman[rows] & (child.sex == Sex.FEMALE), "village": own, "township": near}
            points = weights.base + sum(getattr(weights, word) * holds for word, holds in reasons.items())
            why = sum(BITS[word] * holds for word, holds in reasons.items())
            for column, values in zip(columns, (np.full(len(rows), row), rows, points, why), strict=True):
                column.append(values)
    if not columns[0]:
        return tuple(np.zeros(0, np.int64) for _column in columns)
    return tuple(np.concatenate(column).astype(np.int64) for column in columns)


def _serving_here(village, serving):
    """Return the rows of helpers who serve a village: along each stem that its code begins with."""
    found = [rows for stem in stems_of(village) if (rows := serving.get(stem)) is not None]
    return np.unique(np.concatenate(found)) if found else np.zeros(0, np.int64)


def solve(posed, control):
    """Place who is to have somebody alone first, each with a helper of its own; then the others, and whoever found nobody alone, with the helpers left.

    A child for whom nobody is found keeps whom it has (commands.swap): where that would leave its helper with too many, or take somebody's only company away,
    her place is the child's and all are placed again.
    """
    stays = np.zeros(len(posed.children), bool)
    while True:
        answer = _solved(posed, stays, control)
        crowded = _crowded(posed, answer.plan) & ~stays
        if not crowded.any():
            return answer
        stays |= crowded


def _crowded(posed, choice):
    """Tell of each child whether it keeps a helper whom the answer gives somebody new: more than she takes on, or though one of them is to have her alone."""
    m, keeps, new = len(posed.helpers), (choice < 0) & (posed.standing >= 0), (choice >= 0) & (choice != posed.standing)
    used, kept, gets = (np.bincount(rows, minlength=m) for rows in (choice[choice >= 0], posed.standing[keeps], choice[new]))
    over = (gets > 0) & (used + kept > posed.capacity)
    over |= (np.bincount(choice[new & posed.alone], minlength=m) > 0) & (used == 1) & (kept > 0)
    over |= (gets > 0) & (np.bincount(posed.standing[keeps & posed.alone], minlength=m) > 0)
    return keeps & over[np.maximum(posed.standing, 0)]


def _solved(posed, stays, control):
    """Return the Answer where some children (`stays`) keep whom they have, and nobody is proposed to them."""
    n, m = len(posed.children), len(posed.helpers)
    choice, gaps, stopped = np.full(n, -1, np.int64), [], False
    choice[posed.held] = posed.standing[posed.held]
    fixed = np.where(stays, posed.standing, choice)
    kept = np.bincount(fixed[fixed >= 0], minlength=m)
    left = posed.capacity - kept
    taken = np.zeros(m, bool)
    taken[fixed[posed.alone & (fixed >= 0)]] = True
    alone_room = np.where(_accompanies_others(posed) | (np.bincount(posed.standing[stays], minlength=m) > 0), 0, np.minimum(left, 1))
    rounds = ((posed.alone & ~posed.held & ~stays, alone_room), (~posed.held & ~stays, None))
    for who, places in rounds:
        who = who & (choice < 0)
        room = np.where(taken, 0, np.maximum(left, 0) if places is None else places)
        plan = _placed(posed, who, room, control)
        if plan is None:
            continue
        rows = np.flatnonzero(who)
        choice[rows] = plan.choice
        got = plan.choice[plan.choice >= 0]
        left = left - np.bincount(got, minlength=m)
        if places is not None:
            taken[got] = True
        gaps.append(float(plan.gap))
        stopped = stopped or bool(plan.stopped)
    return Answer(choice, _counts(posed, choice), gap=max(gaps, default=0.0), stopped=stopped)


def _accompanies_others(posed):
    """Tell of each helper whether she accompanies children today who need nobody alone, or several: to give her to one alone would part the others."""
    here = posed.standing >= 0
    every = np.bincount(posed.standing[here], minlength=len(posed.helpers))
    lone = np.bincount(posed.standing[here & posed.alone], minlength=len(posed.helpers))
    return (every > lone) | (every > 1)


def _placed(posed, who, room, control):
    """Return the engine's plan of some children with this room; None where there is no pair to be made."""
    rows = np.full(len(posed.children), -1, np.int64)
    rows[who] = np.arange(int(who.sum()))
    mine = (rows[posed.child] >= 0) & (room[posed.helper] > 0)
    if not mine.any():
        return None
    asked = allocation.from_edges(rows[posed.child[mine]], posed.helper[mine], posed.points[mine], room.astype(np.int64), int(who.sum()))
    before = posed.standing[who]
    if (before >= 0).any():
        asked = asked.with_rules(promised=before, change_cost=float(posed.kept))
    return engine(asked, time_limit=control.remaining() if control.seconds else None, progress=control.progress, cancel=control.should_stop)


def _counts(posed, choice):
    placed, alone = choice >= 0, posed.alone
    used = np.bincount(choice[placed], minlength=len(posed.helpers))
    return {
        "children": len(choice), "placed": int(placed.sum()), "alone": int(alone.sum()), "alone_placed": int((alone & placed & (used[np.maximum(choice, 0)] == 1)).sum()),
        "kept": int((placed & (choice == posed.standing)).sum()), "parted": int((placed & (posed.standing >= 0) & (choice != posed.standing)).sum()),
        "helpers": len(posed.helpers), "most": int(used.max(initial=0)),
    }  # fmt: skip


def judge(posed, answer):
    """Return what the referee finds, from the rows of the question and not from the engine: who is paired outside the pairs that may be, whose capacity is
    exceeded – counting whoever keeps her because nobody is proposed to it –, who lost a held pair. Which pairs may be – area, vetting, kin – is asked again of the
    database when the version is put in force.
    """
    choice, m = np.asarray(answer.plan), len(posed.helpers)
    free = np.flatnonzero((choice >= 0) & ~posed.held)
    free = free[~np.isin(free * m + choice[free], posed.child * m + posed.helper)]
    used, held = (np.bincount(choice[rows], minlength=m) for rows in (choice >= 0, posed.held & (choice >= 0)))
    keeps = np.bincount(posed.standing[(choice < 0) & (posed.standing >= 0)], minlength=m)
    gets = np.bincount(choice[(choice >= 0) & (choice != posed.standing)], minlength=m) > 0
    over = np.flatnonzero((used > np.maximum(posed.capacity, held)) | (gets & (used + keeps > posed.capacity)))
    lost = np.flatnonzero(posed.held & (choice != posed.standing))
    return [
        *(_("第 %(n)s 个孩子和帮扶人不在同一挂联片区,或者是亲属") % {"n": row + 1} for row in free[:5]),
        *(_("第 %(n)s 位帮扶人超过了能帮的人数") % {"n": row + 1} for row in over[:5]), *(_("第 %(n)s 个孩子锁定的结对被动了") % {"n": row + 1} for row in lost[:5]),
    ]


def rows_of(plan, posed, choice):
    """Yield the proposals: why this helper, who was next, and how many points that lacked."""
    order = np.lexsort((-posed.points, posed.child))
    child, helper, points, why = (column[order] for column in (posed.child, posed.helper, posed.points, posed.why))
    start = np.searchsorted(child, np.arange(len(posed.children) + 1))
    for row, key in enumerate(posed.children):
        mine, own = slice(start[row], start[row + 1]), choice[row]
        worth = {int(one): (int(value), int(bits)) for one, value, bits in zip(helper[mine], points[mine], why[mine], strict=True)}
        got, bits = worth.get(int(own), (0, 0)) if own >= 0 else (0, 0)
        second = next((one for one in worth if one != own), None)
        kept = bool(own >= 0 and own == posed.standing[row])
        yield bulk.fresh(
            PairProposal, plan_id=plan.pk, child_id=key, helper_id=posed.helpers[own].pk if own >= 0 else None, worth=got,
            next_helper_id=None if second is None else posed.helpers[second].pk, lacked=None if second is None else max(0, got - worth[second][0] + kept * posed.kept),
            alone=bool(posed.alone[row]), held=bool(posed.held[row]), kept=kept, why=" ".join(said(bits, kept)),
        )  # fmt: skip


def said(bits, kept=False):
    """Return the words of a pair's reasons, as templates/care/pairing/why.html says them."""
    return [word for word, bit in BITS.items() if bits & bit] + [KEPT] * kept
