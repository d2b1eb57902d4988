"""Judged rows as columns: what the column judge leaves, and what accepted rows of the row judge become, so that both go on together."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from wanjia.policy.identity import birth_date_of, sex_of

from .columns import HOME, NAME, NUMBER, ONE_BY_ONE, PHONE
from .reading import as_read


@dataclass
class Told:
    """Judged rows as columns. numbers: int64 (n,); few: {column: (int32 (n,), [value or None], [text as written])};
    citizen: uint8 (n, 18); name, phone ("" for none), home: pyarrow strings; village: (int32 (n,), [code])."""

    numbers: Any
    few: dict
    citizen: Any
    name: Any
    phone: Any
    home: Any
    village: tuple

    def __len__(self):
        return len(self.numbers)

    def take(self, which):
        """Return these rows alone. which: bool (n,) or positions."""
        which = np.flatnonzero(which) if which.dtype == bool else which
        at = pa.array(which)
        few = {name: (index[which], values, texts) for name, (index, values, texts) in self.few.items()}
        return Told(self.numbers[which], few, self.citizen[which], self.name.take(at), self.phone.take(at), self.home.take(at), (self.village[0][which], self.village[1]))

    def cells(self, at):
        """Return {column: cell} of one row as it stands in the file."""
        found = {name: as_read(texts[index[at]]) for name, (index, _values, texts) in self.few.items()}
        return found | {HOME: self.home[at].as_py(), NAME: self.name[at].as_py(), NUMBER: self.citizen[at].tobytes().decode(), PHONE: self.phone[at].as_py() or None}

    def values(self, at):
        """Return {column: value} of one row as the row judge gives them."""
        found = {name: values[index[at]] for name, (index, values, _texts) in self.few.items()}
        number = self.citizen[at].tobytes().decode()
        found |= {HOME: self.home[at].as_py(), NAME: self.name[at].as_py(), NUMBER: number, PHONE: self.phone[at].as_py() or None}
        found["性别"], found["出生日期"] = found.get("性别") or sex_of(number), found.get("出生日期") or birth_date_of(number).isoformat()
        return found


def of_values(rows):
    """Return the Told of accepted rows of the row judge. rows: [(number, values, code of the village)]."""
    few = {}
    for name in dict.fromkeys(name for _number, values, _place in rows for name in values if name not in ONE_BY_ONE):
        said = [values.get(name) for _number, values, _place in rows]
        known = {value: at for at, value in enumerate(dict.fromkeys(said))}
        few[name] = (np.array([known[value] for value in said], np.int32), list(known), [value or "" for value in known])
    signs = np.frombuffer("".join(values[NUMBER] for _number, values, _place in rows).encode(), np.uint8).reshape(-1, 18)
    places = {place: at for at, place in enumerate(dict.fromkeys(place for _number, _values, place in rows))}
    texts = [pa.array([values.get(name) or "" for _number, values, _place in rows], pa.string()) for name in (NAME, PHONE, HOME)]
    village = (np.array([places[place] for _number, _values, place in rows], np.int32), list(places))
    return Told(np.array([number for number, _values, _place in rows], np.int64), few, signs, *texts, village)


def joined(one, other):
    """Return both Tolds as one, in the order of their rows. They name the same columns, or the column is blank in the one that lacks it."""
    if not len(other):
        return one
    few, blank = {}, lambda told: (np.zeros(len(told), np.int32), [None], [""])
    for name in {**one.few, **other.few}:
        (index, values, texts), (more, found, said) = one.few.get(name) or blank(one), other.few.get(name) or blank(other)
        few[name] = (np.concatenate([index, more + len(values)]), [*values, *found], [*texts, *said])
    texts = [pa.concat_arrays([getattr(one, name), getattr(other, name)]) for name in ("name", "phone", "home")]
    village = (np.concatenate([one.village[0], other.village[0] + len(one.village[1])]), [*one.village[1], *other.village[1]])
    both = Told(np.concatenate([one.numbers, other.numbers]), few, np.concatenate([one.citizen, other.citizen]), *texts, village)
    return both.take(np.argsort(both.numbers, kind="stable"))
