"""What somebody leaves behind who is gone at once: a dated task, until all of it lies in other hands. Reckoned from the book's needs and the people who are there."""

from dataclasses import dataclass
from datetime import date

from wanjia.orgs.handing import tasks
from wanjia.orgs.models import Handover, Sponsorship
from wanjia.orgs.roles import Role

from .book import IN_HANDS
from .county import SIGN

MOVES = (*SIGN, Role.TOWNSHIP_LEADER, Role.LEDGER_OFFICE)  # who of a unit hands a need on, or out
DAYS, RUNGS = 3, {2: 1, 3: 3, 4: 5}  # working days to hand over; rungs, so many working days after
WITH_HELPER, STILL = ("asked", "taken"), ("asked", "taken", "sent_back")


@dataclass
class Standing:
    """A hand-over that stands. came: whoever holds the post now, once somebody does."""

    due_on: date
    gone: object = None
    came: object = None
    level: int = 0


class Leavers:
    """The hand-overs of a county: {(who left, or None: the unit, unit): Standing}."""

    def __init__(self, county):
        self.county, self.standing, self.over = county, {}, 0
        self.bonds = set(Sponsorship.objects.not_ended(county.year.first).values_list("organisation", flat=True))  # of a whole unit, and of nobody in it

    # What is held.

    def staffed(self, unit, roles):
        return self.county.units[unit].living and any(one.role in roles for one in self.county.in_unit.get(unit, ()))

    def held(self, pair):
        """The needs and parts that a pair holds: {key}."""
        user, unit = pair
        needs = [one for one in self.county.book.open() if one.is_open and one.holder == unit]
        parts = [(one, part) for one in self.county.book.open() for part in one.parts.values() if part.unit == unit and part.state in STILL]
        if user is None:
            return {one.pk for one in needs} | {part.pk for _one, part in parts} | self.bonds.intersection((unit,))
        found = {one.pk for one in needs if one.handler == user}
        if not self.staffed(unit, MOVES):
            found |= {one.pk for one in needs}
        if not self.staffed(unit, SIGN):
            found |= {part.pk for _one, part in parts if part.state in WITH_HELPER}
        return found

    def adrift(self):
        """The pairs whose owner is gone: of needs, and of parts; of a unit that is gone whole nobody by himself."""
        people, whole = set(), set()
        there = {(one.pk, one.unit) for one in self.county.hands if one.role in SIGN}
        for one in self.county.book.open():
            if one.is_open and (not self.county.units[one.holder].living or (one.state in IN_HANDS and not self.staffed(one.holder, SIGN))):
                whole.add(one.holder)
            elif one.is_open and one.handler and (one.handler, one.holder) not in there:
                people.add((one.handler, one.holder))
        ended = {part.unit for one in self.county.book.open() for part in one.parts.values() if part.state in STILL and not self.county.units[part.unit].living}
        return {pair for pair in people if pair[1] not in whole} | {(None, unit) for unit in whole | ended}

    def is_dated(self, pair):
        """It has its task, or the tasks of others of the unit hold all of it."""
        beside = [one for one in self.standing if one[1] == pair[1]]
        return pair in self.standing or bool(beside and self.held(pair) <= set().union(*map(self.held, beside)))

    # What happens.

    def leaves(self, hand):
        """His access ends today; what he holds stands."""
        county = self.county
        post = county.user(hand).posts.filter(to_on=None, organisation=hand.unit).first()
        ended = county.do("end_post", county.one(Role.ADMINISTRATOR), app="orgs", post_id=post.pk, on=county.day, reason="突然离职", at_once=True)
        if not ended:
            return
        county.hands = [one for one in county.hands if one != hand]
        county.sort_hands()
        county.morning.clear()
        county.gone.append(hand)
        if self.held((hand.pk, hand.unit)):
            self.standing[hand.pk, hand.unit] = Standing(county.book.days.after(county.day, DAYS), gone=hand)
        else:
            self.county.offices.vacant.append(hand)

    def watch(self):
        """The clock's round, and what the book says of it: what lies adrift gets its task, what is in other hands is over, what is late climbs."""
        tasks.tick.call()
        day, days = self.county.day, self.county.book.days
        adrift = self.adrift()
        for pair in sorted(adrift, key=str):
            if not self.is_dated(pair) and self.held(pair):
                self.standing[pair] = Standing(days.after(day, DAYS))
        for pair, one in list(self.standing.items()):
            of_living = pair[0] is None and self.county.units[pair[1]].living  # it holds its own again once somebody of it can take it on
            if not (pair in adrift if of_living else self.held(pair)):
                self.end(pair)
            else:
                one.level = max([one.level, *(rung for rung, after in RUNGS.items() if days.after(one.due_on, after) <= day)])

    def end(self, pair):
        one = self.standing.pop(pair)
        self.over += 1
        if one.gone and one.came is None:
            self.county.offices.vacant.append(one.gone)

    def live(self):
        """Some of what stands is seen to: somebody comes into the post, and takes all of it over."""
        for pair, one in list(self.standing.items()):
            if one.gone and self.county.units[pair[1]].living and self.county.chance(0.25):
                self.finish(pair, one)

    def finish(self, pair, one):
        county, offices = self.county, self.county.offices
        if one.came is None:
            one.came = offices.account(one.gone)
            if one.came:
                offices.comes(one.came)
        if one.came is None or not self.held(pair):
            return
        row = Handover.objects.filter(user=pair[0], organisation=pair[1], done_at=None).first()
        clerk = county.one(Role.ADMINISTRATOR)
        since = county.year.clock.moment
        if row and county.do("finish_handover", clerk, app="orgs", handover_id=row.pk, all_to=f"p{one.came.pk}"):
            offices.follow(since, clerk, pair[1])
            if self.held(pair):
                county.violate("说是交接了,东西还在原处 / handed over, and is not", None, f"{county.named(pair[0])}手里还有 {len(self.held(pair))} 项")
            self.end(pair)

    # The evening.

    def judge(self):
        """Each hand-over that stands is the book's, by its day and rung; nothing that lies adrift has none."""
        if any(one.spoilt for one in self.county.book):
            return
        there = {(user, unit): (due, level) for user, unit, due, level in Handover.objects.filter(done_at=None).values_list("user", "organisation", "due_on", "level")}
        should = {pair: (one.due_on, one.level) for pair, one in self.standing.items()}
        for pair in {**there, **should}:
            if there.get(pair) != should.get(pair):
                who = "、".join(self.county.named(one) for one in pair)
                self.county.violate("离岗交接和应有的不一样 / a hand-over differs", None, f"{who}:登记的是 {there.get(pair)},应当是 {should.get(pair)}")
