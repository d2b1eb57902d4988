"""The village's plan of the year, and its second version: what the representatives decided is written down item by item, put in force by another hand; each item goes on, is told done, accepted or sent back; what stands there is written down and looked at.

What the book calls unlawful (a plan without its decision, in force without an item or by who drew it up, changed afterwards; an item accepted by whose it is or who told it done; an asset looked at by who wrote
it down) is tried and must be refused.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from ..models import PlanWork, VillageAsset, VillagePlan
from .book import PASSED
from .councils import Councils
from .year import KEEPER, TOWNSHIP

WORKS = (("修三组便道", "8600", "1.2", "km"), ("种护坡草", "", "", ""), ("水池栏杆", "3000.50", "2", "piece"), ("庭院改造", "12000", "16", "home_unit"))
LATER = 7  # the month from which a second version may be drawn up


@dataclass
class Work:
    """An item. by: who told it done; size: in hundredths."""

    due: date
    owner: object
    size: int
    unit: str
    state: str = "work_planned"
    spent: int = 0
    by: object = None


@dataclass
class Plan:
    """A version. works: {key: Work}."""

    state: str = "plan_draft"
    works: dict = field(default_factory=dict)


class Plans:
    """plans: {key: Plan}; item: the decision that is waited for; assets: {key: [state, key of its item, hundredths]}."""

    def __init__(self, village):
        self.village, self.dice, self.of, self.plans, self.assets = village, village.dice_of("plans"), village.part(Councils), {}, {}
        self.item = self.begun = None

    @property
    def current(self):
        """The Plan in force, None before there is one."""
        return next((one for one in self.plans.values() if one.state == "plan_in_force"), None)

    def live(self, day):
        """A decision is waited for, a version drawn up; items of the one in force go on."""
        if self.begun is None or (self.begun < LATER <= day.month and self.item is None):
            self.begun = day.month
            self._brings(day)
        elif self.item:
            self._waits(day)
        for plan in self.plans.values():
            for pk, one in plan.works.items():
                if self.dice.random() < (0.12 if "check_asset" in self.village.met else 0.6):
                    self._follows(plan, pk, one, day)
        for pk, one in self.assets.items():
            if one[0] != "asset_gone" and (self.dice.random() < 0.05 or not {"check_asset", "end_asset"} <= self.village.met):
                self._stands(pk, one)

    def _brings(self, day):
        self.item = self.of.bring("representatives", day, kind="key_work", source="committee", title=f"村庄建设规划{len(self.plans) + 1}", matter="planning")
        self.of.wants(self.item)

    def _waits(self, day):
        key = self.of.last_key(self.item)
        last = self.of.items[key]
        self.of.wants(key)
        if last.state == "item_rejected":
            self._brings(day)
        elif key in self.of.decided("representatives"):
            self.item = None
            self._draws(key, day)
        elif self.dice.random() < 0.1 or last.state in PASSED:
            self._draw(key, lawful=False)

    def _draw(self, key, lawful=True):
        from ..models import AgendaItem

        what = {"village": self.village.village, "name": "捏池村建设规划", "item": AgendaItem.objects.get(pk=key)}
        return self.village.do("draw_plan", lawful=lawful, **what)

    def _draws(self, key, day):
        """Aspects and items; in force through another hand, once it says something."""
        by, do, tempt = self.village.hand(KEEPER), self.village.do, self.village.tempt
        made = self._draw(key)
        if not made:
            return
        self.village.tempt("adopt_plan", TOWNSHIP, village_plan_id=made.pk)
        self._draw(key, lawful=False)
        if self.dice.random() < (0.1 if self.plans else 1) and do("drop_village_plan", by, village_plan_id=made.pk, reason="抄漏了一页"):
            self.plans[made.pk] = Plan("plan_dropped")
            made = self._draw(key)
        one = self.plans[made.pk] = Plan()
        do("write_aspect", by, village_plan_id=made.pk, n=1, name="人居环境")
        self._zones(made.pk, by)
        aspect, owner = VillagePlan.objects.get(pk=made.pk).aspects.get(), self.village.hand(KEEPER)
        what = {"village_plan_id": made.pk, "aspect": aspect, "owner": owner}
        tempt("write_work", by, **what, n=9, words="量不出多少的一项", due_on=day, size="3")
        for n, (words, yuan, size, unit) in enumerate(WORKS, 1):
            due = day + timedelta(days=self.dice.choice((4, 30, 90)))
            if do("write_work", by, **what, n=n, words=words, due_on=due, yuan=yuan, size=size, unit=unit or None):
                pk = PlanWork.objects.get(plan=made.pk, n=n).pk
                one.works[pk] = Work(due, owner, round(float(size or 0) * 100), unit)
                tempt("note_work", plan_work_id=pk, words="还没有启用就动工")
        tempt("adopt_plan", by, village_plan_id=made.pk)
        before = self.current
        if do("adopt_plan", TOWNSHIP, village_plan_id=made.pk):
            one.state = "plan_in_force"
            if before:
                before.state = "plan_ended"
            tempt("write_work", by, **what, n=5, words="启用以后再加一项", due_on=day)
            tempt("drop_village_plan", by, village_plan_id=made.pk, reason="不用了")

    def _zones(self, pk, by):
        self.village.do("write_zone", by, village_plan_id=pk, name="彩色大道走廊", bounds="村口大桥到三组晒坝,沿路两边", use="种花、修步道")

    # How items go, and what stands there.

    def _follows(self, plan, pk, one, day):
        do, tempt, by = self.village.do, self.village.tempt, self.village.hand(KEEPER)
        if plan.state == "plan_ended" or one.state == "work_accepted":
            tempt("note_work", plan_work_id=pk, words="做完了的还在写进度")
        elif one.state == "work_planned" and self.village.falls(self.dice, "note_work", 0.4):
            do("note_work", by, plan_work_id=pk, words="料到了,下周动工")
            tempt("accept_work", TOWNSHIP, plan_work_id=pk)
        elif one.state == "work_planned":
            told = {"plan_work_id": pk, "done_words": "做完了,大家看过"}
            tempt("report_work", by, **told, done_on=day + timedelta(days=1))
            spent = self.dice.randint(0, 900_000)
            if do("report_work", by, **told, done_on=day, yuan=f"{spent // 100}.{spent % 100:02}"):
                one.state, one.spent, one.by = "work_reported", spent, by
        elif one.state == "work_reported":
            tempt("accept_work", one.by, plan_work_id=pk)
            tempt("accept_work", one.owner, plan_work_id=pk)
            if self.village.falls(self.dice, "send_work_back", 0.3):
                if do("send_work_back", TOWNSHIP, plan_work_id=pk, words="有一段没有做平"):
                    one.state, one.spent = "work_planned", 0
            elif self.village.twice("accept_work", TOWNSHIP, plan_work_id=pk):
                one.state = "work_accepted"
                self._asset(pk, one, day)

    def _asset(self, pk, one, day):
        what = {"village": self.village.village, "name": f"资产{len(self.assets) + 1}", "unit": "mu", "belongs": "collective", "yuan": "1000", "from_on": day}
        work = PlanWork.objects.get(pk=pk)
        self.village.tempt("tell_asset", **what, size="1", work=work)
        self.village.tempt("tell_asset", **what, size="0")
        if one.unit:
            size = one.size - self.dice.choice((0, 20))
            made = self.village.twice("tell_asset", **what | {"unit": one.unit, "work": work, "size": f"{size / 100:.2f}"})
            if made:
                self.assets[made.pk] = ["asset_told", pk, size]

    def _stands(self, pk, one):
        self.village.tempt("check_asset", KEEPER, village_asset_id=pk)
        if one[0] == "asset_told" and self.village.do("check_asset", TOWNSHIP, village_asset_id=pk):
            one[0] = "asset_there"
        elif one[0] == "asset_there" and self.village.falls(self.dice, "end_asset", 0.1) and self.village.do("end_asset", TOWNSHIP, village_asset_id=pk, reason="水毁,会议同意核销"):
            one[0] = "asset_gone"

    # The evening.

    def night(self, day):
        """Nothing waits for the night."""

    def judge(self, day, *, whole):
        """Versions, items with what they cost, how many are late, and what stands of what was planned are what the book says; on whole evenings the figures too."""
        from ..planning.queries import alarmed, footed

        ours, same = self.village.village, self.village.same
        same("村庄规划和应有的不一样 / plans differ", dict(VillagePlan.objects.filter(village=ours).values_list("pk", "state")), {pk: one.state for pk, one in self.plans.items()})
        works = {pk: one for plan in self.plans.values() for pk, one in plan.works.items()}
        rows = {pk: (state, fen) for pk, state, fen in PlanWork.objects.filter(plan__village=ours).values_list("pk", "state", "spent_fen")}
        same("规划事项和应有的不一样 / items of a plan differ", rows, {pk: (one.state, one.spent) for pk, one in works.items()})
        rows = dict(VillageAsset.objects.filter(village=ours).values_list("pk", "state"))
        same("资产和应有的不一样 / assets differ", rows, {pk: one[0] for pk, one in self.assets.items()})
        now = self.current.works if self.current else {}
        late = [one for one in now.values() if one.due < day and one.state != "work_accepted"]
        if by := self.village.hand(KEEPER):
            same("过期的规划事项报得不对 / late items are told wrongly", {"late": alarmed(by, day)}, {"late": sum(one.state == "work_planned" for one in late)})
        short = {one.pk: one.short for one in footed(list(PlanWork.objects.filter(pk__in=now)))}
        there = {pk: sum(one[2] for one in self.assets.values() if one[:2] == ["asset_there", pk]) for pk in now}
        same("规划和资产对不上 / what was planned and what stands differ", short, {pk: max(0, one.size - there[pk]) for pk, one in now.items()})
        if whole:
            from ..figures.planning import POPULATIONS

            n, done = len(now), sum(one.state == "work_accepted" for one in now.values())
            self.village.figures(POPULATIONS, {"plan_works.planned": n, "plan_works.done": (done, n), "plan_works.late": (len(late), n)})
