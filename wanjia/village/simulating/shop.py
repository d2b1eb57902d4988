"""The shop of the year: things come and are looked at by another hand, homes take them for points and bring some back, the stock is counted, each month is closed.

What the book calls unlawful (a home without the points, more pieces than there are, something brought back too late or twice, a month closed before it is over or by one hand) is tried and must be refused.
"""

from datetime import date, timedelta

from ..models import Good, PointMonth, Redemption
from .point_book import Taken, Ware
from .points import Points
from .year import KEEPER, TOWNSHIP

RETURNED_WITHIN = 7
GOODS = (("洗衣粉 1 公斤", "village", 990, 14), ("毛巾", "donated", 650, 20), ("大米 5 公斤", "civil", 3200, 6))


class Shop:
    """Wares, what was taken and the months stand in the book of points."""

    def __init__(self, village):
        self.village, self.dice, self.book, self.months = village, village.dice_of("shop"), village.part(Points).book, {}
        for name, source, fen, pieces in GOODS:
            by = village.hand(KEEPER)
            made = village.twice("take_in", by, village=village.village, name=name, source=source, yuan=f"{fen // 100}.{fen % 100:02d}", pieces=pieces)
            if made:
                self.book.wares[made.pk] = Ware(name, fen, coming=pieces, by=[by])
                self._checks(made.pk, self.book.wares[made.pk], village.today)

    def _checks(self, pk, one, day):
        """Another hand looks at what came; it counts from then on."""
        self.village.tempt("check_stock", one.by[0], good_id=pk)
        if self.village.do("check_stock", TOWNSHIP, good_id=pk):
            self.book.moved(day, pk, one.coming)
            one.coming, one.by = 0, []
            self.village.tempt("check_stock", TOWNSHIP, good_id=pk)

    def live(self, day):
        """Homes take things, bring some back; the shelves are filled, counted, changed; the month before is closed."""
        for pk, one in self.book.wares.items():
            self._keeps(pk, one, day)
        for _turn in range(self.dice.randint(0, 2)):
            self._redeems(day)
        for pk, one in list(self.book.taken.items()):
            if one.back is None and self.dice.random() < 0.03:
                self._returns(pk, one, day)
        if day.day >= 3:
            self._closes(day)

    def _keeps(self, pk, one, day):
        by, chance = self.village.hand(KEEPER), self.dice.random()
        if one.coming and chance < 0.5:
            self._checks(pk, one, day)
        elif chance < 0.06 or (one.pieces < 3 and chance < 0.3):
            n = self.dice.randint(3, 12)
            if self.village.twice("restock", by, good_id=pk, pieces=n, words="本月村里购"):
                one.coming += n
                one.by.append(by)
        elif chance > 0.98:
            lost = self.dice.randint(0, min(2, one.pieces))
            self.village.tempt("count_stock", by, good_id=pk, counted=one.pieces + 1, words="多了一件")
            if self.village.do("count_stock", by, good_id=pk, counted=one.pieces - lost, words="过期,已销毁") and lost:
                self.book.moved(day, pk, -lost)
        elif chance > (0.97 if one.offered else 0.7) and self.village.do("shelve", by, good_id=pk, offered=not one.offered):
            one.offered = not one.offered

    def _redeems(self, day):
        home, pk, pieces = self.dice.choice(self.village.homes), self.dice.choice(list(self.book.wares)), self.dice.randint(1, 2)
        ware, way = self.book.wares[pk], self.dice.choice(("at_shop", "at_home", "by_proxy"))
        points = self.book.price(ware) * pieces
        what = {"good_id": pk, "home": home.row, "pieces": pieces, "way": way}
        if not ware.offered or ware.pieces < pieces or self.book.has(home.pk) < points:
            self.village.tempt("redeem", **what)
            return
        made = self.village.twice("redeem", **what)
        if made:
            self.book.taken[made.pk] = Taken(home.pk, pk, pieces, points, day, way)
            self.book.moves.append((day, "redeem", home.pk, -points))
            self.book.moved(day, pk, -pieces)

    def _returns(self, pk, one, day):
        what = {"redemption_id": pk, "words": "没有用过"}
        if day > one.day + timedelta(days=RETURNED_WITHIN):
            self.village.tempt("give_back", **what)
        elif self.village.do("give_back", **what):
            one.back = day
            self.book.moves.append((day, "give_back", one.home, one.points))
            self.book.moved(day, one.ware, one.pieces)
            self.village.tempt("give_back", **what)

    def _closes(self, day):
        """The month before is drawn up by one and checked by another; this one is not over."""
        first = (day.replace(day=1) - timedelta(days=1)).replace(day=1)
        word = f"{first:%Y-%m}"
        if first.year < 2026 or word in self.months:
            return
        by, mine = self.village.hand(KEEPER), self.village.village
        self.village.tempt("close_month", by, village=mine, month=f"{day:%Y-%m}")
        made = self.village.do("close_month", by, village=mine, month=word)
        if made:
            self.months[word] = self.book.month(first, day.replace(day=1))
            self.village.tempt("close_month", by, village=mine, month=word)
            self.village.tempt("check_month", by, point_month_id=made.pk)
            self.village.do("check_month", TOWNSHIP, point_month_id=made.pk)

    # The evening.

    def night(self, day):
        """Nothing waits for the night."""

    def judge(self, day, *, whole):
        """Stock, receipts and the closes of months are what the book says."""
        ours, same = self.village.village.pk, self.village.same
        rows = {pk: (n, offered) for pk, n, offered in Good.objects.filter(village=ours).values_list("pk", "on_hand", "offered")}
        same("库存和应有的不一样 / stock differs", rows, {pk: (one.pieces, one.offered) for pk, one in self.book.wares.items()})
        rows = {one.pk: (one.home_id, one.good_id, one.pieces, one.points, one.returned_on) for one in Redemption.objects.filter(village=ours)}
        same("兑换和应有的不一样 / receipts differ", rows, {pk: (one.home, one.ware, one.pieces, one.points, one.back) for pk, one in self.book.taken.items()})
        found = {one.month: {**{name: getattr(one, name) for name in self.months.get(one.month, ())}, "state": one.state} for one in PointMonth.objects.filter(village=ours)}
        same("积分月结和应有的不一样 / the close of a month differs", found, {word: {**sums, "state": "points_checked"} for word, sums in self.months.items()})
        if whole:
            self._figures(day)

    def _figures(self, day):
        from ..figures.points import POPULATIONS

        year = [one for one in self.book.taken.values() if one.day >= date(day.year, 1, 1)]
        self.village.figures([one for one in POPULATIONS if one.name == "redemptions"], {
            "redemptions.given": len(year), "redemptions.carried": (sum(one.way == "at_home" for one in year), len(year)), "redemptions.back": (sum(one.back is not None for one in year), len(year)),
        })  # fmt: skip
