"""What is published gives no household away: whoever knows only the board cannot work out a small group of it."""

from collections import defaultdict
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wanjia.policy import redaction
from wanjia.policy.redaction import redacted

CUTS = ((1, 1, 1, 1), (2, 2), (4,))
PARTS = st.tuples(*[st.integers(0, 9)] * 4)


@given(st.dictionaries(st.sampled_from("就医住路水电学"), PARTS, max_size=6))
def test_every_number_counts_none_or_enough(counts):
    board = redacted(counts, CUTS)
    for line in (*board.lines, *([board.whole] if board.whole else [])):
        assert all(n == 0 or n >= redaction.SMALLEST for n in line.cells) and line.total >= redaction.SMALLEST
        assert sum(line.spans) == 4


@given(st.dictionaries(st.sampled_from("就医住路水电学"), PARTS, max_size=6))
def test_nothing_is_lost(counts):
    board, every = redacted(counts, CUTS), sum(map(sum, counts.values()))
    assert sum(line.total for line in board.lines) == (every if every >= redaction.SMALLEST else 0)
    assert board.few == (0 < every < redaction.SMALLEST)
    if board.whole:
        assert board.whole.total == every
        assert {line.name for line in board.lines} <= {name for name, parts in counts.items() if sum(parts)} | {""}


def given_away(rows, cuts, most):
    """Return the tables of so many rows and up to so many matters whose board pins down a group of one or two, tried over all of them.

    A group: a part of a row, or a row. The reader of the board knows the rules by which it was made, and every other table it could be of.
    """
    width, alike = sum(cuts[0]), defaultdict(list)
    for cells in (cells for matters in range(1, most + 1) for cells in spread(matters, rows * width)):
        table = tuple(cells[at : at + width] for at in range(0, len(cells), width))
        alike[redacted(dict(zip("一二三四", table, strict=False)), cuts)].append(table)
    return [table for same in alike.values() if (table := _pinned(same, rows))]


def spread(matters, places):
    """Yield every way to lay so many matters into so many places."""
    for walls in combinations(range(matters + places - 1), places - 1):
        yield tuple(after - before - 1 for before, after in pairwise((-1, *walls, matters + places - 1)))


def _pinned(same, rows):
    """Return the only value that a small group has in all of these tables, with its row; None where each could be otherwise."""
    for row in range(rows):
        for group in zip(*((*table[row], sum(table[row])) for table in same), strict=True):
            if len(set(group)) == 1 and 0 < group[0] < redaction.SMALLEST:
                return same[0]
    return None


HALVES = ((1, 1), (2,))


@pytest.mark.parametrize(("rows", "cuts", "most"), [(1, CUTS, 14), (2, HALVES, 16), (2, CUTS, 9), (4, HALVES, 9)])
def test_no_small_group_can_be_worked_out(rows, cuts, most):
    assert given_away(rows, cuts, most) == []


def test_a_sum_cut_more_finely_than_its_lines_gives_one_away(monkeypatch):
    monkeypatch.setattr(redaction, "max", min, raising=False)
    assert given_away(2, HALVES, 9) != []


@pytest.mark.parametrize(
    ("counts", "lines", "whole"),
    [
        ({"医疗": (4, 3, 0, 3)}, [("医疗", (4, 3, 0, 3))], (4, 3, 0, 3)),
        ({"医疗": (4, 3, 0, 1)}, [("医疗", (8,))], (8,)),
        ({"医疗": (4, 1, 2, 1)}, [("医疗", (5, 3))], (5, 3)),
        ({"医疗": (4, 0, 3, 0), "住房": (1, 0, 0, 0)}, [("", (5, 0, 3, 0))], (5, 0, 3, 0)),
        ({"医疗": (9, 0, 3, 0), "住房": (2, 0, 0, 2)}, [("医疗", (9, 0, 3, 0)), ("住房", (4,))], (16,)),
        ({"医疗": (9, 0, 3, 0), "道路": (2, 1, 3, 1)}, [("医疗", (9, 0, 3, 0)), ("道路", (3, 4))], (12, 7)),
        ({"医疗": (5, 0, 0, 0), "住房": (1, 0, 0, 0), "道路": (0, 1, 0, 1)}, [("医疗", (5, 0, 0, 0)), ("", (3,))], (8,)),
        ({"医疗": (0, 2, 0, 0)}, [], None),
    ],
    ids=["enough of each", "one late one", "in pairs", "a single one goes with the others", "the sum is cut as the coarsest", "and no coarser", "small ones together", "too few"],
)  # fmt: skip
def test_boards(counts, lines, whole):
    board = redacted(counts, CUTS)
    assert [(line.name, line.cells) for line in board.lines] == lines
    assert (board.whole.cells if board.whole else None) == whole
