"""The appraisal of each quarter: homes agree to stand, all homes vote, the poll's count chooses, another hand puts the red list up; a home takes its consent back and is gone.

What the book calls unlawful (a second one of a quarter, or one of the next; a home without a consent that was heard, entered twice, called by what no list says; a poll of something else;
a list put up by who counted; a consent taken back twice) is tried and must be refused.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from ..models import AppraisalRound, Poll, RedEntry
from .paper import PaperPoll
from .year import KEEPER, TOWNSHIP

STAND, PLACES, HANGS = 8, 3, 92  # homes that stand, that are listed; days on the list
BEGINS, STEPS = 2, (1, 2, 2, 1)  # the day of the quarter; days between homes standing, the poll, voting, the count, the list
WITH_OTHERS = 20  # day of its month: the keys of a poll are drawn by a library that no seed reaches, and a short year of everybody is the same year again
WORD = {"consent": "by_word", "heard": "户主答应,小组长在场"}


@dataclass
class Stood:
    """A home that stands. by: who wrote its consent down."""

    home: object
    called: str
    by: object
    state: str = "entry_standing"
    gone: date | None = None


@dataclass
class Round:
    """An appraisal. entries: {key: Stood}."""

    quarter: tuple
    state: str = "round_standing"
    counted: date | None = None
    listed: date | None = None
    by: object = None
    entries: dict = field(default_factory=dict)

    def here(self, *states):
        """Return the homes that stand in one of these states."""
        return [one for one in self.entries.values() if one.state in states]


class Appraising:
    """rounds: {key: Round}; now: the key of the one in hand; todo: what is done next, on the day `next`."""

    def __init__(self, village):
        self.village, self.dice, self.rounds, self.done = village, village.dice_of("appraisal"), {}, set()
        self.now = self.poll = None

    def live(self, day):
        """One a quarter, a step at a time; some homes take their consent back."""
        quarter = day.year, (day.month - 1) // 3 + 1
        if self.now is None and quarter not in self.done and (day.month % 3 != 1 or day.day >= (BEGINS if self.village.year.alone else WITH_OTHERS)):
            self.done.add(quarter)
            self._draws(quarter, day)
        elif self.now and day >= self.next:
            self.todo.pop(0)(self.now, self.rounds[self.now], day)
        for one in self.rounds.values():
            for pk, entry in one.entries.items():
                if self.dice.random() < (0.01 if one.listed else 0.04):
                    self._takes_back(pk, entry, day)

    def _goes_on(self, day):
        if self.todo:
            self.next = day + timedelta(days=STEPS[len(STEPS) - len(self.todo)])
        else:
            self.now = None

    def _draws(self, quarter, day):
        """The first is called off and drawn up anew; what is of another quarter, or twice of one, is none."""
        what = {"village": self.village.village, "year": quarter[0], "quarter": quarter[1], "places": PLACES}
        after = (quarter[0] + 1, 1) if quarter[1] == 4 else (quarter[0], quarter[1] + 1)
        self.village.tempt("draw_round", **what | {"year": after[0], "quarter": after[1]})
        self.village.tempt("draw_round", **what | {"places": 21})
        made = self.village.twice("draw_round", **what)
        if made and (not self.rounds or self.dice.random() < 0.2) and self.village.do("cancel_round", appraisal_round_id=made.pk, reason="这一季先收完花椒再办"):
            self.rounds[made.pk] = Round(quarter, "round_cancelled")
            made = self.village.do("draw_round", **what)
        if not made:
            return
        self.village.tempt("draw_round", **what)
        self.now, self.rounds[made.pk] = made.pk, Round(quarter)
        self.village.tempt("count_round", appraisal_round_id=made.pk, poll=Poll.objects.filter(area=self.village.village.pk).first())
        for n, home in enumerate(self.dice.sample([*self.village.homes[:10], *self.village.homes[11:]], STAND), 1):
            self._stands(made.pk, self.rounds[made.pk], home, f"{n}号院", day)
        self.todo = [self._votes, self._opens, self._counts, self._lists]
        self.next = day + timedelta(days=STEPS[0])

    def _stands(self, pk, one, home, called, day):
        by, what = self.village.hand(KEEPER), {"appraisal_round_id": pk, "home": home.row, "called": called, "consented_on": day, **WORD}
        if self.dice.random() < 0.3:
            self.village.tempt("stand_home", by, **what | {"heard": ""})
            self.village.tempt("stand_home", by, **what | {"called": "低保户" + called})
            self.village.tempt("stand_home", by, **what | {"consented_on": day + timedelta(days=1)})
        if self.village.twice("stand_home", by, **what):
            one.entries[RedEntry.objects.get(round=pk, home=home.pk, called=called).pk] = Stood(home, called, by)
            self.village.tempt("stand_home", by, **what | {"called": called + "旁"})

    # The poll.

    def _votes(self, _pk, one, day):
        standing = {f"{entry.home.number} {entry.called}": entry.home for entry in one.here("entry_standing")}
        self.poll = PaperPoll(self.village, self.dice, f"{one.quarter[0]} 年第 {one.quarter[1]} 季度评哪几户?")
        self.poll.draws(day, standing, few=len(self.done) > 1 and self.dice.random() < 0.25)
        self._goes_on(day)

    def _opens(self, _pk, _one, day):
        self.poll.opens()
        self._goes_on(day)

    def _counts(self, pk, one, day):
        by, poll = self.village.hand(KEEPER), self.poll.counts()
        cast = sum(self.poll.cast.values())
        enough = 2 * cast >= self.poll.homes
        if not one.here("entry_standing"):
            self.village.tempt("count_round", by, appraisal_round_id=pk, poll=poll)
        elif poll and self.village.do("count_round", by, appraisal_round_id=pk, poll=poll):
            one.state, one.counted, one.by = "round_counted" if enough else "round_no_list", day, by
            best = self._best(one) if enough else ()
            for entry in one.here("entry_standing"):
                entry.state = "entry_chosen" if entry.called in best else "entry_passed"
            self.village.tempt("count_round", by, appraisal_round_id=pk, poll=poll)
        self._goes_on(day)

    def _best(self, one):
        """Whoever has one of the best parts of its card's ballots, all who are level with the last among them; nobody without a vote."""
        called = {entry.called for entry in one.here("entry_standing")}
        part = {words: Fraction(self.poll.votes[words], self.poll.cast[key]) for key, words_of in self.poll.own.items() for words in words_of if words in called and self.poll.votes[words]}
        best = sorted(part.values(), reverse=True)[:PLACES]
        return {words for words, share in part.items() if share >= best[-1]}

    def _lists(self, pk, one, day):
        """Another hand puts it up; where all who were chosen took their consent back, there is none."""
        self.village.tempt("list_round", one.by or KEEPER, appraisal_round_id=pk)
        if one.state != "round_counted" or not one.here("entry_chosen"):
            self.village.tempt("list_round", TOWNSHIP, appraisal_round_id=pk)
        elif self.village.twice("list_round", TOWNSHIP, appraisal_round_id=pk):
            one.state, one.listed = "round_listed", day
            for entry in one.here("entry_chosen"):
                entry.state = "entry_listed"
            self.village.tempt("cancel_round", appraisal_round_id=pk, reason="这一季不办了")
            if len(self.done) == 1:
                key = next(key for key, entry in one.entries.items() if entry.state == "entry_listed")
                self._takes_back(key, one.entries[key], day)
        self._goes_on(day)

    def _takes_back(self, pk, entry, day):
        if entry.state not in ("entry_standing", "entry_chosen", "entry_listed"):
            self.village.tempt("withdraw_entry", red_entry_id=pk)
        elif self.village.do("withdraw_entry", red_entry_id=pk):
            entry.state, entry.gone = "entry_withdrawn", day

    # The evening.

    def night(self, day):
        """A list comes down by itself: nothing is written."""

    def judge(self, day, *, whole):
        """Appraisals, homes that stood, and who hangs on the board today are what the book says; on whole evenings the figures too."""
        from ..appraisal.queries import hanging

        ours, same = self.village.village, self.village.same
        rows = dict(AppraisalRound.objects.filter(village=ours).values_list("pk", "state"))
        same("季度评比和应有的不一样 / appraisals differ", rows, {pk: one.state for pk, one in self.rounds.items()})
        entries = {pk: one for each in self.rounds.values() for pk, one in each.entries.items()}
        rows = dict(RedEntry.objects.filter(round__village=ours).values_list("pk", "state"))
        same("参评的户和应有的不一样 / homes that stood differ", rows, {pk: one.state for pk, one in entries.items()})
        up = dict.fromkeys((one.pk for one in hanging(ours, day)), True)
        hang = {pk: True for each in self.rounds.values() if each.listed and day < each.listed + timedelta(days=HANGS) for pk, one in each.entries.items() if one.state == "entry_listed"}
        same("贴着的红榜和应有的不一样 / the red list that hangs differs", up, hang)
        if whole:
            self._figures(day)

    def _figures(self, day):
        from ..figures.appraisal import POPULATIONS

        year = [one for one in self.rounds.values() if one.quarter[0] == day.year]
        drawn = [one for one in year if one.state != "round_cancelled"]
        n, stood = len(drawn), [(one, entry) for one in year for entry in one.entries.values()]
        self.village.figures(POPULATIONS, {
            "village_appraisals.all": n, "village_appraisals.held": (sum(one.counted is not None for one in drawn), n),
            "village_appraisals.enough": (sum(one.state in ("round_counted", "round_listed") for one in drawn), n), "village_appraisals.listed": (sum(one.listed is not None for one in drawn), n),
            "village_red_entries.all": len(stood), "village_red_entries.listed": (sum(entry.state == "entry_listed" for _one, entry in stood), len(stood)),
            "village_red_entries.taken_back": (sum(entry.gone is not None for _one, entry in stood), len(stood)),
        })  # fmt: skip
