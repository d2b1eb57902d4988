"""Ventures of homes: written down by consent, shown by another hand, gone with how to reach them when the home says so.

What the book calls unlawful (without a consent that was heard, or one older than what was taken back, two of a kind, a citizen's number as the contact, shown by who wrote it down) is tried and must be refused.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from ..models import Venture
from .crafts import WORD
from .year import KEEPER, TOWNSHIP

KINDS = {"garden": (1, 12), "picking": (3, 5), "meals": (11, 2)}  # kind: from and to which month


@dataclass
class Yard:
    """A venture."""

    home: object
    kind: str
    contact: str
    state: str = "venture_written"
    gone: date | None = None


def in_season(kind, month):
    """Whether a kind is in its months; from November to February goes over the new year."""
    first, last = KINDS[kind]
    return first <= month <= last if first <= last else month >= first or month <= last


class Ventures:
    """yards: {key: Yard}."""

    def __init__(self, village):
        self.village, self.dice, self.yards = village, village.dice_of("ventures"), {}

    def live(self, day):
        """A home is written down, shown, taken down."""
        if self.dice.random() < (0.1 if len(self.yards) > 1 else 0.6):
            self._writes(self.dice.choice(self.village.homes), self.dice.choice(list(KINDS)), day)
        for pk, one in self.yards.items():
            if one.state == "venture_written" and self.dice.random() < 0.4:
                self.village.tempt("show_venture", KEEPER, venture_id=pk)
                one.state = "venture_shown" if self.village.twice("show_venture", TOWNSHIP, venture_id=pk) else one.state
            elif (one.state == "venture_shown" and self.village.falls(self.dice, "withdraw_venture", 0.02)) or self.dice.random() < 0.005:
                self._goes(pk, one, day)

    def _writes(self, home, kind, day):
        what = {"home": home.row, "kind": kind, "called": f"{self.village.homes.index(home) + 1}号小院", "words": "自家菜园,随到随摘", "from_month": KINDS[kind][0], "to_month": KINDS[kind][1], "consented_on": day, **WORD}
        tempt, mine = self.village.tempt, [one for one in self.yards.values() if one.home is home and one.kind == kind]
        if any(one.state != "venture_withdrawn" for one in mine):
            tempt("write_venture", **what)
            return
        if mine:
            tempt("write_venture", **what | {"consented_on": max(one.gone for one in mine) - timedelta(days=1)})
        tempt("write_venture", **what | {"heard": ""})
        tempt("write_venture", **what | {"words": "自家菜园,电话13887001234"})
        tempt("write_venture", **what, contact="530625197001011231")
        contact = self.dice.choice(("", "13887001234"))
        made = self.village.twice("write_venture", **what, contact=contact)
        if made:
            self.yards[made.pk] = Yard(home, kind, contact)

    def _goes(self, pk, one, day):
        if one.state == "venture_withdrawn":
            self.village.tempt("withdraw_venture", venture_id=pk)
        elif self.village.do("withdraw_venture", venture_id=pk):
            one.state, one.contact, one.gone = "venture_withdrawn", "", day

    # The evening.

    def night(self, day):
        """Nothing waits for the night."""

    def judge(self, day, *, whole):
        """Ventures, and how each may be reached, are what the book says; on whole evenings the figures too."""
        rows = {one.pk: (one.state, one.contact) for one in Venture.objects.filter(village=self.village.village)}
        self.village.same("庭院经济和应有的不一样 / ventures differ", rows, {pk: (one.state, one.contact) for pk, one in self.yards.items()})
        if whole:
            from ..figures.crafts import POPULATIONS

            up = [one for one in self.yards.values() if one.state == "venture_shown"]
            self.village.figures(POPULATIONS, {"ventures.listed": len(up), "ventures.in_season": (sum(in_season(one.kind, day.month) for one in up), len(up))})
