"""Needs that wander through real commands: any legal act, in any order, over some weeks."""

import os
import random
from datetime import timedelta

from wanjia.casework.assignment.commands import accept_need, assign_need, contest_need, hand_to_person, recall_need, return_need
from wanjia.casework.callback.commands import call_back, keep_need, withdraw_need
from wanjia.casework.clock import commands as clock
from wanjia.casework.closing.commands import close_need, recheck_need, reopen_need, resume_planned
from wanjia.casework.handling.commands import add_note, ask_withdrawal, report_done
from wanjia.casework.models import Need
from wanjia.casework.screening.commands import admit_need, appeal_decision, decline_need
from wanjia.casework.sessions.commands import call_off_session, call_session, decide_item, hold_session, put_off_item
from wanjia.casework.slip.commands import HOUSEHOLD, answer_by_slip
from wanjia.casework.states import STILL
from wanjia.casework.tests.factories import MONDAY
from wanjia.casework.together import commands as together
from wanjia.casework.triage.commands import triage_need
from wanjia.kernel.calendar import today
from wanjia.orgs.checking.queries import differences
from wanjia.verdict import Refused

# How many different wanders a test goes through: `make prove-days` goes through more.
SEEDS = range(12 if os.environ.get("WANJIA_WHOLE_PROOF") else 2)


class Wanderer:
    """`step(at)` records a need or does something legal to one; what is refused changes nothing."""

    def __init__(self, world, seed):
        self.world, self.dice, self.needs = world, random.Random(seed), []

    def step(self, at):
        """Do one act at a moment."""
        if len(self.needs) < 3 or self.dice.random() < 0.12:
            villages = [(self.world.datong, self.world.visitor), (self.world.xinmin, self.world.stranger)]
            village, by = self.dice.choice(villages)
            home = self.world.home if village == self.world.datong else None
            self.needs.append(self.world.need(at=at, by=by, village=village, household=home).pk)
            return None
        need = Need.objects.select_related("holder").get(pk=self.dice.choice(self.needs))
        acts = self.acts(need, at)
        for act in self.dice.sample(acts, len(acts)):
            try:
                return act()
            except Refused:
                continue
        return None

    def sit(self, clerk, at):
        """A session about what waits: some of it is decided, some put off; what is left when it is called off waits again."""
        session = call_session(on=today(at), place="会议室", chair="高领导", kinds=["returned", "contested", "ungraded", "hard"], by=clerk, at=at)
        for item in session.items.all():
            try:
                if self.dice.random() < 0.3:
                    put_off_item(item_id=item.pk, reason="要等住建局鉴定", until=today(at) + timedelta(days=1), by=clerk, at=at)
                else:
                    unit = self.dice.choice([self.world.civil, self.world.education])
                    decide_item(item_id=item.pk, urgency="ordinary", difficulty="medium", holder=unit, measure="由该单位主办", by=clerk, at=at)
            except Refused:
                continue
        if not session.items.filter(state="decided").exists():
            return call_off_session(session_id=session.pk, reason="人没有到齐", by=clerk, at=at)
        if not session.items.filter(state="open").exists():
            return hold_session(session_id=session.pk, by=clerk, at=at)
        return session

    def acts(self, need, at):
        """List everything that anybody might try with this need."""
        world, key, day = self.world, {"need_id": need.pk, "at": at}, today(at)
        clerk = world.clerk if need.village_id == world.datong.code else world.stranger
        worker = {world.civil.pk: world.handler, world.education.pk: world.teacher}.get(need.holder_id, clerk)
        outcome = self.dice.choice(["solved", "solved", "aid_given", "explained", "planned"])
        word = self.dice.choice(["solved", "solved", "partly", "unsolved"])
        done = {"outcome": outcome, "outcome_text": "已经办妥", "answered_on": day, "answered_way": "face",
                "no_evidence_reason": "材料在系统内", "planned_on": day + timedelta(days=2) if outcome == "planned" else None}  # fmt: skip
        return [
            lambda: admit_need(**key, by=clerk),
            lambda: decline_need(**key, decline_ground="other", decision_reason="与实际情况不符", told_on=day, told_way="face", by=clerk),
            lambda: appeal_decision(**key, words="情况有变", by=clerk),
            lambda: triage_need(**key, urgency="ordinary", difficulty="medium", words="情况有变", by=clerk),
            lambda: assign_need(**key, holder=self.dice.choice([world.civil, world.education]), by=clerk),
            lambda: recall_need(**key, by=clerk) if self.dice.random() < 0.2 else self.step(at),
            lambda: self.sit(clerk, at),
            lambda: accept_need(**key, by=worker),
            lambda: return_need(**key, reason="按职责应由别的单位办", rule="县级部门权责清单", by=worker),
            lambda: contest_need(**key, reason="按职责应由别的单位办", rule="县级部门权责清单", by=worker),
            lambda: hand_to_person(**key, handler=worker, by=worker),
            lambda: add_note(**key, words="到户看过", by=worker),
            lambda: report_done(**key, **done, by=worker),
            lambda: call_back(**key, way="phone", reached=True, word=word, by=world.caller),
            lambda: call_back(**key, way="phone", reached=False, by=world.caller),
            lambda: answer_by_slip(**key, word=self.dice.choice(["solved", "unsolved"]), by=HOUSEHOLD),
            lambda: recheck_need(**key, agrees=self.dice.random() < 0.6, words="电话核实过", by=world.inspector),
            lambda: close_need(**key, by=clerk),
            lambda: reopen_need(**key, words="又出了问题", by=clerk),
            lambda: resume_planned(**key, by=clerk),
            lambda: ask_withdrawal(**key, words="家里自己解决了", by=clerk) if self.dice.random() < 0.1 else self.step(at),
            *self.clocks(need, key, day, worker),
            *self.helps(need, key, day, worker),
            lambda: self.dice.choice([withdraw_need, keep_need])(**key, way="phone", words="这是我自己说的", by=world.caller),
        ]

    def clocks(self, need, key, day, worker):
        """List what may be tried with its clock and its plan."""
        stop = {"reason": self.dice.choice(["papers", "season"]), "words": "户口本复印件", "asked_on": day, "asked_way": "face"}
        return [
            lambda: clock.ask_extension(**key, due_on=need.due_on + timedelta(days=self.dice.randrange(1, 9)), reason="等资金到位", by=worker),
            lambda: clock.decide_clock(**key, agree=self.dice.random() < 0.7, words="按规定", by=self.world.ledger),
            lambda: clock.tell_extension(**key, told_on=day, told_way="phone", by=worker),
            lambda: clock.stop_clock(**key, **stop, until=day + timedelta(days=self.dice.randrange(1, 9)), by=worker),
            lambda: clock.run_clock(**key, by=worker),
            lambda: clock.add_milestone(**key, due_on=need.planned_on or day, words="把料备齐", by=worker),
            lambda: clock.reach_milestone(**key, milestone=need.milestones.filter(done_on=None).first(), done_on=day, by=worker),
        ]

    def helps(self, need, key, day, worker):
        """List what may be tried with helpers: a part asked or agreed on, taken on, sent back, reported, given to another, called off."""
        other = self.world.education if need.holder_id == self.world.civil.pk else self.world.civil
        task, hand = need.tasks.filter(state__in=STILL).first(), {self.world.civil.pk: self.world.handler, self.world.education.pk: self.world.teacher}
        agreed = {"unit1": other, "words1": "核实情况", "due1": need.due_on or day}
        asks = [
            lambda: together.ask_unit(**key, unit=other, words="核实情况", due_on=need.due_on or day, by=worker),
            lambda: together.note_consultation(**key, on=day, units=[other], words="分头核实情况", **self.dice.choice([{}, agreed]), by=worker),
        ]
        if task is None:
            return asks
        part, helper = {"task_id": task.pk, "at": key["at"]}, hand.get(task.unit_id, worker)
        return [
            *asks,
            lambda: together.take_help(**part, by=helper),
            lambda: together.send_help_back(**part, reason="按职责应由别的单位办", rule="县级部门权责清单", by=helper),
            lambda: together.report_help(**part, words="核实过了", by=helper),
            lambda: together.give_help_again(**part, unit=self.world.township, due_on=need.due_on or day, by=worker),
            lambda: together.call_help_off(**part, reason="不用办了", by=worker),
            lambda: together.urge_help(**part, by=worker),
        ]


def wander(world, seed, days=10, acts_a_day=8):
    """Yield each day's last moment after its acts were done and everything was found to be one truth."""
    walker = Wanderer(world, seed)
    for day in range(days):
        for turn in range(acts_a_day):
            walker.step(MONDAY + timedelta(days=day, hours=turn))
        evening = MONDAY + timedelta(days=day, hours=acts_a_day)
        assert [one.plain() for one in differences(evening)] == []
        yield evening
