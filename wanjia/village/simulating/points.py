"""Points of the year: rules adopted by another hand and, in summer, a second version; deeds claimed, looked at, put up, objected to, booked by the clock, reversed.

What the book calls unlawful (a deed claimed twice, one's own claim looked at, more points than the shelves answer for, a booking reversed twice or below nought, rules that cite no by-law though one stands, a deed by rules whose by-law was stopped) is tried and must be refused.
"""

from datetime import timedelta

from ..models import BylawClause, PointAccount, PointClaim, PointEntry, PointItem, PointObjection
from .bylaws import Bylaws
from .point_book import Claim, PointBook, Rules
from .year import KEEPER, TOWNSHIP

NOTICE, BACK = 3, 31  # days on the board; so long after its day a deed is written down
CLAUSES = (("works", "参加一次人居环境清扫", 10), ("peace", "劝和一次邻里纠纷", 15), ("customs", "红白喜事从简", 25))
DEARER = 6  # the month in which a second version says that a point is worth more


class Points:
    """book: what both the board and the shop reckon with."""

    def __init__(self, village):
        self.village, self.dice, self.book, self.later = village, village.dice_of("points"), PointBook(), False
        self._adopts(100, 80, CLAUSES)

    def _adopts(self, fen, cover, clauses, law=None):
        """Draw a version up, by the by-law that stands or as the meeting has it, and let another hand put it in force."""
        day, do, book = self.village.today, self.village.do, self.book
        by = self.village.hand(KEEPER)
        what, met = {"village": self.village.village, "fen": fen, "cover": cover}, {"resolved": "村民代表会议讨论通过积分办法", "resolved_on": day}
        if law:
            self.village.tempt("draw_scheme", by, **what, **met)  # where a by-law stands it is cited
        self.village.tempt("draw_scheme", by, **what)
        made = do("draw_scheme", by, **what, **({"cites": BylawClause.objects.get(of=law, number=1)} if law else met))
        if not made:
            return
        self.village.tempt("adopt_scheme", TOWNSHIP, point_scheme_id=made.pk)  # without a clause
        for n, (head, words, points) in enumerate(clauses, 1):
            do("write_clause", by, point_scheme_id=made.pk, clause=n, head=head, words=words, points=points)
        self.village.tempt("write_clause", by, point_scheme_id=made.pk, clause=9, head="works", words="孩子考上大学", points=50)
        self.village.tempt("adopt_scheme", by, point_scheme_id=made.pk)
        keeps = book.rules is None or not book.out() or (fen >= book.rules.fen and book.room(fen, cover) >= 0)
        if do("adopt_scheme", TOWNSHIP, lawful=keeps, point_scheme_id=made.pk):
            rows = PointItem.objects.filter(scheme=made.pk).order_by("clause")
            book.rules = Rules(fen, cover, day, {one.head: (one, points) for one, (_head, _words, points) in zip(rows, clauses, strict=True)}, cites=law is not None)
        else:
            do("drop_scheme", by, point_scheme_id=made.pk, reason="货架不够")

    def live(self, day):
        """Deeds are claimed, looked at, objected to; now and then a booking was wrong."""
        if not self.later and day.month >= DEARER and day.day > 9:
            self.later = True
            self._adopts(125, 100, [(head, words, points + 5) for head, words, points in CLAUSES], self.village.part(Bylaws).stood(day))
        if self.dice.random() < 0.5:
            self._claims(day)
        for pk, one in list(self.book.claims.items()):
            if one.state == "claim_proposed" and self.dice.random() < 0.5:
                self._looks(pk, one, day)
            elif one.state == "claim_posted":
                self._board(pk, one, day)
            elif one.state == "claim_booked" and self.dice.random() < 0.01:
                self._reverses(pk, one, day)

    def _claims(self, day):
        book, home, by = self.book, self.dice.choice(self.village.homes), self.village.hand(KEEPER)
        head = self.dice.choice(list(book.rules.clauses))
        item, points = book.rules.clauses[head]
        on = max(day - timedelta(days=self.dice.randint(0, 3)), book.rules.since)
        what = {"home": home.row, "item": item, "day": on, "words": "清扫村口到学校的路"}
        if book.rules.cites and not self.village.part(Bylaws).stood(on):  # the township stopped what the rules go by
            self.village.tempt("propose_points", by, **what)
            return
        free = not any((one.home, one.head, one.day) == (home.pk, head, on) and one.state != "claim_refused" for one in book.claims.values())
        made = self.village.twice("propose_points", by, **what) if free else self.village.tempt("propose_points", by, **what)
        if not made:
            return
        book.claims[made.pk] = Claim(home.pk, head, on, points, by, day)
        self.village.tempt("propose_points", by, **what)
        self.village.tempt("propose_points", by, **what | {"day": day - timedelta(days=BACK + 1)})
        self.village.tempt("propose_points", by, **what | {"day": book.rules.since - timedelta(days=1)})
        if self.dice.random() < 0.2:
            self.village.tempt("post_claim", by, point_claim_id=made.pk)

    def _looks(self, pk, one, day):
        """Another hand puts it on the board, where the shelves answer for it, or refuses it."""
        if self.dice.random() < 0.1:
            if self.village.do("refuse_claim", TOWNSHIP, point_claim_id=pk, reason="那天没有组织清扫"):
                one.state = "claim_refused"
        elif one.points > self.book.room():
            self.village.tempt("post_claim", TOWNSHIP, point_claim_id=pk)
        elif self.village.do("post_claim", TOWNSHIP, point_claim_id=pk):
            one.state, one.until = "claim_posted", day + timedelta(days=NOTICE)
            self.village.tempt("post_claim", TOWNSHIP, point_claim_id=pk)

    def _board(self, pk, one, day):
        if self.dice.random() < 0.06:
            told = self.village.do("object_to_claim", lawful=day <= one.until, point_claim_id=pk, words="那天下雨,没有人出工")
            if told:
                new = PointObjection.objects.filter(claim=pk).exclude(pk__in=one.objections).get().pk
                one.objections[new] = None
        for key, upheld in list(one.objections.items()):
            if upheld is None and one.state == "claim_posted" and self.dice.random() < 0.3:
                self._answers(pk, one, key)

    def _answers(self, pk, one, key):
        what = {"point_claim_id": pk, "objection": PointObjection.objects.get(pk=key), "upheld": self.dice.random() < 0.4, "answer": "查了签到表"}
        self.village.tempt("answer_point_objection", one.by, **what)
        if self.village.do("answer_point_objection", TOWNSHIP, **what):
            one.objections[key] = what["upheld"]
            if what["upheld"]:
                one.state = "claim_refused"

    def _reverses(self, pk, one, day):
        what = {"point_entry_id": one.entry, "words": "写错了户"}
        if one.reversed or self.book.has(one.home) < one.points:
            self.village.tempt("reverse_points", TOWNSHIP, **what)
            return
        self.village.tempt("reverse_points", one.by, **what)
        if self.village.twice("reverse_points", TOWNSHIP, **what):
            one.reversed = True
            self.book.moves.append((day, "reversal", one.home, -one.points))

    # The evening.

    def night(self, day):
        """The clock books what hung its days and nobody objects to."""
        entries = dict(PointEntry.objects.filter(village=self.village.village.pk, kind="award").values_list("claim", "pk"))
        for pk, one in self.book.claims.items():
            if one.state == "claim_posted" and one.until < day and not one.waits:
                one.state, one.entry = "claim_booked", entries.get(pk)
                self.book.moves.append((day, "award", one.home, one.points))

    def judge(self, day, *, whole):
        """Claims, every home's balance and the points out are what the book says."""
        from ..booking.queries import points_out
        from ..points.queries import in_force, left

        ours, book, same = self.village.village.pk, self.book, self.village.same
        has = {home.pk: book.has(home.pk) for home in self.village.homes}
        rows = {pk: n for pk, n in PointAccount.objects.filter(village=ours, purse="home").values_list("home", "balance") if n}
        same("积分余额和应有的不一样 / balances of points differ", rows, {pk: n for pk, n in has.items() if n})
        claims = dict(PointClaim.objects.filter(village=ours).values_list("pk", "state"))
        same("积分申报和应有的不一样 / claims differ", claims, {pk: one.state for pk, one in book.claims.items()})
        told = {"out": points_out(ours), "left": left(in_force(ours))}
        same("积分总额和应有的不一样 / points out differ", told, {"out": sum(has.values()), "left": book.room()})
        if whole:
            self._figures(day)

    def _figures(self, day):
        from ..figures.points import POPULATIONS

        claims = [one for one in self.book.claims.values() if one.told.year == day.year]
        self.village.figures([one for one in POPULATIONS if one.name == "point_claims"], {
            "point_claims.told": len(claims), "point_claims.booked": (sum(one.state == "claim_booked" for one in claims), len(claims)), "point_claims.objected": (sum(bool(one.objections) for one in claims), len(claims)),
        })  # fmt: skip
