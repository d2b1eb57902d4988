"""From the verdicts on parts to the verdict on the file: what hangs on other rows is closed over before a row counts as good.

To the row judge, in file order, go besides the rows that it must see anyway: every row whose number another row bears, every row of a home that
has not exactly one head in the file and none in the register, every head whose home has another one in the register, and as witnesses the heads
of the homes of all of these. Without this closure the row judge would see a second head as the first one.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.utils.translation import gettext_lazy as _

from wanjia.registry.workbooks.kinds import HEAD
from wanjia.sheets.limits import LIMITS
from wanjia.sheets.values import judge_cell
from wanjia.verdict import Refused

from . import judging
from .columns import HOME, NUMBER, ONE_BY_ONE
from .told import joined, of_values

RELATION = "与户主关系"


@dataclass
class Judged:
    """One part as the column judge left it. told, odd, remarks, renamed: as judging.Judge returns them; part: the reading.Part.

    strange: bool (n,), rows whose home or head the register knows otherwise; registered: bool (n,), rows of homes that have a head in the register.
    """

    part: Any
    told: Any
    odd: list
    remarks: list
    renamed: bool
    strange: Any = None
    registered: Any = None


@dataclass
class Final:
    """The accepted rows of one part, in order. home_row: int64 (n,), the first accepted row of each row's home, from which the home's key comes; marks: uint8
    (n, 3), which of the home's three marks (judging.listed) stand, by that row: positions in `words`."""

    part: Any
    told: Any
    home_row: Any
    marks: Any


MARKS = ("脱贫户", "监测对象", "易地搬迁户")


def close(parts, template, world, each, *, file="", closure=True, both_ways=0.0):
    """Return ([Final of each part], words of the marks, Counter of codes, rows refused, rows accepted by the row judge as they were seen).

    parts: [Judged] in file order, whose `told` is used up. each: called with every JudgedRow that is refused. closure: False is for the test that shows
    what it is for. both_ways: which share of the good rows, drawn by lot, is judged by the row judge too; raises Disagreement where it says otherwise.
    """
    told = [one.told for one in parts]
    starts = np.concatenate([[0], np.cumsum([len(one) for one in told])])
    codes = Counter()
    slow, drawn = closed(parts, template, world, both_ways) if closure else (np.zeros(starts[-1], bool),) * 2
    rows, keep, expected = [], [], {}
    for part, one, first, end in zip(parts, told, starts, starts[1:], strict=False):
        which = slow[first:end]
        expected |= {int(one.numbers[at]): one.values(at) for at in np.flatnonzero(drawn[first:end])}
        judging.add_remarks(part.remarks, ~which, codes)
        rows += sorted([*part.odd, *((int(one.numbers[at]), one.cells(at), []) for at in np.flatnonzero(which))], key=lambda row: row[0])
        keep.append(one.take(~which) if which.any() else one)
    accepted, refused = [], 0

    def take(judged):
        nonlocal refused
        if judged.number in expected and not _agree(judged, expected[judged.number]):
            raise Disagreement(judged.number)
        if judged.ok and judged.place:
            accepted.append((judged.number, judged.values, judged.place))
        else:
            refused += 1
            each(judged)

    if hasattr(world.households, "fill"):
        world.households.fill(_tried(rows, template, world)["homes"])
    names = {name for part in parts for name in (*part.told.few, *ONE_BY_ONE)}
    report = judging.judge_odd(file, [column.name for column in template.kept if column.name in names], rows, template, world, take)
    for code, n in counted(report).items():
        codes[code] += n
    if any(part.renamed for part in parts) and not codes[judging.RENAMED]:
        codes[judging.RENAMED] = 1
    at, finals = 0, []
    for part, one in zip(parts, keep, strict=True):
        last = part.part.row + part.part.rows
        begun = at
        while (at < len(accepted) and accepted[at][0] < last) or (part is parts[-1] and at < len(accepted)):
            at += 1
        finals.append(joined(one, of_values(accepted[begun:at])) if at > begun else one)
    return *_homes(parts, finals), codes, refused, accepted


class Disagreement(Refused):
    """The columns and the row judge say different things of one row: nothing is written until it is known why."""

    status = 500

    def __init__(self, row):
        super().__init__(_("第 %(row)s 行按列核对与逐行核对的结果不一样,已停下,什么也没有写入。请把这一行交给维护人员查明。") % {"row": row})


def _agree(judged, values):
    return judged.ok and {name: one for name, one in judged.values.items() if one} == {name: one for name, one in values.items() if one}


def counted(report):
    """Return {code: findings} of a counted report."""
    found = {}
    for (code, _column), (n, _first) in report.tally.items():
        found[code] = found.get(code, 0) + n
    return found


def closed(parts, template, world, both_ways=0.0):
    """Return (bool over all told rows: those whose verdict hangs on another row, witnesses and those drawn; those drawn, which hang on nobody)."""
    told = [part.told for part in parts]
    numbers = np.concatenate([judging._number(one.citizen, 0, 17) for one in told])
    home, known = _coded([one.home for one in told])
    heads = np.concatenate([judging.is_head(one) for one in told])
    registered = np.concatenate([part.registered if part.registered is not None else np.zeros(len(part.told), bool) for part in parts])
    slow = np.concatenate([part.strange if part.strange is not None else np.zeros(len(part.told), bool) for part in parts])
    order = np.argsort(numbers, kind="stable")
    twice = numbers[order][1:] == numbers[order][:-1]
    slow[order[1:][twice]] = slow[order[:-1][twice]] = True
    tried = _tried([row for part in parts for row in part.odd], template, world)
    if tried["numbers"]:
        slow |= np.isin(numbers, np.array(sorted(tried["numbers"]), np.int64))
    count = np.bincount(home[heads], minlength=len(known))
    where = pa.array(sorted(tried["homes"]), pa.string())
    touched = np.zeros(len(known), bool)
    if len(where):
        place = pc.index_in(where, value_set=known).to_numpy(zero_copy_only=False)
        for name, at in zip(where.to_pylist(), place.tolist(), strict=True):
            if at is not None and at == at:  # not a number: the home stands in no plain row
                touched[int(at)] = True
                count[int(at)] += tried["heads"].get(name, 0)
    slow |= (count != 1)[home] & ~registered
    drawn = ~slow & (np.random.default_rng().random(len(slow)) < both_ways)
    slow |= drawn
    touched[home[slow]] = True
    return slow | heads & touched[home], drawn


def _coded(texts):
    """Return (int (n,) position of each text, the distinct texts) over several arrays."""
    whole = pa.concat_arrays(texts).dictionary_encode()
    return whole.indices.to_numpy(zero_copy_only=False), whole.dictionary


def _tried(rows, template, world):
    """Return what the rows of the row judge say of numbers, homes and heads, as it will read them: {numbers: ints of 17 digits, homes, heads: {home: n}}."""
    columns = {name: template.column(name) for name in (NUMBER, HOME, RELATION)}

    def value(name, cells):
        cell = cells.get(name)
        return None if cell is None else judge_cell(cell, columns[name], False, world, LIMITS.cell_chars)[0]

    found = {"numbers": set(), "homes": set(), "heads": {}}
    for _number, cells, _flags in rows:
        number, home = value(NUMBER, cells), value(HOME, cells)
        if number and len(number) == 18 and number[:17].isdigit() and number.isascii():
            found["numbers"].add(int(number[:17]))
        if home:
            found["homes"].add(home)
            if value(RELATION, cells) == HEAD:
                found["heads"][home] = found["heads"].get(home, 0) + 1
    return found


def _homes(parts, finals):
    """Return ([Final], words of the marks): whose row is the first of its home, and what that row says of the home."""
    home, known = _coded([one.home for one in finals])
    numbers = np.concatenate([one.numbers for one in finals])
    first = np.zeros(len(known), np.int64)
    first[home[::-1]] = np.arange(len(home))[::-1]
    words, marks = [], np.zeros((len(home), 3), np.uint8)
    for at, name in enumerate(MARKS):
        meant = {None: 0, **{word: n for n, word in enumerate(judging.listed.CODES[name], 1)}}
        words.append([judging.listed.CODES[name].get(word, "") for word in meant])
        said = [np.array([meant.get(value, 0) for value in one.few[name][1]] or [0], np.uint8)[one.few[name][0]] if name in one.few else np.zeros(len(one), np.uint8) for one in finals]
        marks[:, at] = np.concatenate(said)
    starts = np.concatenate([[0], np.cumsum([len(one) for one in finals])])
    row, mark = numbers[first[home]] if len(home) else numbers, marks[first[home]] if len(home) else marks
    return [
        Final(part.part, one, row[a:b], mark[a:b]) for part, one, a, b in zip(parts, finals, starts, starts[1:], strict=False)
    ], words
