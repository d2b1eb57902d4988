"""Who draws up a poll, issues its cards, types and counts; who may cast; and why not. Nothing is written here.

The limit on wrong tries while ballots come lies in the memory of the process alone: a row beside a ballot would say from where it came.
"""

from collections import Counter

from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.orgs.second_person.hands import SAME_PERSON, is_one_person
from wanjia.verdict import first_refusal

from ..bodies.tries import Tries
from ..duties import Duty
from ..models import Poll, PollHeap, PollHome, SealedBallot
from ..poll_states import PollState, Taken
from ..rules import duty_in
from . import who

NO_DUTY = _("您的岗位没有办理户表决的权限。")
NO_COUNTING = _("您的岗位没有计票的权限。")
NOT_ISSUING = _("已经停止发票,发票环节的事不能再办。")
NOT_VOTING = _("现在不在投票阶段。")
NOT_COUNTING = _("现在不在计票阶段。")
ENDED = _("这次表决已经结束。")
NO_TICKET = _("这张票不是这次表决的,或者不完整。请对照票再试,或者把纸票投进票箱。")
TAKEN = _("这一户已经领过票,不能再领。")
TRIES = 60  # wrong ones of one address within an hour; many a telephone of a valley has the same address
_tries = Tries()
note_try = _tries.note


def visible_polls(actor, *, duty=Duty.SEE_VILLAGE):
    """Return the polls of the villages in reach."""
    return Poll.objects.filter(scope.in_reach(actor, area="area_id", duty=duty)).select_related("area")


def visible_homes(actor, *, duty=Duty.SEE_VILLAGE):
    """Return the lines of rolls in reach."""
    return PollHome.objects.filter(scope.in_reach(actor, area="poll__area_id", duty=duty)).select_related("poll__area", "cls", "household")


def visible_heaps(actor, *, duty=Duty.SEE_VILLAGE):
    """Return the heaps in reach."""
    return PollHeap.objects.filter(scope.in_reach(actor, area="poll__area_id", duty=duty)).select_related("poll__area", "cls")


def _keeps(actor, poll):
    return duty_in(actor, poll.area_id, Duty.KEEP_POLLS, NO_DUTY)


def can_print(actor, poll):
    """May the actor print the cards, or print them anew: until the first one is taken."""
    taken = poll.homes.filter(taken=Taken.PAPER).exists()
    return first_refusal(*_keeps(actor, poll), (poll.state == PollState.ISSUING, NOT_ISSUING), (not taken, _("已经有户领了纸票,纸票不能重印。")))


def can_open(actor, poll):
    """May the actor stop issuing and let voting begin."""
    return first_refusal(*_keeps(actor, poll), (poll.state == PollState.ISSUING, NOT_ISSUING), (poll.homes.exclude(taken="").exists(), _("还没有一户领票。")))


def can_relock(actor, poll):
    """May the actor make the opening key anew: while nobody has cast."""
    return first_refusal(*_keeps(actor, poll), (poll.state == PollState.VOTING, NOT_VOTING), (not SealedBallot.objects.filter(poll=poll).exists(), _("已经有人投票,口令不能重打。")))


def can_end(actor, poll):
    """May the actor stop voting."""
    return first_refusal(*_keeps(actor, poll), (poll.state == PollState.VOTING, NOT_VOTING))


def can_cancel(actor, poll):
    """May the actor call it off: until it is published."""
    return first_refusal(*_keeps(actor, poll), (poll.state not in (PollState.CLOSED, PollState.CANCELLED), ENDED))


def _in_the_box(poll):
    """Return the keys of classes whose paper nobody counted: cards were taken that did not vote by telephone, and no heap was typed. An empty box is a heap of none."""
    heaps, used = set(poll.heaps.values_list("cls", flat=True)), Counter(SealedBallot.objects.filter(poll=poll, kind="code").values_list("cls", flat=True))
    paper = Counter(poll.homes.filter(taken=Taken.PAPER).values_list("cls", flat=True))
    return "、".join(one.key for one in poll.classes.all() if one.pk not in heaps and paper[one.pk] > used[one.pk])


def can_close(actor, poll):
    """May the actor open the ballots and publish: when the box was counted, and every heap agreed by another."""
    agreed, left = not poll.heaps.filter(agreed=False).exists(), _in_the_box(poll)
    return first_refusal(
        *_keeps(actor, poll), (poll.state == PollState.COUNTING, NOT_COUNTING), (agreed, _("还有票堆没有第二个人核对。")),
        (not left, _("%(keys)s 类的纸票还没有录。箱里一张也没有的,录一堆只写“空”,由另一个人看过箱子核对。") % {"keys": left}),
    )  # fmt: skip


def may_count(poll, three, day):
    """Decide whether these three may count a poll on a day (rules f.7): known to the house, three people, one of the supervision committee, nobody whom the vote is about."""
    offices, known = who.offices(poll.area_id, day), set(who.known(poll.area_id, day).filter(pk__in=[one.pk for one in three]).values_list("pk", flat=True))
    return first_refusal(
        (all(one.pk in known for one in three), _("计票人要在本村的花名册上,或者是本村组织现任的成员。")), (not who.repeated(three), _("计票要三个不同的人。")),
        (who.supervises(three[-1], offices), _("监督计票的要是村务监督委员会现任的成员。")), (not who.voted_on(poll, three, day), _("计票人不能是参评户的人,也不能是这次表决写到的人。")),
    )  # fmt: skip


def _takes(actor, home):
    return *_keeps(actor, home.poll), (home.poll.state == PollState.ISSUING, NOT_ISSUING), (not home.taken, TAKEN)


def can_link(actor, home):
    """May the actor print the link by which somebody away takes this home's token: once, while cards are issued."""
    return first_refusal(*_takes(actor, home))


def can_tick(actor, home):
    """May the actor tick a home that takes a card: cards are printed, and it took none yet."""
    return first_refusal(*_takes(actor, home), (home.cls.printed, _("纸票还没有印。")))


def can_untick(actor, home):
    """May the actor take back a tick that stands at the wrong home: of a card alone, while cards are issued."""
    return first_refusal(*_keeps(actor, home.poll), (home.poll.state == PollState.ISSUING, NOT_ISSUING), (home.taken == Taken.PAPER, _("这一户没有领纸票。")))


def _counts(actor, poll):
    return (
        *duty_in(actor, poll.area_id, Duty.COUNT_POLLS, NO_COUNTING),
        (poll.state == PollState.COUNTING, NOT_COUNTING),
    )  # fmt: skip


def can_type(actor, poll):
    """May the actor type a heap of paper ballots."""
    return first_refusal(*_counts(actor, poll))


def can_agree(actor, heap, at):
    """May the actor say what he counted in a heap by hand: another than who typed it."""
    return first_refusal(
        *_counts(actor, heap.poll), (not heap.agreed, _("这一堆已经核对过。")), (heap.typed_by_id != actor.id, _("录入的人不能自己核对,请另一个人用手数一遍。")),
        (not is_one_person(actor, heap.typed_by_id, at), SAME_PERSON),
    )  # fmt: skip


def can_discard(actor, heap):
    """May the actor throw a typed heap away, to be typed anew: until it was agreed."""
    return first_refusal(*_counts(actor, heap.poll), (not heap.agreed, _("这一堆已经核对过。")))


def may_try(address):
    """Decide whether this address may try another code or ballot: after many wrong ones it waits. Kept in memory alone."""
    return first_refusal((_tries.count(address) < TRIES, _("这个网络错的次数太多,请一小时后再试,或者打电话给村里。")))
