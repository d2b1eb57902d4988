"""Which row is the header, and which column means what: by meaning, as offices write them.

Handles title rows above, line breaks and blanks inside a header, full- or half-width brackets, units in brackets, two-row
merged headers and any order. What it cannot place is told and not stored.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from .cells import Cell, letters_of
from .limits import Reject
from .template import SKIP

DEEPEST_HEADER = 20  # rows in which a header is looked for
UNIT = re.compile(r"\((?:元|元/月|元/年|元/人|必填|选填|可不填|18位|11位|文本|文本格式|公历|阳历|个|人|如有)\)$")


def label(text):
    """A header as it is compared: NFKC (brackets, width), no blanks, no star or colon, no unit in brackets at the end."""
    folded = "".join(c for c in unicodedata.normalize("NFKC", text) if not c.isspace() and unicodedata.category(c) != "Cf")
    folded = folded.strip("*:★☆·、,。'\"").replace("[", "(").replace("]", ")").replace("【", "(").replace("】", ")").upper()
    return UNIT.sub("", folded) or folded


@cache
def _names(template):
    """{label: column name} of a template; a column's own name wins over another column's synonym."""
    columns = template.columns
    names = {label(s): c.name for c in reversed(columns) for s in c.synonyms}
    names.update({label(c.name): c.name for c in columns})
    return names


def meaning(text, template, remembered=None):
    """Column name that a header stands for, or None. `remembered`: {header as written or label: column name or None}."""
    key = label(text)
    for known in (text, key):
        if remembered and known in remembered:
            return remembered[known]
    return _names(template).get(key)


@dataclass(frozen=True)
class Header:
    """number: sheet row of the (lower) header; first: of the upper one; columns: {column from 0: column name};
    texts: {column: header as written}; unknown: texts that mean nothing here, in order."""

    number: int
    first: int
    columns: dict
    texts: dict
    unknown: tuple

    @property
    def mapping(self):
        """{header as written: column name or None}, to be shown, confirmed and remembered for this office."""
        return {text: self.columns.get(column) for column, text in self.texts.items()}


def find_header(rows, template, remembered=None, merges=None):
    """The best header among the first rows (a list of cells.Row), or Reject.

    header_unknown when fewer than half of the required columns are seen, column_missing, column_twice.
    """
    best = None
    for index, row in enumerate(rows[:DEEPEST_HEADER]):
        for texts, last in _readings(rows, index, merges or {}):
            header = _read(texts, row.number, last, template, remembered)
            if best is None or _worth(header, template) > _worth(best, template):
                best = header
    needed = set(template.required)
    if best is None or 2 * len(needed & set(best.columns.values())) < len(needed):
        raise Reject("file.header_unknown", "、".join(_seen(rows))[:200])
    _refuse_twice(best, template)
    if missing := [name for name in template.required if name not in best.columns.values()]:
        raise Reject("file.column_missing", "、".join(missing))
    return best


def _worth(header, template):
    known = set(header.columns.values())
    return len(known & set(template.required)), len(known), -(header.number - header.first)


def _seen(rows):
    longest = max((_texts(r) for r in rows[:DEEPEST_HEADER]), key=len, default={})
    return [t.strip()[:20] for t in longest.values() if t.strip()]


def _texts(row):
    return {c: v if isinstance(v, str) else v.text for c, v in row.cells.items() if not isinstance(v, Cell) or v.kind in "sn"}


def _readings(rows, index, merges):
    """The row alone; and, when another follows right below, both as upper and lower half of one header."""
    upper = _texts(rows[index])
    yield {c: (t, "") for c, t in upper.items()}, rows[index].number
    if index + 1 >= len(rows) or rows[index + 1].number != rows[index].number + 1 or len(upper) < 2:
        return
    lower = _texts(rows[index + 1])
    texts, group = {}, ""
    for column in range(max([*upper, *lower], default=-1) + 1):
        group = upper.get(column, group)
        reaches_down = merges.get((rows[index].number, column), 0) > rows[index].number
        if column in lower and not reaches_down:
            texts[column] = (lower[column], group)
        elif column in upper:
            texts[column] = (upper[column], "")
    yield texts, rows[index + 1].number


def _read(texts, first, last, template, remembered):
    columns, shown, unknown = {}, {}, []
    for column, (text, group) in sorted(texts.items()):
        if not text.strip():
            continue
        foreign = next((w for w in template.others if label(group).startswith(w)), "") if group else ""
        written = f"{foreign}{text}" if foreign and label(group) != label(text) else text
        shown[column] = written.strip()
        name = meaning(written, template, remembered)
        if name:
            columns[column] = name
        elif not (remembered and written in remembered):
            unknown.append(written.strip().replace("\n", ""))
    return Header(last, first, columns, shown, tuple(unknown))


def _refuse_twice(header, template):
    seen = {}
    for column, name in header.columns.items():
        if template.column(name).kind is SKIP:
            continue
        if name in seen:
            both = f"{name}({letters_of(seen[name])}、{letters_of(column)})"
            raise Reject("file.column_twice", both)
        seen[name] = column
