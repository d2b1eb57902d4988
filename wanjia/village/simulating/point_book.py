"""The second book of points and of the shelves: plain sums of what was acknowledged."""

from dataclasses import dataclass, field
from datetime import date


@dataclass
class Rules:
    """A version of the rules. clauses: {head: (key of the clause, points)}; cites: whether it goes by a by-law."""

    fen: int
    cover: int
    since: date
    clauses: dict
    cites: bool = False


@dataclass
class Claim:
    """A deed that was claimed. objections: {key: None while it waits, else whether it was upheld}; entry: its booking, once there is one."""

    home: object
    head: str
    day: date
    points: int
    by: object
    told: date
    state: str = "claim_proposed"
    until: date | None = None
    objections: dict = field(default_factory=dict)
    entry: object = None
    reversed: bool = False

    @property
    def waits(self):
        """Whether an objection waits for its answer."""
        return None in self.objections.values()


@dataclass
class Ware:
    """A thing on the shelves. coming: pieces that wait for another hand's look, and who took them in."""

    name: str
    fen: int
    pieces: int = 0
    coming: int = 0
    by: list = field(default_factory=list)
    offered: bool = True


@dataclass
class Taken:
    """What a home took. back: the day on which it came back."""

    home: object
    ware: object
    pieces: int
    points: int
    day: date
    way: str
    back: date | None = None


@dataclass
class PointBook:
    """moves: [(day, what, home, points)] in order, what one of award, reversal, redeem, give_back; stock: [(day, ware, pieces)]."""

    rules: Rules | None = None
    claims: dict = field(default_factory=dict)
    wares: dict = field(default_factory=dict)
    taken: dict = field(default_factory=dict)
    moves: list = field(default_factory=list)
    stock: list = field(default_factory=list)

    def has(self, home):
        """How many points a home has."""
        return sum(points for _day, _what, whose, points in self.moves if whose == home)

    def out(self):
        """How many points all homes have."""
        return sum(points for *_what, points in self.moves)

    def promised(self):
        """How many points stand on the board."""
        return sum(one.points for one in self.claims.values() if one.state == "claim_posted")

    def price(self, ware, fen=None):
        """What a piece costs in points: a part of a point is a whole one."""
        whole, rest = divmod(ware.fen, fen or self.rules.fen)
        return whole + (rest > 0)

    def room(self, fen=None, cover=None):
        """How many points may still be promised, by these rules or others, before the shelves no longer answer for them."""
        shelves = sum(self.price(one, fen) * one.pieces for one in self.wares.values() if one.offered)
        return shelves * (cover or self.rules.cover) // 100 - self.out() - self.promised()

    def moved(self, day, ware, pieces):
        """So many pieces came or went."""
        self.wares[ware].pieces += pieces
        self.stock.append((day, ware, pieces))

    def month(self, first, end):
        """The sums of a month."""
        before = [one for one in self.moves if one[0] < end]
        mine = [one for one in before if one[0] >= first]
        of = {what: abs(sum(one[3] for one in mine if one[1] == what)) for what in ("award", "reversal", "redeem", "give_back")}
        held = {}
        for _day, _what, home, points in before:
            held[home] = held.get(home, 0) + points
        return {
            "opening": sum(one[3] for one in before if one[0] < first), "awarded": of["award"], "reversed": of["reversal"], "spent": of["redeem"], "returned": of["give_back"],
            "closing": sum(held.values()), "homes": sum(n > 0 for n in held.values()), "redemptions": sum(first <= one.day < end for one in self.taken.values()),
            "stock_fen": sum(self.wares[ware].fen * pieces for day, ware, pieces in self.stock if day < end),
        }  # fmt: skip
