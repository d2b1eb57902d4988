"""Aid through a day: granted, looked at, proposed to be cut, heard, decided, told; it goes with its family; refused in writing; given before its papers."""

from datetime import timedelta

from wanjia.orgs.roles import Role
from wanjia.registry.aid_days import tasks
from wanjia.registry.models import Membership

from .aid_book import LAW, LAW_FROM, AidBook, Family, Held

NUMERALS = "零一二三四五六七八九"
GROUNDS = ("income", "property", "family", "support", "list", "wish")
PROPOSED = {"fact": "核对了上月的工资流水,每月四千二百元", "reasons": "家里的收入变多了,要重新算一算"}
BY_HAND = {"way": "home", "who": "户主本人"}
MOVED = "分户另过"


class Aid:
    """The aid of a county: its families are its own, so that no need's household moves away."""

    def __init__(self, county):
        self.county, self.book, self.named = county, AidBook(county.book), 0
        self.villages = sorted({home.village_id: home.village for home in county.homes}.items())
        self.most = max(6, county.year.needs // 40)  # families

    # People.

    def keepers(self, village):
        """The village's worker and the township's clerk: whoever of the two did not propose hears."""
        return [one for one in (self.county.worker(village), self.county.clerk(village)) if one]

    def other(self, cut):
        return next((one for one in self.keepers(cut.village) if one.pk != cut.proposed_by), None)

    def head(self, village):
        return self.county.clerk(village, Role.TOWNSHIP_LEADER)

    def name(self):
        self.named += 1
        return "陶" + "".join(NUMERALS[int(digit)] for digit in str(self.named))

    def do(self, name, hand, one=None, /, **what):
        """Do an act of the register; what breaks of one paper leaves it alone from then on."""
        answer = self.county.do(name, hand, app="registry", **what) if hand else None
        if answer is None and one is not None and hand and what.get("lawful", True):
            one.spoilt = True
        return answer

    # A day.

    def live(self):
        """Live one working day, once the clock has made its round."""
        chance = self.county.chance
        if len(self.book.families) < self.most and chance(0.6):
            self.come()
        if chance(0.5):
            self.grant()
        if chance(0.15):
            self.move()
        if self.county.day >= LAW_FROM:
            for family in self.book.families:
                if family.held and not family.members and chance(0.2):
                    self.find(family)
            if chance(0.4):
                self.propose()
        for cut in [cut for cut in self.book.cuts.values() if cut.waits and not cut.spoilt]:
            STEPS[cut.state](self, cut)
        self.papers()

    def climb(self):
        """The clock's round, and what the book says of it."""
        tasks.tick.call()
        self.book.climb(self.county.day)

    # Families and their aid.

    def come(self, near=""):
        """A family of two or three is written down, in a village of that township where one is named."""
        _code, village = self.county.dice.choice([one for one in self.villages if one[0].startswith(near)])
        home = self.do("register_household", self.county.clerk(village.pk), village_code=village.pk, head=self.facts())
        if home is None:
            return None
        family = Family(home, [Membership.objects.get(household=home)])
        for relation in self.county.dice.choice((("配偶",), ("配偶", "子女"))):
            self.join(family, relation)
        self.book.families.append(family)
        return family

    def facts(self):
        return {"name": self.name(), "id_absent_reason": "other"}

    def join(self, family, relation):
        young = {"birth_on": self.county.year.first - timedelta(days=365 * self.county.dice.randrange(4, 15))} if relation == "子女" else {}
        row = self.do("add_member", self.county.clerk(family.row.village_id), household_id=family.row.pk, relation=relation, **self.facts(), **young)
        if row is not None:
            family.members.append(row)

    def grant(self):
        free = [one for one in self.book.families if one.members and (one.held is None or one.held.to_on)]
        if not free:
            return
        family, on = self.county.dice.choice(free), self.county.day
        by = self.county.dice.choice(self.keepers(family.row.village_id))
        what = {"scheme": "relief", "code": "minimum", "from_on": on, "evidence": "审批表"}
        status = self.do("record_home_status", by, household_id=family.row.pk, **what)
        if status is not None:
            family.held = self.book.held[status.pk] = Held(status.pk, family.row.pk, family.row.village_id)

    def move(self):
        """A family moves: whole into a home of its own; in with others; or its people part."""
        ready = [one for one in self.book.families if len(one.members) > 1 and not one.settled and one.held and one.held.to_on is None]
        if not ready:
            return
        busy = {cut.held.pk for cut in self.book.cuts.values() if cut.waits}
        proposed = [one for one in ready if one.held.pk in busy]  # where something waits, it is to go along
        family = self.county.dice.choice(proposed if proposed and self.county.chance(0.6) else ready)
        kind = self.county.dice.choice(("whole", "with", "apart", "apart"))
        there = self.empty_home(family) if kind == "whole" else self.lived_in(family)
        if there is None:
            return
        last = self.lived_in(family, but=there) if kind == "apart" else None
        by, went = self.county.clerk(family.row.village_id), []
        for row in family.members:
            to = last if last and row is family.members[-1] else there
            relation = "户主" if to is there and kind == "whole" and not went else "其他亲属"
            moved = self.do("move_member", by, membership_id=row.pk, household_id=to.row.pk, relation=relation, on=self.county.day, reason=MOVED)
            if moved is None:
                return
            went.append((to, moved))
        self.county.files.moves(family)
        self.book.moved(family, went)
        for one in {id(to): to for to, _row in went}.values():
            one.settled = True

    def empty_home(self, family):
        """A home of the same township that stands empty, for those who lived in it are of the family now."""
        by = self.county.clerk(family.row.village_id)
        home = self.do("register_household", by, village_code=family.row.village_id, head=self.facts())
        first = home and Membership.objects.get(household=home)
        moved = first and self.do("move_member", by, membership_id=first.pk, household_id=family.row.pk, relation="其他亲属", on=self.county.day, reason=MOVED)
        if moved is None:
            return None
        family.members.append(moved)
        there = Family(home, [])
        self.book.families.append(there)
        return there

    def lived_in(self, family, but=None):
        """Another family of the township that holds nothing itself; a new one where there is none."""
        near = family.row.village_id[:9]
        free = [one for one in self.book.families if one.members and one.held is None and one not in (family, but) and one.row.village_id[:9] == near]
        return self.county.dice.choice(free) if free else self.come(near)

    def find(self, family):
        """Somebody lets the aid of an empty home go where the rule says, while nothing of the kind is held there."""
        to = self.book.goes_with(family)
        if to and to.held is None and family.held.to_on is None:
            by = self.county.clerk(family.row.village_id)
            if self.do("follow_to", by, held_id=family.held.pk, home=to.row, reason="问过户主本人") is not None:
                self.book.follow(family, to)

    # Proposals.

    def propose(self):
        busy = {cut.held.pk for cut in self.book.cuts.values() if cut.waits}
        free = [one for one in self.book.held.values() if one.to_on is None and one.pk not in busy]
        if not free:
            return
        held, kind = self.county.dice.choice(free), self.county.dice.choice(("end", "end", "reduce"))
        by = self.county.dice.choice(self.keepers(held.village))
        cut = self.do("propose_cut", by, held_id=held.pk, kind=kind, ground=self.county.dice.choice(GROUNDS), **PROPOSED)
        if cut is not None:
            self.book.cuts[cut.pk] = self.book.paper(cut.pk, held.village, self.county.day, LAW["hear"], held=held, kind=kind, proposed_by=by.pk)

    def hearing(self, cut):
        """Somebody else goes: hears, or finds nobody, or takes the proposal back, or leaves the notice behind once he has come often enough."""
        by, day = self.other(cut), self.county.day
        if by is None:
            return
        if self.book.sought_enough(cut) and self.county.chance(0.7):
            if self.do("leave_notice", by, cut, cut_id=cut.pk, on=day, who="贴在家门口,组长在场") is not None:
                self.book.leave(cut, day, by.pk)
        elif cut.tries or self.county.chance(0.06):
            if self.county.chance(0.4) and self.do("seek_in_vain", by, cut, cut_id=cut.pk, on=day, way="home") is not None:
                cut.tries.append(self.county.year.clock.moment)
        elif self.county.chance(0.12):
            self.hear(cut, by)
        elif self.county.chance(0.02) and self.do("drop_cut", by, cut, cut_id=cut.pk, reason="核实后情况没有变") is not None:
            self.book.step(cut, "dropped", day)

    def hear(self, cut, by):
        if self.do("hear_person", by, cut, cut_id=cut.pk, on=self.county.day, **BY_HAND, words="活路是有,落雨就没得做") is not None:
            self.book.hear(cut, self.county.day, by.pk)

    def deciding(self, cut):
        """The head decides, once whoever was sought had the days to answer; whoever comes to speak meanwhile is heard."""
        by, day = self.head(cut.village), self.county.day
        if cut.left_on and self.county.chance(0.1) and (other := self.other(cut)):
            self.hear(cut, other)
        elif by and self.book.may_decide(cut, day) and self.county.chance(0.25):
            on = self.county.chance(0.7) and self.book.first_effect(day) + timedelta(days=self.county.dice.randrange(5))
            what = {"agree": bool(on), "effective_on": on or None, "words": "收入超过标准,有流水为证"}
            if self.do("decide_cut", by, cut, cut_id=cut.pk, **what) is not None:
                self.book.decide(cut, day, by.pk, on or None)

    def telling(self, cut):
        if self.county.chance(0.12):  # now and then later than the day from which it was to take effect
            by = self.county.dice.choice(self.keepers(cut.village))
            if self.do("serve_decision", by, cut, cut_id=cut.pk, on=self.county.day, **BY_HAND) is not None:
                self.book.serve(cut, self.county.day, by.pk)

    # Refusals, and what was given first.

    def papers(self):
        """Written refusals are handed over, papers made up; some come anew."""
        day, dice = self.county.day, self.county.dice
        for one in self.book.refusals.values():
            if one.waits and not one.spoilt and self.county.chance(0.25):
                self.done("serve_refusal", one, refusal_id=one.pk, on=day, **BY_HAND)
        for one in self.book.urgent.values():
            if one.waits and not one.spoilt and self.county.chance(0.12):
                self.done("make_up_papers", one, urgent_id=one.pk, on=day, papers="临时救助审批表 2026-07")
        if not self.book.families or not self.county.chance(0.3):
            return
        home = dice.choice(self.book.families).row
        by = dice.choice(self.keepers(home.village_id))
        if self.county.chance(0.5):
            asked = {"benefit": "relief_check", "asked": "想申请低保", "asked_on": day, "condition": "人均收入要在标准以下", "fact": "核对:人均年收入 15600 元"}
            one = self.do("refuse_aid", by, household_id=home.pk, **asked)
            if one is not None:
                self.book.refusals[one.pk] = self.book.paper(one.pk, home.village_id, day, LAW["refuse"])
        else:
            one = self.do("give_urgent_aid", by, household_id=home.pk, given="临时救助 800 元", why="夜里灶房失火,被褥烧了", given_on=day)
            if one is not None:
                self.book.urgent[one.pk] = self.book.paper(one.pk, home.village_id, day, LAW["papers"])

    def done(self, name, one, **what):
        by = self.county.dice.choice(self.keepers(one.village))
        if self.do(name, by, one, **what) is not None:
            one.done_on, one.done_by = self.county.day, by.pk


STEPS = {"proposed": Aid.hearing, "heard": Aid.deciding, "cut": Aid.telling, "kept": Aid.telling}
