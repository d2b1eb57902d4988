"""What must be true of aid, written a second time: heard before it is cut, told before it ends, by three hands; each step by its day, and a day that nobody keeps is told of."""

import tomllib
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import wanjia.policy

LAW = tomllib.loads((Path(wanjia.policy.__file__).parent / "aid.toml").read_text(encoding="utf-8"))["edition"][0]
LAW_FROM = LAW["from"]  # before that day the register's own acts end what was recorded
STEPS = {"proposed": LAW["hear"], "heard": LAW["decide"], "cut": LAW["tell"], "kept": LAW["tell"]}
OPEN = tuple(STEPS)
REMINDED, URGED, SUPERVISED, RAISED = 1, 2, 3, 4  # rungs: at 80 % of the days; 1, 3 and 5 working days after the last, the fourth 2 after the third
AFTER = {URGED: 1, SUPERVISED: 3, RAISED: 5}


@dataclass
class Family:
    """A home that may hold aid, and who lives in it. members: [membership], its head first; held: the aid that it holds, or holds though nobody lives there."""

    row: object
    members: list
    held: object = None
    went: list = field(default_factory=list)  # where its people went, its head first: [Family]
    settled: bool = False  # it came from a home whose people parted, or took them in: it stays


@dataclass
class Held:
    """One aid, by the home that holds it, until the day on which it ends."""

    pk: object
    home: object
    village: str
    to_on: date | None = None


@dataclass
class Waits:
    """What waits for a step by a day: a proposal, a written refusal, the papers of what was given first."""

    pk: object
    village: str
    began: date
    days: int
    due_on: date | None
    level: int = 0
    climbed_on: date | None = None
    done_on: date | None = None
    done_by: object = None
    spoilt: bool = False

    @property
    def waits(self):
        return self.due_on is not None and self.done_on is None


@dataclass
class Cut(Waits):
    """One proposal to cut aid."""

    held: Held = None
    kind: str = "end"
    unheard: bool = False  # nobody is left to be heard
    state: str = "proposed"
    proposed_by: object = None
    heard_by: object = None
    decided_by: object = None
    left_on: date | None = None  # a notice was left behind, and nobody has come to speak since
    tries: list = field(default_factory=list)  # moments
    effective_on: date | None = None

    def expected(self):
        """Return {column: what must stand there}."""
        return {
            "state": self.state, "village": self.village, "status": self.held.pk, "proposed_by": self.proposed_by, "heard_by": self.heard_by,
            "decided_by": self.decided_by, "left": self.left_on is not None, "due_on": self.due_on, "level": self.level, "effective_on": self.effective_on, "served_on": self.done_on,
            "served_by": self.done_by,
        }  # fmt: skip


class AidBook:
    """The second book of aid. days: gives the county's working days."""

    def __init__(self, book):
        self.book = book
        self.families, self.held, self.cuts, self.refusals, self.urgent = [], {}, {}, {}, {}

    @property
    def days(self):
        return self.book.days

    def waiting(self):
        """All that waits for a step."""
        return [one for row in (self.cuts, self.refusals, self.urgent) for one in row.values() if one.waits]

    def paper(self, pk, village, began, days, **facts):
        return (Cut if "held" in facts else Waits)(pk, village, began, days, self.days.after(began, days), **facts)

    # The steps of a proposal.

    def step(self, cut, state, day):
        """A step is taken: the next one has its own day, and no rung of the last goes on."""
        cut.state, cut.began, cut.level, cut.climbed_on = state, day, 0, None
        cut.days = STEPS.get(state, 0)
        cut.due_on = self.days.after(day, cut.days) if cut.days else None

    def hear(self, cut, day, by):
        cut.heard_by, cut.left_on = by, None
        self.step(cut, "heard", day)

    def leave(self, cut, day, by):
        cut.heard_by, cut.left_on = by, day
        self.step(cut, "heard", day)

    def decide(self, cut, day, by, effective_on):
        cut.decided_by, cut.effective_on = by, effective_on
        self.step(cut, "cut" if effective_on else "kept", day)

    def serve(self, cut, day, by):
        """Only now the register follows, and never before the day after."""
        cut.done_on, cut.done_by = day, by
        if cut.effective_on:
            cut.effective_on = cut.effective_on if cut.unheard else max(cut.effective_on, day + timedelta(days=1))
            if cut.kind == "end":
                cut.held.to_on = cut.effective_on
        self.step(cut, "served", day)

    def sought_enough(self, cut):
        """Three tries that lie two hours apart each, on two days."""
        counted = []
        for at in cut.tries:
            if not counted or (at - counted[-1]).total_seconds() >= 3600 * LAW["apart_hours"]:
                counted.append(at)
        return len(counted) >= LAW["tries"] and len({at.date() for at in counted}) >= LAW["days"]

    def may_decide(self, cut, day):
        """The days to answer a notice that was left behind are over."""
        return cut.left_on is None or day > self.days.after(cut.left_on, LAW["answer"])

    def first_effect(self, day):
        return self.days.after(day, LAW["notice"])

    # Families.

    def moved(self, family, went):
        """All of a family's people live elsewhere from today on: the aid goes along where they stayed together, and are alone there. went: [(family, membership)]."""
        homes = list({id(there): there for there, _row in went}.values())
        goes = len(homes) == 1 and not homes[0].members
        family.members, family.went = [], [there for there, _row in went]
        for there, row in went:
            there.members.append(row)
        if goes and family.held is not None and family.held.to_on is None:
            self.follow(family, homes[0])

    def goes_with(self, family):
        """With whom of a family that parted its aid goes: with most of them, of as many with its head; else None."""
        n = {id(there): family.went.count(there) for there in family.went}
        most = [there for there in family.went if n[id(there)] == max(n.values())]
        return most[0] if len({id(there) for there in most}) == 1 or (most and most[0] is family.went[0]) else None

    def follow(self, family, there):
        """The aid goes to another home, and what is proposed of it to that home's village."""
        there.held, family.held = family.held, None
        there.held.home, there.held.village = there.row.pk, there.row.village_id
        for cut in self.cuts.values():
            if cut.held is there.held and cut.waits:
                cut.village = there.held.village

    # The clock.

    def recount(self, day):
        """The working days have changed: a day moves later only, and never once it has passed."""
        for one in self.waiting():
            if one.due_on >= day:
                one.due_on = max(one.due_on, self.days.after(one.began, one.days))

    def rung(self, one, day):
        """The highest rung that has fallen due on a day, above the one on which it stands; 0 for none."""
        n = max(self.days.within(one.began, one.due_on), 1)
        falls = {REMINDED: self.days.after(one.began, min(80 * n // 100 + 1, n))} | {rung: self.days.after(one.due_on, after) for rung, after in AFTER.items()}
        if one.level == SUPERVISED and one.climbed_on:
            falls[RAISED] = max(falls[RAISED], self.days.after(one.climbed_on, 2))
        else:
            del falls[RAISED]
        return max((rung for rung, on in falls.items() if rung > one.level and on <= day), default=0)

    def climb(self, day):
        for one in self.waiting():
            if rung := self.rung(one, day):
                one.level, one.climbed_on = rung, day
