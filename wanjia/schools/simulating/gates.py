"""The gate of the year: its plan signed by three, guards of three parties, a roster for each month worked by the engine, who cannot come and who stands in.

What the book calls unlawful (a plan signed for somebody else, a roster drawn by the school, a duty given to whom is away, an exchange approved by who asked) is tried and must be refused.
No seat stays open without an alarm before it begins, save where the machine was off.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from unittest.mock import patch

from wanjia.kernel.calendar import CHINA
from wanjia.orgs.models import Line, Organisation
from wanjia.orgs.roles import Role
from wanjia.orgs.workdays.hours import CLOCK

from ..figures.gates import GATES
from ..models import Attendance, GateAlarm, GateDuty, Guard, GuardAbsence
from ..rostering import drawing

PEOPLE = (("police", 3), ("guard", 3), ("teacher", 4))
HOURS = {False: "07:40", True: "16:40"}  # when a duty begins: twenty minutes before the bell
WEEK = [1, 2, 3, 4, 5, 6, 7]


@dataclass
class Away:
    """A time in which a guard cannot come, whole days; `to` is the first day no longer. told: on which day it was told, once the morning had begun."""

    guard: object
    told: date
    since: date
    to: date
    back: bool = False


@dataclass
class Roster:
    """A month whose roster stands, from the day on that its last version changed; drawn: when."""

    end: date
    since: date
    drawn: date
    days: set = field(default_factory=set)


class Gates:
    """One gate, a seat of each party at both bells. guards: {key: party}; evenings: {day: {seat: whether somebody took it}}, as they were on that evening; looked: evenings of the clock's round."""

    def __init__(self, schools):
        self.schools, self.dice, self.begun = schools, schools.dice, None
        self.guards, self.away, self.rosters, self.marks, self.evenings, self.looked = {}, {}, {}, {}, {}, set()
        self.police = Organisation.objects.filter(area=schools.county, to_on=None, line=Line.POLICE).order_by("name").first()
        if self.police and schools.hand(Role.GATE_OFFICER) and self._plans():
            self._enters()

    def _plans(self):
        """The school writes its plan; whoever signs for another is refused; with the third signature it stands from tomorrow."""
        do, day, school = self.schools.do, self.schools.today, self.schools.school.pk
        do("enter_gate", school_id=school, name="东门", kind="gate", from_on=day, road=True)
        plan = do("draft_plan", Role.HEADMASTER, school_id=school, from_on=day)
        if not plan:
            return False
        what, words = {"school_plan_id": plan.pk}, {"traffic": "门前单行", "weather": "雨天提前", "incident": "一键报警"}
        self.schools.tempt("hand_in_plan", Role.HEADMASTER, **what)  # nothing is said of weather and trouble yet
        for post in plan.posts.all():
            facts = {"gate": post.gate, "name": post.name, "task": post.task, "before": post.before, "after": post.after, "police": post.police, "guards": post.guards, "teachers": post.teachers}
            do("change_post", Role.HEADMASTER, guard_post_id=post.pk, parents=1, **facts)  # a seat for whoever comes of his own will
        do("change_plan", Role.HEADMASTER, **what, from_on=day, review_on=day + timedelta(days=300), **words)
        do("add_risk", Role.HEADMASTER, **what, place="东门外", what="大车多", measure="高峰禁行", owner=self.police)
        do("add_contact", Role.HEADMASTER, **what, place="派出所", phone="08704121110")
        do("hand_in_plan", Role.HEADMASTER, **what)
        self.schools.tempt("sign_plan", Role.HEADMASTER, **what, signs_for="plan_police")
        signed = [do("sign_plan", role, **what, signs_for=side) for role, side in ((Role.HEADMASTER, "plan_school"), (Role.GATE_OFFICER, "plan_police"), (Role.SCHOOLS_OFFICER, "plan_education"))]
        self.begun = day + timedelta(days=1)
        return all(signed)

    def _enters(self):
        for party, n in PEOPLE:
            for turn in range(n):
                unit = self.police if party == "police" else self.schools.unit
                told = {"name": f"{party[0].upper()}{turn + 1}", "party": party, "unit": unit, "school": self.schools.school, "from_on": self.schools.today, "weekdays": WEEK}
                made = self.schools.do("enter_guard", **told)
                if made:
                    self.guards[made.pk] = party
                if made and party == "guard":
                    self.schools.do("qualify_guard", guard_id=made.pk, kind="licence", from_on=self.schools.today, until_on=self.schools.today + timedelta(days=700))

    def seats(self, day):
        """Return the seats of a day, as the plan says: {(going, party)}."""
        held = self.begun is not None and day >= self.begun and self.schools.at_school(day)
        return {(going, party) for going in (False, True) for party, _n in PEOPLE} if held else set()

    def can(self, guard, day, *, going=True):
        """Whether a guard can come on a day; a morning that had begun when he told it stays as it was."""
        return not any(one.guard == guard and one.since <= day < one.to and not one.back and (going or one.told < day) for one in self.away.values())

    # The days.

    def live(self, day):
        """Draw what is not drawn, mark the morning, tell an absence, mend one, give a duty to somebody else."""
        if not self.guards:
            return
        self._draws(day)
        if self.dice.random() < 0.3:
            self._marks(day)
        if self.dice.random() < 0.12:
            self._leaves(day)
        for pk, one in self.away.items():
            if not one.back and one.to > day and self.dice.random() < 0.3:
                self._mends(pk, one)
        if self.dice.random() < 0.1:
            self._gives(day)

    def _draws(self, day):
        """Each month once, some days ahead; now and then what is left of a month anew from tomorrow."""
        first = day.replace(day=1)
        following = (first + timedelta(days=32)).replace(day=1)
        for month, end in ((first, following), (following, (following + timedelta(days=32)).replace(day=1))):
            span = [month + timedelta(days=n) for n in range((end - month).days)]
            if month not in self.rosters and (month == first or day.day > 20) and any(self.seats(one) for one in span if one >= day):
                self._draw(month, end, max(month, day))
                return
        if first in self.rosters and self.dice.random() < 0.03 and day + timedelta(days=1) < following:
            self._draw(first, following, day + timedelta(days=1))

    def _draw(self, month, end, since):
        from wanjia.solving.runs import commands as runs
        from wanjia.solving.runs import process

        asked = {"area": self.schools.county, "month": f"{month:%Y-%m}", "since": since}
        self.schools.tempt("draw_roster", Role.HEADMASTER, **asked)
        days = {day for day in (since + timedelta(days=n) for n in range((end - since).days)) if self.seats(day)}
        if not days:
            return
        # A process of its own would live by another clock; how long the engine takes is no part of the year.
        with patch.object(runs, "start_process", lambda *_words: None), patch.object(drawing, "time", SimpleNamespace(perf_counter=lambda: 0.0)):
            plan = self.schools.do("draw_roster", Role.GATE_OFFICER, **asked)
            if not plan:
                return
            plan = process.run(plan, at=self.schools.tick())
        before = self._rows(month, since)
        if plan.state != "ready":
            self.schools.violate("排班没有算成 / no roster came of it", plan.fault)
        elif self.schools.do("activate_plan", Role.GATE_OFFICER, app="solving", plan_id=plan.pk):
            kept = self.rosters[month].days if month in self.rosters else set()
            self.rosters[month] = Roster(end, since, self.schools.today, {day for day in kept if day < since} | days)
            self.schools.same("新的一版动了以前的班 / a version changed days before its own", self._rows(month, since), before)
            if not any(one.to > since and not one.back for one in self.away.values()) and (n := self._standing(since, end).filter(guard=None).count()):
                self.schools.violate("人够,却有空岗 / a seat is open and nobody is away", f"{month:%Y-%m}:{n}")

    def _standing(self, first, end):
        rows = GateDuty.objects.filter(plan__standing__isnull=False, school=self.schools.school.pk, day__gte=first, day__lt=end)
        return rows.exclude(party="parent")  # who comes of his own will has a book of his own

    def _rows(self, first, end):
        return {(day, going, party, n): guard for day, going, party, n, guard in self._standing(first, end).values_list("day", "going", "party", "n", "guard")}

    def _marks(self, day):
        """The school marks who came in the morning."""
        for duty in self._standing(day, day + timedelta(days=1)).filter(going=False, guard__isnull=False).order_by("party"):
            came = self.dice.random() < 0.9
            if self.schools.do("mark_duty", Role.HEADMASTER, gate_duty_id=duty.pk, came=came):
                self.marks[duty.guard_id, day] = came

    def _leaves(self, day):
        guard = self.dice.choice(list(self.guards))
        since = day + timedelta(days=self.dice.choice((0, 1, 1, 4)))
        to = since + timedelta(days=self.dice.choice((1, 2, 5)))
        made = self.schools.do("tell_away", Role.GATE_OFFICER, guard_id=guard, from_on=since, until_on=to - timedelta(days=1), why="ill", way="phone")
        if made:
            self.away[made.pk] = Away(guard, day, since, to)

    def _mends(self, pk, one):
        """Somebody stands in, or he comes after all."""
        if self.dice.random() < 0.3:
            if self.schools.do("take_back", Role.GATE_OFFICER, guard_absence_id=pk):
                one.back = True
            return
        now = self.schools.year.clock.moment
        lost = [duty for duty in GuardAbsence.objects.get(pk=pk).lost.filter(plan__standing__isnull=False) if datetime.combine(duty.day, duty.from_at, CHINA) > now + timedelta(hours=1)]
        if lost:
            self.schools.do("mend_absence", Role.GATE_OFFICER, guard_absence_id=pk, way=self.dice.choice(("fewest", "best")))

    def _gives(self, day):
        """Give a duty of the next days to somebody who is away: refused."""
        duty = self._standing(day + timedelta(days=1), day + timedelta(days=10)).order_by("day", "going", "party").first()
        gone = duty and [guard for guard, party in self.guards.items() if party == duty.party and not self.can(guard, duty.day)]
        if gone:
            self.schools.tempt("give_duty", Role.GATE_OFFICER, gate_duty_id=duty.pk, guard=Guard.objects.get(pk=gone[0]))

    def night(self, day):
        """The clock looks at what is open; the day is over as it stands."""
        if self.guards:
            self.schools.do("look_round", CLOCK)
            self.looked.add(day)
            for on in {day, *(one for roster in self.rosters.values() for one in roster.days if one < day)} - self.evenings.keys():  # and of days on which the machine was off
                self.evenings[on] = {(going, party): guard is not None for (_day, going, party, _n), guard in self._rows(on, on + timedelta(days=1)).items()}

    # The evening.

    def judge(self, day, *, whole):
        """Hold the day's seats, who took them and what was told against the book; on whole evenings the weeks ahead, marks and figures."""
        if not self.guards:
            return
        self._holds(day, day + timedelta(days=1), told={day, day - timedelta(days=1)} <= self.looked)
        if whole:
            self._holds(day + timedelta(days=1), day + timedelta(days=45), told=False)
            found = {(guard, on): came for guard, on, came in Attendance.objects.filter(school=self.schools.school.pk).values_list("guard", "day", "came")}
            self.schools.same("到岗登记和应有的不一样 / a mark differs", found, self.marks)
            self._figures(day)

    def _holds(self, first, end, *, told):
        rows = self._rows(first, end)
        drawn = {day for one in self.rosters.values() for day in one.days if first <= day < end}
        self.schools.same("排班和应有的岗对不上 / a roster is not of the seats that are due", dict.fromkeys(rows, True), {(day, going, party, 1): True for day in drawn for going in HOURS for party, _n in PEOPLE})
        stands = set()
        for (day, going, party, _n), guard in rows.items():
            if guard is None:
                continue
            if self.guards.get(guard) != party or not self.can(guard, day, going=going) or (guard, day, going) in stands:
                self.schools.violate("排了不能到岗的人 / somebody is drawn who cannot come", f"{day} {HOURS[going]} {party}")
            stands.add((guard, day, going))
        if told:
            self._told(first, rows)

    def _told(self, day, rows):
        """Each seat that nobody took, in a roster or without one, was told before it began."""
        taken = {(going, party) for (_day, going, party, _n), guard in rows.items() if guard is not None}
        told = {(f"{at:%H:%M}", party) for at, party, raised in GateAlarm.objects.filter(school=self.schools.school.pk, day=day).values_list("from_at", "party", "raised_at")
                if raised < datetime.combine(day, at, CHINA)}  # fmt: skip
        for going, party in self.seats(day) - taken:
            if (HOURS[going], party) not in told:
                self.schools.violate("空岗没有事先报警 / an open seat was not told before", f"{day} {HOURS[going]} {party}")

    def _figures(self, day):
        past = [held for on, seats in self.evenings.items() for held in seats.values() if on.year == day.year]
        if all(on in self.evenings for one in self.rosters.values() for on in one.days if on <= day):  # while the machine is off nobody keeps a count
            self.schools.figures((GATES,), {"gates.due": len(past), "gates.held": (sum(past), len(past)), "gates.open": len(past) - sum(past)})
