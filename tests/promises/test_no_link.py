"""Nobody who reads everything links a ballot to a home, nor to the card that bore it: a linker guesses no better than by chance. With order, plain ballots or codes left in, it wins."""

import json
import logging
import os
import random
import re
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client

from tests.house.worlds import World
from wanjia.kernel.tests.tried import MONDAY
from wanjia.office.health.logs import Lines
from wanjia.village import verifier
from wanjia.village.models import Poll
from wanjia.village.polls import boarding, commands, secret
from wanjia.village.polls.casting import commands as casting
from wanjia.village.polls.counting import commands as counting
from wanjia.village.polls.issuing import commands as issuing
from wanjia.village.tests import poll_factories as made

from .linker import Linker, copy_of_everything

pytestmark = pytest.mark.django_db
VOTES = int(os.environ.get("WANJIA_VOTES", 10_000 if os.environ.get("WANJIA_WHOLE_PROOF") else 96))


class Heard(logging.Handler):
    """The log as it is written."""

    def __init__(self):
        super().__init__()
        self.lines = []

    def emit(self, record):
        self.lines.append(Lines().format(record))


class Village:
    """A village that votes, in the worst of ways for itself: everybody votes in the very order in which he took his card or token, each from an address of his own."""

    def __init__(self, votes, paper=0.3):
        self.world, self.dice, self.client = World(), random.SystemRandom(), Client(enforce_csrf_checks=True)
        self.heard = Heard()
        self.heard.setLevel(logging.DEBUG)
        logging.getLogger().addHandler(self.heard)
        logging.getLogger("wanjia").addHandler(self.heard)
        try:
            self._live(votes, paper)
        finally:
            logging.getLogger().removeHandler(self.heard)
            logging.getLogger("wanjia").removeHandler(self.heard)

    def _live(self, votes, paper):
        at = iter(MONDAY + timedelta(seconds=i) for i in range(10**7))
        by = self.world.visitor
        poll = made.poll(self.world, n=votes, options="是\n否")
        codes = commands.print_cards(poll_id=poll.pk, reserve=0, by=by, at=next(at)).cards[poll.classes.get().pk]
        self.dice.shuffle(codes)
        rows = list(poll.homes.select_related("poll", "cls"))
        self.dice.shuffle(rows)
        said = [i % 2 for i in range(len(rows))]
        self.dice.shuffle(said)
        self.voters = {str(row.pk): choice for row, choice in zip(rows, said, strict=True)}
        self.bearers, ways, self.copies = {}, [], []
        for i, row in enumerate(rows):
            ways.append(self._takes(row, i, codes, paper, at))
            if i == len(rows) // 2:
                self.copies.append(copy_of_everything())
        with made.quick_keys():
            voting = commands.open_poll(poll_id=poll.pk, watcher="村务监督委员会主任", left=len(codes), spoilt=0, by=by, at=next(at))
        self._vote(voting, rows, said, ways)
        commands.end_poll(poll_id=poll.pk, by=by, at=next(at))
        self._count(voting, at)
        self.poll = Poll.objects.get()
        self.copies.append(copy_of_everything())

    def _takes(self, row, i, codes, paper, at):
        if self.dice.random() < paper:
            issuing.tick_home(poll_home_id=row.pk, by=self.world.visitor, at=next(at))
            return "card", codes.pop()
        link = issuing.print_link(poll_home_id=row.pk, by=self.world.visitor, at=next(at)).link
        phone = made.Phone(row)
        answer = self.client.post(f"/t/{link}/sign", {"hidden": f"{phone.hidden:x}"}, REMOTE_ADDR=_address(i))
        phone.signature = f"{secret.unblind(int(answer.json()['signed'], 16), phone.undo, phone.n):x}"
        return "phone", phone

    def _vote(self, voting, rows, said, ways):
        self.box = []
        for i, (choice, (way, ticket)) in enumerate(zip(said, ways, strict=True)):
            check = f"{self.dice.randrange(10**6):06}" if self.dice.random() < 0.4 else ""
            if way == "card" and self.dice.random() < 0.5:
                self.bearers[verifier.code_hash(str(voting.pk), "A", ticket)] = choice
                self.box.append((ticket, choice))
            else:
                what = ticket.ballot([choice], check) if way == "phone" else made.card(voting, ticket, [choice], check)
                self.bearers[ticket.token if way == "phone" else verifier.code_hash(str(voting.pk), "A", ticket)] = choice
                answer = self.client.post(f"/v/{voting.pk}/cast", {**what, "poll_id": ""}, REMOTE_ADDR=_address(i))
                assert answer.status_code == 200, answer.content
            if i == len(said) * 3 // 4:
                self.copies.append(copy_of_everything())

    def _count(self, voting, at):
        self.dice.shuffle(self.box)  # a box is shaken
        for start in range(0, len(self.box), 100):
            some = self.box[start : start + 100]
            counting.type_heap(poll_id=voting.pk, letter="A", ballots="\n".join(f"{code} {choice + 1}" for code, choice in some), by=self.world.visitor, at=next(at))
            heap = Poll.objects.get().heaps.get(agreed=False)
            counting.agree_heap(poll_heap_id=heap.pk, counted=" ".join(map(str, heap.sums)), by=self.world.clerk, at=next(at))
        counting.close_poll(poll_id=voting.pk, half=voting.halves[0], other_half=voting.halves[1], **made.counters(self.world), by=self.world.visitor, at=next(at))

    def linker(self):
        return Linker(self.copies, self.heard.lines, self.voters, self.bearers, self.poll.pk)


def _address(i):
    return f"10.{i // 65536}.{i // 256 % 256}.{i % 256}"


def bound(asked):
    """Chance and three times its spread: half of the votes are 是."""
    return asked / 2 + 3 * (asked**0.5) / 2


def beaten(village):
    """Return the guesses that are better than chance, as sentences."""
    linker, found = village.linker(), []
    for name, whom in (("homes", linker.voters), ("cards", linker.bearers)):
        hits, asked, way = linker.best(whom)
        print(f"{name}: {hits} of {asked} guessed, chance {asked / 2:.0f} + {bound(asked) - asked / 2:.0f}, by {way}")
        if hits > bound(asked):
            found.append(f"{name}: {hits}/{asked} by {way}")
    return found


def lived(votes, **how):
    """Let a village vote and forget it; what the linker was given stays."""
    with transaction.atomic():
        village = Village(votes, **how)
        transaction.set_rollback(True)
    return village


def test_nobody_who_reads_everything_guesses_better_than_chance():
    """One guess in seven hundred and forty lies beyond three spreads by chance alone: then another village must be guessed too."""
    village = lived(VOTES)
    good, said, _english = verifier.verify(village.poll.board)
    assert good, said
    assert json.loads(village.poll.board)["turnout"]["cast"] == VOTES
    assert village.linker().joined() == {}
    assert not (beaten(village) and beaten(lived(VOTES)))


def in_any_order(monkeypatch):
    """The board is published in the order in which ballots came."""
    came, published = {"sqlite": "rowid", "postgresql": "ctid"}[connection.vendor], boarding.published
    monkeypatch.setattr(boarding, "published", lambda poll, classes, ballots, *rest: published(poll, classes, ballots.extra(order_by=[f"village_sealedballot.{came}"]), *rest))
    monkeypatch.setattr(boarding, "ordered", list)
    monkeypatch.setattr(verifier, "verify", lambda *_text: (True, "", ""))


def unsealed(monkeypatch):
    """Ballots lie open until they are counted."""
    monkeypatch.setattr(secret, "seal", lambda _poll, _bearer, ballot, _n: json.dumps({"check": ballot[0], "choices": ballot[1]}))
    monkeypatch.setattr(secret, "unseal", lambda _poll, _bearer, text, _key: (lambda said: (said["check"], said["choices"]))(json.loads(text)))
    monkeypatch.setattr(casting, "SEALED", re.compile(".*"))


@pytest.mark.parametrize("left_in", [in_any_order, unsealed])
def test_the_linker_wins_where_order_is_left_in(monkeypatch, left_in):
    """The negative control: the same village without one of the guards."""
    left_in(monkeypatch)
    village = lived(96, paper=0)
    linker = village.linker()
    hits, asked, way = linker.best(linker.voters)
    print(f"{left_in.__name__}: {hits} of {asked} guessed, chance {asked / 2:.0f}, by {way}")
    assert hits > bound(asked)
    assert hits > asked * 0.8


def test_the_linker_joins_what_is_signed_unhidden(monkeypatch):
    """The negative control of the joining: whoever signs sees the token."""
    monkeypatch.setattr(secret, "blind", lambda number, _n: (number, 1))
    village = lived(24, paper=0)
    assert len(village.linker().joined()) >= 12
