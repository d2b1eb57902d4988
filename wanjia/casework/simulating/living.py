"""One day of a simulated county, from the first word of a household to the last need struck off."""

from datetime import timedelta

from wanjia.kernel.calendar import today
from wanjia.orgs.models import Organisation, Tier
from wanjia.orgs.roles import Role

from ..models import Need, Step
from ..retiming.rules import CLOCK
from . import aid_judging
from .account import Account, Mark
from .aiding import Aid
from .book import GRID, IN_HANDS, WORKED
from .calling import call, read_draw
from .climbing import climb
from .county import HOME, At, County, Hand
from .files import Files
from .helping import contest, fresh_parts, help_out, helping_already, may_contest, named_now
from .judging import judge
from .leaving import Leavers
from .looking import from_away, look_after, look_again_and_close
from .noticing import Notices
from .offices import Offices
from .sitting import sit
from .tempting import tempt
from .tying import tie

DAY = timedelta(days=1)
SWEEP = Hand(None, CLOCK.name)
WHY = {"reason": "这件事不在我单位职责内,请交给主管部门", "rule": "单位“三定”规定第三条"}


class Year(County):
    """A county that lives its days."""

    def __init__(self, year):
        super().__init__(year)
        self.offices, self.notices, self.evening, self.fresh_ends, self.month_ends = Offices(self), Notices(self), None, {}, {}
        self.at_home, self.unsent, self.made, self.brought_on = {}, [], 0, year.first
        self.to_come, self.looked = year.needs, year.clock.moment
        self.aid, self.leavers = Aid(self), Leavers(self)
        self.files = Files(self, self.aid)
        self.matters, self.apart = {}, set()  # {matter: (kind, township, its needs)}; pairs that were said to be two

    def live(self, day, *, off=False):
        """Live one day. off: the machine is off: phones keep what they have, nothing else happens."""
        self.day, self.morning = day, {}
        if off:
            self.keep_on_phones()
            return
        self.send_what_waits()
        if not self.book.days.works(day):
            self.households()
            return
        self.offices.run(day)
        climb(self)
        self.aid.climb()
        self.leavers.watch()
        early = day.toordinal() % 2  # callers ring in the morning on one day and in the evening on the next
        if early:
            call(self)
        self.hear()
        self.at_the_desk()
        self.handle()
        help_out(self)
        sit(self)
        self.upstairs()
        self.plans()
        self.households()
        from_away(self)
        if not early:
            call(self)
        look_again_and_close(self)
        look_after(self)
        tie(self)
        self.leavers.live()
        self.aid.live()
        self.files.live()
        tempt(self)
        aid_judging.tempt(self.aid)
        self.files.tempt()
        self.notices.publish(day)  # in the evening: what this day brought is no part of the month before

    def night(self, day):
        """Take into the book what the night's sweep did: what runs again since the working days changed is counted anew."""
        at = At(self.year.clock.moment, day)
        for one in [one for one in self.book if one.dates and not one.spoilt]:
            self.book.retime(one, at, SWEEP)
        self.read_looks(at)

    def judge(self, day, *, whole):
        """Hold the evening's ledger against the book, be it beside the next day; return what is to be known from now on."""
        judge(self, day, whole=whole)
        aid_judging.judge(self.aid, day)
        self.leavers.judge()
        self.files.judge(day)
        return self.evening, self.month_ends, {one.pk for one in self.book if one.spoilt}

    def know(self, known):
        """Know what an evening's judgement said."""
        self.evening, month_ends, spoilt = known
        self.month_ends.update(month_ends)
        for pk in spoilt:
            self.book.of[pk].spoilt = True

    def turn_over(self):
        """A new page for the next day: what was touched so far is looked at."""
        self.book.turn_over()

    def read_looks(self, at):
        """Which needs the evening's look puts on the list of rechecks is read, as the draw is: `wanjia check` and the sealed seed reckon it."""
        for line in Step.objects.filter(act="recheck_called", recorded_at__gt=self.looked).order_by("recorded_at", "need__number"):
            one = self.book.of.get(line.need_id)
            if one and not one.spoilt:
                self.book.line(one, line.act, at, SWEEP)
                self.book.put_on_list(one, at.day)
        self.looked = at.moment

    def counts(self):
        """Return what is printed of the year."""
        return {"needs": len(self.book.of), "steps": sum(len(one.lines) for one in self.book), "acts": self.acts, "refused": self.refused, "repeats": self.repeats}

    def send_what_waits(self):
        waits, self.pocket = self.pocket, []
        for one in waits:
            self.send_again(*one)
        unsent, self.unsent = self.unsent, []
        for home, wish, by in unsent:
            if (need := self.record(home, wish, by)) is not None:
                self.write_down(need, home, wish, by)

    def keep_on_phones(self):
        """While the machine is off a village's worker writes down what he hears; his phone sends it when there is somebody to answer."""
        home, wish = self.dice.choice(self.homes), self.dice.choice(self.voices)
        waits = any(home.pk == one.pk for one, _wish, _by in self.unsent)
        if not waits and self.fresh(home, wish) and (worker := self.worker(home.village_id)):
            self.unsent.append((home, wish, worker))

    # Households speak.

    def hear(self):
        """So many as the year still has to bring: on visits, at the window, by telephone."""
        left = max(sum(self.book.days.works(self.day + n * DAY) for n in range((self.year.last - self.day).days + 1)), 1)
        mean = self.to_come / left
        for _turn in range(min(self.to_come, round(mean * self.dice.uniform(0.6, 1.4) + self.dice.random() - 0.5) if left > 1 else self.to_come)):
            self.to_come -= 1
            self.voice()

    def voice(self):
        home = self.dice.choice(self.homes)
        wishes = [one for one in self.voices if self.fresh(home, one)]
        if not wishes:
            return
        wish, worker, clerk = self.dice.choice(wishes), self.worker(home.village_id), self.clerk(home.village_id)
        if worker and self.chance(0.3):
            need, by = self.visit(home, wish, worker), worker
        else:
            by = worker if worker and self.chance(0.4) else clerk
            need = self.record(home, wish, by)
        if need is not None:
            self.write_down(need, home, wish, by)

    def fresh(self, home, wish):
        """Tell whether the home has no open need of that kind: another of it would ask somebody to look first."""
        return all(one.category != wish.category for one in self.at_home.get(home.pk, ()) if one.is_open)

    def record(self, home, wish, by):
        head = self.heads[home.pk]
        return self.do(
            "record_need", by, village=home.village, household=home, summary=wish.words, category=wish.category, involves_child=wish.child,
            channel=self.dice.choice(("walk_in", "call", "hotline", "four_down")), requester=head.person, requester_name=head.person.name,
        )  # fmt: skip

    def visit(self, home, wish, worker):
        """Two acts of the register; the need comes of what was voiced."""
        planned = self.do("plan_visit", worker, app="registry", household_id=home.pk, planned_on=self.day, visitor_ids=[str(worker.pk)])
        found = [{"category": wish.category, "words": wish.words, "urgency": wish.urgency}]
        done = planned and self.do(
            "record_visit", worker, app="registry", visit_id=planned.pk, done_on=self.day, method="home", visitor_ids=[worker.pk], companions="村民小组长",
            present="户主", met_in_person=True, findings=found, home={"housing": {"choice": "safe"}},
        )  # fmt: skip
        return done and Need.objects.filter(source_file=f"visit:{done.findings.get().pk}").first()

    def write_down(self, need, home, wish, by):
        """Begin the account of a need that was just recorded, at the moment at which it was."""
        one = Account(
            need.pk, need.number, home.village_id, home.pk, wish.category, need.involves_child, self.day, wish=wish, pace=self.dice.uniform(0.5, 1.3),
        )  # fmt: skip
        self.book.add(one)
        self.at_home.setdefault(home.pk, []).append(one)
        at = self.now()
        self.book.record_need(one, at._replace(moment=need.recorded_at), by, desk=self.desk(one.village))
        one.lines[-1].says = wish.words
        if self.chance(0.3):
            caller = self.chance(0.15)
            self.do("issue_slip", self.one(Role.CALLBACK_OFFICER) if caller else by, one, told={"whose": "caller" if caller else "handler"})

    # The township's desk.

    def at_the_desk(self):
        for one in self.standing("registered", "admitted", "triaged", "returned"):
            clerk = self.coordinator(one)
            while not one.spoilt and self.chance(0.8 * one.pace):
                before = one.state
                self.one_at_the_desk(one, clerk)
                if one.state in (before, "assigned", "declined"):
                    break
        for one in self.standing(*IN_HANDS):
            if self.signer(one.holder) is None and one.returns < 2:
                self.hand_over(one, self.coordinator(one))
        for one in self.standing("declined"):
            if self.chance(0.01) and (self.day - today(one.ended_at)).days < 60 and (by := self.worker(one.village)):
                told = {"desk": self.desk(one.village), "ended_on": today(one.ended_at)}
                self.do("appeal_decision", by, one, told=told, words="那笔补助去年就停了,请再看一次")

    def coordinator(self, one):
        """Who grades a need and hands it out: the township's clerk, or the desk above to which it was raised."""
        return self.one(Role.LEDGER_OFFICE) if one.raised == "township" else self.clerk(one.village)

    def one_at_the_desk(self, one, clerk):
        if one.state == "registered" and self.chance(0.05):
            why = {"decline_ground": "already_has", "decision_reason": "家里已经享受同类补助,不能重复发"}
            self.do("decline_need", clerk, one, told_on=self.day, told_way="phone", **why)
        elif one.state == "registered":
            self.do("admit_need", clerk, one)
        elif one.state == "admitted":
            grades = self.grades(one)
            self.do("triage_need", clerk, one, told=grades, **grades)
        elif one.urgency and not one.stops and self.chance(0.25 if one.state == "returned" else 0.02):
            grades = self.grades(one)
            self.do("triage_need", clerk, one, told=grades, **grades, words="情况有变,重新定级")
        elif one.returns < 2 and one.urgency:
            self.hand_over(one, clerk)
        elif not one.urgency:
            grades = self.grades(one)
            self.do("triage_need", clerk, one, told=grades, **grades, words="还没有研判过")

    def grades(self, one):
        if self.chance(0.8):
            return {"urgency": one.wish.urgency, "difficulty": one.wish.difficulty}
        return dict(zip(("urgency", "difficulty"), self.dice.choice(sorted(GRID)), strict=True))

    def hand_over(self, one, by):
        """To the unit of its own line where the grade allows it; one in twelve with an earlier day."""
        if not (units := self.holders(one)):
            return
        apt = [unit for unit in units if unit.line and unit.line == one.wish.line] or units
        holder = self.dice.choice(helping_already(self, one, units) or [unit for unit in apt if unit.pk not in one.part] or apt)
        due = self.book.days.after(self.day, 2) if self.chance(0.08) else None
        due = due if due and due < one.due_on and not one.is_stopped(self.day) else None
        named = [self.organisation(unit.pk) for unit in named_now(self, one)]
        self.do(
            "assign_need", by, one, told=lambda _need: {"holder": holder.pk, "due_on": due, "helpers": fresh_parts(one) if named else ()},
            holder=self.organisation(holder.pk), due_on=due, helpers=named,
        )  # fmt: skip
        if self.chance(0.03) and one.state == "assigned" and one.given_by == by.unit and not one.spoilt:
            self.do("recall_need", by, one, told={"desk": self.giver(one)}, reason="交错了单位")

    def holders(self, one, urgency=None, difficulty=None):
        """The units that a need's grade lets hold it, near by, with somebody who signs."""
        tiers = GRID[urgency or one.urgency, difficulty or one.difficulty]["tiers"]
        return [unit for unit in self.units.values() if unit.living and unit.tier in tiers and self.near(unit, one.village) and self.signer(unit.pk)]

    def organisation(self, pk):
        """The row of a unit as a form finds it, read once a day."""
        if pk not in self.morning:
            self.morning[pk] = Organisation.objects.select_related("area").get(pk=pk)
        return self.morning[pk]

    def near(self, unit, village):
        if unit.tier == Tier.COUNTY:
            return bool(unit.line)  # who watches over the others holds no need
        return unit.area == village if unit.tier == Tier.VILLAGE else unit.area[:9] == village[:9]

    # The units work.

    def handle(self):
        for one in self.standing("assigned", "reopened"):
            worker = self.signer(one.holder)
            if worker is None:
                continue
            handed = one.state == "assigned" and self.book.days.after(one.handed_on, 1) >= self.day
            if handed and one.returns < 2 and not one.arbitrated and self.chance(0.1 if one.returns else 0.06):
                self.do("return_need", worker, one, told={"desk": self.giver(one)}, **WHY)
            elif may_contest(self, one) and self.chance(0.05):
                contest(self, one, worker)
            elif self.chance(0.7 * one.pace):
                self.sign(one, worker)
        for one in self.standing("accepted", "in_progress"):
            worker = self.signer(one.holder)
            if worker and may_contest(self, one) and self.chance(0.02):
                contest(self, one, worker)
            elif worker and not (one.contested and self.chance(0.8)):
                self.work(one, worker)

    def sign(self, one, worker):
        others = self.signers(one.holder)
        person = self.dice.choice(others)
        named = None if person == worker else self.user(person)
        self.do("accept_need", worker, one, told={"handler": person.pk}, handler=named)

    def work(self, one, worker):
        others = [hand for hand in self.signers(one.holder) if hand.pk != one.handler]
        if not any(hand.pk == one.handler for hand in self.signers(one.holder)) or (others and self.chance(0.01)):
            person = (others or [worker])[0]
            self.do("hand_to_person", worker, one, told={"handler": person.pk}, handler=self.user(person))
        elif one.state == "accepted" and self.chance(0.5):
            self.do("add_note", worker, one, words=self.dice.choice(one.wish.notes))
        elif not one.told:
            self.do("tell_extension", worker, one, told_on=self.day, told_way="phone")
        elif self.clocks(one, worker):
            return
        elif one.state == "in_progress" and not one.still and self.chance(0.25 * one.pace):
            self.report(one, worker)
        elif self.chance(0.05):
            self.do("add_note", worker, one, words=self.dice.choice(one.wish.notes))
        elif self.chance(0.006) and not one.withdrawal and (by := self.worker(one.village)) and by.pk != one.handler:
            self.do("ask_withdrawal", by, one, words="儿子从外面回来,自己弄好了")

    def clocks(self, one, worker):
        """More time, a stopped clock, a clock that runs again."""
        stopped, late = one.is_stopped(self.day), one.due_on < self.day
        if stopped:
            if self.chance(0.15):
                self.do("run_clock", worker, one, words="材料齐了")
                return True
            return False
        if late or one.asked:
            return False
        soon = self.book.days.within(self.day, one.due_on) <= 2
        if soon and one.days and one.extended_from is None and one.asked_in != one.reopenings and self.chance(0.25):
            due = self.book.days.after(one.due_on, min(one.days, 5))
            self.do("ask_extension", worker, one, told={"due_on": due}, due_on=due, reason="等上级补助资金到位")
            return True
        if self.chance(0.02):
            until = self.book.days.after(self.day, self.dice.randrange(2, 12))
            reason = self.dice.choice(("papers", "papers", "season", "away"))
            self.do("stop_clock", worker, one, told={"reason": reason, "until": until}, reason=reason, words="户口本复印件", asked_on=self.day,
                    asked_way="face", until=until)  # fmt: skip
            return True
        return False

    def report(self, one, worker):
        outcome = one.wish.outcome if self.chance(0.8) else self.dice.choice(("solved", "aid_given", "explained", "partly", "planned"))
        planned = self.day + timedelta(days=self.dice.randrange(10, 90)) if outcome == "planned" else None
        self.do(
            "report_done", worker, one, told={"outcome": outcome, "planned_on": planned}, outcome=outcome, outcome_text=one.wish.done, answered_on=self.day,
            answered_way=self.dice.choice(("face", "phone")), planned_on=planned, no_evidence_reason="办理单据在业务系统里,未导出",
        )  # fmt: skip
        if planned and one.state == "done_reported" and not one.spoilt:
            for days in self.dice.sample((3, 6, 8), self.dice.randrange(3)):
                self.plan_step(one, worker, self.day + timedelta(days=days))

    def plan_step(self, one, worker, due):
        if not one.spoilt:
            told = lambda row: {"mark": Mark(row, due, one.done_at)}  # noqa: E731
            self.do("add_milestone", worker, one, told=told, due_on=due, words="把料备齐运到村")

    def plans(self):
        """The steps of a plan are reached when they are due, or later, or never."""
        for one in self.standing("done_reported", "verified"):
            for mark in one.plan if one.is_planned else ():
                worker = self.signer(one.holder)
                if worker and mark.done_on is None and mark.due_on <= self.day and not one.spoilt and self.chance(0.4):
                    self.do("reach_milestone", worker, one, told={"mark": mark}, milestone=mark.row, done_on=self.day)

    # The tier above, the households, whoever looks again.

    def upstairs(self):
        for one in [one for one in self.standing("accepted", "in_progress") if one.asked]:
            if self.chance(0.6):
                may = one.asked_until > self.day and (one.asked == "extension" or one.due_on >= self.day)
                agree = may and self.chance(0.75)
                self.do("decide_clock", self.one_above(one), one, told={"agree": agree}, agree=agree, words="按规定办理")
        for one in self.standing("assigned", "accepted", "in_progress", "reopened"):
            due = min(day for day in (one.due_on, one.step_due_on) if day)
            clerk = self.clerk(one.village)
            if due <= self.day and one.holder != clerk.unit and one.urged_on != self.day and self.chance(0.06):
                self.do("urge_need", clerk, one, words="请抓紧办理")

    def one_above(self, one):
        """Who decides on clocks: the county's office; of what it brought in with its old ledger as reported done, the county's leader."""
        office = self.one(Role.LEDGER_OFFICE)
        brought = any(line.act in WORKED and line.unit == office.unit_name for line in one.lines)
        return self.one(Role.LEADER) if brought else office

    def households(self):
        """Some answer by their slip; some come back after the end."""
        for one in self.standing("done_reported", "verified"):
            if one.slip and one.slip_word != "solved" and self.chance(0.05):
                word = "solved" if self.chance(0.85) else "unsolved"
                self.do("answer_by_slip", HOME, one, told={"word": word}, word=word)
                read_draw(self, one)
        for one in self.standing("closed", "withdrawn"):
            young = (self.year.clock.moment - one.ended_at).days < 29
            if young and one.reasonable and self.chance(0.002) and (by := self.worker(one.village)):
                self.do("reopen_need", by, one, words="好了没几天又坏了,请再来看一下")
