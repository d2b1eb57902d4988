"""Due seats and guards as the engine's question (planning.rostering.problem). No rows are read here: whoever poses hands over what he read.

The engine knows seats that are filled on every day of the roster, and slots that a person is in once. A seat is told by its post, party, number and hour; on days on which it is
not due it is locked open. Windows that overlap anywhere a person may be sent are one slot: nobody is in two places at once, whatever the bells of two schools say.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from ..plan_states import Party
from .distances import km_of
from .plans import Guard, Post, Problem, Rules, Seat, Weights, breaches

FIRST, LAST = "first", "last"


class Due(NamedTuple):
    """One seat that is due on a day. place: Post.same_as, as text; post: the Post; needed: it is counted on, which a parent's is not."""

    school: Any
    place: str
    post: Any
    party: str
    n: int
    day: Any
    from_at: Any
    to_at: Any
    going: bool
    needed: bool

    @property
    def key(self):
        """What tells it from every other, as Seat.key of the posts does."""
        return self.place, self.party, self.n, self.day, self.from_at

    @property
    def code(self):
        """The seat that recurs: its code for the engine."""
        return f"{self.place}|{self.party}|{self.n}|{self.from_at:%H:%M}"


@dataclass
class Asked:
    """What a roster is posed with beside seats and guards: (code, day) → key of a guard.

    held: locked by hand; standing: the roster that stands, from which changes are counted; fixed: {code: who was there most before}; served: [(guard, day, from_at)] of the days before;
    carried: {guard: duties above the fair share of the term so far}.
    """

    held: dict = field(default_factory=dict)
    standing: dict = field(default_factory=dict)
    fixed: dict = field(default_factory=dict)
    served: list = field(default_factory=list)
    carried: dict = field(default_factory=dict)


class Posed:
    """The engine's question (`problem`), and what its codes mean.

    dues: {(code, ISO day): Due}; guards: {code: Guard row}; allowed: {(school, party): codes}; lifted: how many locks nobody can keep any more.
    """

    def __init__(self, dues, guards, force, edition, asked=None, *, person_week=0):
        """dues: Due rows; guards: Guard rows with school and unit; force: their calendars over the span; edition: policy.guarding; asked: Asked."""
        asked = asked or Asked()
        self.force, self.edition = force, edition
        self.dues = {(one.code, one.day.isoformat()): one for one in sorted(dues, key=lambda one: (one.code, one.day))}
        self.guards = {str(one.pk): one for one in guards}
        self.first_of = {}
        for (code, _day), one in self.dues.items():
            self.first_of.setdefault(code, one)
        self.schools = {one.school.pk: one.school for one in self.first_of.values()}
        self.allowed = self._allowed()
        self.component = self._components()
        self.slots = self._slots()
        self.problem = self._problem(asked, person_week)
        self.lifted = self._lift(asked)

    def never_due(self):
        """How many cells are locked open because nothing is due: the engine counts each as open."""
        return len(self.problem.seats) * len(self.problem.days) - len(self.dues)

    def slot_of(self, due):
        """The engine's slot of a due seat."""
        return self.slots[self.component[due.code], due.from_at]

    def mine(self, due):
        """The codes of the guards who may stand at a due seat."""
        return self.allowed[due.school.pk, due.party]

    def _problem(self, asked, person_week):
        seats = tuple(Seat(code, one.place, self.slot_of(one), (one.party,), self.mine(one), self._fixed(one, asked), ()) for code, one in self.first_of.items())
        days = tuple(sorted({day for _code, day in self.dues}))
        absent = self._absent(asked)
        held = {cell: who for cell, who in asked.held.items() if cell in self.dues and self._keeps(cell, who, absent)}
        never = {(code, day): None for code in self.first_of for day in days if (code, day) not in self.dues}
        places = {one.place: str(one.school.pk) for one in self.first_of.values()}
        served = frozenset(self._served(asked))
        return Problem(
            days=days, posts=tuple(Post(*pair) for pair in sorted(places.items())), seats=seats, guards=self._people(asked), absent=absent,
            rules=Rules(frozenset(self.edition.both_ends), FIRST, LAST), weights=_weights(self.edition, person_week), locks=held | never,
            published={cell: who for cell, who in asked.standing.items() if cell in self.dues and (who is None or who in self.guards)},
            days_before=tuple(sorted({day for _guard, day, _slot in served})), served_before=served,
        )  # fmt: skip

    def _keeps(self, cell, who, absent):
        due = self.dues[cell]
        return who in self.mine(due) and (who, cell[1], self.slot_of(due)) not in absent

    def _lift(self, asked):
        """Lift the locks that no roster can keep together: of a guard whose locks break a rule, all. Returns how many were lifted in all."""
        held = {cell: who for cell, who in self.problem.locks.items() if who is not None}
        broken = {one.place.split()[0] for one in breaches(self.problem, held) if one.rule != "missing"} if held else set()
        if broken:
            locks = {cell: who for cell, who in self.problem.locks.items() if who not in broken and (who is None or cell[0] not in broken)}
            self.problem = self.problem.changed(locks=locks)
        return len(asked.held) - sum(who is not None for who in self.problem.locks.values())

    def _allowed(self):
        """Return {(school, party): codes of the guards who may stand there}: whoever is based there; of the police, whoever's area it lies in, within reach."""
        based, police = defaultdict(list), []
        for code, one in self.guards.items():
            (police if one.party == Party.POLICE else based[one.school_id, one.party]).append(code)
        found = {}
        for one in self.first_of.values():
            if (key := (one.school.pk, one.party)) not in found:
                found[key] = tuple(code for code in police if serves(self.guards[code], one.school, self.edition)) if one.party == Party.POLICE else tuple(based[key])
        return found

    def _components(self):
        """Return {code: its component}: seats that share a guard, who must not be in two of them at once."""
        root = {}

        def top(item):
            while root.setdefault(item, item) != item:
                root[item] = root[root[item]]
                item = root[item]
            return item

        for key, mine in self.allowed.items():
            for who in mine:
                root[top(who)] = top(key)
        return {code: top((one.school.pk, one.party)) for code, one in self.first_of.items()}

    def _slots(self):
        """Return {(component, from_at): slot}: windows that overlap are one; the first and the last of a component's day are called so."""
        spans = defaultdict(dict)
        for one in self.dues.values():
            ends = spans[self.component[one.code]]
            ends[one.from_at] = max(one.to_at, ends.get(one.from_at, one.to_at))
        found = {}
        for group, ends in spans.items():
            names, until, name = {}, None, ""
            for from_at in sorted(ends):
                if until is None or from_at > until:
                    name, until = f"{from_at:%H:%M}", ends[from_at]
                until = max(until, ends[from_at])
                names[from_at] = name
            order = list(dict.fromkeys(names.values()))
            called = {order[-1]: LAST} | {order[0]: FIRST}
            for from_at, name in names.items():
                found[group, from_at] = called.get(name, name)
        return found

    def _absent(self, asked):
        """Return {(guard, day, slot)} of whoever cannot come to some seat of a slot where he might be sent; whoever stands there by the roster and can is not among them."""
        windows = defaultdict(set)
        for (_code, day), one in self.dues.items():
            windows[one.school.pk, one.party, day, one.day, self.slot_of(one)].add((one.from_at, one.to_at))
        found = set()
        for (school, party, day, on, slot), spans in windows.items():
            for who in self.allowed[school, party]:
                if (who, day, slot) not in found and any(self.force.kept_from(self.guards[who].pk, on, *span) for span in spans):
                    found.add((who, day, slot))
        for cells in (asked.standing, asked.held):
            for cell, who in cells.items():
                due = self.dues.get(cell)
                if who in self.guards and due is not None and not self.against(due, who):
                    found.discard((who, cell[1], self.slot_of(due)))
        return frozenset(found)

    def against(self, due, who):
        """Return why a guard cannot come to a due seat by his own calendar, or None."""
        return self.force.kept_from(self.guards[who].pk, due.day, due.from_at, due.to_at)

    def _fixed(self, one, asked):
        """Return who should stand there (定人定岗): whoever has this gate as his place, else who was there most before, else one of the school's, each seat its own."""
        mine = self.mine(one)
        named = [who for who in mine if self.guards[who].gate_id is not None and self.guards[who].gate_id == one.post.gate_id]
        if len(named) >= one.n:
            return named[one.n - 1]
        if asked.fixed.get(one.code) in mine:
            return asked.fixed[one.code]
        here = [who for who in mine if self.guards[who].school_id == one.school.pk and self.guards[who].gate_id is None]
        if one.party == Party.PARENT or not here:
            return None
        return here[self._seats_of[one.school.pk, one.party].index((one.place, one.n)) % len(here)]

    @cached_property
    def _seats_of(self):
        """{(school, party): [(place, n)] in order}."""
        found = defaultdict(set)
        for one in self.first_of.values():
            found[one.school.pk, one.party].add((one.place, one.n))
        return {key: sorted(places) for key, places in found.items()}

    def _people(self, asked):
        """Return the engine's guards: caps by party and by the own word, a fair share of the seats where each may stand, kilometres."""
        share, where = Counter(), defaultdict(dict)
        for one in self.dues.values():
            for who in self.mine(one):
                share[who] += 1 / len(self.mine(one))
        for (school, _party), mine in self.allowed.items():
            for who in mine:
                where[who][str(school)] = km_of(self.guards[who], self.schools[school], self.edition)
        people = []
        for who, one in self.guards.items():
            week = self.edition.per_week[one.party] if one.cap_week is None else min(one.cap_week, self.edition.per_week[one.party])
            people.append(Guard(who, one.party, round(share[who]), where[who], self.edition.per_day[one.party], week, None, asked.carried.get(who, 0), one.name))
        return tuple(people)

    def _served(self, asked):
        """Yield (guard, day, slot) of the days before, each in a slot that the question has: caps and rest count it."""
        group_of = {who: self.component[code] for code, one in self.first_of.items() for who in self.mine(one)}
        hours = defaultdict(list)
        for (group, from_at), slot in self.slots.items():
            hours[group].append((from_at, slot))
        taken = set()
        for who, day, from_at in asked.served:
            near = sorted(hours[group_of.get(who)], key=lambda one: abs(one[0].hour * 60 + one[0].minute - from_at.hour * 60 - from_at.minute))
            free = next((slot for _at, slot in near if (who, day, slot) not in taken), None)
            if free is not None:
                taken.add((who, day, free))
                yield who, day.isoformat(), free


def _weights(edition, person_week):
    return Weights(
        open_seat=edition.open_seat, not_fixed_person=edition.not_fixed, per_km=edition.per_km, per_duty_off_target=edition.off_target, steeper_beyond=edition.steeper_beyond,
        steeper_extra_per_duty=edition.steeper_extra, per_change=edition.per_change, per_person_week=person_week,
    )  # fmt: skip


def serves(guard, school, edition):
    """Tell whether a guard may be sent to a school at all."""
    if guard.party != Party.POLICE:
        return guard.school_id == school.pk
    return school.area_id.startswith(guard.unit.area.stem) and km_of(guard, school, edition) <= edition.reach_km
