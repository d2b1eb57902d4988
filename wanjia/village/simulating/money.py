"""The collective's money of the year: last year's book, contracts and what is due by them, vouchers of two hands, reversals.

What the book calls unlawful (one hand alone, more spent than there is, more received than is due, a voucher reversed twice, a year written into that was shared out) is tried and must be refused.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from ..models import CollectiveDeal, MoneyVoucher
from .year import KEEPER, TOWNSHIP

INTO = {"in_operating": "income", "in_investment": "income", "in_subsidy": "income", "in_other": "income", "out_operating": "cost", "out_office": "cost", "out_public": "cost", "opening_profit": "opened", "opening_reserve": "reserve"}
BEFORE = (("opening_profit", 2_160_000), ("opening_reserve", 500_000), ("in_operating", 16_800_037), ("in_subsidy", 6_000_000), ("out_operating", 7_640_001), ("out_office", 3_825_060))
GOES = {"income": 1, "opened": 1, "reserve": 1, "cost": -1, "payout": -1}  # what a voucher does to the cash


def yuan(fen):
    """Return an amount as people write it."""
    return f"{fen // 100}.{fen % 100:02d}"


@dataclass
class Voucher:
    """What moves money. into: income, cost, opened, reserve; undoes: the key of what it reverses; due: the key of what is due."""

    into: str
    fen: int
    year: int
    by: object
    state: str = "voucher_drawn"
    undoes: object = None
    due: object = None
    undone: bool = False  # a reversal of it waits or is booked


@dataclass
class Till:
    """vouchers: {key: Voucher}; shared: {year: (reserve, total)} of dividends that were adopted; paid: fen of receipts that were looked at."""

    vouchers: dict = field(default_factory=dict)
    shared: dict = field(default_factory=dict)
    paid: int = 0

    def booked(self):
        """Yield (into, fen, year) of what stands on the book, below nought where it was taken back."""
        for one in self.vouchers.values():
            if one.state == "voucher_booked":
                yield one.into, (-one.fen if one.undoes else one.fen), one.year

    def total(self, *into, years=lambda _year: True):
        """What these come to in some years."""
        return sum(fen for what, fen, year in self.booked() if what in into and years(year))

    @property
    def cash(self):
        """What lies there."""
        return sum(GOES[what] * fen for what, fen, _year in self.booked()) - self.paid

    def of_year(self, year):
        """What a year comes to before it is shared out: income, cost, and what earlier years left."""
        before = [self.total(what, years=lambda y: y < year) for what in ("income", "cost", "opened")]
        shared = sum(sum(one) for y, one in self.shared.items() if y < year)
        carried = before[0] - before[1] + before[2] - shared + self.total("opened", years=lambda y: y == year)
        return {"income_fen": self.total("income", years=lambda y: y == year), "cost_fen": self.total("cost", years=lambda y: y == year), "carried_fen": carried}


class Money:
    """till: the book; dues: {key: [fen, due on]} of the contract in force."""

    def __init__(self, village):
        self.village, self.dice, self.till, self.dues, self.papers, self.deal = village, village.dice_of("money"), Till(), {}, 0, None
        for category, fen in BEFORE:
            pk = self.draw(category, fen, date(2025, 1, 1) if category.startswith("opening") else date(2025, 6, 1))
            if pk:
                self.look(pk)
        self._lets()

    def _lets(self):
        """A pond is let; what comes by it is due each year."""
        day, by = self.village.today, self.village.hand(KEEPER)
        given = {"kind": "deal_land", "what": "二组鱼塘 12 亩", "party": "邻县水产合作社", "from_on": day, "to_on": day + timedelta(days=1200), "yuan": "48000.50", "due_on": day + timedelta(days=10)}
        made = self.village.do("draw_deal", by, village=self.village.village, **given)
        if not made:
            return
        self.village.tempt("check_deal", by, collective_deal_id=made.pk)
        if self.village.do("check_deal", TOWNSHIP, collective_deal_id=made.pk):
            self.deal = made.pk
            self.dues = {one.pk: [4_800_050, one.due_on] for one in CollectiveDeal.objects.get(pk=made.pk).dues.all()}

    def draw(self, category, fen, day, *, lawful=True):
        """Draw a voucher up; return its key."""
        self.papers += 1
        by = self.village.hand(KEEPER)
        what = {"village": self.village.village, "category": category, "yuan": yuan(fen), "day": day, "paper": f"票据 {self.papers}", "words": "村里的收支"}
        made = self.village.twice("draw_voucher", by, **what) if lawful else self.village.tempt("draw_voucher", by, **what)
        if made:
            self.till.vouchers[made.pk] = Voucher(INTO[category], fen, day.year, by)
        return made and made.pk

    def look(self, pk):
        """Another hand approves a voucher, where the book has so much; or keeps it from the book."""
        one, till = self.till.vouchers[pk], self.till
        if self.dice.random() < 0.2:
            self.village.tempt("book_voucher", one.by, money_voucher_id=pk)
        if self.dice.random() < 0.07 and one.year > 2025:
            if self.village.do("refuse_voucher", TOWNSHIP, money_voucher_id=pk, reason="票据对不上"):
                one.state = "voucher_refused"
                self._released(one)
            return
        there = till.cash + GOES[one.into] * (-one.fen if one.undoes else one.fen) >= 0
        if self.village.do("book_voucher", TOWNSHIP, lawful=there and one.year not in till.shared, money_voucher_id=pk):
            one.state = "voucher_booked"
            self.village.tempt("book_voucher", TOWNSHIP, money_voucher_id=pk)

    def _released(self, one):
        if one.undoes:
            self.till.vouchers[one.undoes].undone = False

    def live(self, day):
        """Money comes and goes, is looked at, some of it was written down wrongly."""
        if self.dice.random() < 0.2:
            category = self.dice.choice(("in_operating", "in_subsidy", "out_operating", "out_office", "out_public"))
            self.draw(category, self.dice.randint(1, 900_000), day - timedelta(days=self.dice.randint(0, day.timetuple().tm_yday - 1) % 20))
        if self.dice.random() < 0.01:
            self._too_dear(day)
        if self.dice.random() < 0.04:
            self.draw("out_office", 100, day + timedelta(days=1), lawful=False)
        if self.till.shared and self.dice.random() < 0.03:
            self.draw("out_office", 100, date(2025, 12, 30), lawful=False)
        for pk, one in list(self.till.vouchers.items()):
            if one.state == "voucher_drawn" and self.dice.random() < 0.4:
                self.look(pk)
            elif one.state == "voucher_booked" and self.dice.random() < 0.01:
                self._reverses(pk, one, day)
        if self.deal and self.dice.random() < 0.05:
            self._receives(day)

    def _too_dear(self, day):
        """More is to be spent than lies there: not booked, and kept from the book."""
        pk = self.draw("out_public", self.till.cash + 1 + self.dice.randint(0, 10_000), day)
        one = self.till.vouchers.get(pk)
        if one and not self.village.tempt("book_voucher", TOWNSHIP, money_voucher_id=pk) and self.village.do("refuse_voucher", TOWNSHIP, money_voucher_id=pk, reason="账上没有这么多"):
            one.state = "voucher_refused"

    def _reverses(self, pk, one, day):
        """Propose to take back what was booked; once, and no reversal of a reversal."""
        what = {"money_voucher_id": pk, "words": "写错了一位"}
        if one.undoes or one.undone or one.into == "payout":
            self.village.tempt("reverse_voucher", **what)
            return
        by = self.village.hand(KEEPER)
        if one.year == 2025 and not self.till.shared:
            return  # last year's book is what the members are told
        made = self.village.twice("reverse_voucher", by, **what)
        if made:
            one.undone = True
            self.till.vouchers[made.pk] = Voucher(one.into, one.fen, day.year, by, undoes=pk)
            self.village.tempt("reverse_voucher", by, **what)

    def out(self, due):
        """How much of what is due did not come: what waits for a look came, what was taken back did not."""
        vouchers = self.till.vouchers
        back = {one.undoes for one in vouchers.values() if one.undoes and one.state == "voucher_booked"}
        return self.dues[due][0] - sum(one.fen for pk, one in vouchers.items() if one.due == due and one.state != "voucher_refused" and pk not in back)

    def _receives(self, day):
        pk = min(self.dues, key=lambda due: self.dues[due][1])
        row, out = CollectiveDeal.objects.get(pk=self.deal).dues.get(pk=pk), self.out(pk)
        by, what = self.village.hand(KEEPER), {"collective_deal_id": self.deal, "due": row, "day": day, "paper": f"收据 {day}"}
        self.village.tempt("receive_due", by, yuan=yuan(out + 1), **what)
        if out < 1:
            return
        fen = out if self.dice.random() < 0.3 else self.dice.randint(1, out)
        made = self.village.do("receive_due", by, yuan=yuan(fen), **what)
        if made:
            self.till.vouchers[made.pk] = Voucher("income", fen, day.year, by, due=pk)

    # The evening.

    def night(self, day):
        """Nothing waits for the night."""

    def judge(self, day, *, whole):
        """Vouchers, cash, reserve, what each year comes to and what is due are what the book says."""
        from ..income import queries

        ours, till, same = self.village.village.pk, self.till, self.village.same
        rows = {one.pk: (one.state, one.fen, one.year) for one in MoneyVoucher.objects.filter(village=ours, run=None)}
        same("凭证和应有的不一样 / vouchers differ", rows, {pk: (one.state, one.fen, one.year) for pk, one in till.vouchers.items()})
        found, total = queries.standing(ours), sum(total for _reserve, total in till.shared.values())
        should = {"cash": till.cash, "reserve": till.total("reserve") + sum(reserve for reserve, _total in till.shared.values()), "owed": total - till.paid}
        same("集体的钱和应有的不一样 / the collective's money differs", {word: found[word] for word in should}, should)
        same("欠收和应有的不一样 / what is due differs", {one.pk: one.out for one in queries.dues().filter(deal=self.deal)}, {due: self.out(due) for due in self.dues})
        for year in (2025, day.year) if whole else (day.year,):
            same(f"{year} 年的账和应有的不一样 / a year's account differs", queries.sums(ours, year), till.of_year(year))
