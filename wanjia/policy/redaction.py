"""How counts of people's matters are published so that nobody is found by them (公示的合并规则).

What is published is a partition: each number printed counts its own group, and every group is empty or holds at least `smallest`
matters. Small groups are not blanked out but merged with their neighbours, and the sum says no more than its lines: a blank between
a line and its total can be worked out. Whoever knows these rules learns that a merged group is small, never how small. The method is that of non-perturbative table redesign (Hundepool et al., Statistical Disclosure Control,
2012, ch. 4); that matters are private by default is 政府信息公开条例 第十五条.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

SMALLEST = 3  # as places publish relief: below it a household is known by its neighbours
Cells = tuple[int, ...]


@dataclass(frozen=True)
class Line:
    """One published line: what it counts, how many, and that number cut into groups.

    name: "" where several names are counted together: which they are is not told, since three names of three matters would tell each.
    spans: over how many parts each cell reaches; (1, 1, 1, 1) is cut as finely as was asked, (4,) not at all.
    """

    name: str
    cells: Cells
    spans: Cells

    @property
    def total(self) -> int:
        """How many the line counts."""
        return sum(self.cells)


@dataclass(frozen=True)
class Board:
    """What may be published: the lines, and the sum of them all; no lines and no sum where there are too few to say anything."""

    lines: tuple[Line, ...]
    whole: Line | None
    few: bool


def redacted(counts: Mapping[str, Sequence[int]], cuts: Sequence[Sequence[int]], smallest: int = SMALLEST) -> Board:
    """Return what may be published of `counts`.

    counts: {name: how many of each part}, all of one length, four names or more; one without any is not shown. cuts: from the finest to the coarsest,
    the spans over which parts are added, each of which joins spans of the one before: ((1, 1, 1, 1), (2, 2), (4,)).
    """
    rows = {name: tuple(parts) for name, parts in counts.items() if sum(parts)}
    if sum(map(sum, rows.values())) < smallest:
        return Board((), None, few=bool(rows))
    folded = _folded(rows, smallest, absent=len(counts) - len(rows))
    finest = [_finest(cells, cuts, smallest) for _name, cells in folded]
    lines = tuple(Line(name, _joined(cells, cuts[at]), tuple(cuts[at])) for (name, cells), at in zip(folded, finest, strict=True))
    # The sum is cut as the coarsest of the lines: it says nothing that they do not say.
    whole, cut = _added(cells for _name, cells in folded), cuts[max(finest)]
    return Board(lines, Line("", _joined(whole, cut), tuple(cut)), few=False)


def _folded(rows: Mapping[str, Cells], smallest: int, absent: int) -> list[tuple[str, Cells]]:
    """Return [(name, cells)] in the order given, the smallest folded into one last line without a name until that is not small either.

    absent: how many names have no matters. Where the small names hold as many as small names can, their number would tell each of them.
    """
    small = {name for name, cells in rows.items() if sum(cells) < smallest}
    full = sum(sum(rows[name]) for name in small) >= (smallest - 1) * (len(small) + absent)
    ranked = (name for name in sorted(rows, key=lambda name: (sum(rows[name]), name)) if name not in small)
    more = list(islice(ranked, 1)) if small and full else []
    while small and sum(sum(rows[name]) for name in (*small, *more)) < smallest:
        more.append(next(ranked))
    kept, rest = [(name, cells) for name, cells in rows.items() if name not in small.union(more)], [*small, *more]
    return [*kept, ("", _added(rows[name] for name in rest))] if rest else kept


def _finest(cells: Cells, cuts: Sequence[Sequence[int]], smallest: int) -> int:
    return next(at for at, cut in enumerate(cuts) if _safe(_joined(cells, cut), smallest) or at == len(cuts) - 1)


def _safe(cells: Iterable[int], smallest: int) -> bool:
    return all(n == 0 or n >= smallest for n in cells)


def _joined(cells: Cells, cut: Sequence[int]) -> Cells:
    found, at = [], 0
    for span in cut:
        found.append(sum(cells[at : at + span]))
        at += span
    return tuple(found)


def _added(rows: Iterable[Cells]) -> Cells:
    return tuple(map(sum, zip(*rows, strict=True)))
