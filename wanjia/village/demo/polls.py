"""A poll of the homes of the demo county's village: cards from a heap, tokens by telephone, a card that was sent and thrown in too; typed by one, counted by hand by another, published. All votes are thrown by dice."""

import random
import secrets
from collections import Counter
from datetime import timedelta

from django.utils import timezone

from wanjia.kernel.calendar import CHINA, today
from wanjia.orgs.roles import Role

from .. import verifier
from ..models import GoverningBody, Poll
from ..polls import commands as polls
from ..polls import queries as counted
from ..polls import secret, who
from ..polls.casting.commands import cast_ballot
from ..polls.counting import commands as counting
from ..polls.issuing import commands as issuing
from ..polls.subjects import VOTER
from .points import holder

DAYS, LEAST = 20, 12  # days ago it began; homes without which no poll is held
QUESTION, OPTIONS = "村口的班车站台放在哪里?", ["小学门口", "场坝边上", "三组路口"]
WATCHER = "村务监督委员会主任"


def live(code, say):
    """Live it once, in the village whose bodies meet; returns {what: how many}."""
    told, body = Counter(), GoverningBody.objects.filter(area__code__startswith=code[:6], kind="council").select_related("area").first()
    if body is None or Poll.objects.filter(question=QUESTION).exists():
        return told
    keeper, other = (holder(Role.VILLAGE_WORKER, body.area_id), holder(Role.TOWNSHIP_WORKER, body.area.parent_id))
    at = timezone.now().astimezone(CHINA).replace(hour=9, minute=0, second=0, microsecond=0) - timedelta(days=DAYS)
    if not (keeper and other) or counted.homes_on(body.area, today(at)).count() < LEAST:
        return told
    poll = polls.draw_poll(area=body.area, question=QUESTION, roll_on=today(at), options="\n".join(OPTIONS), most=1, by=keeper, at=at)
    dice = random.Random(11)
    board = counted.board_of(held(poll, keeper, other, at + timedelta(days=1), lambda cls: dice.choices(range(len(cls.options)), (5, 3, 1))))
    told.update(board["turnout"], phone=sum(row[1] == "token" for row in board["used"]))
    say(f"  户表决:{told['homes']} 户领票 {told['issued']} 户,投了 {told['cast']} 票,其中手机票证 {told['phone']} 张 / {told['cast']} of {told['homes']} homes voted, {told['phone']} by a token on a telephone")
    return told


def held(poll, keeper, other, at, says):
    """Hold a poll that is drawn up, in five days. Of three homes two take a card, every other of the rest a token; of each class a card is sent by telephone, the others lie in the box.

    says(class) → the options that a ballot chooses, [index]. Returns the Poll, published.
    """
    hand = {"by": keeper, "at": at}
    cards, phones = polls.print_cards(poll_id=poll.pk, reserve=3, **hand).cards, []
    for n, row in enumerate(poll.homes.select_related("poll", "cls").order_by("household__group_name", "household__number")):
        if n % 3:
            issuing.tick_home(poll_home_id=row.pk, **hand)
        elif n % 6 == 0:
            phones.append(_Telephone(row).takes(keeper, at + timedelta(hours=3)))
    issued, left = counted.by_class(poll), {}
    for suffix, (cls, paper, _phone) in zip(("", "_b"), issued, strict=False):
        left |= {f"left{suffix}": cls.printed - paper, f"spoilt{suffix}": 0}
    halves = polls.open_poll(poll_id=poll.pk, watcher=WATCHER, **left, by=keeper, at=at + timedelta(days=1)).halves
    sent = [(phone.key, phone.token, phone.signature, phone.token) for phone in phones] + [(cls.key, cards[cls.pk][0], "", verifier.code_hash(str(poll.pk), cls.key, cards[cls.pk][0])) for cls, _paper, _phone in issued]
    by_key = {cls.key: cls for cls, _paper, _phone in issued}
    for key, bearer, signature, bound in sent:
        _casts(poll, key, bearer, signature, bound, sorted(says(by_key[key])), at + timedelta(days=3))
    polls.end_poll(poll_id=poll.pk, by=keeper, at=at + timedelta(days=5))
    evening = at + timedelta(days=5, hours=9)
    for cls, paper, _phone in issued:
        _counted(poll, cls, cards[cls.pk][1:paper], says, keeper, other, evening)
    return counting.close_poll(poll_id=poll.pk, half=halves[0], other_half=halves[1], **_three(poll, today(evening)), by=keeper, at=evening + timedelta(hours=2))


def _three(poll, day):
    """Who counts: one of the supervision committee, and two of the village whom the vote is not about."""
    (supervisor, _office), *_rest = [one for one in who.to_supervise(poll, None, day) if not who.voted_on(poll, [one[0]], day)]
    rest = [one for one, _words in who.to_choose(poll, None, day) if not who.voted_on(poll, [one], day)]
    first = next(one for one in rest if not who.repeated([one, supervisor]))
    return {"counter": first, "counter_two": next(one for one in rest if not who.repeated([one, first, supervisor])), "supervisor": supervisor}


def _casts(poll, key, bearer, signature, bound, choices, at):
    """A ballot is sealed as a telephone seals it, and sent."""
    opening = Poll.objects.get(pk=poll.pk).opening_n
    cast_ballot(poll_id=poll.pk, letter=key, bearer=bearer, signature=signature, sealed=secret.seal(str(poll.pk), bound, ("", choices), int(opening, 16)), opening=opening, by=VOTER, at=at)


def _counted(poll, cls, codes, says, keeper, other, at):
    """The box of a class: what lies in it is typed by one and counted by hand by another; the card that was sent lies there too, and is put aside."""
    lines = "\n".join(f"{secret.in_fours(code)} {' '.join(str(i + 1) for i in sorted(says(cls)))}" for code in codes)
    counting.type_heap(poll_id=poll.pk, letter=cls.key, ballots=lines, set_aside=1, by=keeper, at=at)
    heap = poll.heaps.get(cls=cls)
    counting.agree_heap(poll_heap_id=heap.pk, counted=" ".join(map(str, heap.sums)), by=other, at=at + timedelta(hours=1))


class _Telephone:
    """The telephone of a home that is away: its token is signed without being seen."""

    def __init__(self, home):
        self.home, self.key, self.n, self.token = home, home.cls.key, int(home.cls.n, 16), secrets.token_hex(32)

    def takes(self, keeper, at):
        """Take the token by the slip that the clerk printed."""
        issuing.print_link(poll_home_id=self.home.pk, by=keeper, at=at)
        hidden, undo = secret.blind(verifier.spread(str(self.home.poll_id), self.key, self.token, self.n), self.n)
        signed = issuing.take_token(poll_home_id=self.home.pk, hidden=f"{hidden:x}", by=VOTER, at=at)
        self.signature = f"{secret.unblind(int(signed, 16), undo, self.n):x}"
        return self
