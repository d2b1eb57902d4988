"""Matters that go step by step (四议两公开): proposed, conferred on, deliberated, decided by the representatives, published, told done, accepted by another hand and published again.

What the book calls unlawful (a step before the one before it, on an earlier day or with too few; a decision that is none or stands for another matter; a result before the decision is published, accepted by
who told it, or after the notice came down) is tried and must be refused.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from ..models import AgendaItem, StepMatter
from .councils import Councils
from .notices import Notices
from .year import KEEPER, TOWNSHIP

STEPS = {"steps_begun": ("branch_committee", "steps_branch"), "steps_branch": ("two_committees", "steps_committees"), "steps_committees": ("branch", "steps_party")}
FEW = {"branch_committee": (4, 4), "two_committees": (4, 4), "branch": (5, 4)}  # of nine: one too few to come, one too few to agree
DUE = 9


@dataclass
class Matter:
    """A matter. item: the decision that is waited for, then the one that was linked; last: the day of its last step; by: who told its result."""

    begun: date
    state: str = "steps_begun"
    last: date | None = None
    item: object = None
    by: object = None


class Matters:
    """matters: {key: Matter}."""

    def __init__(self, village):
        self.village, self.dice, self.matters = village, village.dice_of("matters"), {}
        self.of, self.hung = village.part(Councils), village.part(Notices).posted

    def live(self, day):
        """One begins now and then; each goes on, when it may."""
        open_ = sum(one.state not in ("steps_ended", "steps_stopped") for one in self.matters.values())
        if not self.matters or (open_ < 3 and self.dice.random() < 0.05):
            made = self.village.twice("begin_matter", village=self.village.village, title=f"三组水池{len(self.matters) + 1}", words="修一座水池,花三万元,钱从集体收益里出。")
            if made:
                self.matters[made.pk] = Matter(day)
        for pk, one in self.matters.items():
            if one.state in STEPS and (len(self.matters) == 1 or self.dice.random() < 0.6):
                self._steps(pk, one, day)
            elif one.state == "steps_party":
                self._waits(pk, one, day)
            elif one.state == "steps_decided" and self.village.falls(self.dice, "tell_result", 0.3):
                self._tells(pk, one, day)
            elif one.state == "steps_told" and self.village.falls(self.dice, "accept_result", 0.3):
                self._accepts(pk, one)
            elif one.state in ("steps_ended", "steps_stopped") and self.dice.random() < 0.02:
                self.village.tempt("stop_matter", step_matter_id=pk, reason="办完了又不办")

    def _steps(self, pk, one, day):
        step, then = STEPS[one.state]
        came, agreed = FEW[step]
        told = {"step_matter_id": pk, "step": step, "day": day, "due": DUE, "present": came + 1, "votes_for": agreed + 1, "opinion": "同意,先把账算清楚"}
        tempt = self.village.tempt
        tempt("record_step", **told | {"present": came, "votes_for": came})
        tempt("record_step", **told | {"votes_for": agreed})
        tempt("record_step", **told | {"day": day + timedelta(days=1)})
        if one.last:
            tempt("record_step", **told | {"day": one.last - timedelta(days=1)})
        else:
            tempt("record_step", **told | {"step": "branch"})
            tempt("record_step", **told | {"step": "two_committees", "merged": True})  # one head of both, and there is none
        if self.village.do("record_step", **told):
            one.state, one.last = then, day

    def _waits(self, pk, one, day):
        """The representatives' decision is waited for, and linked."""
        if one.item is None:
            one.item = self.of.bring("representatives", day, kind="major", source="branch", title=f"修水池{len(self.of.items)}")
            self.of.wants(one.item)
            return
        key = self.of.last_key(one.item)
        self.of.wants(key)
        item, link = self.of.items[key], {"step_matter_id": pk, "item": AgendaItem.objects.get(pk=key)}
        taken = [other.item for other in self.matters.values() if other is not one and other.state in ("steps_decided", "steps_told", "steps_ended")]
        if taken and self.dice.random() < 0.2:
            self.village.tempt("link_decision", **link | {"item": AgendaItem.objects.get(pk=taken[0])})
        if item.state == "item_rejected":
            if self.village.do("stop_matter", step_matter_id=pk, reason="代表会议没有通过"):
                one.state = "steps_stopped"
        elif key in self.of.decided("representatives"):
            if self.village.twice("link_decision", **link):
                one.state, one.item = "steps_decided", key
        elif self.dice.random() < 0.2:
            self.village.tempt("link_decision", **link)

    def _is_public(self, one):
        notice = self.hung.get(self.of.items[one.item].notice)
        return notice is not None and notice.gone is None

    def _tells(self, pk, one, day):
        item = self.of.items[one.item]
        told = {"step_matter_id": pk, "yuan": "28600.50", "contractor": "本村村民", "words": "修好一座,蓄水二十方", "done_on": day}
        if not self._is_public(one):
            self.village.tempt("tell_result", **told)
            if item.goes_on and self.village.do("stop_matter", step_matter_id=pk, reason="决议退回再议,另立一件"):
                one.state = "steps_stopped"
            return
        by = self.village.hand(KEEPER)
        self.village.tempt("tell_result", by, **told | {"done_on": item.decided - timedelta(days=1)})
        self.village.tempt("tell_result", by, **told | {"yuan": "两万八"})
        if self.village.twice("tell_result", by, **told):
            one.state, one.by = "steps_told", by

    def _accepts(self, pk, one):
        what, public = {"step_matter_id": pk, "words": "到现场看过,和决议一样"}, self._is_public(one)
        self.village.tempt("accept_result", one.by, **what, accepted=True)
        self.village.tempt("stop_matter", step_matter_id=pk, reason="不办了,钱不够")
        good = public and self.dice.random() < 0.7
        if not public:
            self.village.tempt("accept_result", TOWNSHIP, **what, accepted=True)
        if self.village.twice("accept_result", TOWNSHIP, **what, accepted=good):
            one.state = "steps_ended" if good else "steps_decided"

    # The evening.

    def night(self, day):
        """Nothing waits for the night."""

    def judge(self, day, *, whole):
        """How far each matter has come, and by which decision, is what the book says; on whole evenings the figures too."""
        linked = ("steps_decided", "steps_told", "steps_ended")
        should = {pk: (one.state, one.item if one.state in linked else None) for pk, one in self.matters.items() if one.state != "steps_stopped"}
        rows = {one.pk: (one.state, one.item_id) for one in StepMatter.objects.filter(village=self.village.village).exclude(pk__in=[pk for pk, one in self.matters.items() if one.state == "steps_stopped"])}
        self.village.same("四议两公开和应有的不一样 / matters differ", rows, should)
        if whole:
            from ..figures.bylaws import POPULATIONS

            year = [one for one in self.matters.values() if one.begun.year == day.year]
            n = len(year)
            self.village.figures(POPULATIONS, {"step_matters.begun": n, "step_matters.result": (sum(one.state == "steps_ended" for one in year), n)})
