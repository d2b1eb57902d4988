"""What is published of children gives no small number away: not by the total less the others, not by the area above or below, not by the month before.

The attacker knows every number that is published, how figures hang together and that nobody is counted less than never; he asks a linear program for the least and the
most that a hidden cell can be.
"""

import random
from itertools import product

import numpy as np
import pytest
from scipy.optimize import linprog

from wanjia.policy import hiding, publishing
from wanjia.policy.hiding import REST, Before, tell

DAY = max(one.starts for one in publishing.editions())
SMALLEST = publishing.in_force(DAY).smallest
TABLES = [pytest.param(one, id=one.population) for one in publishing.in_force(DAY).tables]


def kinds(table):
    """Every way to be counted that the figures of a table allow: {figure} of somebody whom the base counts."""
    parts, subsets = table.figures[1:], {(cell[0], cell[1]) for cut in table.cuts[1:] for cell in cut.cells if len(cell) == 2}
    found = []
    for marks in product((False, True), repeat=len(parts)):
        counted = {table.base, *(part for part, on in zip(parts, marks, strict=True) if on)}
        apart = all(sum(part in counted for part in cut.parts) <= 1 for cut in table.cuts)
        if apart and all(wide in counted or narrow not in counted for wide, narrow in subsets):
            found.append(frozenset(counted))
    return found


def holds(kind, cell):
    return cell[0] in kind and not kind.intersection(cell[1:])


class County:
    """A county with townships, villages and some who lie in none of these; children of each kind there."""

    def __init__(self, table, dice, most):
        self.table, self.kinds = table, kinds(table)
        towns = [f"{n}" for n in range(dice.randint(2, 4))]
        self.below = {"c": [*towns, f"c{REST}"]} | {town: [*(f"{town}.{n}" for n in range(dice.randint(2, 4))), f"{town}{REST}"] for town in towns}
        self.leaves = [one for ones in self.below.values() for one in ones if one not in self.below]
        self.n = {leaf: [0 if leaf.endswith(REST) and dice.random() < 0.8 else dice.choice((0, 0, 1, 2, dice.randint(0, most))) for _kind in self.kinds] for leaf in self.leaves}

    def under(self, place):
        return [place] if place not in self.below else [leaf for one in self.below[place] for leaf in self.under(one)]

    def places(self):
        return ["c", *(one for ones in self.below.values() for one in ones)]

    def who(self):
        def of(cell, place):
            return frozenset((leaf, k, i) for leaf in self.under(place) for k, kind in enumerate(self.kinds) if holds(kind, cell) for i in range(self.n[leaf][k]))

        return {cell: {place: of(cell, place) for place in self.places()} for cut in self.table.cuts for cell in cut.cells}

    def size(self, cell, place):
        return sum(self.n[leaf][k] for leaf in self.under(place) for k, kind in enumerate(self.kinds) if holds(kind, cell))

    def published(self, before=None):
        found = tell(self.table.cuts, self.who(), self.below, ["c"], SMALLEST, before or {})
        return {(part, place) for cut in self.table.cuts for part in cut.parts for place in found[cut.parts[0]][0]}, {key: kept for key, (_told, kept) in found.items()}

    def row(self, cell, place):
        row, mine = np.zeros(len(self.leaves) * len(self.kinds)), set(self.under(place))
        for at, (leaf, kind) in enumerate(product(self.leaves, self.kinds)):
            row[at] = leaf in mine and holds(kind, cell)
        return row

    def small(self):
        """Every cell that must not be found: of anybody's, one child or two."""
        return [(cell, place) for cut in self.table.cuts for cell in cut.cells for place in self.places() if 0 < self.size(cell, place) < SMALLEST]


def bounds(rows, values, target):
    """The least and the most that a sum can be, by what is published."""
    equal = {"A_eq": np.array(rows), "b_eq": values} if rows else {}
    least, most = (linprog(sign * target, **equal, bounds=(0, None), method="highs") for sign in (1, -1))
    return round(least.fun, 6), np.inf if most.status == 3 else round(-most.fun, 6)


def given_away(county, told, known=()):
    """The small cells of which the attacker knows that there is somebody and that they are few. known: rows and values from elsewhere."""
    rows, values = [row for row, _n in known], [n for _row, n in known]
    for part, place in told:
        rows.append(county.row((part,), place))
        values.append(county.size((part,), place))
    found = []
    for cell, place in county.small():
        least, most = bounds(rows, values, county.row(cell, place))
        assert least <= county.size(cell, place) <= most
        if (least > 0 and most < SMALLEST) or most - least < 1:
            found.append((cell, place))
    return found


@pytest.mark.parametrize("table", TABLES)
def test_nothing_small_is_worked_out_from_all_that_is_published(table):
    dice, told_in_all = random.Random(table.population), 0
    for turn in range(6):
        county = County(table, dice, most=3 + 6 * (turn % 3))
        told, _kept = county.published()
        told_in_all += len(told)
        assert given_away(county, told) == []
    assert told_in_all > 6  # hiding everything would do it as well


def primary_alone(county):
    one = county.who()
    return {(part, place) for cut in county.table.cuts for part in cut.parts for place in county.places() if not place.endswith(REST) and all(n == 0 or n >= SMALLEST for n in (len(one[cell][place]) for cell in cut.cells))}


@pytest.mark.parametrize("table", TABLES)
def test_hiding_the_small_ones_alone_gives_them_away(table):
    dice = random.Random(table.population)
    assert any(given_away(county, primary_alone(county)) for county in (County(table, dice, most=9) for _turn in range(40)))


def test_a_part_that_is_told_where_the_whole_is_not_is_no_way_in(monkeypatch):
    """Each figure by itself is safe; what a part leaves of its whole is a cell too."""
    table = next(one for one in publishing.in_force(DAY).tables if one.population == "entitled")
    bare = [hiding.Cut(cut.parts, tuple((part,) for part in cut.parts), cut.needs) for cut in table.cuts]
    dice, found = random.Random(5), []
    for _turn in range(12):
        county = County(table, dice, most=9)
        told = tell(bare, county.who(), county.below, ["c"], SMALLEST, {})
        found += given_away(county, {(part, place) for cut in bare for part in cut.parts for place in told[cut.parts[0]][0]})
    assert found


def base_alone(counts, below=None):
    """A table of one figure: what is told of places with so many children each."""
    below = {"c": list(counts)}
    who = {("n",): {place: frozenset(f"{place}{i}" for i in range(n)) for place, n in counts.items()}}
    who["n",]["c"] = frozenset().union(*who["n",].values())
    cut = hiding.Cut(("n",), (("n",),), ())
    return below, who, cut


def board(counts, before=None):
    below, who, cut = base_alone(counts)
    told, kept = tell([cut], who, below, ["c"], SMALLEST, {"n": before} if before else {})["n"]
    return {place: len(who["n",][place]) for place in sorted(told)}, kept


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ({"a": 5, "b": 4, "d": 0}, {"a": 5, "b": 4, "c": 9, "d": 0}),
        ({"a": 9, "b": 5, "d": 2}, {"b": 5, "c": 16}),
        ({"a": 9, "b": 1, "d": 2}, {"a": 9, "c": 12}),
        ({"a": 9, "b": 2, "d": 2}, {"c": 13}),
        ({"a": 1, "b": 1, "d": 1, "e": 4, "f": 6}, {"c": 13, "f": 6}),
        ({"a": 2, "b": 0}, {}),
    ],
    ids=["enough of each", "a partner beside a small one", "two hide each other", "as many as small ones can hold", "as few as they must", "too few in all"],
)  # fmt: skip
def test_what_is_told_of_a_table(counts, told):
    assert board(counts)[0] == told


def test_who_knows_the_rules_finds_no_small_place_either():
    """Of every table of four places and up to twelve children: whoever knows how it is made, and sees it, is left with two values for each small place."""
    alike = {}
    for counts in product(range(13), repeat=4):
        if sum(counts) <= 12:
            table = dict(zip("abde", counts, strict=True))
            alike.setdefault(tuple(board(table)[0].items()), []).append(counts)
    pinned = [same[0] for same in alike.values() for place in zip(*same, strict=True) if len(set(place)) == 1 and 0 < place[0] < SMALLEST]
    assert pinned == []


@pytest.mark.parametrize("table", TABLES)
def test_two_months_tell_no_more_than_one(table):
    """Nothing but some places that were told changed: the months laid side by side, each hidden place taken to have stood still, give no small cell of the first away."""
    dice = random.Random(table.population)
    for _turn in range(4):
        county = County(table, dice, most=9)
        told, kept = county.published()
        first = [(county.row((part,), place), county.size((part,), place)) for part, place in told]
        hidden = {place for one in kept.values() for place in one.hidden}
        for leaf in county.leaves:  # what is hidden, or lies below it, stands still
            if not any(leaf in county.under(place) for place in hidden) and dice.random() < 0.5:
                county.n[leaf] = [n + dice.choice((0, 0, SMALLEST, 7)) for n in county.n[leaf]]
        moved = {leaf for leaf in county.leaves if not any(leaf in county.under(place) for place in hidden)}
        again, _kept = county.published(kept)
        still = [(row, n) for row, n in first if not any(row[at] for at, (leaf, _kind) in enumerate(product(county.leaves, county.kinds)) if leaf in moved)]
        assert given_away(county, again, still) == []


def test_a_partner_is_not_told_the_month_after():
    before = board({"a": 5, "b": 9, "d": 2})[1]
    assert before == Before({"a": (5,), "d": (2,)})
    assert board({"a": 5, "b": 9, "d": 4}, before)[0] == {"b": 9, "c": 18}  # enough of each by now; but a stood still, and 7 − 5 is what d was
    assert board({"a": 9, "b": 9, "d": 6}, before)[0] == {"a": 9, "b": 9, "c": 24, "d": 6}  # each moved by so many that nothing follows
    assert board({"a": 5, "b": 9, "d": 4})[0] == {"a": 5, "b": 9, "c": 18, "d": 4}  # without a memory it would be told
