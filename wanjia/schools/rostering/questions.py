"""The roster that stands as the engine's question: why somebody is there, who could be sent, what a change by hand costs, how an absence is mended.

Parties never stand in for one another, and all but the police stay at their school: a question is one school and party, or the police of the roster's area.
"""

from datetime import timedelta

from wanjia.policy import guarding as policy

from ..guarding.force import Force
from ..guarding.queries import of_schools
from ..models import GateDuty
from ..plan_states import Party
from . import standing
from .plans import Standing, candidates, repair, shortfalls, swap
from .posing import Asked, Due, Posed
from .rules import starts_at

NAMED = 3  # substitutes who are named


class Question:
    """A part of a roster that stands. rows: {(code, ISO day): GateDuty}; plan: {the same: code of the guard or None}; problem: the engine's."""

    def __init__(self, plan, school, party, at):
        """plan: the version; school: of which, for any party but the police; at: what has begun by then moves no more."""
        rows = GateDuty.objects.filter(plan=plan, party=party, **({} if party == Party.POLICE else {"school": school}))
        rows = list(rows.select_related("school__area", "school__unit", "post", "guard"))
        self.rows = {(standing.code_of(one), one.day.isoformat()): one for one in rows}
        first, end = min(one.day for one in rows), max(one.day for one in rows) + timedelta(days=1)
        schools = list({one.school_id: one.school for one in rows}.values())
        guards = [one for one in of_schools(schools, first, end) if one.party == party]
        self.force = Force(guards, first, end)
        known = {one.pk for one in guards}
        self.plan = {cell: str(one.guard_id) if one.guard_id in known and not self._kept(one) else None for cell, one in self.rows.items()}
        dues = [Due(one.school, str(one.place), one.post, one.party, one.n, one.day, one.from_at, one.to_at, one.going, one.party != Party.PARENT) for one in rows]
        asked = Asked(standing=dict(self.plan), held={cell: self.plan[cell] for cell, one in self.rows.items() if self.plan[cell] and (one.held or starts_at(one) <= at)})
        before = standing.duties(schools, first - timedelta(days=14), first).filter(party=party, guard__isnull=False)
        asked.served = [(str(guard), day, from_at) for guard, day, from_at in before.values_list("guard", "day", "from_at")]
        self.posed = Posed(dues, guards, self.force, policy.in_force(first), asked)
        begun = {cell: self.plan[cell] for cell, one in self.rows.items() if starts_at(one) <= at}
        self.problem = self.posed.problem.changed(locks=self.posed.problem.locks | begun)
        never = {cell: None for cell, who in self.problem.locks.items() if cell not in self.rows}
        self.whole = never | self.plan

    def _kept(self, one):
        return self.force.kept_from(one.guard_id, one.day, one.from_at, one.to_at) is not None

    def standing(self, *, free=()):
        """Return the engine's Standing; free: cells whose lock is lifted, because somebody is about to change them by hand."""
        locks = {cell: who for cell, who in self.problem.locks.items() if cell not in free}
        return Standing(self.problem.changed(locks=locks), self.whole)

    def options(self, duty):
        """Return the Candidates for a duty: who stands there, then everybody else by price, then those whom a rule keeps away, with the rule."""
        cell = cell_of(duty)
        return candidates(self.standing(free=[cell]), *cell)

    def exchange(self, one, other):
        """Return (points more, "") of an exchange of two duties of this part, or (None, why not): a guard's own calendar first, then the first rule that it would break."""
        for duty, guard in ((one, other.guard_id), (other, one.guard_id)):
            if (why := self.force.kept_from(guard, duty.day, duty.from_at, duty.to_at)) is not None:
                return None, str(why)
        told = swap(self.standing(free=[cell_of(one), cell_of(other)]), cell_of(one), cell_of(other))
        return (told.price, "") if told.allowed else (None, told.breaches[0].zh)

    def substitutes(self, duty):
        """Return up to three Candidates who may stand in, the cheapest first."""
        return [one for one in self.options(duty) if one.price is not None and not one.stands_here][:NAMED]

    def remedies(self):
        """Return {cell: Shortfall} of the seats that nobody holds: the cheapest remedy of each."""
        cells = set(self.rows)
        return {(one.seat, one.day): one for one in shortfalls(self.problem, self.whole) if (one.seat, one.day) in cells}

    def mended(self, absence):
        """Return the engine's Repair after an absence: with the fewest changes, and as well as can be. The duties that it lost are his again in what is mended."""
        back, gone = dict(self.whole), []
        for cell, one in self.rows.items():
            if one.lost_id == absence.pk and one.guard_id is None and cell not in self._begun():
                back[cell] = str(absence.guard_id)
                gone.append((str(absence.guard_id), cell[1], self.posed.slot_of(self.posed.dues[cell])))
        return repair(self.problem, back, gone)

    def _begun(self):
        return {cell for cell in self.problem.locks if cell in self.rows and not self.rows[cell].held}


def of_duty(duty, at):
    """Return the Question that a duty lies in."""
    return Question(duty.plan, duty.school, duty.party, at)


def cell_of(duty):
    """Return the engine's cell of a duty."""
    return standing.code_of(duty), duty.day.isoformat()


def of_absence(absence, at):
    """Return the Question of what an absence left open in the roster that stands, or None."""
    one = absence.lost.filter(plan__standing__isnull=False, guard=None).select_related("plan", "school").order_by("-day").first()
    return of_duty(one, at) if one else None

