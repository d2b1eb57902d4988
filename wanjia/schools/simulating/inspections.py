"""Inspections of the year: places, rounds of the calendar and by hand, one look for all units, what was found and who mends it.

What the book calls unlawful (a round closed with a place left, a look by one officer, an order without its five, a recheck by whoever wrote that it is mended, or by whoever ordered it where nobody did) is tried and must be refused.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from wanjia.orgs.models import Line, Organisation
from wanjia.orgs.roles import Role

from ..figures.inspections import POPULATIONS
from ..models import Hazard, InspectionRound, Venue
from .year import EXAM, FEAST, TERMS

# As the year's own people reckon: what the calendar calls for begins so many days before its day and lasts as long; it stands in the list so many days before that.
BEGINS = {"term_start": 14, "before_holidays": 14, "festival": 10, "exam": 21}
LISTED = 30
MEND = {"licence": 15, "minors": 30}  # days that are given, by what is wrong
LONGEST, LAST = {False: 60, True: 180}, 7  # days after it was found to which mending is put off, grave or not; where that is past, so many days once
BARS = ("飞鱼网吧", "浪花网吧", "星海网吧")
ITEMS = ("licence", "minors")
OPEN = ("hazard_found", "hazard_ordered", "hazard_recheck")
FIVE = {"words": "没有改好的一处", "basis": "有关条例", "grade": "major", "measure": "立即改正", "answers": "店长", "funds": "不需要", "fallback": "专人看守"}


@dataclass
class Found:
    """Something that is to be mended. ordered_by: who ordered it; mended_by: who wrote down that it is; settled: its five stand; climbed: it is on the ledger; put_off: [(to which day, by whom)]."""

    grave: bool
    due: date
    state: str = "hazard_found"
    settled: bool = False
    ordered_by: object = None
    mended_by: object = None
    closed: date | None = None
    climbed: bool = False
    found: date | None = None
    put_off: list = field(default_factory=list)

    def latest(self, day, *, grave):
        """The last day to which it may be put off."""
        end = self.found + timedelta(days=LONGEST[grave])
        return end if any(due > end for due, _by in self.put_off) else max(end, day + timedelta(days=LAST))

    def forbids(self, due, by, day, *, grave, two=False):
        """Whether it may not be due on a day: too late, or put off anew by the hand that did so last."""
        return due > self.latest(day, grave=grave) or (due > self.due and bool(self.put_off) and not two and self.put_off[-1][1] == by.pk)

    def moves(self, due, by):
        """It is due on another day."""
        if due > self.due:
            self.put_off.append((due, by.pk))
        self.due = due

    def is_late(self, day):
        """Whether it is overdue on a day: not mended by its day, or told to be and not looked at three days after it."""
        return (self.state in OPEN[:2] and self.due < day) or (self.state == OPEN[2] and self.due < day - timedelta(days=3))


@dataclass
class Round:
    """A round. stops: {key of a place: "waits", "looked" or "out"}; until: its last day."""

    calls: str
    until: date
    state: str = "round_draft"
    begun: date | None = None
    stops: dict = field(default_factory=dict)


class Inspections:
    """Net bars of the county and their rounds, led by civil affairs, whose people are two."""

    def __init__(self, schools):
        self.schools, self.dice = schools, schools.dice
        self.places, self.rounds, self.hazards, self.raised, self.beside = [], {}, {}, {}, []  # beside: parts that look at places of another kind, counted with these
        units = Organisation.objects.filter(area=schools.county, to_on=None).order_by("name")
        self.lead, self.police, self.market = (units.filter(line=line).first() for line in (Line.CIVIL, Line.POLICE, Line.MARKET))
        for name in BARS[:2]:
            self._enters(name)

    def _hands(self):
        """Return the hands of the lead unit that are there today: a worker, a head."""
        return [one for role in (Role.BUREAU_WORKER, Role.BUREAU_HEAD) if (one := self.schools.hand(role, self.lead))]

    def _enters(self, name):
        hands = self._hands()
        one = hands and self.schools.do("enter_venue", hands[0], area=self.schools.village, kind="netbar", name=name, address="街上3号")
        if one:
            self.places.append(one.pk)
            for each in self.rounds.values():
                if each.state == "round_running":
                    each.stops[one.pk] = "waits"  # it stands on the list of what goes on at once

    # The days.

    def live(self, day):
        """Take a round of the calendar on or plan one, look at a place, mend what was found."""
        hands = self._hands()
        if not hands:
            return
        if len(self.places) < len(BARS) and self.dice.random() < 0.01:
            self._enters(BARS[len(self.places)])
        for pk, one in self.rounds.items():
            if one.state == "round_draft" and self.dice.random() < 0.1:
                self._begins(pk, one, hands, day)
            elif one.state == "round_running":
                self._goes_on(pk, one, hands, day)
        for pk, one in self.hazards.items():
            if one.state in OPEN and not self.schools.year.alone and one.due <= day + timedelta(days=5):
                self._hands_on(pk, one, hands[0], day)  # where needs have a second book of their own, none comes to them past it
            elif one.state in OPEN and self.dice.random() < 0.15:
                self._mends(pk, one, hands, day)
        if self.dice.random() < 0.01:
            self._plans(hands[0], day)

    def _plans(self, by, day):
        made = self.schools.do("plan_round", by, area=self.schools.county, name=f"第{len(self.rounds)}轮检查", kind="spot", calls="other_call", kinds=["netbar"], lead=self.lead, from_on=day,
                               until_on=day + timedelta(days=9))  # fmt: skip
        if made:
            self.rounds[made.pk] = Round("other_call", day + timedelta(days=9))

    def _begins(self, pk, one, hands, day):
        """Begin a round, or write why it is not held."""
        do, what = self.schools.do, {"inspection_round_id": pk}
        if one.calls == "festival":
            if do("call_off_round", hands[0], **what, reason="和上一轮并在一起了"):
                one.state = "round_called_off"
            return
        if one.calls != "other_call" and not do("change_round", hands[0], **what, name="校历上的一轮", kinds=["netbar"], lead=self.lead, from_on=day, until_on=one.until):
            return
        units = {"unit1": self.lead, "people1": 2, "licensed1": 2, "unit2": self.market, "people2": 1, "licensed2": 0}
        self.schools.tempt("begin_round", hands[0], **what)  # nobody goes yet
        if do("add_team", hands[0], **what, **units) and do("begin_round", hands[0], **what):
            one.state, one.begun, one.stops = "round_running", day, dict.fromkeys(self.places, "waits")

    def _goes_on(self, pk, one, hands, day):
        waits = [place for place, how in one.stops.items() if how == "waits"]
        if not waits:
            if self.dice.random() < 0.3 and self.schools.do("finish_round", hands[0], inspection_round_id=pk, words="查完了,问题在改"):
                one.state = "round_closed"
            return
        if self.dice.random() < 0.1:
            self.schools.tempt("finish_round", hands[0], inspection_round_id=pk, words="还有没有查的")
        if self.dice.random() < 0.3:
            self._looks(pk, one, self.dice.choice(waits), hands, day)

    def _looks(self, pk, one, place, hands, day):
        stop = InspectionRound.objects.get(pk=pk).stops.get(venue=place).pk
        if self.dice.random() < 0.1:
            if self.schools.do("leave_out", hands[0], round_venue_id=stop, reason="装修停业,门锁着"):
                one.stops[place] = "out"
            return
        wrong = [item for item in ITEMS if self.dice.random() < 0.4]
        said = {f"item_{one.code}": "bad" if one.code in wrong else "ok" for one in _items(day)}
        told = {"round_venue_id": stop, "day": day, "came": [self.lead, self.market], "people": 3, "signed": "signed", **said}
        if self.dice.random() < 0.2:
            self.schools.tempt("record_inspection", hands[0], licensed=1, **told)
        made = self.schools.do("record_inspection", hands[0], licensed=2, **told)
        if not made:
            return
        one.stops[place] = "looked"
        self.schools.tempt("leave_out", hands[0], round_venue_id=stop, reason="已经查过的又说没查")
        there = {one.code: one for one in made.hazards.all()}
        if sorted(there) != sorted(wrong):
            self.schools.violate("不合格的没有变成隐患 / what was wrong is no hazard", f"{sorted(there)},应当是 {sorted(wrong)}")
        for code, row in there.items():
            self.hazards[row.pk] = Found(code == "minors", day + timedelta(days=MEND[code]), found=day)
            if row.owner_id != (self.market.pk if code == "licence" else self.lead.pk):
                self.schools.violate("隐患没有归口 / a hazard is not its line's", f"{code}:{row.owner}")

    def _mends(self, pk, one, hands, day):
        """The next step of something that is to be mended."""
        by, do = self.dice.choice(hands), self.schools.do
        if one.state == "hazard_found":
            self._orders(pk, one, by, day)
        elif one.state == "hazard_ordered" and self.dice.random() < 0.7:
            if do("mend_hazard", by, hazard_id=pk, mended_on=day, words="场所说改好了"):
                one.state, one.mended_by = "hazard_recheck", by.pk
        elif self.dice.random() < 0.1:
            self._hands_on(pk, one, by, day)
        else:
            self._rechecks(pk, one, by, day)

    def _hands_on(self, pk, one, by, day):
        if self.schools.do("transfer_hazard", by, hazard_id=pk, unit=self.police, reason="多次不改,移送处理"):
            one.state, one.closed = "hazard_transferred", day

    def _orders(self, pk, one, by, day):
        """Settle the five things, then order; a grave one without them, and one whose day is past, is not ordered."""
        if not one.settled:
            due = day + timedelta(days=self.dice.randrange(2, 20))
            if one.grave and self.dice.random() < 0.3:
                self._tempts_order(pk, by)
            never = one.latest(day, grave=True) + timedelta(days=1)
            self.schools.tempt("settle_hazard", by, hazard_id=pk, owner=self.lead, due_on=never, reason="拖到以后再说", **FIVE)
            told = {"hazard_id": pk, "owner": self.lead, "due_on": due, "reason": "等材料到货", **FIVE}
            if one.forbids(due, by, day, grave=True):
                self.schools.tempt("settle_hazard", by, **told)
            elif self.schools.do("settle_hazard", by, **told):
                one.moves(due, by)
                one.settled, one.grave = True, True
            return
        if one.due < day:
            self._tempts_order(pk, by)
            one.settled = False  # its day is set anew first
            return
        inspection = Hazard.objects.get(pk=pk).inspection_id
        with_it = list(Hazard.objects.filter(inspection=inspection, owner=self.lead, state="hazard_found").values_list("pk", flat=True))
        if all(self.hazards[other].settled and self.hazards[other].due >= day for other in with_it) and self.schools.do("issue_order", by, inspection_id=inspection, unit=self.lead):
            for other in with_it:
                self.hazards[other].state, self.hazards[other].ordered_by = "hazard_ordered", by.pk

    def _tempts_order(self, pk, by):
        row = Hazard.objects.get(pk=pk)
        if row.owner_id == self.lead.pk:
            self.schools.tempt("issue_order", by, inspection_id=row.inspection_id, unit=self.lead)

    def _rechecks(self, pk, one, by, day):
        passed = self.dice.random() < 0.6
        due = None if passed else day + timedelta(days=5)
        told = {"hazard_id": pk, "passed": passed, "day": day, "licensed": 2, "words": "现场看过", "due_on": due}
        alone = one.mended_by == by.pk or (passed and one.mended_by is None and one.ordered_by == by.pk)
        if alone or (due and one.forbids(due, by, day, grave=one.grave, two=one.mended_by is not None)):
            self.schools.tempt("recheck_hazard", by, **told)
        elif self.schools.do("recheck_hazard", by, **told):
            one.state, one.closed = ("hazard_passed", day) if passed else ("hazard_ordered", None)
            one.moves(due or one.due, by)
            one.mended_by = None

    def night(self, day):
        """The evening's round lists what the calendar calls for, and puts on the ledger what is overdue."""
        for calls, about in _calendar():
            first = about - timedelta(days=BEGINS[calls])
            if (calls, about) not in self.raised and first - timedelta(days=LISTED) <= day < about:
                made = InspectionRound.objects.filter(area=self.schools.county, calls=calls, about_on=about).first()
                if made is None:
                    self.schools.violate("校历该查的没有列出 / the calendar calls and no round is listed", f"{calls} {about}")
                    continue
                self.raised[calls, about] = made.pk
                self.rounds[made.pk] = Round(calls, about - timedelta(days=1))
        for one in self._every("hazards").values():
            one.climbed = one.climbed or one.is_late(day)

    # The evening.

    def _every(self, name):
        return getattr(self, name) | {pk: one for part in self.beside for pk, one in getattr(part, name).items()}

    def judge(self, day, *, whole):
        """Hold rounds and hazards against the book; on whole evenings lists and figures too."""
        found = dict(InspectionRound.objects.values_list("pk", "state"))
        self.schools.same("检查轮次和应有的不一样 / a round differs", found, {pk: one.state for pk, one in self._every("rounds").items()})
        rows = Hazard.objects.values_list("pk", "state", "due_on", "closed_on", "need")
        self.schools.same("隐患和应有的不一样 / a hazard differs", {pk: [*row, need != ""] for pk, *row, need in rows},
                          {pk: [one.state, one.due, one.closed, one.climbed] for pk, one in self._every("hazards").items()})  # fmt: skip
        if whole:
            self._whole(day)

    def _whole(self, day):
        for pk, one in self._every("rounds").items():
            rows = InspectionRound.objects.get(pk=pk).stops.values_list("venue", "left_out", "inspection")
            found = {venue: "looked" if looked else "out" if out else "waits" for venue, out, looked in rows}
            self.schools.same("名单和应有的不一样 / a list differs", found, one.stops)
        begun = [one for one in self._every("rounds").values() if one.begun]
        stops = [how for one in begun for how in one.stops.values()]
        hazards = list(self._every("hazards").values())
        self.schools.figures(POPULATIONS, {
            "hazards.found": len(hazards), "hazards.closed": (sum(one.closed is not None for one in hazards), len(hazards)),
            "hazards.overdue": sum(one.is_late(day) for one in hazards), "hazards.climbed": sum(one.climbed for one in hazards),
            "rounds.begun": len(begun), "rounds.complete": (sum(one.state == "round_closed" for one in begun), len(begun)),
            "rounds.late": sum(one.state == "round_running" and one.until < day for one in begun),
            "stops.looked": sum(how == "looked" for how in stops), "stops.left_out": sum(how == "out" for how in stops),
        })  # fmt: skip
        if set(Venue.objects.filter(kind="netbar", to_on=None).values_list("pk", flat=True)) != set(self.places):
            self.schools.violate("场所和应有的不一样 / the places differ", str(len(self.places)))


def _items(day):
    from wanjia.policy import inspecting

    return inspecting.in_force(day).of("netbar")


def _calendar():
    """What the calendar of the year calls for, each with the day it is about."""
    for _name, first, end in TERMS:
        yield "term_start", first
        yield "before_holidays", end
    yield "exam", EXAM
    yield "festival", FEAST
