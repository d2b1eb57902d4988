"""Several questions about the same rows, counted in one pass along an index: for lists whose tabs each bear a number.

`Tally` groups by every fact that any definition asks, which sorts all rows. Here they are grouped by a few facts alone, in the order
of an index that bears them, and of each row only what these leave open is asked: the twelve tabs of 20,000 needs come down to
two small questions a row. SQLite then neither sorts nor reads the rows themselves: 4 ms instead of 50.
"""

from functools import lru_cache
from itertools import product

from django.db.models import Count, Value

from wanjia.indicators.conditions import FAILS, HOLDS, atoms_of, rest_of

from .counting import q_of


def counted(rows, trees, day, *, by):
    """Return [n] of `rows` (a query set) for each tree, on `day`. by: names of facts, as many as begin an index, none of them a date."""
    return summed(grouped(rows, trees, day, by=by), trees, by=by)


def grouped(rows, trees, day, *, by):
    """Return the question behind `counted`, as a query set."""
    rests = _asked(tuple(trees), tuple(by)).rests
    filters = {f"rest_{n}": Count(Value(1), filter=q_of(rest, day)) for n, rest in enumerate(rests)}
    return rows.order_by().values_list(*by).annotate(n=Count("*"), **filters)


def summed(found, trees, *, by):
    """Return [n] for each tree of what `grouped` found."""
    asked, sums = _asked(tuple(trees), tuple(by)), [0] * len(trees)
    for row in found:
        known, counts = row[: len(by)], row[len(by) :]
        for at, column in asked.columns(known):
            sums[at] += counts[column]
    return sums


class Asked:
    """What some trees leave open once the facts `by` are known, and which count answers which tree."""

    def __init__(self, trees, by):
        self.trees, self.by, self.kept = trees, by, {}
        self.rests = list({rest: None for tree in trees for rest in self._every_rest(tree) if rest not in (HOLDS, FAILS)})

    def _every_rest(self, tree):
        """Yield what may be left of a tree, whatever the facts are."""
        known = [*dict.fromkeys(atom for atom in atoms_of(tree) if atom.fact in self.by)]
        for answers in product((True, False), repeat=len(known)):
            yield rest_of(tree, dict(zip(known, answers, strict=True)).get)

    def columns(self, values):
        """List (index of a tree, which count of a row is its number) where the facts have these values: 0 is all rows, 1… the rests."""
        if values not in self.kept:
            facts = dict(zip(self.by, values, strict=True))
            rests = [rest_of(tree, lambda atom: atom.holds(facts[atom.fact], None) if atom.fact in facts else None) for tree in self.trees]
            self.kept[values] = [(at, 0 if rest == HOLDS else 1 + self.rests.index(rest)) for at, rest in enumerate(rests) if rest != FAILS]
        return self.kept[values]


_asked = lru_cache(maxsize=64)(Asked)
