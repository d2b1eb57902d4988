"""A poll of homes, once or twice a year: cards taken on paper, by telephone or not at all; ballots cast, some twice; the box typed by one and counted by another; the board published.

What the book calls unlawful (a home that takes two cards, a ballot before or after its time or another one of the same card, a heap agreed by who typed it, a box that nobody counted, one man who counts twice, a count without the supervision) is tried and must be refused.
"""

import json
from collections import Counter
from datetime import timedelta

from ..models import BodySeat, Poll, PollHeap, PollHome, SealedBallot
from ..polls import secret
from ..polls.subjects import VOTER
from ..verifier import code_hash, spread
from .year import KEEPER, TOWNSHIP

MONTHS = (3, 9)
QUESTION = "村口的路灯装不装?"
OPTIONS = ("装", "不装", "弃权")
SPARE = 2


def who_count(village, standing=()):
    """Two of the representatives and one of the supervision, each somebody else and none a head of a home that stands."""
    seats = BodySeat.objects.on(village.today).filter(body__area=village.village.pk).exclude(person__name__in=standing).select_related("person").order_by("pk")
    supervisor = seats.filter(body__kind="supervision")[0].person
    one, two = [seat.person for seat in seats.filter(body__kind="representatives").exclude(person=supervisor)[:2]]
    return {"counter": one, "counter_two": two, "supervisor": supervisor}


def publish(village, by, poll, halves, /, *, standing=(), lawful=True, **three):
    """Open the ballots and publish, before those who counted. Return the poll, None where it was refused."""
    return village.do("close_poll", by, lawful=lawful, poll_id=poll, half=halves[0], other_half=halves[1], **(three or who_count(village, standing)))


class Polls:
    """One poll at a time. cards: codes that homes drew; phones: (token, signature) that telephones hold; votes: {option: n}; closed: {key: (votes by option, paper, phone, cast)}."""

    def __init__(self, village):
        self.village, self.dice, self.closed, self.done = village, village.dice_of("polls"), {}, set()
        self.poll = None

    def live(self, day):
        """Draw a poll up, let homes take cards, vote for some days, count."""
        if self.poll is None and day.month in MONTHS and day.month not in self.done and day.day > 4:
            self.done.add(day.month)
            self._draws(day)
        elif self.poll is not None and day >= self.next:
            (self._opens if self.state == "issuing" else self._counts)(day)
        elif self.poll is not None and self.state == "voting":
            self._votes()

    def _draws(self, day):
        made = self.village.do("draw_poll", area=self.village.village, question=QUESTION, roll_on=day, options="\n".join(OPTIONS), most=1)
        if not made:
            return
        self.poll, self.state, self.next, self.votes, self.cards, self.phones, self.box = made.pk, "issuing", day + timedelta(days=4), Counter(), [], [], []
        self.village.tempt("open_poll", poll_id=made.pk, watcher="村务监督委员会主任")
        printed = self.village.do("print_cards", poll_id=made.pk, reserve=SPARE)
        if printed:
            cls = Poll.objects.get(pk=made.pk).classes.get()
            self.codes, self.key = list(printed.cards[cls.pk]), int(cls.n, 16)
            self._takes(PollHome.objects.filter(poll=made.pk, household__in=[one.pk for one in self.village.homes]).order_by("household__number"))

    def _takes(self, rows):
        """Homes take a card, or a telephone its token; some neither."""
        for row in rows:
            how = self.dice.random()
            if how < 0.5:
                if self.village.do("tick_home", poll_home_id=row.pk):
                    self.cards.append(self.codes.pop())
                    self.village.tempt("tick_home", poll_home_id=row.pk)
            elif how < 0.8:
                token = f"{self.dice.getrandbits(256):064x}"
                hidden, undo = secret.blind(spread(str(self.poll), "A", token, self.key), self.key)
                signed = self.village.do("take_token", VOTER, poll_home_id=row.pk, hidden=f"{hidden:x}")
                if signed:
                    self.phones.append((token, f"{secret.unblind(int(signed, 16), undo, self.key):x}"))
                    self.village.tempt("tick_home", poll_home_id=row.pk)

    def _opens(self, day):
        by, what = self.village.hand(KEEPER), {"poll_id": self.poll, "watcher": "村务监督委员会主任"}
        if not self.cards and not self.phones:
            if self.village.do("cancel_poll", by, poll_id=self.poll, reason="没有一户来领票"):
                self.poll = None
            return
        self.village.tempt("open_poll", by, **what, left=len(self.codes) - 1)
        opened = self.village.do("open_poll", by, **what, left=len(self.codes) - 1, spoilt=1)
        if opened:
            self.state, self.next, self.halves, self.opening = "voting", day + timedelta(days=5), opened.halves, Poll.objects.get(pk=self.poll).opening_n
            self.taken = len(self.cards), len(self.phones)

    def _ballot(self, bearer, signature, choices):
        known = bearer if signature else code_hash(str(self.poll), "A", bearer)
        sealed = secret.seal(str(self.poll), known, ("", choices), int(self.opening, 16))
        return {"poll_id": self.poll, "letter": "A", "bearer": bearer, "signature": signature, "opening": self.opening, "sealed": sealed}

    def _votes(self):
        """Somebody votes by telephone, presses twice, tries another ballot; a card is scanned; a card is put in the box."""
        chosen = self.dice.randrange(len(OPTIONS))
        if self.phones and self.dice.random() < 0.7:
            self._cast(self.phones.pop(), chosen)
        if self.cards and self.dice.random() < 0.4:
            self._cast((self.cards.pop(), ""), chosen)
        elif self.cards and self.dice.random() < 0.7:
            self.box.append((self.cards.pop(), chosen))

    def _cast(self, bearer, chosen):
        ballot = self._ballot(*bearer, [chosen])
        n = SealedBallot.objects.filter(poll=self.poll).count()
        self.village.do("cast_ballot", VOTER, **ballot)
        self.village.do("cast_ballot", VOTER, **ballot)
        self.village.tempt("cast_ballot", VOTER, **self._ballot(*bearer, [(chosen + 1) % len(OPTIONS)]))
        if SealedBallot.objects.filter(poll=self.poll).count() != n + 1:
            self.village.violate("一张票投了不止一次 / one card voted more than once", str(self.poll))
        self.votes[OPTIONS[chosen]] += 1

    def _counts(self, day):
        """Voting ends; the box is typed by one, counted by another, and the board published."""
        by, do, tempt = self.village.hand(KEEPER), self.village.do, self.village.tempt
        if not do("end_poll", by, poll_id=self.poll):
            return
        if self.phones:
            tempt("cast_ballot", VOTER, **self._ballot(*self.phones[0], [0]))
        if self.box or self.cards:
            publish(self.village, by, self.poll, self.halves, lawful=False)
        lines = "\n".join(f"A-{secret.in_fours(code)} {chosen + 1}" for code, chosen in self.box) or "空"
        do("type_heap", by, poll_id=self.poll, letter="A", ballots=lines)
        heap = PollHeap.objects.get(poll=self.poll)
        counted = [sum(chosen == n for _code, chosen in self.box) for n in range(len(OPTIONS))] + [0, 0]
        tempt("agree_heap", by, poll_heap_id=heap.pk, counted=" ".join(map(str, counted)))
        tempt("agree_heap", TOWNSHIP, poll_heap_id=heap.pk, counted=" ".join(map(str, [counted[0] + 1, *counted[1:]])))
        do("agree_heap", TOWNSHIP, poll_heap_id=heap.pk, counted=" ".join(map(str, counted)))
        three = who_count(self.village)
        publish(self.village, by, self.poll, [self.halves[0]] * 2, lawful=False)
        publish(self.village, by, self.poll, self.halves, lawful=False, **three | {"counter_two": three["supervisor"]})
        publish(self.village, by, self.poll, self.halves, lawful=False, **three | {"supervisor": three["counter"]})
        for _code, chosen in self.box:
            self.votes[OPTIONS[chosen]] += 1
        if publish(self.village, by, self.poll, self.halves):
            self.closed[self.poll] = ([self.votes[one] for one in OPTIONS], *self.taken, sum(self.votes.values()))
        self.poll = None

    # The evening.

    def night(self, day):
        """Nothing waits for the night."""

    def judge(self, day, *, whole):
        """What was published is what was cast: votes by option, cards taken on paper and by telephone, how many voted."""
        found = {}
        for one in Poll.objects.filter(area=self.village.village.pk, state="poll_closed", question=QUESTION):
            board = json.loads(one.board)
            cls, tally = board["classes"][0], board["tally"][0]
            found[one.pk] = (tally["votes"], cls["paper"], cls["phone"], tally["cast"])
        self.village.same("公布的票数和应有的不一样 / a published count differs", found, self.closed)
