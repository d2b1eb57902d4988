"""Patrols and the road of the year: evenings of two forces planned, walked, excused or left silent; operations told by counts and corrected.

What the book calls unlawful (the same evening planned twice, a walk told twice, before its hour or weeks after it, a count with a plate in it, more punished than was found) is tried and must be refused.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from wanjia.kernel.calendar import CHINA
from wanjia.orgs.models import Line, Organisation
from wanjia.orgs.roles import Role

from ..duties import Duty
from ..figures.roads import POPULATIONS
from ..models import Patrol, RoadOperation
from ..patrols import queries as patrols
from ..roads import queries as roads
from ..venues.rules import own_units

NIGHTS, REMEMBERED = 5, 3  # evenings of a plan; days within which a walk is told
HOURS = {"starts": "19:30", "ends": "21:00"}
SETS_OUT = time(19, 30)
KINDS = ("stopped", "operation", "carriage", "overload", "fatigue", "drink", "bare", "other", "educated", "punished", "passed_on")


@dataclass
class Evening:
    """One patrol. pk: its row, once it is known."""

    pk: object
    state: str = "patrol_planned"


class Patrols:
    """Evening routes of civil affairs, walked with the police. evenings: {(route, day): Evening}."""

    def __init__(self, schools):
        self.schools, self.dice, self.evenings, self.plans = schools, schools.dice_of("patrols"), {}, 0
        units = Organisation.objects.filter(area=schools.county, to_on=None).order_by("name")
        self.lead, self.police = units.filter(line=Line.CIVIL).first(), units.filter(line=Line.POLICE).first()

    def _hands(self):
        """Return who walks today, whoever plans first: of the bureau, of the police."""
        asked = ((Role.BUREAU_WORKER, self.lead), (Role.BUREAU_HEAD, self.lead), (Role.BUREAU_WORKER, self.police))
        return [one for role, unit in asked if unit and (one := self.schools.hand(role, unit))] if self.lead else []

    def live(self, day):
        """Plan some evenings, walk tonight's, write why an old one was not walked."""
        hands = self._hands()
        leads = [one for one in hands if self.lead.pk in own_units(one, duty=Duty.LEAD_ROUNDS)]
        if not leads:
            return
        if self.dice.random() < 0.03:
            self._plans(leads[0], day)
        for (_route, on), one in self.evenings.items():
            if one.state == "patrol_planned":
                self._evening(one, (day - on).days, self.dice.choice(hands))

    def _plans(self, by, day):
        """Plan five evenings in a row, alone or with the police; the same evening once more is refused."""
        self.plans += 1
        route, do = f"第{self.plans}条晚间路线", self.schools.do
        along = {"other": self.police, "other_people": 2} if self.police and self.dice.random() < 0.5 else {}
        facts = {"area": self.schools.county, "unit": self.lead, "route": route, "people": 2, **HOURS}
        last = day + timedelta(days=NIGHTS - 1)
        if do("plan_patrols", by, name="晚间巡查", from_on=day, until_on=last, weekdays=[1, 2, 3, 4, 5, 6, 7], **facts, **along):
            rows = dict(Patrol.objects.filter(route=route).values_list("day", "pk"))
            self.evenings |= {(route, on): Evening(rows.get(on)) for on in (day + timedelta(days=n) for n in range(NIGHTS))}
            self.schools.tempt("plan_patrol", by, day=last, **facts)

    def _evening(self, one, late, by):
        """Do what is to be done with a patrol so many days after its own."""
        do, tempt, told = self.schools.do, self.schools.tempt, {"patrol_id": one.pk, "people": 4, "places": 3}
        if self.schools.year.clock.moment < datetime.combine(self.schools.today - timedelta(days=late), SETS_OUT, CHINA):
            if self.dice.random() < 0.1:
                tempt("walk_patrol", by, **told)
        elif late <= REMEMBERED and self.dice.random() < 0.6:
            if self._ours(one, by) and do("walk_patrol", by, **told):
                one.state = "patrol_walked"
                tempt("walk_patrol", by, **told)
        elif late > REMEMBERED and self.dice.random() < 0.4:
            tempt("walk_patrol", by, **told)
            if self._ours(one, by) and do("miss_patrol", by, patrol_id=one.pk, reason="大雨,没有出去"):
                one.state = "patrol_missed"

    def _ours(self, one, by):
        return Patrol.objects.filter(pk=one.pk, forces__unit__in=own_units(by, duty=Duty.INSPECT)).exists()

    def night(self, day):
        """Nothing waits for the night."""

    def judge(self, day, *, whole):
        """Hold each evening against the book, and what the bureau is told of; on whole evenings figures too."""
        found = {(route, on): state for route, on, state in Patrol.objects.values_list("route", "day", "state")}
        self.schools.same("巡查和应有的不一样 / a patrol differs", found, {key: one.state for key, one in self.evenings.items()})
        silent = sum(one.state == "patrol_planned" and on < day for (_route, on), one in self.evenings.items())
        for by in [one for one in self._hands() if self.lead.pk in own_units(one, duty=Duty.LEAD_ROUNDS)]:
            if patrols.alarmed(by, day) != silent:
                self.schools.violate("没登记的巡查没有提醒 / a silent patrol is not told", f"{patrols.alarmed(by, day)},应当是 {silent}")
        if whole:
            due = [one for (_route, on), one in self.evenings.items() if on <= day and on.year == day.year]
            n = {state: sum(one.state == f"patrol_{state}" for one in due) for state in ("walked", "missed", "planned")}
            self.schools.figures(POPULATIONS, {"patrols.due": len(due), "patrols.walked": (n["walked"], len(due)), "patrols.missed": (n["missed"], len(due)), "patrols.silent": (n["planned"], len(due))})


class Roads:
    """Operations of whoever answers for the gates. told: {key: {kind: n}} of what stands, {} while nothing was told."""

    def __init__(self, schools):
        self.schools, self.dice, self.told, self.corrected, self.days = schools, schools.dice_of("roads"), {}, set(), {}

    def live(self, day):
        """Enter an operation of today, tell its counts, put one right."""
        by = self.schools.hand(Role.GATE_OFFICER)
        unit = by and next(iter(roads.units(None, by, day)), None)
        if not unit:
            return
        if self.dice.random() < 0.04:
            self._enters(by, unit, day)
        for pk, found in self.told.items():
            if not found and self.dice.random() < 0.5:
                self._tells(pk, by)
            elif found and self.dice.random() < 0.01:
                self._corrects(pk, by, found)

    def _enters(self, by, unit, day):
        facts = {"area": self.schools.village, "unit": unit, "sort": "safe_school", "day": day, "starts": "07:00", "ends": "08:30", "traffic": 3}
        self.schools.tempt("plan_operation", by, place="拦下云C12345的路口", **facts)
        made = self.schools.do("plan_operation", by, place=f"第{len(self.told) + 1}个路口", **facts)
        if made:
            self.told[made.pk], self.days[made.pk] = {}, day

    def _counts(self):
        found = dict.fromkeys(KINDS, 0) | {"stopped": self.dice.randrange(5, 60), "overload": self.dice.randrange(4), "drink": self.dice.randrange(2)}
        return found | {"punished": self.dice.randrange(found["overload"] + found["drink"] + 1)}

    def _tells(self, pk, by):
        found, what = self._counts(), {"road_operation_id": pk}
        self.schools.tempt("report_counts", by, **what, **found | {"punished": 99})
        if self._ours(pk, by) and self.schools.do("report_counts", by, **what, **found):
            self.told[pk] = found
            self.schools.tempt("report_counts", by, **what, **found)

    def _corrects(self, pk, by, found):
        now = found | {"stopped": found["stopped"] + 1, "overload": found["overload"] + 1}
        if self._ours(pk, by) and self.schools.do("correct_counts", by, road_operation_id=pk, reason="漏记一辆,照记录补上", **now):
            self.told[pk] = now
            self.corrected.add(pk)

    def _ours(self, pk, by):
        return RoadOperation.objects.filter(pk=pk, unit__in=own_units(by, duty=Duty.COUNT_ROADS)).exists()

    def night(self, day):
        """Nothing waits for the night."""

    def judge(self, day, *, whole):
        """Hold what stands of each operation against the book; on whole evenings sums and figures too."""
        if not whole:
            return
        rows = RoadOperation.objects.filter(pk__in=self.told)
        sums = {kind.name.lower(): n for kind, n in roads.sums(rows).items()}
        self.schools.same("道路行动的合计和应有的不一样 / a sum of the road differs", sums, {kind: sum(found.get(kind, 0) for found in self.told.values()) for kind in KINDS})
        due = {pk: found for pk, found in self.told.items() if self.days[pk].year == day.year}
        self.schools.figures(POPULATIONS, {"roads.held": len(due), "roads.told": (sum(bool(found) for found in due.values()), len(due)), "roads.corrected": (sum(pk in self.corrected for pk in due), len(due))})
