"""Which cells of a table by places are told, so that no small one can be worked out from those that are (小单元隐去). Pure.

A table counts children in places that lie in one another: a county, its townships, their villages. What is told of the places below one and what is told of that
one leave a remainder that anybody can work out: the places whose cells are hidden, together. So the hidden ones are treated as one place more, and that is told
only in such company that it holds none or enough. Nothing is told below a hidden place. A figure that is part of another is told only where that one is, and what one
leaves of the other is a cell as well. The method is non-perturbative cell suppression with secondary cells (Hundepool et al., Statistical Disclosure
Control, 2012, ch. 4), in a tree, where each remainder is one sum and the simplex is not needed to find it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Cell = tuple[str, ...]  # of the first figure those whom none of the others counts
Who = Mapping[str, frozenset[Any]]  # place → the children of a cell who are counted there, or below
REST = "/"  # ends the name of what lies in a place and in none below it: told nowhere by itself


@dataclass(frozen=True)
class Cut:
    """Figures told together or not at all. cells: every number that telling them gives away; needs: other figures that must be told there first."""

    parts: tuple[str, ...]
    cells: tuple[Cell, ...]
    needs: tuple[str, ...]


@dataclass(frozen=True)
class Before:
    """What was hidden of one cut when it was published last: {place: how many of each cell}."""

    hidden: Mapping[str, tuple[int, ...]]


class Hiding:
    """One cut of one table. who: {cell: Who}; below: place → those right below it, what lies in none of them under its own name with REST."""

    def __init__(self, cut: Cut, who: Mapping[Cell, Who], below: Mapping[str, Sequence[str]], smallest: int, before: Before | None = None):
        self.cut, self.who, self.below, self.smallest = cut, who, below, smallest
        self.before = before.hidden if before else {}

    def told(self, roots: Iterable[str], may: frozenset[str] | None = None) -> frozenset[str]:
        """Return the places of which the cut is told. may: where what it needs is told; None: everywhere."""
        found: set[str] = set()
        todo = [root for root in roots if self._open(root, may)]
        while todo:
            found.add(place := todo.pop())
            todo += self._children(place, may)
        return frozenset(found)

    def _open(self, place: str, may: frozenset[str] | None) -> bool:
        return (may is None or place in may) and not place.endswith(REST) and self._safe([place])

    def _children(self, place: str, may: frozenset[str] | None) -> list[str]:
        every = [*self.below.get(place, ())]
        told = [one for one in every if self._open(one, may)]
        # What was hidden when it was published last stays so: two papers laid side by side would else give each other's partners away.
        core = [one for one in every if one in self.before]
        for one in sorted((one for one in core if one in told), key=self._size, reverse=True):
            rest = [each for each in core if each != one]
            if self._may_leave(one, rest) or all(each in told and self._moved([each]) for each in core):
                core = rest
        told = [one for one in told if one not in core]
        hidden = [one for one in every if one not in told]
        for one in sorted(told, key=self._partner):
            if self._fine(hidden):
                break
            told.remove(one)
            hidden.append(one)
        # Noughts alone say only that all the others are small.
        return told if not hidden or any(self._counts([one])[0] for one in told) or not self._small_among(hidden) else []

    def _may_leave(self, one: str, rest: list[str]) -> bool:
        """Tell whether a place may be told again while `rest`, hidden with it, stays: what it held then must be nobody's secret, or not to be had from those two."""
        then = self._then([one])
        small = any(0 < n < self.smallest for n in then)
        return bool(rest) and self._moved([one]) and self._fine(rest) and all(n == 0 or n >= self.smallest for n in self._then(rest)) and (not small or self._moved(rest))

    def _then(self, places: Sequence[str]) -> tuple[int, ...]:
        return tuple(map(sum, zip(*(self.before[one] for one in places), strict=True)))

    def _moved(self, places: Sequence[str]) -> bool:
        pairs = list(zip(self._counts(places), self._then(places), strict=True))
        return any(now != then for now, then in pairs) and all(now == then == 0 or abs(now - then) >= self.smallest for now, then in pairs)

    def _small_among(self, places: Iterable[str]) -> bool:
        return any(0 < n < self.smallest for one in places for n in self._counts([one]))

    def _size(self, place: str) -> tuple[int, str]:
        return self._counts([place])[0], place

    def _partner(self, place: str) -> tuple[bool, str]:
        return self._counts([place])[0] == 0, place  # by its code and not by its size: which one it is says nothing of how many

    def _counts(self, places: Sequence[str]) -> tuple[int, ...]:
        empty: frozenset[Any] = frozenset()
        return tuple(len(empty.union(*(self.who[cell].get(one, empty) for one in places))) for cell in self.cut.cells)

    def _safe(self, places: Sequence[str]) -> bool:
        return all(n == 0 or n >= self.smallest for n in self._counts(places))

    def _fine(self, hidden: Sequence[str]) -> bool:
        """Tell whether hidden places, told together, give none of them away: enough in all, and neither as few nor as many as small ones must or can hold."""
        if not hidden or not self._small_among(hidden):
            return self._safe(hidden)
        return self._safe(hidden) and not any(n in (len(hidden), (self.smallest - 1) * len(hidden)) for n in self._counts(hidden) if n)

    def hidden(self, told: frozenset[str]) -> dict[str, tuple[int, ...]]:
        """Return {place: how many of each cell} of those that are hidden below a place that is told: what `Before` keeps."""
        return {one: self._counts([one]) for place in sorted(told) for one in self.below.get(place, ()) if one not in told}


def tell(cuts: Sequence[Cut], who: Mapping[Cell, Who], below: Mapping[str, Sequence[str]], roots: Sequence[str], smallest: int, before: Mapping[str, Before]) -> dict[str, tuple[frozenset[str], Before]]:
    """Return {first figure of a cut: (the places of which it is told, what is hidden beside them)}. before: the same of what was published last, by that figure."""
    found: dict[str, tuple[frozenset[str], Before]] = {}
    owner = {part: cut.parts[0] for cut in cuts for part in cut.parts}
    for cut in cuts:
        one = Hiding(cut, who, below, smallest, before.get(cut.parts[0]))
        may = frozenset.intersection(*(found[owner[need]][0] for need in cut.needs)) if cut.needs else None
        told = one.told(roots, may)
        found[cut.parts[0]] = told, Before(one.hidden(told))
    return found
