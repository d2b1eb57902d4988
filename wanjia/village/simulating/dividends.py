"""Last year's dividend: shares of homes, the members' meeting that decides, each home's part to the fen, paid and looked at by another hand.

What the book calls unlawful (this year shared out, without the decision, told too late, the plan adopted by who drew it up, a home paid twice) is tried and must be refused.
"""

from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor

from ..models import AgendaItem, DividendRun, DividendShare
from .councils import Councils
from .money import Money, yuan
from .year import KEEPER, TOWNSHIP

LAST, PERCENT = 2025, ("30", "12.5", "20.01")
TOLD = 10  # days before the members meet


class Dividends:
    """shares: {home: hundredths}; given: {key of a home's part: [home, fen, paid on, looked at, by]}."""

    def __init__(self, village):
        self.village, self.dice, self.of, self.till = village, village.dice_of("dividends"), village.part(Councils), village.part(Money).till
        self.shares, self.given, self.run, self.percent, self.item, self.told = {}, {}, None, self.dice.choice(PERCENT), None, {}
        for home in village.homes[: self.dice.randint(7, 11)]:
            self._holds(home, date(LAST, 1, 1), self.dice.randint(30, 700))

    def _holds(self, home, day, n):
        if self.village.do("set_shares", home=home.row, shares=yuan(n), from_on=day, basis="成员名册第 3 页"):
            self.shares[home.pk] = n
            self.village.tempt("set_shares", home=home.row, shares=yuan(n + 1), from_on=day, basis="成员名册第 4 页")

    def live(self, day):
        """The members are called and decide; the plan is drawn up, adopted, paid out."""
        if self.run is None:
            self._plans(day)
        elif self.given:
            self._pays(day)

    def _plans(self, day):
        """Bring it, call the members ten days ahead, and share out what they decided; where they were too few, or said no, once more."""
        of = self.of
        carried = [pk for pk, one in of.decided("collective").items() if one.matter == "collective_assets"]
        if carried:
            self._shares_out(carried[0], day)
            return
        if any(one.kind == "collective" and one.state == "meeting_called" for one in of.held.values()):
            return
        if not of.waiting("collective"):
            of.bring("collective", day, source="committee", kind="major", title=f"{LAST} 年收益分配方案", matter="collective_assets")
        if of.waiting("collective"):
            what = {"governing_body_id": of.bodies["collective"].pk, "day": day + timedelta(days=TOLD), "place": "文化广场", "told_on": day, "counting": "members"}
            self.village.tempt("call_meeting", **what | {"day": day + timedelta(days=TOLD - 1)})
            pk = of.call("collective", what)
            self.told[pk] = day

    def _shares_out(self, pk, day):
        item, by = AgendaItem.objects.get(pk=pk), self.village.hand(KEEPER)
        held = self.of.held[self.of.items[pk].held]
        what = {"village": self.village.village, "year": LAST, "day": date(LAST, 12, 31), "item": item, "told_on": held.day - timedelta(days=TOLD), "percent": self.percent}
        self.village.tempt("draw_run", by, **what | {"year": day.year})
        self.village.tempt("draw_run", by, **what | {"told_on": held.day - timedelta(days=TOLD - 1)})
        reserve, there = self._sums()
        self.village.tempt("draw_run", by, **what, yuan=yuan(there + 1))
        total = there if self.dice.random() < 0.3 else there - self.dice.randint(1, 100_000)
        made = self.village.do("draw_run", by, **what, yuan="" if total == there else yuan(total))
        if not made:
            return
        self.run = made.pk
        self.village.tempt("adopt_run", by, dividend_run_id=made.pk)
        if self.village.do("adopt_run", TOWNSHIP, dividend_run_id=made.pk):
            self.till.shared[LAST] = (reserve, total)
            parts = self._parts(total)
            for pk, home in DividendShare.objects.filter(run=made.pk).values_list("pk", "home"):
                self.given[pk] = [home, parts.get(home), None, False, None]

    def _sums(self):
        """What goes to the reserve, rounded up, and what there is to share out."""
        sums = self.till.of_year(LAST)
        surplus = sums["income_fen"] - sums["cost_fen"]
        reserve = ceil(surplus * Fraction(self.percent) / 100)
        return reserve, surplus + sums["carried_fen"] - reserve

    def _parts(self, total):
        """Each home's part in whole fen; a fen more for those whose rest is the largest, the smaller number first."""
        whole = {home: Fraction(total * n, sum(self.shares.values())) for home, n in self.shares.items()}
        number = {one.pk: one.number for one in self.village.homes}
        first = sorted(whole, key=lambda home: (floor(whole[home]) - whole[home], number[home]))
        left = total - sum(map(floor, whole.values()))
        return {home: floor(part) + (home in first[:left]) for home, part in whole.items()}

    def _pays(self, day):
        for pk, one in self.given.items():
            if one[2] is None and self.dice.random() < 0.2:
                by = self.village.hand(KEEPER)
                if self.village.twice("pay_share", by, dividend_share_id=pk, way=self.dice.choice(("by_bank", "by_cash")), day=day):
                    one[2], one[4] = day, by
                    self.village.tempt("pay_share", dividend_share_id=pk, way="by_cash", day=day)
            elif one[2] and self.dice.random() < 0.05 and self.village.do("unpay_share", lawful=not one[3], dividend_share_id=pk):
                one[2] = one[4] = None
        waits = [one for one in self.given.values() if one[2] and not one[3]]
        if self.dice.random() < 0.2 and waits:
            self._looks(waits)

    def _looks(self, waits):
        """The receipts are looked at by another hand, and the money leaves the book."""
        self.village.tempt("check_receipts", waits[0][4], dividend_run_id=self.run)
        fen = sum(one[1] for one in waits)
        if self.village.do("check_receipts", TOWNSHIP, lawful=self.till.cash >= fen, dividend_run_id=self.run):
            self.till.paid += fen
            for one in waits:
                one[3] = True

    # The evening.

    def night(self, day):
        """Nothing waits for the night."""

    def judge(self, day, *, whole):
        """Each home's part to the fen, what is paid, the reserve and the total are what the book says."""
        ours, same = self.village.village.pk, self.village.same
        rows = {one.pk: (one.home_id, one.fen, one.paid_on, one.voucher_id is not None) for one in DividendShare.objects.filter(run__village=ours)}
        same("分红和应有的不一样 / a dividend differs", rows, {pk: tuple(one[:4]) for pk, one in self.given.items()})
        runs = {one.year: (one.reserve_fen, one.total_fen) for one in DividendRun.objects.filter(village=ours, state="dividend_adopted")}
        same("分红方案和应有的不一样 / what was shared out differs", runs, self.till.shared)
