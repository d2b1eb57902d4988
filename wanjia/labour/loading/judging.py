"""The verdict on a part of a file, column by column where it is provable, and the row judge of the workbook for all else.

What is provable: a column of few values is judged once for each distinct value, a village once for each distinct pair of names, the words about
work once for each distinct combination; a citizen number by the policy's own tables; names, telephones and numbers of homes where they are written
as nearly all are. A row that any of this leaves open, and every row whose verdict hangs on another row, goes to the row judge in file order:
see `closing`.
"""

from datetime import date, timedelta
from functools import cache
from types import SimpleNamespace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from wanjia.policy.identity import CHECK_CHARS, NOT_GIVEN, OLDEST_AGE, WEIGHTS, region_verdict
from wanjia.policy.labour import last_month_of_work, least_age
from wanjia.registry.workbooks.kinds import HEAD
from wanjia.sheets.cells import Cell
from wanjia.sheets.judge import judge as judge_rows
from wanjia.sheets.limits import LIMITS
from wanjia.sheets.rules import Draft
from wanjia.sheets.values import CHOICE, judge_cell

from .. import listed
from ..workbook import InItsVillageByCode, Work
from .columns import HOME, NAME, NUMBER, ONE_BY_ONE, PHONE, TOWNSHIP, VILLAGE
from .reading import as_read
from .told import Told

PLAIN_NAME, PLAIN_HOME, PLAIN_PHONE = r"^[\x{4e00}-\x{9fff}]{2,6}$", r"^[0-9A-Za-z]{1,24}$", r"^1[3-9][0-9]{9}$"
NO_NAME, RENAMED = ("某", "锟"), "warn.id.region_renamed"
FIRST_YEAR = 1850
COMBINED = ("务工区域", "就业状态", "输出方式", "佐证", "是否点对点")
SAID = ("外出时间", "返回时间", "单位名称", "工种", "月均收入")
CACHED = 300_000


class Judge:
    """The column judge of one file. world: as the row judge knows it."""

    def __init__(self, template, world):
        assert all(column.kind is not CHOICE for column in template.columns)
        self.template, self.world = template, world
        self.known = {column.name: {} for column in template.kept}
        self.villages, self.works, self.regions = {}, {}, {}
        self.in_village, self.work = InItsVillageByCode(world, None), Work(world, None)
        self.days = _days(world.today)

    def __call__(self, batch):
        """Return (Told of the rows that are provably good, [(number, cells, codes)] of all others in file order, remarks: [(int32 (n,), [code
        or None])], whether codes of former counties were met)."""
        n, remarks = len(batch.numbers), []
        cells, open_ = dict(batch.cells), np.zeros(n, bool)
        few = {}
        for name in cells:
            if name not in ONE_BY_ONE:
                few[name], bad, said = self._few(name, cells[name])
                open_ |= bad
                remarks.append(said)
        plain = self._plain(cells, n)
        open_ |= ~plain
        citizen, good, renamed = self._citizens(cells[NUMBER], n)
        open_ |= ~good
        phone = cells.get(PHONE)
        phone = pa.array([""] * n, pa.string()) if phone is None else phone
        village, bad, said = self._village(few, n)
        open_ |= bad
        remarks.append(said)
        ymd = _ymd(citizen)
        open_ |= self._contradicts(few, citizen, ymd)
        bad, said = self._person(few, citizen, ymd)
        open_ |= bad
        remarks.append(said)
        bad, said = self._at_work(few, village, ymd, n)
        open_ |= bad
        remarks.append(said)
        told = Told(batch.numbers, few, citizen, cells[NAME], phone, cells[HOME], village)
        said = [(index[~open_], codes) for index, codes in remarks if any(codes)]
        odd = sorted([*batch.odd, *_as_written(batch, open_)], key=lambda row: row[0])
        return told.take(~open_) if open_.any() else told, odd, said, bool((renamed & ~open_).any())

    def _few(self, name, texts):
        """Return ((index, values, texts), bool where it is open, (index, remarks)) of a column of few values."""
        coded = texts.dictionary_encode()
        index, known, column = coded.indices.to_numpy(zero_copy_only=False).astype(np.int32), self.known[name], self.template.column(name)
        spelt = coded.dictionary.to_pylist()
        if len(known) > CACHED:
            known.clear()
        for text in spelt:
            if text not in known:
                known[text] = self._cell(column, text)
        found = [known[text] for text in spelt]
        bad = np.array([one[2] for one in found], bool)
        return (index, [one[0] for one in found], spelt), bad[index] if len(found) else np.zeros(len(index), bool), (index, [one[1] for one in found])

    def _cell(self, column, text):
        """Return (value, remark or None, whether it is open)."""
        cell = as_read(text)
        if cell is None:
            return None, None, column.required
        if isinstance(cell, Cell):
            return None, None, True
        value, code, _detail = judge_cell(cell, column, False, self.world, LIMITS.cell_chars)
        is_open = (code is not None and not code.startswith("warn.")) or (column.required and value in (None, ""))
        return value, code if code and not is_open else None, is_open

    def _plain(self, cells, n):
        home, name = cells[HOME], cells[NAME]
        good = _matches(home, PLAIN_HOME) & ~_among(home, NOT_GIVEN) & _matches(name, PLAIN_NAME)
        for sign in NO_NAME:
            good &= ~pc.match_substring(name, sign).to_numpy(zero_copy_only=False)
        if PHONE in cells:
            good &= _matches(cells[PHONE], PLAIN_PHONE) | (pc.binary_length(cells[PHONE]).to_numpy(zero_copy_only=False) == 0)
        return good

    def _citizens(self, texts, n):
        """Return (uint8 (n, 18), where it holds without more than a remark on a former county, where that remark stands)."""
        right = pc.equal(pc.binary_length(texts), 18).to_numpy(zero_copy_only=False)
        signs = np.full((n, 18), 48, np.uint8)
        if right.any():
            kept = texts.filter(pa.array(right))
            offsets = np.frombuffer(kept.buffers()[1], np.int32, len(kept) + 1, kept.offset * 4)
            signs[right] = np.frombuffer(kept.buffers()[2], np.uint8)[offsets[0] : offsets[-1]].reshape(-1, 18)
        digits = signs[:, :17].astype(np.int16) - 48
        good = right & ((digits >= 0) & (digits <= 9)).all(axis=1)
        checks = np.frombuffer(CHECK_CHARS.encode(), np.uint8)
        digits[~good] = 0
        good &= signs[:, 17] == checks[(digits.astype(np.int32) @ np.array(WEIGHTS, np.int32)) % 11]
        signs[~good] = 48
        ymd = _ymd(signs)
        good &= self.days[np.clip(ymd - FIRST_YEAR * 10_000, 0, len(self.days) - 1)] & (ymd >= FIRST_YEAR * 10_000)
        prefixes, at = np.unique(_number(signs, 0, 6), return_inverse=True)
        for prefix in prefixes.tolist():
            if prefix not in self.regions:
                self.regions[prefix] = region_verdict(f"{prefix:06d}")
        said = [self.regions[prefix] for prefix in prefixes.tolist()]
        # Another former code is told of each row, with its digits: the row judge does.
        good &= np.array([one in (None, RENAMED) for one in said], bool)[at]
        return signs, good, np.array([one == RENAMED for one in said], bool)[at]

    def _village(self, few, n):
        """Return ((index, codes), bool where it is open, (index, remarks)); the column's values become the names as they are kept."""
        index, values, texts = few[VILLAGE]
        town, towns = few[TOWNSHIP][:2] if TOWNSHIP in few else (np.zeros(n, np.int32), [None])
        pairs, at = _distinct(index.astype(np.int64) * len(towns) + town)
        found = []
        for pair in pairs:
            name, township = values[pair // len(towns)], towns[pair % len(towns)]
            if (name, township) not in self.villages:
                draft = Draft(0, {VILLAGE: name, TOWNSHIP: township}, [])
                self.in_village(draft)
                code = draft.findings[0].code if draft.findings else None
                self.villages[name, township] = (draft.place, draft.values[VILLAGE], code, not draft.place or not draft.sound)
            found.append(self.villages[name, township])
        few[VILLAGE] = (at, [one[1] for one in found], [texts[pair // len(towns)] for pair in pairs])
        bad = np.array([one[3] for one in found], bool)
        return (at, [one[0] for one in found]), bad[at] if len(found) else np.zeros(n, bool), (at, [None if one[3] else one[2] for one in found])

    def _contradicts(self, few, citizen, ymd):
        """Tell where sex or day of birth is given otherwise than the number says; what is blank is filled from it."""
        bad = np.zeros(len(citizen), bool)
        male = citizen[:, 16] % 2 == 1
        if "性别" in few:
            index, values, texts = few["性别"]
            given = np.array([{"男": 1, "女": 0, None: -1}.get(value, 2) for value in values] or [-1])[index]
            bad |= (given >= 0) & (given != male)
            few["性别"] = _filled(few["性别"], given < 0, male.astype(np.int64), ["女", "男"])
        if "出生日期" in few:
            index, values, texts = few["出生日期"]
            given = np.array([int(value.replace("-", "")) if value and len(value) == 10 else 0 if value is None else -1 for value in values] or [0])[index]
            bad |= (given != 0) & (given != ymd)
            days, at = _distinct(ymd.astype(np.int64))
            few["出生日期"] = _filled(few["出生日期"], given == 0, at, [f"{day:08d}"[:4] + "-" + f"{day:08d}"[4:6] + "-" + f"{day:08d}"[6:] for day in days])
        return bad

    def _person(self, few, citizen, ymd):
        """Return (where somebody is no labourer or too young, (index, remarks) on who is past the age of work)."""
        today = self.world.today
        bad = ymd > (today.year - least_age()) * 10_000 + today.month * 100 + today.day
        if "就业状态" in few:
            index, values, _texts = few["就业状态"]
            bad |= np.array([value in listed.NO_LABOURER for value in values] or [False], bool)[index]
        keys, at = _distinct((ymd // 100).astype(np.int64) * 2 + citizen[:, 16] % 2)
        return bad, (at, [_past_age(key // 2, "女男"[key % 2], today.year, today.month) for key in keys])

    def _at_work(self, few, village, ymd, n):
        """Return (where the words about work do not fit together, (index, remarks)); a place of work that follows from the area is filled in."""
        nothing = (np.zeros(n, np.int32), [None], [""])
        combined, asked, sizes = np.zeros(n, np.int64), [], []
        for name in COMBINED:
            asked.append(few.get(name, nothing))
        area, county = few.get("务工地", nothing), (village[0], [code[:6] if code else "" for code in village[1]])
        counties = sorted(set(county[1])) or [""]
        in_county = np.array([counties.index(code) for code in county[1]] or [0], np.int64)[county[0]]
        for index, values in [(one[0], one[1]) for one in (*asked, area)] + [(in_county, counties)]:
            combined = combined * max(len(values), 1) + index
            sizes.append(max(len(values), 1))
        said = []
        for name in SAID:
            index, values, _texts = few.get(name, nothing)
            there = np.array([bool(value) for value in values] or [False], bool)[index]
            said.append(there)
            combined = combined * 2 + there
        keys, at = _distinct(combined)
        found = [self._combination(key, asked, area, counties, sizes) for key in keys]
        bad = np.array([one[0] for one in found] or [False], bool)[at] if n else np.zeros(0, bool)
        left, back = (_as_ymd(few.get(name, nothing)) for name in SAID[:2])
        bad |= said[0] & ((left < ymd + least_age() * 10_000) | (said[1] & (back < left)))
        if "务工区域" in few:
            index, values, texts = few["务工区域"]
            filled, told = np.array([one[2] is not None for one in found] or [False], bool), [one[2] for one in found]
            if filled.any():
                few["务工区域"] = _filled(few["务工区域"], filled[at], at, told)
        elif any(one[2] for one in found):  # the file has no such column: the row judge fills it in
            bad |= np.array([one[2] is not None for one in found], bool)[at]
        return bad, (at, [one[1] for one in found])

    def _combination(self, key, asked, area, counties, sizes):
        """Return (whether it is open, remark or None, place of work that is filled in or None) of one combination of words."""
        flags, rest = [], key
        for _name in SAID:
            flags.append(bool(rest % 2))
            rest //= 2
        at = []
        for size in reversed(sizes):
            at.append(rest % size)
            rest //= size
        *words, where, county = reversed(at)
        values = {name: one[1][place] for name, one, place in zip(COMBINED, asked, words, strict=True)}
        values |= {name: ("2020-01-01" if name in SAID[:2] else "1") if there else None for name, there in zip(SAID, reversed(flags), strict=True)}
        values["务工地"] = area[1][where]
        known = (*values.values(), counties[county])
        if known not in self.works:
            draft = Draft(0, dict(values), [])
            draft.place = counties[county] or None
            self.work(draft)
            remarks = [finding.code for finding in draft.findings]
            filled = draft.values["务工区域"] if draft.values["务工区域"] != values["务工区域"] else None
            # Two remarks on one row are rare: the row judge tells both.
            self.works[known] = (not draft.sound or len(remarks) > 1, remarks[0] if len(remarks) == 1 else None, filled)
        return self.works[known]


def _as_written(batch, which):
    """Return [(number, cells, [])] of some plainly written rows."""
    at = np.flatnonzero(which)
    columns = {name: texts.take(pa.array(at)).to_pylist() for name, texts in batch.cells.items()} if at.size else {}
    return [(number, {name: as_read(texts[k]) for name, texts in columns.items()}, []) for k, number in enumerate(batch.numbers[at].tolist())]


def add_remarks(remarks, which, codes):
    """Count the remarks on the rows `which` into the Counter."""
    for index, said in remarks:
        for code, n in zip(said, np.bincount(index[which], minlength=len(said)).tolist(), strict=True):
            if code and n:
                codes[code] += n


def _filled(column, where, at, values):
    """Return the column with what is blank filled in: values[at] where `where`. As written it stays blank."""
    index, known, texts = column
    blank = ["" for _value in values]
    return np.where(where, at + len(known), index).astype(np.int32), [*known, *values], [*texts, *blank]


@cache
def _past_age(month, sex, year, today):
    """Return the remark on somebody born in `month` (yyyymm) who is past the age of work in today's month, or None."""
    if not 1 <= month % 100 <= 12:
        return None
    return "warn.labour.past_age" if (year, today) > last_month_of_work(sex, date(month // 100, month % 100, 1)) else None


def _days(today):
    """Return bool by yyyymmdd - FIRST_YEAR0000: where a day of birth may stand, neither after today nor so long ago that nobody lives."""
    first = date(today.year - OLDEST_AGE, 1, 1)
    known = np.zeros((today.year - FIRST_YEAR + 1) * 10_000, bool)
    day = first
    while day <= today:
        known[day.year * 10_000 + day.month * 100 + day.day - FIRST_YEAR * 10_000] = True
        day += timedelta(days=1)
    return known


def _number(signs, first, end):
    found = np.zeros(len(signs), np.int64)
    for at in range(first, end):
        found = found * 10 + (signs[:, at].astype(np.int64) - 48)
    return found


def _ymd(signs):
    return _number(signs, 6, 14)


def _as_ymd(column):
    index, values, _texts = column
    return np.array([int(value.replace("-", "")) if value and len(value) == 10 else 0 for value in values] or [0], np.int64)[index]


def _distinct(keys):
    """Return ([distinct keys], int32 (n,) position of each row's)."""
    coded = pa.array(keys).dictionary_encode()
    return coded.dictionary.to_pylist(), coded.indices.to_numpy(zero_copy_only=False).astype(np.int32)


def _matches(texts, pattern):
    return pc.match_substring_regex(texts, pattern).to_numpy(zero_copy_only=False)


def _among(texts, words):
    return pc.is_in(texts, value_set=pa.array(sorted(words))).to_numpy(zero_copy_only=False)


# The row judge


class Rows(SimpleNamespace):
    """Some rows of a file, as the row judge takes a sheet. rows: [(number, {column: cell}, [codes])] in file order; names: columns of the file."""

    def __init__(self, file, names, rows, notes=()):
        super().__init__(
            file=file, name="", header_row=1, mapping={}, columns={name: (at, name) for at, name in enumerate(names) if name}, epoch1904=False,
            row_count=len(rows), blank_rows=0, notes=notes, rows=rows,
        )  # fmt: skip

    def __iter__(self):
        return iter(self.rows)


def judge_odd(file, names, rows, template, world, each):
    """Judge rows one by one by the workbook's own judge; return its report, which counts alone. each: called with every JudgedRow."""
    return judge_rows(Rows(file, names, rows), template, world, each=each, keep=False, counted=True)


def is_head(told):
    """Return bool (n,): whose row is that of the home's head."""
    index, values, _texts = told.few["与户主关系"]
    return np.array([value == HEAD for value in values] or [False], bool)[index]
