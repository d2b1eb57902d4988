"""Craftsmen of the year: listed by consent, shown by another hand, gone when they say so; who learns with them; who books them, and what came of it.

What the book calls unlawful (without a consent that was heard, or one older than what was taken back; a telephone in the words; shown by who wrote him down; taught or booked with before he is shown; in two places
at once; held before its day) is tried and must be refused.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from ..models import Craftsman, MentorPair
from .year import KEEPER, TOWNSHIP

SKILLS, MOST = ("fields", "pests", "machines", "fish"), 5
WORD = {"consent": "by_word", "heard": "本人答应,小组长在场"}


@dataclass
class Master:
    """A craftsman. gone: the day on which he was taken off."""

    home: object
    state: str = "craftsman_written"
    gone: date | None = None


@dataclass
class Pair:
    """Somebody who learns with a craftsman."""

    master: object
    learner: object
    state: str = "pair_running"
    earns: bool = False


@dataclass
class Booked:
    """A booking."""

    master: object
    asked: date
    state: str = "booking_asked"
    day: date | None = None
    half: str = ""


class Crafts:
    """masters: {key: Master}; pairs: {key: Pair}; bookings: {key: Booked}."""

    def __init__(self, village):
        self.village, self.dice, self.masters, self.pairs, self.bookings = village, village.dice_of("crafts"), {}, {}, {}

    def live(self, day):
        """Somebody is listed, shown, taken off; learns, and books."""
        if self.dice.random() < (0.15 if len(self.masters) > 3 else 0.8):
            self._lists(self.dice.choice(self.village.homes), day)
        for pk, one in list(self.masters.items()):
            if one.state == "craftsman_written" and self.village.falls(self.dice, "show_craftsman", 0.4):
                self._shows(pk, one, day)
            elif one.state == "craftsman_shown" and (self.dice.random() < 0.25 or not self.pairs or not self.bookings):
                self.dice.choice((self._teaches, self._asks, self._asks))(pk, one, day)
            elif one.state == "craftsman_shown" and self.bookings and self.village.falls(self.dice, "withdraw_craftsman", 0.02) and self.village.do("withdraw_craftsman", craftsman_id=pk):
                one.state, one.gone = "craftsman_withdrawn", day
                self.village.tempt("withdraw_craftsman", craftsman_id=pk)
        for pk, one in self.pairs.items():
            if (one.state == "pair_running" and self.village.falls(self.dice, "end_mentoring", 0.03)) or self.dice.random() < 0.01:
                self._ends(pk, one)
        for pk, one in self.bookings.items():
            if self.dice.random() < (0.4 if one.state in ("booking_asked", "booking_agreed") else 0.02):
                self._settles(pk, one, day)

    def _lists(self, home, day):
        what = {"home": home.row, "name": home.head, "called": f"{self.village.homes.index(home) + 1}号院的师傅", "skill": self.dice.choice(SKILLS), "words": "会修剪、会嫁接,农闲时出工", "consented_on": day, **WORD}
        tempt = self.village.tempt
        if any(one.home is home and one.state != "craftsman_withdrawn" for one in self.masters.values()):
            tempt("list_craftsman", **what)
            return
        back = [one.gone for one in self.masters.values() if one.home is home]
        if back:
            tempt("list_craftsman", **what | {"consented_on": max(back) - timedelta(days=1)})
        elif sum(one.state != "craftsman_withdrawn" for one in self.masters.values()) >= MOST:
            return
        tempt("list_craftsman", **what | {"heard": ""})
        tempt("list_craftsman", **what | {"words": "会修剪,电话13887001234"})
        tempt("list_craftsman", **what | {"name": "没有这个人"})
        tempt("list_craftsman", **what | {"skill": "witchcraft"})
        made = self.village.twice("list_craftsman", **what)
        if made:
            self.masters[made.pk] = Master(home)

    def _shows(self, pk, one, day):
        self.village.tempt("begin_mentoring", **self._lesson(pk, one, day))
        self._ask(pk, lawful=False)
        self.village.tempt("show_craftsman", KEEPER, craftsman_id=pk)
        if self.village.twice("show_craftsman", TOWNSHIP, craftsman_id=pk):
            one.state = "craftsman_shown"

    def _lesson(self, pk, one, day):
        learner = self.dice.choice([home for home in self.village.homes if home is not one.home])
        return {"craftsman_id": pk, "home": learner.row, "name": learner.head, "topic": "修剪花椒", "from_on": day}

    def _teaches(self, pk, one, day):
        what = self._lesson(pk, one, day)
        self.village.tempt("begin_mentoring", **what | {"home": one.home.row, "name": one.home.head})
        self.village.tempt("begin_mentoring", **what | {"from_on": day + timedelta(days=1)})
        if any((pair.master, pair.learner, pair.state) == (pk, what["home"].pk, "pair_running") for pair in self.pairs.values()):
            self.village.tempt("begin_mentoring", **what)
        elif self.village.twice("begin_mentoring", **what):
            new = MentorPair.objects.filter(craftsman=pk).exclude(pk__in=self.pairs).get().pk
            self.pairs[new] = Pair(pk, what["home"].pk)

    def _ends(self, pk, one):
        what = {"mentor_pair_id": pk, "ending": "learned", "earns": self.dice.random() < 0.5, "outcome": "会自己剪了"}
        if one.state == "pair_ended":
            self.village.tempt("end_mentoring", **what)
        elif self.village.do("end_mentoring", **what):
            one.state, one.earns = "pair_ended", what["earns"]

    # Bookings.

    def _ask(self, pk, lawful=True):
        home = self.dice.choice([None, *(one.row for one in self.village.homes)])
        return self.village.do("ask_booking", lawful=lawful, craftsman=Craftsman.objects.get(pk=pk), village=self.village.village, home=home, words="帮着剪两亩花椒")

    def _asks(self, pk, _one, day):
        made = self._ask(pk)
        if made:
            self.bookings[made.pk] = Booked(pk, day)

    def _settles(self, pk, one, day):
        do, tempt = self.village.do, self.village.tempt
        if one.state == "booking_asked" and self.dice.random() < 0.7:
            self._agrees(pk, one, day)
        elif one.state in ("booking_asked", "booking_agreed") and self.dice.random() < 0.15:
            one.state = "booking_failed" if do("fail_booking", craft_booking_id=pk, reason="师傅外出了") else one.state
        elif one.state == "booking_agreed":
            if do("hold_booking", lawful=one.day <= day, craft_booking_id=pk, outcome="剪完了"):
                one.state = "booking_held"
        elif one.state in ("booking_held", "booking_failed"):
            tempt("fail_booking", craft_booking_id=pk, reason="没有成的又说一次")

    def _agrees(self, pk, one, day):
        on, half = day + timedelta(days=self.dice.randint(0, 2)), self.dice.choice(("morning", "afternoon"))
        gone = self.masters[one.master].state != "craftsman_shown"
        taken = any((other.master, other.day, other.half) == (one.master, on, half) and other.state in ("booking_agreed", "booking_held") for other in self.bookings.values())
        self.village.tempt("agree_booking", craft_booking_id=pk, day=one.asked - timedelta(days=1), half=half)
        if self.village.do("agree_booking", lawful=not gone and not taken, craft_booking_id=pk, day=on, half=half):
            one.state, one.day, one.half = "booking_agreed", on, half

    # The evening.

    def night(self, day):
        """Nothing waits for the night."""

    def judge(self, day, *, whole):
        """Craftsmen and whom everybody finds, pairs and bookings are what the book says; on whole evenings the figures too."""
        from ..crafts.rules import shown
        from ..models import CraftBooking

        ours, same = self.village.village, self.village.same
        same("乡土人才和应有的不一样 / craftsmen differ", dict(Craftsman.objects.filter(village=ours).values_list("pk", "state")), {pk: one.state for pk, one in self.masters.items()})
        up = {pk: True for pk, one in self.masters.items() if one.state == "craftsman_shown"}
        same("查得到的乡土人才和应有的不一样 / whom everybody finds differs", dict.fromkeys(shown(village=ours).values_list("pk", flat=True), True), up)
        same("帮带和应有的不一样 / who learns differs", dict(MentorPair.objects.filter(craftsman__village=ours).values_list("pk", "state")), {pk: one.state for pk, one in self.pairs.items()})
        rows = {pk: (state, *when) for pk, state, *when in CraftBooking.objects.filter(village=ours).values_list("pk", "state", "day", "half")}
        same("请师傅和应有的不一样 / bookings differ", rows, {pk: (one.state, one.day, one.half) for pk, one in self.bookings.items()})
        if whole:
            self._figures(up, day)

    def _figures(self, up, day):
        from ..figures.crafts import POPULATIONS

        learning = {one.master for one in self.pairs.values() if one.state == "pair_running"}
        year = [one.state for one in self.bookings.values() if one.asked.year == day.year]
        pairs = self.pairs.values()
        self.village.figures(POPULATIONS, {
            "craftsmen.listed": len(up), "craftsmen.teaches": (len(learning & up.keys()), len(up)), "mentor_pairs.all": len(pairs),
            "mentor_pairs.running": (sum(one.state == "pair_running" for one in pairs), len(pairs)), "mentor_pairs.earns": (sum(one.earns for one in pairs), len(pairs)),
            "craft_bookings.asked": len(year), "craft_bookings.held": (year.count("booking_held"), len(year)), "craft_bookings.failed": (year.count("booking_failed"), len(year)),
        })  # fmt: skip
