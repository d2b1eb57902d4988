"""What a definition asks of one need's facts, said once: the database asks it as columns, Python asks it of a row.

A `where` is a table of facts. All of it must hold. Each key asks one fact:

    state = ["declined"]        the fact is one of these; a word instead of a list names a set of the file's [sets]
    not_state = ["withdrawn"]   the fact is none of these
    due_on_before = "day"       a date that lies before the day counted
    due_on_on = "day"           a date that is the day counted
    handler_is = "none"         the fact is not there; "some": it is there
    age = [8, 30]               so many days have gone by since the need was recorded
    verified_on_aged = [0, 89]  so many days have gone by since that date
    since_on_for = 3            at least so many months have gone by since that date; a word names a set of one number
    any = [{…}, {…}]            at least one of these tables holds
    not = {…}                   this table does not hold

`tree_of` turns it into atoms under `All` and `Any`, with every "not" pushed down to the atoms: so a missing date is judged
the same by the database, where NOT of nothing is nothing, and by Python.

A set may be dated: a function from the day counted to its values (`policy` has editions of what counts), and is asked as of that day.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any as Anything

from wanjia.policy.statuses import months_after

# Each question and its opposite.
OPPOSITE = {"in": "out", "before": "not_before", "on": "not_on", "none": "some", "aged": "not_aged", "for": "not_for"}
OPPOSITE |= {other: op for op, other in OPPOSITE.items()}

Where = Mapping[str, Anything]
Values = tuple[Anything, ...] | Callable[[date], tuple[Anything, ...]]
Sets = Mapping[str, Values]


@dataclass(frozen=True)
class Atom:
    """One question about one fact."""

    fact: str
    op: str
    value: Values = ()

    def values(self, day: date) -> tuple[Anything, ...]:
        """Return what the question names, as it is in force on `day`."""
        return self.value(day) if callable(self.value) else self.value

    def holds(self, value: Anything, day: date) -> bool:
        """Tell whether the fact's value answers the question on `day`."""
        match self.op:
            case "in" | "out":
                return (value in self.values(day)) == (self.op == "in")
            case "none" | "some":
                return (value is None) == (self.op == "none")
            case "on" | "not_on":
                return bool(value == day) == (self.op == "on")
            case "before" | "not_before":
                return bool(value is not None and value < day) == (self.op == "before")
            case "for" | "not_for":
                return bool(value is not None and value <= self.since(day)) == (self.op == "for")
            case _:
                youngest, oldest = self.days(day)
                return bool(value is not None and oldest <= value <= youngest) == (self.op == "aged")

    def since(self, day: date) -> date:
        """Return the latest day since which the months asked for have gone by."""
        return months_after(day, -self.values(day)[0])

    def days(self, day: date) -> tuple[date, date]:
        """Return the latest and the earliest day of this age."""
        youngest, oldest = self.values(day)
        return day - timedelta(days=youngest), day - timedelta(days=oldest)


@dataclass(frozen=True)
class All:
    """Every part holds; with none, everything."""

    parts: "tuple[Tree, ...]" = ()


@dataclass(frozen=True)
class Any:
    """At least one part holds."""

    parts: "tuple[Tree, ...]" = ()


Tree = Atom | All | Any


def tree_of(where: Where, sets: Sets, *, negated: bool = False) -> Tree:
    """Return the tree of a `where`. sets: {name: values} that words stand for."""
    parts = tuple(_part(key, wanted, sets, negated) for key, wanted in where.items())
    return Any(parts) if negated else All(parts)


def _part(key: str, wanted: Anything, sets: Sets, negated: bool) -> Tree:
    if key == "not":
        return tree_of(wanted, sets, negated=not negated)
    if key == "any":
        parts = tuple(tree_of(one, sets, negated=negated) for one in wanted)
        return All(parts) if negated else Any(parts)
    atom = _atom(key, wanted, sets)
    return Atom(atom.fact, OPPOSITE[atom.op], atom.value) if negated else atom


def _atom(key: str, wanted: Anything, sets: Sets) -> Atom:
    if key == "age":
        return Atom("recorded_on", "aged", tuple(wanted))
    if key.endswith("_before"):
        return Atom(key.removesuffix("_before"), "before")
    if key.endswith("_on_on"):
        return Atom(key.removesuffix("_on"), "on")
    if key.endswith("_aged"):
        return Atom(key.removesuffix("_aged"), "aged", tuple(wanted))
    if key.endswith("_for"):
        return Atom(key.removesuffix("_for"), "for", sets[wanted] if isinstance(wanted, str) else (wanted,))
    if key.endswith("_is"):
        return Atom(key.removesuffix("_is"), {"none": "none", "some": "some"}[wanted])
    values = sets[wanted] if isinstance(wanted, str) else tuple(wanted)
    return Atom(key.removeprefix("not_"), "out" if key.startswith("not_") else "in", values)


def holds(tree: Tree, ask: Callable[[Atom], bool]) -> bool:
    """Tell whether a tree holds. ask: Atom → bool."""
    match tree:
        case All():
            return all(holds(part, ask) for part in tree.parts)
        case Any():
            return any(holds(part, ask) for part in tree.parts)
        case _:
            return ask(tree)


def true_of(tree: Tree, facts: Mapping[str, Anything], day: date) -> bool:
    """Tell whether a tree holds of one row's facts {name: value} on `day`."""
    return holds(tree, lambda atom: atom.holds(facts[atom.fact], day))


def atoms_of(tree: Tree) -> Iterator[Atom]:
    """Yield every atom of a tree."""
    if isinstance(tree, Atom):
        yield tree
        return
    for part in tree.parts:
        yield from atoms_of(part)


HOLDS, FAILS = All(), Any()


def rest_of(tree: Tree, ask: Callable[[Atom], bool | None]) -> Tree:
    """Return what is still to be asked of a tree where some atoms are known: HOLDS, FAILS or a smaller tree. ask: Atom → bool, None for not known."""
    if isinstance(tree, Atom):
        known = ask(tree)
        return tree if known is None else HOLDS if known else FAILS
    decides, passes = (FAILS, HOLDS) if isinstance(tree, All) else (HOLDS, FAILS)
    parts = tuple(part for part in (rest_of(part, ask) for part in tree.parts) if part != passes)
    if decides in parts:
        return decides
    return parts[0] if len(parts) == 1 else type(tree)(parts)
