"""Children and helpers as an allocation, and the engine's answer as proposals.

Never given up: the helper's unit sponsors the child's village or stands in it; the records were looked at and are clear; no kin; nobody whom the child or
its guardian asked to be rid of; the capacity. Weighed in
points (policy/pairing.toml): a language in common, a woman for a girl, nearness, and that a pair that stands is kept. Children who are to have somebody
alone are placed first, each with a helper of its own; the helpers left are shared by the others.
"""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from wanjia.kernel.calendar import today
from wanjia.orgs.models import Organisation, Sponsorship, Tier
from wanjia.planning.allocation import problem as allocation
from wanjia.planning.allocation.solve import solve as engine
from wanjia.planning.arrays import Array
from wanjia.policy import pairing as policy
from wanjia.registry import bulk
from wanjia.registry.finding import protected
from wanjia.registry.models import Person
from wanjia.solving.kinds import Answer
from wanjia.verdict import Refused

from ..children.queries import eligible
from ..helpers.rules import clear_on
from ..models import Helper, Pair, PairProposal
from .kin import asked_of, asked_rows, kin_rows

KIND = "pairs"
STEMS = (2, 4, 6, 9, 12)  # digits of the stems of province, city, county, township, village
WHY = ("language", "woman", "village", "township", "kept")  # beside the area, which every pair shares


@dataclass
class Posed:
    """Children, helpers, and every pair that may be: edges (child row, helper row, points, why as bits of WHY).

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
    found = [(one.child.pk, one.child.village_id, one.child.sex, one.child.ethnicity, one.alone) for one in eligible(people, day)]
    if not found:
        raise Refused(_("这个范围里没有应当结对的孩子。"))
    helpers = list(Helper.objects.filter(clear_on(day), capacity__gt=0).select_related("organisation").order_by("pk"))
    return posed(found, helpers, plan.area, day)


def posed(found, helpers, area, day):
    """Return the Posed of children [(key, village, sex, ethnicity, alone)] sorted by village, and helpers; kin and pairs that stand are asked here."""
    weights, row_of = policy.in_force(day), {one.pk: row for row, one in enumerate(helpers)}
    children = [one[0] for one in found]
    if not helpers:
        raise Refused(_("这个范围里没有可以结对的帮扶人:要挂联这里、在岗、背景审查有效、还能帮。"))
    serving = _serving(helpers, day)
    pairs = {pair.child_id: pair for pair in Pair.objects.on(day).filter(to_on=None, child__village_id__gte=area.span()[0], child__village_id__lt=area.span()[1])}
    standing = np.array([row_of.get(pairs[key].helper_id, -1) if key in pairs else -1 for key in children], np.int64)
    held = np.array([key in pairs and pairs[key].held for key in children], bool)
    capacity = np.array([one.capacity for one in helpers], np.int64) - _elsewhere(helpers, set(children), day)
    edges = _edges(found, helpers, serving, weights)
    never = kin_rows(children, helpers, day) | asked_rows(children, helpers)
    if never:
        near = np.isin(edges[0] * len(helpers) + edges[1], np.array(sorted(never), np.int64))
        edges = tuple(column[~near] for column in edges)
    return Posed(children, helpers, np.maximum(capacity, 0), np.array([one[4] for one in found], bool), standing, held, *edges, weights.kept)


def _serving(helpers, day):
    """Return {stem of an area: rows of the helpers whose unit sponsors it, or stands in it as its own}."""
    bonds, found = defaultdict(list), defaultdict(list)
    units = {one.organisation_id for one in helpers}
    for bond in Sponsorship.objects.on(day).filter(organisation__in=units).select_related("area"):
        bonds[bond.organisation_id].append(bond.area.stem)
    own = dict(Organisation.objects.filter(pk__in=units, tier__in=(Tier.VILLAGE, Tier.TOWNSHIP)).values_list("pk", "area"))
    stems = {one.pk: one.area.stem for one in Organisation.objects.filter(pk__in=own).select_related("area")}
    for row, one in enumerate(helpers):
        for stem in {*bonds[one.organisation_id], *([stems[one.organisation_id]] if one.organisation_id in stems else [])}:
            found[stem].append(row)
    return {stem: np.array(rows, np.int64) for stem, rows in found.items()}


def _elsewhere(helpers, here, day):
    """Return how many children outside the question each helper is paired with already."""
    row_of, taken = {one.pk: row for row, one in enumerate(helpers)}, np.zeros(len(helpers), np.int64)
    for helper, child in Pair.objects.on(day).filter(to_on=None, helper__in=row_of).values_list("helper", "child"):
        taken[row_of[helper]] += child not in here
    return taken


def _edges(found, helpers, serving, weights):
    """Return (child row, helper row, points, why) of every pair that area allows, village by village."""
    woman = np.array([one.sex == "女" for one in helpers])
    speaks = {code: np.array([code in one.speaks.split() for one in helpers]) for code in ("mandarin", *policy.LANGUAGES.values())}
    place = np.array([one.organisation.area_id for one in helpers])
    columns = ([], [], [], [])
    start = 0
    while start < len(found):
        village, end = found[start][1], start
        while end < len(found) and found[end][1] == village:
            end += 1
        rows = _serving_here(village, serving)
        if len(rows):
            own, near = place[rows] == village, np.array([code[:9] == village[:9] for code in place[rows]])
            for row in range(start, end):
                _key, _village, sex, ethnicity, _alone = found[row]
                shares, girl = speaks[policy.language_of(ethnicity)][rows], woman[rows] & (sex == "女")
                points = weights.base + weights.language * shares + weights.woman * girl + weights.village * own + weights.township * (near & ~own)
                why = shares * 1 + girl * 2 + own * 4 + (near & ~own) * 8
                for column, values in zip(columns, (np.full(len(rows), row), rows, points, why), strict=True):
                    column.append(values)
        start = end
    if not columns[0]:
        return tuple(np.zeros(0, np.int64) for _column in columns)
    return tuple(np.concatenate(column).astype(np.int64) for column in columns)


def _serving_here(village, serving):
    """Return the rows of helpers who serve a village: along each stem that its code begins with."""
    found = [rows for stem in _stems(village) if (rows := serving.get(stem)) is not None]
    return np.unique(np.concatenate(found)) if found else np.zeros(0, np.int64)


def solve(posed, control):
    """Place who is to have somebody alone first, each with a helper of its own; then the others, and whoever found nobody alone, with the helpers left."""
    n, m = len(posed.children), len(posed.helpers)
    choice, gaps, stopped = np.full(n, -1, np.int64), [], False
    choice[posed.held] = posed.standing[posed.held]
    left = posed.capacity - np.bincount(choice[choice >= 0], minlength=m)
    taken = np.zeros(m, bool)
    taken[choice[posed.held & posed.alone & (choice >= 0)]] = True
    rounds = ((posed.alone & ~posed.held, np.where(_accompanies_others(posed), 0, np.minimum(left, 1))), (~posed.held, None))
    for who, places in rounds:
        who = who & (choice < 0)
        room = np.where(taken, 0, np.maximum(left, 0)) if places is None else places
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
    """Return what the referee finds, from the rows and not from the engine: who is paired outside the pairs that may be, whose capacity is exceeded, who lost a held pair."""
    choice, m = np.asarray(answer.plan), len(posed.helpers)
    allowed = set((posed.child * m + posed.helper).tolist())
    free = [row for row in np.flatnonzero((choice >= 0) & ~posed.held) if int(row) * m + int(choice[row]) not in allowed]
    used = np.bincount(choice[choice >= 0], minlength=m)
    over = np.flatnonzero(used > np.maximum(posed.capacity, np.bincount(choice[posed.held & (choice >= 0)], minlength=m)))
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
            alone=bool(posed.alone[row]), held=bool(posed.held[row]), kept=kept, why=" ".join(_said(bits, kept)),
        )  # fmt: skip


def _said(bits, kept):
    return [word for n, word in enumerate(WHY[:4]) if bits >> n & 1] + (["kept"] if kept else [])


@dataclass(frozen=True)
class Option:
    """One helper as she is for one child: points, the rules that shut her out, how many of her places this version uses."""

    helper: Helper
    worth: int
    why: tuple
    used: int
    against: tuple

    @property
    def fits(self):
        """Whether the pair may be made."""
        return not self.against


def options_of(child, plan, area):
    """Return the helpers who serve the child's village as each is for the child: those who may first, the best of them first."""
    day = today(plan.asked_at)
    near, worth, clear = _near(child, area, day)
    used = defaultdict(int)
    for helper in PairProposal.objects.filter(plan=plan, helper__in=near).exclude(child=child).values_list("helper", flat=True):
        used[helper] += 1
    return _options(child, near, worth, clear, used)


def _near(child, area, day):
    """Return (the helpers who serve the child's village, {row: (points, why)} of those who may be at all, the keys of those who are clear)."""
    near = list(Helper.objects.on(day).filter(organisation__in=units_for(child.village_id, day)).select_related("organisation").order_by("name", "pk"))
    if not near:
        return [], {}, set()
    one = posed([(child.pk, child.village_id, child.sex, child.ethnicity, False)], near, area, day)
    worth = {int(row): (int(points), int(bits)) for row, points, bits in zip(one.helper, one.points, one.why, strict=True)}
    clear = set(Helper.objects.filter(clear_on(day), pk__in=[helper.pk for helper in near]).values_list("pk", flat=True))
    return near, worth, clear


def _options(child, near, worth, clear, used):
    found = []
    for row, helper in enumerate(near):
        never = [] if row in worth else [_("孩子或监护人要求换过他") if asked_of(helper, child) else _("是亲属")]
        against = [*([] if helper.pk in clear else [_("背景审查无效")]), *never, *([] if used[helper.pk] < helper.capacity else [_("已经满了")])]
        points, bits = worth.get(row, (0, 0))
        found.append(Option(helper, points, tuple(_said(bits, False)), used[helper.pk], tuple(str(word) for word in against)))
    return sorted(found, key=lambda option: (not option.fits, -option.worth, option.helper.name))


def _stems(village):
    """Return the stems of a village and of everything it lies in."""
    return [village[:digits] for digits in STEMS]


def units_for(village, day):
    """Return the keys of the units that sponsor a village or what it lies in, or are its own or its township's; none of a child without a village."""
    if not village:
        return set()
    stems = [stem.ljust(12, "0") for stem in _stems(village)]
    sponsoring = Sponsorship.objects.on(day).filter(area__in=stems).values_list("organisation", flat=True)
    own = Organisation.objects.on(day).filter(area__in=stems, tier__in=(Tier.VILLAGE, Tier.TOWNSHIP)).values_list("pk", flat=True)
    return {*sponsoring, *own}


def remedies(child, area, day):
    """Return the helpers who may take a child on today as Options, the best first; those who may not, behind, each with what is against her."""
    near, worth, clear = _near(child, area, day)
    used = defaultdict(int)
    for helper in Pair.objects.filter(helper__in=near, to_on=None).values_list("helper", flat=True):
        used[helper] += 1
    return _options(child, near, worth, clear, used)
