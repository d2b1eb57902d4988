"""Disputes of the year: taken up, both sides told their rights, a mediator chosen, sat together; agreed and sealed by another hand, kept or not, confirmed by the court; or failed.

What the book calls unlawful (a side that refuses, a sitting before the rights, a mediator who is a party, a seal without signatures or by who drew it up, the court asked by one side or too late) is tried and must be refused.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from wanjia.orgs.roles import Role

from ..models import BodySeat, MediationAgreement, MediationCase, MediationParty, MediationTerm
from .year import KEEPER

MEDIATOR = Role.MEDIATOR
COURT = 30  # days in which both sides may ask it


@dataclass
class Case:
    """A dispute. step: how far it came; number: of the case within village and year; sealed: (number of the agreement, day)."""

    taken: date
    number: tuple
    state: str = "case_taken"
    step: str = "taken"
    by: object = None
    sealed: tuple | None = None
    asked: bool = False
    parties: list = field(default_factory=list)


class Mediation:
    """cases: {key: Case}."""

    def __init__(self, village):
        self.village, self.dice, self.cases, self.seat = village, village.dice_of("mediation"), {}, None
        village.hires("tiaojie1", "晏调解", MEDIATOR)
        village.hires("tiaojie2", "骆调解", MEDIATOR)
        day = village.today
        village.tempt("take_case", MEDIATOR, **self._told(day))  # no committee yet
        body = village.do("found_body", KEEPER, area=village.village, kind="mediation", name=f"{village.village.short_name}人民调解委员会", from_on=day)
        for turn, home in enumerate(village.homes[-3:] if body else ()):
            village.do("take_seat", KEEPER, governing_body_id=body.pk, name=home.head, office="member" if turn else "head", from_on=day, basis="村民会议推选")
        self.seat = BodySeat.objects.filter(body=body.pk, office="head").first() if body else None

    def _told(self, _day, **facts):
        return {"village": self.village.village, "kind": "neighbours", "source": "asked", "refuses": False, "people": 2, "facts": "两家为院墙占了半米过道吵了一个月", "money": "800"} | facts

    def live(self, day):
        """A dispute comes now and then; each goes a step further, when it does."""
        if self.seat is None or len(self.village.hands(MEDIATOR)) < 2:
            return
        if self.dice.random() < 0.04:
            self._takes(day)
        for pk, one in self.cases.items():
            if self.dice.random() < 0.25:
                getattr(self, f"_{one.step}")(pk, one, day)

    def _takes(self, day):
        self.village.tempt("take_case", MEDIATOR, **self._told(day, refuses=True))
        made = self.village.twice("take_case", MEDIATOR, **self._told(day))
        if made:
            n = 1 + sum(one.number[0] == day.year for one in self.cases.values())
            self.cases[made.pk] = Case(day, (day.year, n))

    def _sitting(self, pk, day):
        return {"mediation_case_id": pk, "kind": "sitting", "day": day, "place": "村委会", "words": "甲方说量错了,愿意退"}

    def _taken(self, pk, one, day):
        """Both sides stand in the file: heads of two homes, of whom none sits in the committee."""
        self.village.tempt("note_sitting", MEDIATOR, **self._sitting(pk, day))
        self.village.tempt("add_party", MEDIATOR, mediation_case_id=pk, side="side_one", name="某个孩子", ours=False, minor=True)  # without a guardian
        for side, home in zip(("side_one", "side_two"), self.dice.sample(self.village.homes[:-3], 2), strict=True):
            if self.village.do("add_party", MEDIATOR, mediation_case_id=pk, side=side, name=home.head, ours=True):
                self.village.tempt("add_party", MEDIATOR, mediation_case_id=pk, side=side, name=home.head, ours=True)
        one.parties = list(MediationParty.objects.filter(case=pk).order_by("side"))
        one.step = "peopled"

    def _peopled(self, pk, one, day):
        for turn, party in enumerate(one.parties):
            self.village.do("tell_rights", MEDIATOR, mediation_case_id=pk, party=party, way="read_out", day=day)
            if not turn:
                self.village.tempt("note_sitting", MEDIATOR, **self._sitting(pk, day))
        self.village.tempt("draw_agreement", MEDIATOR, **self._agreement(pk, day))
        if self.village.do("choose_mediator", MEDIATOR, mediation_case_id=pk, mediator=self.seat, chosen="by_parties"):
            self.village.tempt("note_sitting", MEDIATOR, **self._sitting(pk, day) | {"day": day - timedelta(days=1)})
            one.step = "ready"

    def _ready(self, pk, one, day):
        self.village.tempt("draw_agreement", MEDIATOR, **self._agreement(pk, day))
        if self.village.do("note_sitting", MEDIATOR, **self._sitting(pk, day)):
            one.step = "sat"

    def _agreement(self, pk, day):
        return {"mediation_case_id": pk, "written": True, "disputed": "院墙越界半米", "liable": "甲方没有量地界", "manner": "自己拆", "due_on": day + timedelta(days=40), "wants_court": True}

    def _sat(self, pk, one, day):
        """It fails, is taken back, or an agreement is drawn up."""
        chance = self.dice.random()
        if chance < 0.2:
            self.village.tempt("fail_case", MEDIATOR, mediation_case_id=pk, told=False, words="双方都不让")
            self._ends(pk, one, "fail_case", "case_failed", told=True, words="双方都不让")
        elif chance < 0.3:
            self._ends(pk, one, "withdraw_case", "case_withdrawn", why="settled_alone", words="双方自己和好了")
        else:
            one.by = self.village.hand(MEDIATOR)
            self.village.tempt("draw_agreement", one.by, **self._agreement(pk, day) | {"due_on": day - timedelta(days=1)})
            if self.village.do("draw_agreement", one.by, **self._agreement(pk, day)):
                self.village.tempt("note_signature", one.by, mediation_case_id=pk, party=one.parties[0], way="by_finger", day=day)
                self.village.do("add_term", one.by, mediation_case_id=pk, words="甲方把院墙退回半米", due_on=day + timedelta(days=20), money="300")
                one.step = "drawn"

    def _ends(self, pk, one, act, state, **what):
        if self.village.do(act, MEDIATOR, mediation_case_id=pk, **what):
            one.state, one.step = state, "over"

    def _drawn(self, pk, one, day):
        other = self.village.hand(MEDIATOR, but=[one.by])
        if other is None:
            return
        seal = {"mediation_case_id": pk, "mediator_signed": True}
        for party in one.parties:
            self.village.tempt("seal_agreement", other, **seal)
            self.village.do("note_signature", one.by, mediation_case_id=pk, party=party, way="by_finger", day=day)
        self.village.tempt("seal_agreement", one.by, **seal)
        self.village.tempt("seal_agreement", other, **seal | {"mediator_signed": False})
        if self.village.twice("seal_agreement", other, **seal):
            n = 1 + sum(case.sealed is not None and case.sealed[0][0] == day.year for case in self.cases.values())
            one.state, one.step, one.sealed = "case_agreed", "agreed", ((day.year, n), day)

    def _agreed(self, pk, one, day):
        """It is kept, looked at again; the court is asked in time, or too late."""
        term = MediationTerm.objects.filter(agreement__case=pk).first()
        self.village.do("tell_term", MEDIATOR, mediation_case_id=pk, term=term, done=self.dice.random() < 0.8, words="看过了")
        court = {"mediation_case_id": pk, "jointly": True, "court": "永善县人民法院", "day": day}
        late = day > one.sealed[1] + timedelta(days=COURT)
        if one.asked or late:
            self.village.tempt("apply_to_court", MEDIATOR, **court)
        elif self.dice.random() < 0.3:
            self.village.tempt("apply_to_court", MEDIATOR, **court | {"jointly": False})
            one.asked = bool(self.village.do("apply_to_court", MEDIATOR, **court))
        if late and self.dice.random() < 0.3:
            self.village.do("recheck_case", MEDIATOR, mediation_case_id=pk, day=day, kept="kept_whole", words="两家说得上话了")
            one.step = "over"

    def _over(self, pk, one, day):
        if self.dice.random() < 0.02:
            self.village.tempt("note_sitting", MEDIATOR, **self._sitting(pk, day))

    # The evening.

    def night(self, day):
        """Nothing waits for the night."""

    def judge(self, day, *, whole):
        """Cases, their numbers and those of agreements, and what the court was asked are what the book says."""
        ours, same = self.village.village.pk, self.village.same
        rows = {one.pk: (one.state, (one.year, one.serial)) for one in MediationCase.objects.filter(village=ours)}
        same("调解和应有的不一样 / mediations differ", rows, {pk: (one.state, one.number) for pk, one in self.cases.items()})
        sealed = {one.case_id: ((one.year, one.serial), one.valid_on, one.applied_on is not None) for one in MediationAgreement.objects.filter(village=ours, valid_on__isnull=False)}
        same("调解协议和应有的不一样 / agreements differ", sealed, {pk: (*one.sealed, one.asked) for pk, one in self.cases.items() if one.sealed})
