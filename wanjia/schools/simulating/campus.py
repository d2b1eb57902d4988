"""Hazards on the school's own grounds: a bureau looks there and orders, the school sees its own and says what is mended, the bureau looks again.

What the book calls unlawful (the school says that it is mended before it is ordered, or twice; the school looks again itself) is tried and must be refused.
"""

from datetime import timedelta

from wanjia.orgs.roles import Role
from wanjia.policy import inspecting as policy

from ..campus import queries as campus
from ..models import InspectionRound
from .inspections import OPEN, Found, Inspections, Round

ITEMS = ("drills", "wiring")  # ordinary both: what is wrong is ordered as it was found
MEND, LASTS = 15, 9


class Campus:
    """The school as a place. rounds, hazards: as Inspections keeps its own, and counted with them."""

    def __init__(self, schools):
        self.schools, self.dice, self.rounds, self.hazards, self.place = schools, schools.dice_of("campus"), {}, {}, None
        self.looks = schools.part(Inspections)
        if hands := self.looks._hands():
            told = {"area": schools.village, "address": "街上", "campus": schools.school}
            schools.tempt("enter_venue", hands[0], kind="shop", name="校门口商店", **told)  # a shop is nobody's campus
            made = schools.do("enter_venue", hands[0], kind="campus", name="模拟学校校园", **told)
            self.place = made and made.pk
            self.looks.beside.append(self)

    def live(self, day):
        """Plan a look now and then, look, mend what was found: before its day, where needs have a second book of their own."""
        hands = self.looks._hands()
        if not hands or not self.place:
            return
        if self.dice.random() < 0.02 and all(one.state == "round_closed" for one in self.rounds.values()):
            self._plans(hands[0], day)
        for pk, one in self.rounds.items():
            if one.state == "round_running" and self.dice.random() < 0.4:
                self._looks(pk, one, hands[0], day)
        for pk, one in self.hazards.items():
            if one.state in OPEN and not self.schools.year.alone and one.due <= day + timedelta(days=5):
                self.looks._hands_on(pk, one, hands[0], day)
            elif one.state in OPEN and self.dice.random() < 0.15:
                self._mends(pk, one, self.dice.choice(hands), day)

    def _plans(self, by, day):
        until, do = day + timedelta(days=LASTS), self.schools.do
        facts = {"kind": "spot", "calls": "other_call", "kinds": ["campus"], "lead": self.looks.lead, "from_on": day, "until_on": until}
        made = do("plan_round", by, area=self.schools.county, name=f"第{len(self.rounds)}次校园检查", **facts)
        if made and do("add_team", by, inspection_round_id=made.pk, unit1=self.looks.lead, people1=2, licensed1=2) and do("begin_round", by, inspection_round_id=made.pk):
            self.rounds[made.pk] = Round("other_call", until, "round_running", day, {self.place: "waits"})

    def _looks(self, pk, one, by, day):
        if one.stops[self.place] == "looked":
            if self.schools.do("finish_round", by, inspection_round_id=pk, words="校园查完了"):
                one.state = "round_closed"
            return
        stop = InspectionRound.objects.get(pk=pk).stops.get(venue=self.place).pk
        wrong = [item for item in ITEMS if self.dice.random() < 0.6]
        said = {f"item_{item.code}": "bad" if item.code in wrong else "ok" for item in policy.in_force(day).of("campus")}
        made = self.schools.do("record_inspection", by, round_venue_id=stop, day=day, came=[self.looks.lead], people=2, licensed=2, signed="signed", **said)
        if made:
            one.stops[self.place] = "looked"
            for row in made.hazards.all():
                self.hazards[row.pk] = Found(False, day + timedelta(days=MEND), found=day)
            if sorted(row.code for row in made.hazards.all()) != sorted(wrong):
                self.schools.violate("不合格的没有变成隐患 / what was wrong is no hazard", str(wrong))

    def _mends(self, pk, one, by, day):
        do, tempt, told = self.schools.do, self.schools.tempt, {"campus_hazard_id": pk, "mended_on": day, "words": "学校改好了"}
        if one.state == "hazard_found":
            tempt("report_mended", Role.HEADMASTER, **told)
            self._orders(pk, by, day)
        elif one.state == "hazard_ordered":
            if do("report_mended", Role.HEADMASTER, **told):
                one.state = "hazard_recheck"
                tempt("report_mended", Role.HEADMASTER, **told)
        else:
            again = {"hazard_id": pk, "passed": True, "day": day, "licensed": 2, "words": "到校看过"}
            tempt("recheck_hazard", Role.HEADMASTER, **again)
            if do("recheck_hazard", by, **again):
                one.state, one.closed = "hazard_passed", day

    def _orders(self, pk, by, day):
        from ..models import Hazard

        inspection = Hazard.objects.get(pk=pk).inspection_id
        mine = list(Hazard.objects.filter(inspection=inspection, state="hazard_found").values_list("pk", flat=True))
        if any(self.hazards[other].due < day for other in mine):
            self.schools.tempt("issue_order", by, inspection_id=inspection, unit=self.looks.lead)
        elif self.schools.do("issue_order", by, inspection_id=inspection, unit=self.looks.lead):
            for other in mine:
                self.hazards[other].state = "hazard_ordered"

    def night(self, day):
        """What is overdue is seen by the evening's round of all inspections."""

    def judge(self, day, *, whole):
        """The school sees what is open on its grounds, what of it is overdue, and what waits for it; nothing else."""
        by = self.schools.hand(Role.HEADMASTER)
        if not by or not self.place:
            return
        due = {pk: one.due for pk, one in self.hazards.items() if one.state in OPEN}
        self.schools.same("本校隐患和应有的不一样 / the school sees other hazards than its own", dict(campus.waiting(by).values_list("pk", "due_on")), due)
        late = {pk for pk in due if self.hazards[pk].is_late(day)}
        if campus.overdue(by, day) != late:
            self.schools.violate("本校超期的隐患和应有的不一样 / what is overdue on the own grounds differs", f"{len(campus.overdue(by, day))},应当是 {len(late)}")
        waits = sum(one.state == "hazard_ordered" for one in self.hazards.values())
        if (told := campus.queue(by, day).get("schools:campus")) != waits:
            self.schools.violate("等学校改的没有报给学校 / what waits for the school is not told to it", f"{told},应当是 {waits}")
