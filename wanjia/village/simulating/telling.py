"""What is told to homes privately: with help offered, a home that needs a hand helped and never told; its word kept, put right, wrongly written, over by its days.

What the book calls unlawful (told to a home that needs a hand, or while something else is open; blame, something seen after it was told or long ago; an end of what is over) is tried and must be refused.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from ..models import Shortcoming
from .year import TOWNSHIP

PRIVATE, OLD = 60, 60  # days after which it is over; years from which somebody is old


@dataclass
class Told:
    """What was told to a home."""

    home: object
    until: date
    state: str = "short_told"
    word: bool = False


def is_old(home, day):
    """Whether all adults of a home are so old that it is helped."""
    return all((day.year - born.year - ((day.month, day.day) < (born.month, born.day))) >= OLD for born in home.born)


class Telling:
    """told: {key: Told}; nothing is kept of a home that is helped."""

    def __init__(self, village):
        self.village, self.dice, self.told = village, village.dice_of("telling"), {}

    def live(self, day):
        """Somebody is told something; each answers, puts it right, or lets it be."""
        if self.dice.random() < (0.2 if len(self.told) > 2 else 0.7):
            self._tells(self.dice.choice(self.village.homes), day)
        for pk, one in self.told.items():
            if one.state == "short_told":
                self._follows(pk, one)
            elif self.dice.random() < 0.01:
                self.village.tempt("mark_repaired", shortcoming_id=pk)
                self.village.tempt("keep_reply", shortcoming_id=pk, words="已经搬走了")

    def _tells(self, home, day):
        what = {"home": home.row, "place": "二组路边排水沟", "fact": "柴草堆占了半边路。", "help": "组里出两个人一起搬。", "seen_on": day - timedelta(days=1), "told_on": day}
        tempt = self.village.tempt
        if is_old(home, day) or any(one.home is home and one.state == "short_told" for one in self.told.values()):
            tempt("tell_home", **what)
            if self.village.year.alone:  # it is a need of the ledger, which the ledger's own second book does not know
                self.village.do("help_home", home=home.row, words="帮着搬柴草、清排水沟。")
            return
        tempt("tell_home", **what | {"fact": "这一家太邋遢,柴草占了路。"})
        tempt("tell_home", **what | {"fact": f"{home.head}的柴草占了半边路。"})
        tempt("tell_home", **what | {"seen_on": day + timedelta(days=1)})
        tempt("tell_home", **what | {"seen_on": day - timedelta(days=8)})
        made = self.village.twice("tell_home", **what)
        if made:
            self.told[made.pk] = Told(home, day + timedelta(days=PRIVATE))

    def _follows(self, pk, one):
        do, falls = self.village.do, self.village.falls
        if falls(self.dice, "keep_reply", 0.06):
            one.word = bool(do("keep_reply", shortcoming_id=pk, words="这几天在地里,赶场天就去收")) or one.word
        elif falls(self.dice, "mark_repaired", 0.02):
            one.state = "short_repaired" if do("mark_repaired", shortcoming_id=pk) else one.state
        elif falls(self.dice, "drop_shortcoming", 0.005) and do("drop_shortcoming", shortcoming_id=pk, reason="不是这一户的柴草"):
            one.state = "short_dropped"

    # The evening.

    def night(self, day):
        """Whatever became of it, it is over by its days."""
        for one in self.told.values():
            if one.state == "short_told" and one.until < day:
                one.state = "short_over"

    def judge(self, day, *, whole):
        """What was told is what the book says, and the township reads none of it; on whole evenings the figures too."""
        from ..figures.appraisal import POPULATIONS
        from ..improving.rules import visible_shortcomings

        rows = dict(Shortcoming.objects.filter(village=self.village.village).values_list("pk", "state"))
        self.village.same("私下告知的和应有的不一样 / what was told privately differs", rows, {pk: one.state for pk, one in self.told.items()})
        above = self.village.hand(TOWNSHIP)
        if above and visible_shortcomings(above).exists():
            self.village.violate("私下告知的事别人看得到 / what was told privately is read above", self.village.village.pk)
        if whole:
            year = [one for one in self.told.values() if one.state != "short_dropped" and (one.until - timedelta(days=PRIVATE)).year == day.year]
            put_right, answered = sum(one.state == "short_repaired" for one in year), sum(one.word for one in year)
            self.village.figures(POPULATIONS, {"village_told.all": len(year), "village_told.repaired": (put_right, len(year)), "village_told.answered": (answered, len(year))})
