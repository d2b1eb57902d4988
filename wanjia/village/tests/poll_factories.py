"""A small world of polls: a village of homes, a poll in any phase, a telephone as it would do in the browser."""

import secrets as dice
from contextlib import contextmanager
from itertools import count
from unittest import mock

from wanjia.kernel.tests.tried import MONDAY
from wanjia.registry.models import Household, Membership, Person
from wanjia.village import verifier
from wanjia.village.models import Poll
from wanjia.village.polls import commands, queries, secret
from wanjia.village.polls.casting.commands import cast_ballot
from wanjia.village.polls.counting import commands as counting
from wanjia.village.polls.issuing import commands as issuing
from wanjia.village.polls.subjects import VOTER

from . import factories
from .made_polls import keys

DAY = MONDAY.date()


def _short(*_bits, turn=count()):
    return keys()[next(turn) % len(keys())]  # never the same twice in a row: the key that signs opens nothing


@contextmanager
def quick_keys():
    """Let polls take short keys that were made once: a test asks for no strength."""
    with mock.patch.object(secret, "make_key", _short):
        yield


def homes(world, n=9, village=None):
    """Let the village have homes in which somebody lives."""
    village = village or world.datong
    have = list(queries.homes_on(village, DAY))
    new = [Household(number=f"{village.pk}{i:04d}", village=village, group_name=f"{i % 3 + 1}组", registered_at=MONDAY) for i in range(len(have), n)]
    Household.objects.bulk_create(new)
    people = [Person(name=f"户主{i}", birth_on=DAY.replace(year=1970), registered_at=MONDAY) for i in range(len(new))]
    Person.objects.bulk_create(people)
    Membership.objects.bulk_create(Membership(household=home, person=one, relation="户主", from_on=DAY.replace(year=2020)) for home, one in zip(new, people, strict=True))
    return list(queries.homes_on(village, DAY))


def poll(world, by=None, n=9, **facts):
    """A poll is drawn up; one that stands already is taken."""
    standing = Poll.objects.first()
    if standing is not None:
        return standing
    homes(world, n)
    given = {"area": world.datong, "question": "村口的路灯装不装?", "roll_on": DAY, "options": "装\n不装\n弃权", "most": 1} | facts
    with quick_keys():
        return commands.draw_poll(**given, by=by or world.visitor, at=MONDAY)


class Phone:
    """A telephone that takes a token by a home's link and votes with it."""

    def __init__(self, home):
        self.home, self.poll, self.key, self.n = home, home.poll, home.cls.key, int(home.cls.n, 16)
        self.token = dice.token_hex(32)
        self.hidden, self.undo = secret.blind(verifier.spread(str(self.poll.pk), self.key, self.token, self.n), self.n)

    def take(self):
        """Have the token signed blind."""
        signed = issuing.take_token(poll_home_id=self.home.pk, hidden=f"{self.hidden:x}", by=VOTER, at=MONDAY)
        self.signature = f"{secret.unblind(int(signed, 16), self.undo, self.n):x}"
        return self

    def ballot(self, choices, check=""):
        """Return what is sent: a ballot sealed to the opening key."""
        opening = Poll.objects.get(pk=self.poll.pk).opening_n
        return {"poll_id": self.poll.pk, "letter": self.key, "bearer": self.token, "signature": self.signature, "opening": opening, "sealed": secret.seal(str(self.poll.pk), self.token, (check, choices), int(opening, 16))}


def card(poll, code, choices, check="", key="A"):
    """Return what is sent from a paper card that was scanned."""
    opening = Poll.objects.get(pk=poll.pk).opening_n
    bearer = verifier.code_hash(str(poll.pk), key, code)
    return {"poll_id": poll.pk, "letter": key, "bearer": code, "signature": "", "opening": opening, "sealed": secret.seal(str(poll.pk), bearer, (check, choices), int(opening, 16))}


def cast(what):
    """Put a ballot in."""
    return cast_ballot(**what, by=VOTER, at=MONDAY)


def issued(world, paper=3, phone=3, **facts):
    """Cards are printed and taken; return (poll, codes of class A, telephones)."""
    one = poll(world, **facts)
    codes = commands.print_cards(poll_id=one.pk, reserve=2, by=world.visitor, at=MONDAY).cards[one.classes.first().pk]
    rows = list(one.homes.select_related("poll", "cls").order_by("household__number"))
    for row in rows[:paper]:
        issuing.tick_home(poll_home_id=row.pk, by=world.visitor, at=MONDAY)
    return one, codes, [Phone(row).take() for row in rows[paper : paper + phone]]


def opened(world, **facts):
    """Voting is open; return (poll with its halves, codes of cards that were taken, telephones)."""
    one, codes, phones = issued(world, **facts)
    counted = {}
    for suffix, (cls, paper, _phone) in zip(("", "_b"), queries.by_class(one), strict=False):
        counted |= {f"left{suffix}": cls.printed - paper - 1, f"spoilt{suffix}": 1}
    with quick_keys():
        voting = commands.open_poll(poll_id=one.pk, watcher="村务监督委员会主任", **counted, by=world.visitor, at=MONDAY)
    return voting, codes, phones


def ended(world, **facts):
    """Voting is over: two telephones voted, and a card that was scanned."""
    voting, codes, phones = opened(world, **facts)
    for i, one in enumerate(phones[:2]):
        cast(one.ballot([i], check="123456" if i else ""))
    cast(card(voting, codes[0], [0]))
    commands.end_poll(poll_id=voting.pk, by=world.visitor, at=MONDAY)
    return voting, codes, phones


def heap(world, codes, said=("1", "2")):
    """A heap of paper ballots is typed; return it."""
    one = Poll.objects.get()
    lines = "\n".join(f"A-{secret.in_fours(code)} {words}" for code, words in zip(codes[1:], said, strict=False))
    counting.type_heap(poll_id=one.pk, letter="A", ballots=lines, set_aside=1, by=world.visitor, at=MONDAY)
    return one.heaps.get()


def counters(world):
    """Who counts: a representative, a villager, the head of the supervision."""
    factories.seat(world, factories.body(world, "representatives"), 20, "deputy")
    factories.seat(world, factories.body(world, "supervision"), 22, "head")
    return dict(zip(("counter", "counter_two", "supervisor"), (factories.villager(world, n) for n in (20, 21, 22)), strict=True))


def closed(world, **facts):
    """A poll is counted and published; return it."""
    voting, codes, _phones = ended(world, **facts)
    made = heap(world, codes)
    counting.agree_heap(poll_heap_id=made.pk, counted=" ".join(map(str, made.sums)), by=world.clerk, at=MONDAY)
    return counting.close_poll(poll_id=voting.pk, half=voting.halves[0], other_half=voting.halves[1], **counters(world), by=world.visitor, at=MONDAY)
