"""A poll of homes on paper alone: homes that stand for choice, two classes of cards, each half of the village choosing in the other."""

from collections import Counter

from wanjia.registry.models import Person

from ..models import Poll, PollHeap, PollHome
from ..polls import secret
from .polls import publish, who_count
from .year import KEEPER, TOWNSHIP

SPARE, MOST = 2, 2  # cards more than homes, of each class; homes that a card may choose


class PaperPoll:
    """draws → opens → counts. votes: {how a home is called: n}; cast: {class: n}; own: {class: how the homes on its cards are called}; homes: on its roll."""

    def __init__(self, village, dice, question):
        self.village, self.dice, self.question = village, dice, question
        self.pk, self.votes, self.cast, self.own, self.homes, self.box, self.classes, self.standing = None, Counter(), {}, {}, 0, {}, [], ()

    def draws(self, day, standing, few):
        """Draw it up, print cards, and let homes take one. standing: {how a home is called in its line: the home}; few: so few that it is not enough."""
        self.standing = tuple(standing.values())
        made = self.village.do("draw_poll", area=self.village.village, question=self.question, roll_on=day, standing="\n".join(standing), most=MOST)
        if not made:
            return
        self.pk = made.pk
        codes = self.village.do("print_cards", poll_id=made.pk, reserve=SPARE).cards
        for cls in made.classes.order_by("key"):
            self.classes.append((cls.key, cls.printed or len(codes[cls.pk])))
            rows = list(PollHome.objects.filter(poll=made.pk, cls=cls.pk).order_by("household__number"))
            take = rows[: max(1, len(rows) // 3)] if few else rows
            for row in take:
                self.village.do("tick_home", poll_home_id=row.pk)
            self.own[cls.key], self.homes = list(cls.options), self.homes + len(rows)
            self.box[cls.key] = [self._chosen(codes[cls.pk].pop(), len(cls.options)) for _row in take]

    def _chosen(self, code, options):
        return code, sorted(self.dice.sample(range(options), self.dice.randint(0, MOST)))

    def opens(self):
        """Stop issuing: what was not taken is counted off."""
        left = [printed - len(self.box[key]) for key, printed in self.classes]
        counted = {"left": left[0], "left_b": left[1]}
        self.village.tempt("open_poll", poll_id=self.pk, watcher="村务监督委员会主任", **counted | {"left_b": left[1] + 1})
        opened = self.village.do("open_poll", poll_id=self.pk, watcher="村务监督委员会主任", **counted)
        self.halves = opened.halves if opened else None

    def counts(self):
        """End it, type both heaps, let another hand count them, publish; return the poll."""
        by = self.village.hand(KEEPER)
        self.village.do("end_poll", by, poll_id=self.pk)
        for key, _printed in self.classes:
            self._heap(by, key)
        if self.standing:
            one = self.standing[0]
            judge = Person.objects.get(name=one.head, memberships__household=one.pk)  # in his own matter
            publish(self.village, by, self.pk, self.halves, lawful=False, **who_count(self.village, self._heads()) | {"counter": judge})
        return publish(self.village, by, self.pk, self.halves, standing=self._heads()) and Poll.objects.get(pk=self.pk)

    def _heads(self):
        return [one.head for one in self.standing]

    def _heap(self, by, key):
        lines = [f"{key}-{secret.in_fours(code)} {' '.join(str(n + 1) for n in chosen)}".strip() for code, chosen in self.box[key]]
        self.village.do("type_heap", by, poll_id=self.pk, letter=key, ballots="\n".join(lines))
        sums = [sum(n in chosen for _code, chosen in self.box[key]) for n in range(len(self.own[key]))]
        blank = sum(not chosen for _code, chosen in self.box[key])
        heap = PollHeap.objects.get(poll=self.pk, cls__key=key)
        self.village.do("agree_heap", TOWNSHIP, poll_heap_id=heap.pk, counted=" ".join(map(str, [*sums, blank, 0])))
        self.cast[key] = len(self.box[key])
        self.votes.update(dict(zip(self.own[key], sums, strict=True)))
