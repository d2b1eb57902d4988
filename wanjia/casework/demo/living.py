"""The demo county lives: from three months ago up to yesterday its own people visit, register, grade, hand over, do, call and strike off.

Every act is the command that a user's click calls, by an account whose post allows it, at the hour it would happen; nothing is
filled in by hand. A day's dice are thrown by its date, so that the same county comes out wherever it is built on the same day.
Started again later, it lives the days that are missing.
"""

import random
from datetime import datetime, time, timedelta
from functools import cached_property

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from wanjia.kernel.calendar import CHINA, WorkingCalendar, today
from wanjia.registry.models import Household, Visit, VisitPurpose
from wanjia.registry.states import VisitState
from wanjia.registry.visits.commands import plan_visit, record_visit
from wanjia.verdict import Refused

from ..assignment.commands import accept_need, assign_need, return_need
from ..callback.commands import call_back, keep_need, withdraw_need
from ..closing.commands import close_need, recheck_need, reopen_need
from ..handling.commands import add_note, ask_withdrawal, report_done
from ..intake.commands import record_need, take_findings
from ..ladder.tasks import climb_all
from ..models import Need
from ..queries import holders_for
from ..rules import awaited
from ..screening.commands import admit_need, appeal_decision, decline_need
from ..slip.commands import HOUSEHOLD, answer_by_slip, issue_slip
from ..states import NeedState as S
from ..triage.commands import triage_need
from .hands import Hands, at
from .helping import help_each_other
from .matters import leave_matters
from .morning import leave_waiting
from .table import leave_for_the_table, leave_sessions, sit
from .voices import said_of, voices

SPAN = 91  # days
LAST_SITTING = 5  # working days before the last: when the county's table sat
FAR = 60  # working days: within which a village plans its next visit; the story's own township plans the next day's
CALLS = 12  # a day
CLIMBED, MORNING = 2, time(8, 35)  # the last working days, on which the ladder is climbed; when
STORY = "530625202"  # 细沙乡, where the tour's accounts work


def live(code, say, *, until=None, span=SPAN):
    """Live the missing days of a county up to `until` (yesterday) and return (days lived, acts, refused).

    Each day is kept whole or not at all. What is refused, as sometimes at a real desk, is left and counted.
    """
    until = until or today(timezone.now()) - timedelta(days=1)
    last = Visit.objects.filter(household__village__code__startswith=code[:6]).aggregate(at=Max("planned_at"))["at"]
    day = today(last) + timedelta(days=1) if last else until - timedelta(days=span - 1)
    county, lived = County(code, until - timedelta(days=span)), 0
    while day <= until:
        if county.calendar.works(day):
            with transaction.atomic():
                left = county.calendar.between(day, until)  # working days still to come
                if left < CLIMBED:
                    climb_all(datetime.combine(day, MORNING, tzinfo=CHINA))
                county.live(day, for_all=0 < left < 5)
                if left == LAST_SITTING:
                    sit(county)
                if left == 0:
                    leave_for_the_table(county, until + timedelta(days=1))
                    leave_waiting(county)
                    leave_matters(county, STORY)
                    leave_sessions(county, STORY, until + timedelta(days=1))
            lived += 1
            if lived % 10 == 0:
                say(f"  {day}")
        day += timedelta(days=1)
    if lived:
        _morning_of(timezone.now(), say)
    return lived, county.acts, county.refused


def _morning_of(now, say):
    """The clock's hand on the morning after, if it has come: what is late has climbed, and each coordinator finds the morning's digest."""
    opens = datetime.combine(today(now), MORNING, tzinfo=CHINA)
    if opens <= now and (n := climb_all(opens)):
        say(f"  {today(now)}:{n} 件到时限提醒、催办、督办 / needs climbed by the clock")


class County:
    """One county, its people and the day they live."""

    def __init__(self, code, since):
        self.code, self.since = code[:6], since
        self.acts, self.refused = 0, []
        self.hands = Hands(self.code)

    def live(self, day, *, for_all=False):
        """Live one working day, from the first visit to the evening's plan for the next.

        for_all: something is heard for each unit that has nothing in hand, so that whoever signs in finds work.
        """
        self.day, self.dice = day, random.Random(f"{self.code} {day}")
        self.hands.count(day)
        self.visit()
        self.hear_others()
        if for_all:
            self.hear_for_the_idle()
        self.at_the_desk()
        self.handle()
        help_each_other(self)
        self.ask_households()
        self.look_again()
        self.strike_off()
        self.plan()

    # What everybody does.

    @cached_property
    def calendar(self):
        return WorkingCalendar.load()

    @cached_property
    def homes(self):
        """Homes by village, in the order of their numbers."""
        found = {}
        for home in Household.objects.filter(village__code__startswith=self.code).select_related("village").order_by("number"):
            found.setdefault(home.village_id, []).append(home)
        return found

    def chance(self, share):
        return self.dice.random() < share

    def do(self, act, hour, **what):
        """Do one act about `hour`; return its answer, or None where it was refused or nobody may."""
        if what.get("by") is None:
            return None
        try:
            answer = act(at=at(self.day, hour, self.dice), **what)
        except Refused as refusal:
            self.refused.append(f"{act.command}: {refusal.reason}")
            return None
        self.acts += 1
        return answer

    def standing(self, *states):
        """Needs of these months that stand so this moment, in the order of their numbers."""
        found = Need.objects.filter(village__code__startswith=self.code, recorded_on__gte=self.since, state__in=states)
        return list(found.select_related("village", "holder").order_by("number"))

    # The day, in its order.

    def visit(self):
        """Go where a visit is planned, mostly on the day; what is voiced goes on the ledger at once."""
        due = Visit.objects.filter(state=VisitState.PLANNED, planned_on__lte=self.day, household__village__code__startswith=self.code)
        for visit in due.select_related("household__village").order_by("planned_on", "household__number"):
            if not self.chance(0.88 if visit.planned_on == self.day else 0.35) or visit.planned_by_id not in self.hands.people:
                continue  # of somebody who left: its township says who goes
            goes = self.hands.people[visit.planned_by_id]
            heard = said_of(self.dice) if self.chance(0.33) else None
            findings = [{"category": heard.category, "words": heard.words, "urgency": heard.urgency}] if heard else []
            done = self.do(
                record_visit, 9, visit_id=visit.pk, by=goes, done_on=self.day, method="home", visitor_ids=[goes.pk],
                companions="村民小组长", present="户主", still_holds=visit.purpose == VisitPurpose.VERIFY, met_in_person=self.chance(0.9), findings=findings,
                home={"housing": {"choice": "safe" if self.chance(0.9) else "watch"}},
            )  # fmt: skip
            if done and findings and self.do(take_findings, 10, visit_id=visit.pk, by=goes) and self.chance(0.6):
                taken = Need.objects.get(source_file=f"visit:{done.findings.get().pk}")
                self.do(issue_slip, 10, need_id=taken.pk, by=goes)

    def hear_others(self):
        """By telephone, at the window, from the school: about one a day."""
        for _turn in range(self.dice.choice((0, 1, 1))):
            self.hear(self.dice.choice(sorted(self.homes)), said_of(self.dice))

    def hear_for_the_idle(self):
        """One difficulty of its own line for each unit with nothing in hand, in its own place; one for each desk."""
        for unit in self.hands.idle():
            near = [village for village in sorted(self.homes) if village.startswith(unit.area_id.rstrip("0"))]
            apt = [one for one in voices() if one.fits(unit)]
            if near and apt:
                self.hear(self.dice.choice(near), self.dice.choice(apt))

    def hear(self, village, heard):
        """Record what a family says where it says it: at the school if it is about a child there, else with the township's clerk. Returns the need."""
        home = self.dice.choice(self.homes[village])
        head = home.memberships.filter(to_on=None, relation="户主").select_related("person").first()
        school = self.hands.school(home.village) if heard.category == "schooling" else None
        channel = "school" if school else self.dice.choice(("walk_in", "call", "hotline", "four_down"))
        return self.do(
            record_need, 11, by=school or self.hands.desk(home.village), village=home.village, household=home, summary=heard.words,
            channel=channel, category=heard.category, requester=head.person if head else None,
            requester_name=head.person.name if head else "户主", involves_child=heard.child,
        )  # fmt: skip

    def at_the_desk(self):
        """Take up, grade and hand over, mostly within a day; two townships are slow."""
        for need in self.standing(S.REGISTERED, S.ADMITTED, S.TRIAGED, S.RETURNED):
            clerk = self.hands.desk(need.village)
            while self.chance(self.hands.pace(need.village)):
                heard, before = voices().of(need.summary), need.state
                if need.state == S.REGISTERED and self.chance(0.05):
                    self.do(
                        decline_need, 14, need_id=need.pk, by=clerk, decline_ground="already_has", told_on=self.day, told_way="phone",
                        decision_reason="家里已经享受同类补助,不能重复发。有新的变化可以再来说。",
                    )  # fmt: skip
                elif need.state == S.REGISTERED:
                    self.do(admit_need, 14, need_id=need.pk, by=clerk)
                elif need.state == S.ADMITTED:
                    self.do(triage_need, 14, need_id=need.pk, by=clerk, urgency=heard.urgency, difficulty=heard.difficulty)
                else:
                    self.hand_over(need, heard, clerk)
                need.refresh_from_db()
                if need.state in (before, S.ASSIGNED, S.DECLINED):
                    break
        for need in self.standing(S.DECLINED):
            if (self.day - today(need.ended_at)).days < 14 and self.chance(0.02):
                self.do(appeal_decision, 15, need_id=need.pk, by=self.hands.village(need.village_id), words="那笔补助去年就停了,请再看一次")

    def hand_over(self, need, heard, clerk):
        """To the unit of the need's own line if its grade allows it, else to whoever near by has least in hand."""
        may = [unit for unit in holders_for(need, self.day) if self.hands.signs(unit)]
        apt = [unit for unit in may if heard.fits(unit)] or [unit for unit in may if not unit.line] or may
        if apt and need.state == S.RETURNED:  # whoever sent it back said whose duty it is
            apt = [unit for unit in apt if not need.holdings.filter(organisation=unit).exists()] or apt
        if apt:
            self.do(assign_need, 15, need_id=need.pk, by=clerk, holder=min(apt, key=self.hands.load))

    def handle(self):
        """Sign, go and look, write down, report done; some are late, one in twenty is forgotten."""
        for need in self.standing(S.ASSIGNED, S.REOPENED):
            worker = self.hands.worker(need.holder)
            if need.returns == 0 and need.state == S.ASSIGNED and self.chance(0.06):
                self.send_back(need)
            elif self.chance(0.75):
                self.do(accept_need, 9, need_id=need.pk, by=worker)
        for need in self.standing(S.ACCEPTED, S.IN_PROGRESS):
            heard, worker = voices().of(need.summary), self.hands.worker(need.holder)
            forgotten = random.Random(need.number).random() < 0.05
            if need.state == S.ACCEPTED and self.chance(0.5):
                self.do(add_note, 11, need_id=need.pk, by=worker, words=self.dice.choice(heard.notes))
            elif need.state == S.IN_PROGRESS and not forgotten and self.chance(0.22) and not awaited(need):
                self.report(need, heard, worker)
            elif need.state == S.IN_PROGRESS and self.chance(0.06):
                self.do(add_note, 16, need_id=need.pk, by=worker, words=self.dice.choice(heard.notes))
            elif self.chance(0.003):
                self.do(ask_withdrawal, 16, need_id=need.pk, by=self.hands.village(need.village_id), words="儿子从外面回来,自己弄好了")

    def send_back(self, need):
        why = {"reason": "这件事不在我单位职责内,请交给主管部门办理。", "rule": "单位“三定”规定第三条"}
        self.do(return_need, 17, need_id=need.pk, by=self.hands.worker(need.holder), **why)

    def report(self, need, heard, worker):
        planned = self.day + timedelta(days=120) if heard.outcome == "planned" else None
        self.do(
            report_done, 16, need_id=need.pk, by=worker, outcome=heard.outcome, outcome_text=heard.done, answered_on=self.day,
            answered_way=self.dice.choice(("face", "phone")), planned_on=planned, no_evidence_reason="办理单据在业务系统里,未导出",
        )  # fmt: skip

    def ask_households(self):
        """A dozen calls a day by a unit that had no part; some families answer by their slip, a few come back after the end."""
        caller = self.hands.caller
        for need in [one for one in self.standing(*S) if one.withdrawal_asked_at]:
            act, words = (withdraw_need, "是我自己要撤的,已经弄好了") if self.chance(0.8) else (keep_need, "没有说过要撤,还没有弄好")
            self.do(act, 10, need_id=need.pk, by=caller, way="phone", words=words)
        for need in self.standing(S.DONE_REPORTED)[:CALLS]:
            if need.slips.filter(ended_at=None).exists() and not need.slip_word and self.chance(0.15):
                self.do(answer_by_slip, 19, need_id=need.pk, by=HOUSEHOLD, word="solved" if self.chance(0.85) else "unsolved")
            elif self.chance(0.7):
                self.call(need)
        for need in self.standing(S.CLOSED):
            if need.closed_at and (self.day - today(need.closed_at)).days < 21 and self.chance(0.003):
                self.do(reopen_need, 10, need_id=need.pk, by=self.hands.village(need.village_id), words="好了没几天又坏了,请再来看一下")

    def call(self, need, word=""):
        """Ring a family up; word: what it says, else as it comes, or nobody answers."""
        caller = self.hands.caller
        if not word and self.chance(0.2):
            self.do(call_back, 10 + self.dice.randrange(8), need_id=need.pk, by=caller, way="phone", reached=False)
            return
        word = word or self.dice.choices(("solved", "partly", "unsolved"), (86, 7, 7))[0]
        happy = self.dice.choices(("satisfied", "fairly", ""), (6, 2, 2))[0] if word != "unsolved" else "not"
        words = {"solved": "弄好了,谢谢", "partly": "好了一半,还差一点", "unsolved": "没有弄好,还是老样子"}[word]
        self.do(call_back, 10, need_id=need.pk, by=caller, way="phone", reached=True, word=word, satisfaction=happy, words=words)

    def look_again(self):
        """The next tier looks at what was drawn, and at every child's."""
        for need in self.standing(S.VERIFIED):
            if (need.drawn or need.involves_child) and not need.rechecks.filter(round=need.reopenings, reached=True).exists() and self.chance(0.4):
                by = self.hands.above(need)
                if self.chance(0.1):
                    self.do(recheck_need, 15, need_id=need.pk, by=by, agrees=False, reached=False, way="phone")
                    continue
                agrees = self.chance(0.93)
                told = "" if agrees else "请把没有做完的一段补上,再报办结"
                self.do(recheck_need, 15, need_id=need.pk, by=by, agrees=agrees, words="打电话并到现场看过", told=told)

    def strike_off(self):
        """What holds by all nine rules is struck off by the township."""
        for need in self.standing(S.VERIFIED):
            drawn = need.drawn or need.involves_child
            looked = not drawn or need.rechecks.filter(round=need.reopenings, agrees=True).exists()
            if looked and need.outcome != "planned" and self.chance(0.6):
                clerk = self.hands.desk(need.village)
                self.do(close_need, 16, need_id=need.pk, by=self.hands.leader(need) if clerk and need.handler_id == clerk.pk else clerk)

    def plan(self):
        """In the evening each village without a visit ahead plans its next one."""
        ahead = Visit.objects.filter(state=VisitState.PLANNED, planned_on__gt=self.day).values_list("household__village_id", flat=True)
        for village in sorted(set(self.homes) - set(ahead)):
            worker = self.hands.village(village)
            if worker is None:
                continue
            on = self.calendar.add(self.day, 1 if village.startswith(STORY) else self.dice.randint(1, FAR)).on
            self.do(
                plan_visit, 17, household_id=self.next_home(village).pk, by=worker, planned_on=on, visitor_ids=[str(worker.pk)],
                purpose=self.dice.choice((VisitPurpose.ROUTINE, VisitPurpose.ROUTINE, *VisitPurpose)),
            )  # fmt: skip

    def next_home(self, village):
        """The home that was visited longest ago."""
        homes = self.homes[village]
        been = dict(Visit.objects.filter(household__in=homes).values_list("household").annotate(last=Max("planned_on")))
        return min(homes, key=lambda home: (been.get(home.pk) or self.since, home.number))

