"""Whoever reads everything: each table with the columns that the database keeps by itself, the journal, the log, copies of earlier days, the key ring.

It is given more than it could have: for half of the voters it is told what they voted, to find out by which order or value it may link best, and it is asked for the other half.
"""

import hashlib
import json
import re
from contextlib import contextmanager
from itertools import pairwise

from django.apps import apps
from django.db import connection

from wanjia.sealing import keys
from wanjia.village import verifier
from wanjia.village.polls import secret

HEX = re.compile("[0-9a-f]{16,}")
SYSTEM = {"sqlite": ("rowid",), "postgresql": ("xmin::text::bigint", "(ctid::text::point)[0] * 100000 + (ctid::text::point)[1]")}


def copy_of_everything():
    """Return {table: [row]} of the whole database, each row {column: value} with the database's own columns, in the order in which it lies there; sealed values opened, for it has the ring."""
    found = {}
    sealed = {(model._meta.db_table, one.column): one for model in apps.get_models() for one in model._meta.concrete_fields if type(one).__name__ == "EncryptedText"}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            own = ", ".join(f'{said} AS "_own{i}"' for i, said in enumerate(SYSTEM[connection.vendor]))
            cursor.execute(f'SELECT *, {own} FROM "{table}"')
            names = [one[0] for one in cursor.description]
            found[table] = [{name: _opened(sealed.get((table, name)), value, row, names) for name, value in zip(names, row, strict=True)} for row in cursor.fetchall()]
    return found


def _opened(field, value, row, names):
    if field is not None and value:
        value = bytes(value)
        place = f"{field.model._meta.db_table}|{field.column}|{row[names.index('id')]}"
        with _silent():
            return keys.open_sealed(value, place)
    return str(value) if value is not None and not isinstance(value, int | float | str) else value


@contextmanager
def _silent():
    try:
        yield
    except Exception:  # not to be opened so: it goes on without
        return


def _plain(text):
    """Return a key of a row as texts spell it, without dashes."""
    return text.replace("-", "") if isinstance(text, str) else text


class Linker:
    """Guesses what voters voted. voters: {home's key as the roll has it: what it voted}; bearers: {card's hash or token: what it bore}; both are told for half only."""

    def __init__(self, copies, log, voters, bearers, poll):
        self.copies, self.log, self.poll = copies, log, str(poll)
        self.voters = {_plain(key): said for key, said in voters.items()}
        self.bearers = {_plain(key): said for key, said in bearers.items()}

    def orders_of(self, keys):
        """Yield every order of these keys that any copy or the log gives away: rows that name one, by each of their columns, up and down."""
        for n, copy in enumerate(self.copies):
            for table, rows in copy.items():
                named = [(self._names(row, keys), row) for row in rows]
                named = [(key, row) for key, row in named if key]
                if len(named) < len(keys) / 4:
                    continue
                for column in named[0][1]:
                    order = [key for key, _row in sorted(named, key=lambda one: _rank(one[1][column]))]
                    yield f"copy {n} {table}.{column}", list(dict.fromkeys(order))
                    if len(set(order)) < len(order):
                        yield f"copy {n} {table}.{column}, the last of each", list(dict.fromkeys(order[::-1]))[::-1]

    def _names(self, row, keys):
        for value in row.values():
            if isinstance(value, str) and _plain(value) in keys:
                return _plain(value)
        return None

    def orders_of_choices(self):
        """Yield every order of ballots that can be read: rows or lists in texts that say a choice each."""
        for n, copy in enumerate(self.copies):
            for table, rows in copy.items():
                for column in rows[0] if rows else ():
                    read = [(row, self._choice(row[column], row)) for row in rows]
                    read = [(row, choice) for row, choice in read if choice is not None]
                    if len(read) >= 8:
                        for by in rows[0]:
                            yield f"copy {n} {table}.{column} by {by}", [choice for _row, choice in sorted(read, key=lambda one: _rank(one[0][by]))]
                    for row in rows:
                        yield from ((f"copy {n} {table}.{column} list {at}", said) for at, said in self._lists(row[column]))

    def _lists(self, text):
        if not (isinstance(text, str) and text.startswith("{") and self.poll in text):
            return
        for name, rows in json.loads(text).items():
            if isinstance(rows, list):
                said = [(row, self._in_row(row)) for row in rows if isinstance(row, list)]
                said = [(row, choice) for row, choice in said if choice is not None]
                if len(said) >= 8:
                    yield name, [choice for _row, choice in said]
                    yield f"{name} by check", [choice for _row, choice in sorted(said, key=lambda one: str(one[0][1]))]

    def _in_row(self, row):
        chosen = [one for one in row if isinstance(one, list)]
        return chosen[0][0] if chosen and chosen[0] else None

    def _choice(self, text, row):
        """Read a choice of one row: plain, or sealed under any key that stands in any copy."""
        if not isinstance(text, str):
            return None
        if found := re.fullmatch(r'\{"check": "\d*", "choices": \[(\d)\]\}', text):
            return int(found[1])
        if text.count(".") == 2 and "bearer" in row:
            for key in self._keys():
                check, choices = secret.unseal(self.poll, row["bearer"], text, key)
                if choices:
                    return choices[0]
        return None

    def _keys(self):
        if not hasattr(self, "found"):
            texts = {value for copy in self.copies for rows in copy.values() for row in rows for value in row.values() if isinstance(value, str) and value.startswith('["')}
            self.found = [key for text in texts for key in _read(text)]
        return self.found

    def best(self, whom):
        """Return (hits, asked, by what) of guessing by the order that serves best for those whose vote is told: aligned from the front, from the back, in proportion."""
        keys = sorted(whom)
        told, asked = set(keys[::2]), set(keys[1::2])
        choices, best = list(self.orders_of_choices()), (0, 0, 0, "nothing that can be read")
        for name, order in self.orders_of(set(whom)):
            for other, said in choices:
                for guess in self._aligned(order, said):
                    hits = sum(whom[key] == guess.get(key) for key in told)
                    if hits > best[0]:
                        best = hits, sum(whom[key] == guess[key] for key in asked & guess.keys()), len(asked & guess.keys()), f"{name} ~ {other}"
        return best[1:]

    def _marks(self, bearer):
        numbers = [verifier.spread(self.poll, letter, bearer, n) for letter, n in self._moduli()]
        return {hashlib.sha256(f"{number:x}".encode()).hexdigest() for number in numbers} | {f"{number:x}" for number in numbers}

    def _moduli(self):
        return {(row["key"], int(row["n"], 16)) for row in self.copies[0]["village_pollclass"]}

    def _aligned(self, order, said):
        n, m = len(order), len(said)
        yield dict(zip(order, said, strict=False))
        yield dict(zip(order, said[::-1], strict=False))
        if n != m:
            yield dict(zip(order[::-1], said[::-1], strict=False))
            yield {key: said[i * m // n] for i, key in enumerate(order)}

    def joined(self):
        """Return {home: bearers} of every value, eight signs or longer, that stands in one row with a home and in one with a bearer, or in one line of the log with both."""
        by_value, found = {}, {}
        for copy in self.copies:
            for rows in copy.values():
                for row in rows:
                    if home := self._names(row, self.voters.keys()):
                        for value in _values(row):
                            by_value.setdefault(value, set()).add(home)
        by_value = {value: homes for value, homes in by_value.items() if len(homes) == 1}
        for bearer in self.bearers:  # what a bearer would have left, had the one who signed for it seen it
            for mark in self._marks(bearer) & by_value.keys():
                found.setdefault(next(iter(by_value[mark])), set()).add(bearer)
        for copy in self.copies:
            for rows in copy.values():
                for row in rows:
                    bearer = self._names(row, self.bearers.keys())
                    for value in _values(row) & by_value.keys() if bearer else ():
                        found.setdefault(next(iter(by_value[value])), set()).add(bearer)
        for before, after in pairwise([set(HEX.findall(_plain(line))) for line in self.log]):
            for home in (before | after) & self.voters.keys():
                found.setdefault(home, set()).update((before | after) & self.bearers.keys())
        return {home: bearers for home, bearers in found.items() if bearers}


def _rank(value):
    return (1, value, "") if isinstance(value, int | float) else (0, 0, value or "")


def _read(text):
    with _silent():
        return [secret.read_key(text)]
    return []


def _values(row):
    return {_plain(value) for value in row.values() if isinstance(value, str) and len(value) >= 8}
