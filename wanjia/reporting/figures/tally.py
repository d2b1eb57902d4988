"""All figures of many rows in one pass: the database groups rows that are alike, the definitions judge each kind once.

A county's 20,000 needs fall into some hundred kinds. Asking the database for each figure instead reads every need once a
figure: three times slower, measured. Facts of few values are grouped as they are; questions about dates, persons and free
text are asked by the database and come as yes or no. That both judge alike is tested over random facts.
"""

from functools import cache

from django.db.models import BooleanField, Case, Count, Q, Value, When

from wanjia.indicators.conditions import atoms_of, holds
from wanjia.indicators.definitions import everything

from .counting import q_of
from .facts import on_day
from .population import population_of


@cache
def asked_of_the_database(of):
    """Return {atom: column} of the questions that grouping cannot answer, over all definitions of a population."""
    atoms = {atom: None for item in everything(of.name).values() for atom in atoms_of(item.tree) if atom.fact not in of.few}
    return {atom: f"t_{at}" for at, atom in enumerate(atoms)}


class Tally:
    """How many rows of each kind there are, in each group, and how many matters they are. by: annotations to group by, by name."""

    def __init__(self, rows, day, today, known_at=None, until=None, **by):
        self.groups, self.day = list(by), day or today
        self.of = population_of(rows)
        self.marks = asked_of_the_database(self.of)
        self.kind = [*map(self.of.column, self.of.few), *self.marks.values()]
        marks = {name: _mark(q_of(atom, self.day, self.of.column)) for atom, name in self.marks.items()}
        shared = ("f_one",) if self.of.one else ()  # the few rows that share one stand in groups of their own
        alike = on_day(rows, day, known_at, until).order_by().annotate(**marks, **by).values(*self.kind, *shared, *self.groups)
        self.rows = [(tuple([row[name] for name in self.kind]), row) for row in alike.annotate(n=Count("pk"))]
        self.kept = {}

    def total(self, items):
        """Return {id: n} over everything."""
        return self._sum(self.rows, items)

    def matters(self, items):
        """Return {id: how many matters} over everything: a row that shares none is one, rows that share one are one together."""
        sums, shared = self._sum([(kind, row) for kind, row in self.rows if row.get("f_one") is None], items), {}
        for kind, row in self.rows:
            if row.get("f_one") is not None:
                for id_ in self._counted_in(kind, items):
                    shared.setdefault(id_, set()).add(row["f_one"])
        return {id_: n + len(shared.get(id_, ())) for id_, n in sums.items()}

    def by(self, group, items):
        """Return {value of a group: {id: n}}."""
        found = {}
        for kind, row in self.rows:
            found.setdefault(row[group], []).append((kind, row))
        return {value: self._sum(rows, items) for value, rows in found.items()}

    def _sum(self, rows, items):
        sums, kinds = dict.fromkeys(items, 0), {}
        for kind, row in rows:
            kinds[kind] = kinds.get(kind, 0) + row["n"]
        for kind, n in kinds.items():
            for id_ in self._counted_in(kind, items):
                sums[id_] += n
        return sums

    def _counted_in(self, kind, items):
        """Return the ids of `items` that count a kind of rows; each kind is judged once, and asked each question once."""
        known = self.kept.setdefault(kind, {})
        if missing := items.keys() - known.keys():
            facts = dict(zip(self.kind, kind, strict=True))
            answer = cache(lambda atom: self._answer(facts, atom))
            for id_ in missing:
                known[id_] = holds(items[id_].tree, answer)
        return [id_ for id_ in items if known[id_]]

    def _answer(self, facts, atom):
        """Answer one question of a kind: from its grouped facts, or as the database answered it."""
        return bool(facts[self.marks[atom]]) if atom in self.marks else atom.holds(facts[self.of.column(atom.fact)], self.day)


def _mark(asked: Q):
    return Case(When(asked, then=Value(True)), default=Value(False), output_field=BooleanField())
