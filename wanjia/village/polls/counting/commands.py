"""Type heaps of paper ballots, agree them by hand, open all ballots and publish."""

from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.registry.models import Person
from wanjia.verdict import Refused

from ... import verifier
from ...duties import Duty
from ...models import PollCounter, PollHeap, SealedBallot
from ...poll_states import POLL
from .. import boarding, queries, reading, rules, secret, who
from ..subjects import HEAPS, POLLS

SEEN = "在场:%s"
WHO = _("本村花名册上的成年人或者村里组织的成员,和这次表决的人、户都无关。公开板上只写职务。")
KEEPS, COUNTS = {"duty": Duty.KEEP_POLLS}, {"duty": Duty.COUNT_POLLS}
PAPER = {"call": None, "because": "the halves of the opening key are typed at a screen, from paper"}


@act(POLLS, "heap_new", at="heap", words=_("录一堆纸票"), done=_("已录入。请另一个人用手数一遍,再核对。"), **COUNTS, may=rules.can_type, rank=10, lines={"poll.heap": _("录入一堆纸票")})
def type_heap(
    poll, *, by, at,
    letter: Annotated[str, Asked(_("票类"), among=lambda row, *_rest: [(one.key, one.key) for one in row.classes.all()], initial="A")],
    ballots: Annotated[str, Asked(_("一行一张"), _("票号、空格、选的序号,例如:ABCD-EFGH-JKMN-PQRS 1。什么都没选的只写票号,废票写“废”,写了查对号的加 #123456。箱里没有这一类的,只写“空”。"), rows=12, most=8000)],
    set_aside: Annotated[int, Asked(_("票号已经用过、放在一边的几张"), least=0, most=999, initial=0)] = 0,
):  # fmt: skip
    """Type a heap of paper ballots (录纸票). Each is sealed as a telephone's is; a card that was used already is put aside and counted."""
    cls = poll.classes.filter(key=letter).first()
    if cls is None:
        raise Refused(rules.NO_TICKET)
    found = reading.heap(ballots, cls, poll)
    used = set(SealedBallot.objects.filter(poll=poll, bearer__in=[digest for digest, _said in found]).values_list("bearer", flat=True))
    if lines := [i for i, (digest, _said) in enumerate(found, 1) if digest in used]:
        raise Refused(_("第 %(lines)s 行的票号已经用过:把这几张放在一边,不录,张数填在下面。") % {"lines": "、".join(map(str, lines))})
    heap = PollHeap.objects.create(poll=poll, cls=cls, n=len(found), set_aside=set_aside, sums=reading.sums(found, len(cls.options)), typed_by_id=by.id)
    n = int(poll.opening_n, 16)
    SealedBallot.objects.bulk_create(
        SealedBallot(poll=poll, cls=cls, kind="code", bearer=digest, sealed=secret.seal(str(poll.pk), digest, said, n), heap=heap) for digest, said in sorted(found)
    )
    journal.record(act="poll.heap", subject=poll, by=by, at=at, area_code=poll.area_id, n=len(found), set_aside=set_aside)
    return poll


@act(HEAPS, "heap_agree", at="agree", words=_("核对这一堆"), done=_("数字一致,已核对。"), **COUNTS, may=rules.can_agree, lines={"poll_heap.agree": _("核对一堆纸票")}, template="village/polls/agree.html")
def agree_heap(
    poll_heap, *, by, at, counted: Annotated[str, Asked(_("您用手数的各项票数"), _("按票上的次序,用空格隔开,最后两个是:什么都没选的张数、废票张数。"), most=300)],
):  # fmt: skip
    """Say what a heap counts by hand (核对): another person than typed it, from the paper; taken where it is the same."""
    if reading.numbers(counted) != poll_heap.sums:
        raise Refused(_("和录入的不一样。请两个人一起把这一堆再数一遍;录错了的,作废这一堆重录。"))
    PollHeap.objects.filter(pk=poll_heap.pk).update(agreed=True, agreed_by=by.id)
    journal.record(act="poll_heap.agree", subject=poll_heap, by=by, at=at, area_code=poll_heap.poll.area_id)
    return poll_heap


@act(HEAPS, "heap_discard", at="discard", words=_("作废这一堆重录"), done=_("已作废,请重录。"), **COUNTS, may=rules.can_discard, aside=True, tone="danger", call=None, because="a heap is thrown away where it lies, by who sees the paper", lines={"poll_heap.discard": _("作废一堆重录")})
def discard_heap(poll_heap, *, by, at):
    """Throw a typed heap away, to be typed anew."""
    journal.record(act="poll_heap.discard", subject=poll_heap, by=by, at=at, area_code=poll_heap.poll.area_id, n=poll_heap.n)
    poll_heap.ballots.all().delete()
    poll, key = poll_heap.poll, poll_heap.pk
    PollHeap.objects.filter(pk=key).delete()
    return poll


@act(POLLS, "poll_close", at="close", words=_("开票公布"), done=_("已公布。请打印公布单,三个人签字后张贴。"), **KEEPS, may=rules.can_close, rank=40, template="village/polls/close.html", **PAPER, lines={"poll.close": _("开票公布")})
def close_poll(
    poll, *, by, at,
    half: Annotated[str, Asked(_("开票口令(上半)"), most=60, attrs={"autocomplete": "off"})],
    other_half: Annotated[str, Asked(_("开票口令(下半)"), most=60, attrs={"autocomplete": "off"})],
    counter: Annotated[Person, Asked(_("计票人一"), WHO, **who.CHOSEN)],
    counter_two: Annotated[Person, Asked(_("计票人二"), **who.CHOSEN)],
    supervisor: Annotated[Person, Asked(_("村务监督委员会谁一起计票"), **who.SUPERVISING)],
    observers: Annotated[str, Asked(_("在场看的外人"), _("不是计票人、在场看着的,写职务,、隔开,例如:乡镇驻村干部。"), most=80)] = "",
):  # fmt: skip
    """Open the ballots, count them, publish the board (开票公布). In one transaction the sealed ballots are gone, and what is published stands in an order that says nothing of when."""
    three, day = [counter, counter_two, supervisor], today(at)
    rules.may_count(poll, three, day).or_raise()
    offices = who.offices(poll.area_id, day)
    counters = [who.office_of(one, offices) for one in three] + [SEEN % said for said in [who.joined(observers)] if said]
    private = secret.unlock(poll.opening_locked, [half, other_half])
    if private is None:
        raise Refused(_("两半口令对不上,请对照开票口令单再输一次。"))
    text = boarding.published(poll, queries.by_class(poll), SealedBallot.objects.filter(poll=poll).select_related("cls"), private, counters, day)
    good, said, english = verifier.verify(text)
    if not good:
        raise Refused(_("公布前自己验了一遍,没有通过,不能公布:%(said)s") % {"said": f"{said} {english}"})
    poll.board, poll.digest, poll.counters, poll.closed_on, poll.opening_locked = text, queries.digest(text), "、".join(counters), day, ""
    poll.cast, poll.on_roll = (queries.board_of(poll)["turnout"][one] for one in ("cast", "homes"))
    PollCounter.objects.bulk_create(
        PollCounter(poll=poll, turn=turn, person=one, office=who.office_of(one, offices), supervises=who.supervises(one, offices)) for turn, one in enumerate(three, 1)
    )
    forget(poll)
    journal.move(poll, POLL, "close", by=by, at=at, saving=["board", "digest", "counters", "cast", "on_roll", "closed_on", "opening_locked"], area_code=poll.area_id, digest=poll.digest)
    return poll


def forget(poll):
    """Take away every sealed ballot, what still signs, and what still opens."""
    SealedBallot.objects.filter(poll=poll).delete()
    for cls in poll.classes.all():
        cls.private = ""
        cls.save(update_fields=["private"])
