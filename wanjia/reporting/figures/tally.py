"""All figures of many rows in one pass: the database groups rows that are alike, the definitions judge each kind once.

A county's 20,000 needs fall into some hundred kinds. Asking the database for each figure instead reads every need once a
figure: three times slower, measured. Facts of few values are grouped as they are; questions about dates, persons and free
text are asked by the database and come as yes or no. That both judge alike is tested over random facts.

Where an app keeps sums beside its rows (`Population.summed`), each definition goes to the first sums that tell apart all it asks, and
to the rows where none do: three million rows are then some thousand. That sums and rows agree is tested and checked.

A definition that adds up a column (`Definition.adds`: fen, points) is the same with that column's sum in the place of the count.
"""

from functools import cache

from django.db.models import BooleanField, Case, Count, F, Q, Sum, Value, When

from wanjia.indicators.conditions import atoms_of, holds
from wanjia.indicators.definitions import everything

from .counting import q_of
from .facts import on_day
from .population import population_of


@cache
def asked_of_the_database(of, sums=None):
    """Return {atom: column} of the questions that grouping cannot answer, over all definitions of a population, or those that sums answer."""
    items = [item for item in everything(of.name).values() if sums is None or sums.answers(item)]
    asked = {atom: None for item in items for atom in atoms_of(item.tree) if atom.fact not in of.few}
    atoms = [atom for atom in asked if sums is None or atom.fact in sums.facts]
    return {atom: f"t_{at}" for at, atom in enumerate(atoms)}


def measures(of):
    """Return {name: what is added up over rows that are alike}: how many they are, and each column that a definition of the population adds up."""
    columns = {item.adds for item in everything(of.name).values() if item.adds}
    return {"f_count": Count("pk")} | {f"f_sum_{column}": Sum(column) for column in sorted(columns)}


def measure_of(item):
    """Return the name under which `measures` has what a definition adds up."""
    return f"f_sum_{item.adds}" if item.adds else "f_count"


class Tally:
    """How many rows of each kind there are, in each group, and how many matters they are. by: annotations to group by, by name."""

    def __init__(self, rows, day, today, known_at=None, until=None, **by):
        self.of, self.group, self.moment = population_of(rows), by, (known_at, until)
        self.day, self.past = day or today, day
        self.rows = self._counted(rows)
        self.kept = self._kept(rows, getattr(rows, "all_of", None)) if known_at is until is None else []

    def _counted(self, rows):
        day, moment = self.past, self.moment
        return Kinds(self.of, None, lambda marks, names: _alike(on_day(rows, day, *moment, today=self.day), marks, names, self.group, measures(self.of)), self.day, [*self.group])

    def _kept(self, rows, stem):
        """Return [(Sums, [Kinds])] that may stand for the rows: all of an area's, grouped by no finer areas than the sums tell apart."""
        if stem is None:
            return []
        digits = [getattr(one, "digits", None) for one in self.group.values()]
        fit = [one for one in self.of.summed if None not in digits and max([len(stem), *digits]) <= one.digits]
        found = [(one, one.kept(stem, self.day if one.by_day else self.past)) for one in fit]
        return [(one, [self._kinds(one, kept[0]), *self._rest(rows, kept[1])]) for one, kept in found if kept is not None]

    def _rest(self, rows, stems):
        """Return the Kinds of the rows that sums do not hold."""
        lacking = Q()
        for stem in stems:
            lacking |= Q(**{f"{self.of.place}__gte": stem, f"{self.of.place}__lt": str(int(stem) + 1)})
        return [self._counted(rows.filter(lacking))] if stems else []

    def _kinds(self, one, sums):
        place = {} if one.place == self.of.place else {self.of.place: F(one.place)}  # groups name the place as the population does
        facts = {self.of.column(fact): F(column) for fact, column in one.facts.items() if self.of.column(fact) != column}
        return Kinds(self.of, one, lambda marks, names: _alike(sums.annotate(**place, **facts), marks, names, self.group, {"f_count": Sum("n")}), self.day, [*self.group])

    def _by_source(self, items):
        """Yield (Kinds, the definitions that they count): of sums and of the rows they do not hold, which add up."""
        found = {}
        for id_, item in items.items():
            for kinds in next((kinds for one, kinds in self.kept if one.answers(item)), [self.rows]):
                found.setdefault(kinds, {})[id_] = item
        return found.items()

    def total(self, items):
        """Return {id: n} over everything."""
        found = dict.fromkeys(items, 0)
        for kinds, some in self._by_source(items):
            for id_, n in kinds.sum(kinds.rows, some).items():
                found[id_] += n
        return found

    def matters(self, items):
        """Return {id: how many matters} over everything: a row that shares none is one, rows that share one are one together."""
        rows = self.rows
        sums, shared = rows.sum([(kind, row) for kind, row in rows.rows if row.get("f_one") is None], items), {}
        for kind, row in rows.rows:
            if row.get("f_one") is not None:
                for id_ in rows.counted_in(kind, items):
                    shared.setdefault(id_, set()).add(row["f_one"])
        return {id_: n + len(shared.get(id_, ())) for id_, n in sums.items()}

    def by(self, group, items):
        """Return {value of a group: {id: n}}."""
        found = {}
        for kinds, some in self._by_source(items):
            for value, rows in kinds.grouped(group).items():
                sums = found.setdefault(value, dict.fromkeys(items, 0))
                for id_, n in kinds.sum(rows, some).items():
                    sums[id_] += n
        return found


class Kinds:
    """The kinds of one source, read when first asked for: of the rows, or of sums in their place."""

    def __init__(self, of, sums, read, day, groups):
        """read: (marks, names of what makes a kind) → rows with these, the groups and what is added up (`measures`)."""
        self.of, self.sums, self.day, self._read, self.groups = of, sums, day, read, groups
        self.marks = asked_of_the_database(of, sums)
        few = [fact for fact in of.few if sums is None or fact in sums.facts]
        self.kind = [*map(of.column, few), *self.marks.values()]
        self.known, self._found = {}, None

    @property
    def rows(self):
        """Return [(kind, row)]."""
        if self._found is None:
            marks = {name: _mark(q_of(atom, self.day, self.of.column)) for atom, name in self.marks.items()}
            shared = ("f_one",) if self.of.one and self.sums is None else ()  # the few rows that share one stand in groups of their own
            self._found = [(tuple([row[name] for name in self.kind]), row) for row in self._read(marks, (*self.kind, *shared, *self.groups))]
        return self._found

    def grouped(self, group):
        """Return {value of a group: [(kind, row)]}."""
        found = {}
        for kind, row in self.rows:
            found.setdefault(row[group], []).append((kind, row))
        return found

    def sum(self, rows, items):
        """Return {id: n} of some of the rows."""
        sums, kinds, names = dict.fromkeys(items, 0), {}, {id_: measure_of(item) for id_, item in items.items()}
        asked = set(names.values())
        for kind, row in rows:
            held = kinds.setdefault(kind, dict.fromkeys(asked, 0))
            for name in asked:
                held[name] += int(row[name] or 0)  # PostgreSQL adds up to decimals
        for kind, held in kinds.items():
            for id_ in self.counted_in(kind, items):
                sums[id_] += held[names[id_]]
        return sums

    def counted_in(self, kind, items):
        """Return the ids of `items` that count a kind of rows; each kind is judged once, and asked each question once."""
        known = self.known.setdefault(kind, {})
        if missing := items.keys() - known.keys():
            facts = dict(zip(self.kind, kind, strict=True))
            answer = cache(lambda atom: self._answer(facts, atom))
            for id_ in missing:
                known[id_] = holds(items[id_].tree, answer)
        return [id_ for id_ in items if known[id_]]

    def _answer(self, facts, atom):
        """Answer one question of a kind: from its grouped facts, or as the database answered it."""
        return bool(facts[self.marks[atom]]) if atom in self.marks else atom.holds(facts[self.of.column(atom.fact)], self.day)


def _alike(rows, marks, names, by, added):
    return rows.order_by().annotate(**marks, **by).values(*names).annotate(**added)


def _mark(asked: Q):
    return Case(When(asked, then=Value(True)), default=Value(False), output_field=BooleanField())
