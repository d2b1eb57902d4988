"""Leaders' days of the year: reinforced days of the school are proposed by turns, agreed to by a person, and it is said whether the leader came.

What the book calls unlawful (a month without a day that is left, a day agreed to twice or once it is past, a day held before it came or before it was agreed to) is tried and must be refused.
"""

from collections import Counter
from datetime import timedelta

from wanjia.orgs.roles import Role

from ..models import Guard, LeaderDay
from .gates import WEEK, Gates
from .year import RUN, TERMS

LED, FIRST_DAYS = 2, 3  # leaders; so many days of a term, from its first on, are held with one
FEASTS = ((3, 12), (4, 9), (5, 14), (9, 24), (10, 29), (11, 12), (12, 10))  # days that the county calls reinforced


class Leaders:
    """Two leaders of the police. days: {day: [key of the row, guard, agreed, held]}; led: {guard: days of his}."""

    def __init__(self, schools):
        self.schools, self.dice, self.days, self.leaders, self.called = schools, schools.dice_of("leaders"), {}, [], set()
        police = [pk for pk, party in schools.part(Gates).guards.items() if party == "police"]
        for pk in police[:LED]:
            if schools.do("change_guard", guard_id=pk, weekdays=WEEK, leads=True):
                self.leaders.append(pk)
        for month, on in FEASTS if self.leaders else ():
            day = schools.today.replace(month=month, day=on)
            if schools.do("tell_day", area=schools.county, day=day, kind="reinforced", words="护学加强"):
                self.called.add(day)

    def _due(self, first, end):
        """The reinforced days of a span that have no leader yet."""
        starts = {first + timedelta(days=n) for _name, first, _end in TERMS for n in range(FIRST_DAYS)}
        span = (first + timedelta(days=n) for n in range((end - first).days))
        return [day for day in span if day in starts | self.called | set(RUN) and self.schools.at_school(day) and day not in self.days]

    def live(self, day):
        """Have a month proposed, agree to a day, say whether it was held."""
        if not self.leaders:
            return
        if self.dice.random() < 0.06:
            self._proposes(day, day.replace(day=1) if self.dice.random() < 0.4 else (day.replace(day=1) + timedelta(days=32)).replace(day=1))
        for on, row in self.days.items():
            if self.dice.random() < 0.2:
                self._goes_on(day, on, row)

    def _proposes(self, day, first):
        end = (first + timedelta(days=32)).replace(day=1)
        asked, due = {"area": self.schools.county, "month": f"{first:%Y-%m}"}, self._due(max(first, day), end)
        if not due:
            self.schools.tempt("propose_leader_days", Role.GATE_OFFICER, **asked)
            return
        if not self.schools.do("propose_leader_days", Role.GATE_OFFICER, **asked):
            return
        made = {row.day: row for row in LeaderDay.objects.filter(day__gte=first, day__lt=end, school=self.schools.school.pk).exclude(day__in=self.days)}
        self.schools.same("带班的日子和应有的不一样 / the days of leaders are not the reinforced ones", dict.fromkeys(made, True), dict.fromkeys(due, True))
        led = Counter(dict.fromkeys(self.leaders, 0)) + Counter(row[1] for row in self.days.values())
        for on in sorted(made):
            guard = made[on].guard_id
            if led[guard] != min(led[one] for one in self.leaders):
                self.schools.violate("带班没有轮流 / leaders do not take turns", f"{on}:{dict(led)}")
            led[guard] += 1
            self.days[on] = [made[on].pk, guard, False, None]

    def _goes_on(self, day, on, row):
        do, tempt, pk = self.schools.do, self.schools.tempt, row[0]
        if not row[2] and on >= day:
            tempt("hold_leader_day", Role.HEADMASTER, leader_day_id=pk, held=True)
            guard = self.dice.choice(self.leaders)
            if do("agree_leader_day", Role.GATE_OFFICER, leader_day_id=pk, guard=Guard.objects.get(pk=guard)):
                row[1], row[2] = guard, True
        elif not row[2] or on > day:
            tempt("agree_leader_day", Role.GATE_OFFICER, leader_day_id=pk, guard=Guard.objects.get(pk=row[1]))
            tempt("hold_leader_day", Role.HEADMASTER, leader_day_id=pk, held=True)
        elif row[3] is None:
            held = self.dice.random() < 0.9
            if do("hold_leader_day", Role.HEADMASTER, leader_day_id=pk, held=held):
                row[3] = held

    def night(self, day):
        """Nothing waits for the night."""

    def judge(self, day, *, whole):
        """Hold each leader's day against the book."""
        if self.leaders:
            found = {on: [pk, guard, agreed is not None, held] for pk, on, guard, agreed, held in LeaderDay.objects.values_list("pk", "day", "guard", "agreed_at", "held")}
            self.schools.same("带班的日子和应有的不一样 / a leader's day differs", found, self.days)
